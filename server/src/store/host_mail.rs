//! Mails to hosts about the desk: to sign in, to fetch an export. A row is a promise; it goes when the mail has left.
//! No row holds a token: a link to sign in by is made when its mail is written.

use super::{Store, StoreError, Write, from_name, new_id, outbox::LEASE, to_name};
use curtain_up_protocol::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::Row;

/// What a mail to a host is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HostMailKind {
    /// A link to sign in by.
    SignIn,
    /// Somebody was made a host: a link to sign in by, for the first time.
    Welcome,
    /// An export is ready.
    Export,
}

/// A mail to a host that this worker may send until its lease is over.
pub struct HostMail {
    /// The row's id.
    pub id: String,
    /// What it is for.
    pub kind: HostMailKind,
    /// What it is about: the export's id.
    pub reference: String,
    /// How often it was tried, this time included.
    pub attempts: i64,
    /// The host's id.
    pub host: String,
    /// The host's address.
    pub email: String,
}

impl Write {
    /// Promises a host a mail.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn add_host_mail(&mut self, host: &str, kind: HostMailKind, reference: &str, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO host_mails (id, host_id, kind, reference, due_at, attempts, leased_until) VALUES ($1, $2, $3, $4, $5, 0, 0)",
        )
        .bind(new_id())
        .bind(host)
        .bind(to_name(kind)?)
        .bind(reference)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

impl Store {
    /// Takes the mail that has been due longest, so that no other worker sends it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn lease_host_mail(&self, now: Timestamp) -> Result<Option<HostMail>, StoreError> {
        const DUE: &str = "SELECT id FROM host_mails WHERE due_at <= $1 AND leased_until <= $1 ORDER BY due_at LIMIT 1";
        let Some(row) = sqlx::query(DUE).bind(now.0).fetch_optional(&self.pool).await? else { return Ok(None) };
        let id: String = row.try_get(0)?;
        let mut write = self.write().await?;
        let leased = sqlx::query(
            "UPDATE host_mails SET leased_until = $3, attempts = attempts + 1 WHERE id = $2 AND due_at <= $1 AND leased_until <= $1
             RETURNING host_id, kind, reference, attempts",
        )
        .bind(now.0)
        .bind(&id)
        .bind((now + LEASE).0)
        .fetch_optional(write.connection())
        .await?;
        let Some(row) = leased else { return Ok(None) };
        let host: String = row.try_get("host_id")?;
        let address = sqlx::query("SELECT email FROM hosts WHERE id = $1").bind(&host).fetch_one(write.connection()).await?;
        write.commit().await?;
        Ok(Some(HostMail {
            id,
            kind: from_name("kind of mail", &row.try_get::<String, _>("kind")?)?,
            reference: row.try_get("reference")?,
            attempts: row.try_get("attempts")?,
            host,
            email: address.try_get(0)?,
        }))
    }

    /// Says that a mail to a host has left, or never will.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn settle_host_mail(&self, id: &str) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("DELETE FROM host_mails WHERE id = $1").bind(id).execute(write.connection()).await?;
        write.commit().await
    }

    /// Says when a mail to a host is tried again.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn put_back_host_mail(&self, id: &str, due_at: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        let put_back = sqlx::query("UPDATE host_mails SET due_at = $2, leased_until = 0 WHERE id = $1").bind(id).bind(due_at.0);
        put_back.execute(write.connection()).await?;
        write.commit().await
    }
}
