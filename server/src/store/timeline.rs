//! The mails of one person.

use super::{Store, StoreError, mail_status::of_mail};
use curtain_up_protocol::{Timestamp, desk::SentMail};
use sqlx::Row;

impl Store {
    /// The mails of a registrant, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn mails_of(&self, registrant: &str) -> Result<Vec<SentMail>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM outbox WHERE registrant_id = $1 ORDER BY created_at DESC, due_at DESC, id DESC").bind(registrant);
        let read = |row: &sqlx::any::AnyRow| {
            let time = |column: &str| row.try_get::<Option<i64>, _>(column).map(|at| at.map(Timestamp));
            let (opened_at, clicked_at) = (time("opened_at")?, time("clicked_at")?);
            Ok(SentMail {
                kind: row.try_get("kind")?,
                state: of_mail(&row.try_get::<String, _>("state")?, opened_at.is_some(), clicked_at.is_some())?,
                created_at: Timestamp(row.try_get("created_at")?),
                due_at: Timestamp(row.try_get("due_at")?),
                settled_at: time("settled_at")?,
                attempts: row.try_get("attempts")?,
                problem: row.try_get("problem")?,
                opened_at,
                clicked_at,
            })
        };
        rows.fetch_all(&self.pool).await?.iter().map(read).collect()
    }
}
