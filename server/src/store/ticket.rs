//! What lets in once: tickets from one event to another, and links that a platform signed for one use. All by keyed hashes.

use super::{Store, StoreError, Write};
use curtain_up_protocol::Timestamp;
use sqlx::Row;

/// A ticket into another event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Where it leads.
    pub event_id: String,
    /// Whom it lets in there.
    pub registrant_id: String,
    /// Whose pass it was given to.
    pub from_id: String,
    /// The device of that pass.
    pub device: u64,
    /// When it is over.
    pub expires_at: Timestamp,
}

impl Store {
    /// Keeps a ticket until it is used or over.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn add_ticket(&self, hash: &str, ticket: &Ticket) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("INSERT INTO tickets (hash, event_id, registrant_id, from_id, device, expires_at) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(hash)
            .bind(&ticket.event_id)
            .bind(&ticket.registrant_id)
            .bind(&ticket.from_id)
            .bind(ticket.device.to_string())
            .bind(ticket.expires_at.0)
            .execute(write.connection())
            .await?;
        write.commit().await
    }

    /// Takes a ticket for this event, which nobody gets a second time: of all who ask at once, one.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn take_ticket(&self, hash: &str, event: &str, now: Timestamp) -> Result<Option<Ticket>, StoreError> {
        let mut write = self.write().await?;
        let row = sqlx::query("DELETE FROM tickets WHERE hash = $1 AND event_id = $2 AND expires_at > $3 RETURNING *")
            .bind(hash)
            .bind(event)
            .bind(now.0)
            .fetch_optional(write.connection())
            .await?;
        write.commit().await?;
        let text = |name: &str| row.as_ref().map(|row| row.try_get::<String, _>(name)).transpose();
        let (Some(event_id), Some(registrant_id), Some(from_id), Some(device)) =
            (text("event_id")?, text("registrant_id")?, text("from_id")?, text("device")?)
        else {
            return Ok(None);
        };
        let device = device.parse().map_err(|_| StoreError::Corrupt("device"))?;
        let expires_at = row.as_ref().map(|row| row.try_get("expires_at")).transpose()?.map(Timestamp).unwrap_or_default();
        Ok(Some(Ticket { event_id, registrant_id, from_id, device, expires_at }))
    }

    /// Forgets tickets and used links that are over. Returns how many went.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn forget_tickets(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        for delete in ["DELETE FROM tickets WHERE expires_at <= $1", "DELETE FROM used_links WHERE expires_at <= $1"] {
            let mut write = self.write().await?;
            forgotten += sqlx::query(delete).bind(now.0).execute(write.connection()).await?.rows_affected();
            write.commit().await?;
        }
        Ok(forgotten)
    }
}

impl Write {
    /// Uses up a link that is good once. `false` where it was used before.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn use_link(&mut self, hash: &str, expires_at: Timestamp) -> Result<bool, StoreError> {
        let used = sqlx::query("INSERT INTO used_links (hash, expires_at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING")
            .bind(hash)
            .bind(expires_at.0)
            .execute(self.connection())
            .await?;
        Ok(used.rows_affected() == 1)
    }
}
