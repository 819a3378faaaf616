//! What hosts change of an event's mails after it was planned: their words, and when people are reminded.

use super::{
    Store, StoreError, Write,
    audit::{Actor, Deed},
    cadence::To,
    event::Event,
    outbox::MailKind,
    to_json, to_name,
};
use crate::{event_plan::own_words::OwnWords, mail::cadence::SWITCHED_OFF};
use curtain_up_protocol::Timestamp;
use sqlx::Row;

impl Store {
    /// Says a kind of mail in the host's own words from now on.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::Database`].
    pub async fn set_words(&self, actor: &Actor, slug: &str, words: OwnWords, now: Timestamp) -> Result<Event, StoreError> {
        let language = words.language.clone();
        self.change_words(actor, slug, (words.kind, &language), Some(words), now).await
    }

    /// Says a kind of mail as this server does, in one language.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::Database`].
    pub async fn reset_words(
        &self,
        actor: &Actor,
        slug: &str,
        kind: MailKind,
        language: &str,
        now: Timestamp,
    ) -> Result<Event, StoreError> {
        self.change_words(actor, slug, (kind, language), None, now).await
    }

    async fn change_words(
        &self,
        actor: &Actor,
        slug: &str,
        which: (MailKind, &str),
        words: Option<OwnWords>,
        now: Timestamp,
    ) -> Result<Event, StoreError> {
        let mut write = self.write().await?;
        let mut event = write.lock_event_of(actor, slug).await?;
        let all = &mut event.plan.settings.words;
        all.retain(|own| (own.kind, own.language.as_str()) != which);
        all.extend(words);
        let event = write.save_settings(slug, &event.plan.settings).await?;
        let detail = format!("{} {}", to_name(which.0)?, which.1);
        write.note(actor, &Deed { detail: &detail, ..Deed::at("words_changed", slug) }, now).await?;
        write.commit().await?;
        Ok(event)
    }

    /// Reminds people at other times before the start from now on, for somebody at the command line. What is due at a time that stays is left alone.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::Database`].
    pub async fn set_reminders(&self, slug: &str, minutes: &[i64], now: Timestamp) -> Result<Event, StoreError> {
        let mut write = self.write().await?;
        write.lock_event(slug).await?;
        let change = sqlx::query("UPDATE events SET reminders = $2, version = version + 1 WHERE slug = $1");
        change.bind(slug).bind(to_json("list of reminders", &minutes)?).execute(write.connection()).await?;
        let event = write.event(slug).await?;
        write.change_reminders(&event, now).await?;
        let times: Vec<String> = minutes.iter().map(i64::to_string).collect();
        write.note_command(&event, "reminders_changed", &times.join(", "), now).await?;
        write.commit().await?;
        Ok(event)
    }
}

impl Write {
    /// Takes back the reminders that the event has no longer, and promises those that it has now.
    pub(super) async fn change_reminders(&mut self, event: &Event, now: Timestamp) -> Result<(), StoreError> {
        self.mail_changed_at(event);
        self.switch_reminders_off(event, now).await?;
        self.switch_reminders_on(event, now).await?;
        self.remind(To::Seated, event, now).await
    }

    async fn switch_reminders_off(&mut self, event: &Event, now: Timestamp) -> Result<(), StoreError> {
        let known = sqlx::query("SELECT DISTINCT lead_minutes FROM outbox WHERE event_id = $1 AND kind = 'reminder'").bind(&event.id);
        let known = known.fetch_all(self.connection()).await?;
        for row in &known {
            let minutes: i64 = row.try_get(0)?;
            if event.plan.reminders.contains(&minutes) {
                continue;
            }
            sqlx::query(
                "UPDATE outbox SET state = 'not_sent', problem = $3, settled_at = $4
                 WHERE event_id = $1 AND kind = 'reminder' AND lead_minutes = $2 AND state IN ('scheduled', 'deferred')",
            )
            .bind(&event.id)
            .bind(minutes)
            .bind(SWITCHED_OFF)
            .bind(now.0)
            .execute(self.connection())
            .await?;
        }
        Ok(())
    }

    /// A reminder that was switched off and is wanted again has its row already.
    async fn switch_reminders_on(&mut self, event: &Event, now: Timestamp) -> Result<(), StoreError> {
        for minutes in &event.plan.reminders {
            sqlx::query(
                "UPDATE outbox SET state = 'scheduled', problem = NULL, settled_at = NULL
                 WHERE event_id = $1 AND kind = 'reminder' AND lead_minutes = $2 AND state = 'not_sent' AND problem = $3
                    AND sequence = $4 AND due_at > $5",
            )
            .bind(&event.id)
            .bind(minutes)
            .bind(SWITCHED_OFF)
            .bind(event.calendar_sequence)
            .bind(now.0)
            .execute(self.connection())
            .await?;
        }
        Ok(())
    }
}
