//! Settings of an event, changed one at a time; and what follows where nobody is to be known by name from now on.

use super::{
    Store, StoreError, Write,
    audit::{Actor, Deed},
    event::Event,
    to_json,
};
use crate::{event_plan::Settings, trust::secrets::Secrets};
use curtain_up_protocol::{Source, Timestamp};
use sqlx::Row;

/// Of how many people attendance is passed on at once.
const AT_ONCE: i64 = 500;

impl Store {
    /// Changes an event's settings. What somebody else changes meanwhile stays changed.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::Database`].
    pub async fn change_settings(
        &self,
        actor: &Actor,
        slug: &str,
        change: impl FnOnce(&mut Settings),
        secrets: &Secrets,
        now: Timestamp,
    ) -> Result<Event, StoreError> {
        let mut write = self.write().await?;
        let before = write.lock_event_of(actor, slug).await?;
        let mut settings = before.plan.settings.clone();
        change(&mut settings);
        let event = write.save_settings(slug, &settings).await?;
        write.pass_on_attendance(&before, &event, secrets, now).await?;
        write.note(actor, &Deed::at("settings_changed", slug), now).await?;
        write.commit().await?;
        Ok(event)
    }
}

impl Write {
    /// Replaces an event's settings within this transaction.
    pub(super) async fn save_settings(&mut self, slug: &str, settings: &Settings) -> Result<Event, StoreError> {
        sqlx::query("UPDATE events SET settings = $2, version = version + 1 WHERE slug = $1")
            .bind(slug)
            .bind(to_json("settings", settings)?)
            .execute(self.connection())
            .await?;
        self.event(slug).await
    }

    /// Where *Anonymize attendees* was switched on: whoever attended under a name did so as their alias from now on, and nobody
    /// came by a mail, so that no list or export can say more about the time before.
    pub(super) async fn pass_on_attendance(
        &mut self,
        before: &Event,
        event: &Event,
        secrets: &Secrets,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if before.plan.settings.anonymize || !event.plan.settings.anonymize {
            return Ok(());
        }
        let forget = "UPDATE outbox SET clicked_at = NULL WHERE event_id = $1 AND clicked_at IS NOT NULL";
        sqlx::query(forget).bind(&event.id).execute(self.connection()).await?;
        self.mail_changed_at(event);
        loop {
            let attended = sqlx::query(
                "SELECT id, attended_at FROM registrants WHERE event_id = $1 AND attended_at IS NOT NULL AND seat <> 'anonymous' LIMIT $2",
            );
            let attended = attended.bind(&event.id).bind(AT_ONCE).fetch_all(self.connection()).await?;
            if attended.is_empty() {
                return Ok(());
            }
            for row in attended {
                let (id, at): (String, i64) = (row.try_get("id")?, row.try_get("attended_at")?);
                let alias = secrets.alias(&event.id, &id);
                self.add_anonymous(event, &alias, &Source::default(), now).await?;
                let attend = "UPDATE registrants SET attended_at = CASE WHEN id = $1 THEN $3 ELSE NULL END WHERE id IN ($1, $2)";
                sqlx::query(attend).bind(&alias).bind(&id).bind(at).execute(self.connection()).await?;
            }
        }
    }
}
