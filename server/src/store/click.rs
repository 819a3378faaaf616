//! Which mails were opened, and which have brought somebody in. Scanners open links, run scripts and submit forms, so none of that counts: a mail
//! counts as clicked once the person whom it was sent to has stayed for a while in the room or before its door.

use super::{Store, StoreError, event};
use chrono::TimeDelta;
use curtain_up_protocol::Timestamp;
use sqlx::Row;

/// How long somebody has been there who is no scanner. They look for seconds; widgets say once a minute that somebody is there.
pub const STAY: TimeDelta = TimeDelta::seconds(45);

impl Store {
    /// Whether somebody who says from a device that they are there `until` some time has said so from it before, and not
    /// just now: a page that is loaded twice is no person yet. Asked before the sign is written down.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn has_stayed(&self, registrant: &str, device: &str, until: Timestamp, now: Timestamp) -> Result<bool, StoreError> {
        let before = sqlx::query("SELECT until FROM presence WHERE registrant_id = $1 AND device = $2 AND until > $3");
        let before = before.bind(registrant).bind(device).bind(now.0).fetch_optional(&self.pool).await?;
        let before = before.map(|row| row.try_get("until").map(Timestamp)).transpose()?;
        Ok(before.is_some_and(|before| until - before >= STAY))
    }

    /// Counts the last mail with an access link that a registrant was sent as clicked, once.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn count_click(&self, registrant: &str, now: Timestamp) -> Result<(), StoreError> {
        let last = sqlx::query(
            "SELECT id, clicked_at FROM outbox
             WHERE registrant_id = $1 AND state = 'delivered' AND kind IN ('confirmation', 'resend', 'reminder', 'live', 'moved')
             ORDER BY settled_at DESC, id DESC LIMIT 1",
        );
        // Read first: those who stay for hours are counted once and cost no write a minute.
        let Some(last) = last.bind(registrant).fetch_optional(&self.pool).await? else { return Ok(()) };
        if last.try_get::<Option<i64>, _>("clicked_at")?.is_some() {
            return Ok(());
        }
        let mut write = self.write().await?;
        let click = sqlx::query("UPDATE outbox SET clicked_at = $2 WHERE id = $1 AND clicked_at IS NULL RETURNING registrant_id");
        let click = click.bind(last.try_get::<String, _>("id")?).bind(now.0).fetch_optional(write.connection()).await?;
        write.changed_by(click)?;
        write.commit().await
    }

    /// Counts a mail as opened, once, where the host of its event wants to know. What fetches the picture before the next
    /// mail server has said that it takes the mail is a scanner on the way.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn count_open(&self, mail: &str, now: Timestamp) -> Result<(), StoreError> {
        let unopened = sqlx::query("SELECT event_id FROM outbox WHERE id = $1 AND state = 'delivered' AND opened_at IS NULL");
        // Read first: a mail that is looked at every day costs one write in all.
        let Some(row) = unopened.bind(mail).fetch_optional(&self.pool).await? else { return Ok(()) };
        let event = sqlx::query("SELECT * FROM events WHERE id = $1").bind(row.try_get::<String, _>("event_id")?);
        if !event::read(&event.fetch_one(&self.pool).await?)?.plan.settings.track_opens {
            return Ok(());
        }
        let mut write = self.write().await?;
        let open = "UPDATE outbox SET opened_at = $2 WHERE id = $1 AND state = 'delivered' AND opened_at IS NULL RETURNING registrant_id";
        let open = sqlx::query(open).bind(mail).bind(now.0).fetch_optional(write.connection()).await?;
        write.changed_by(open)?;
        write.commit().await
    }
}
