//! Mails to everybody, written set by set in the transaction that gives the reason for them: 100,000 registrants take
//! seconds. The rules are in [`crate::mail::cadence`].

use super::{Store, StoreError, Write, event::Event, mail_status::Whose, outbox::MailKind, to_name};
use crate::mail::cadence::{Reminder, reason, reminders};
use curtain_up_protocol::Timestamp;

/// Who of an event's list gets a mail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum To<'a> {
    /// Everybody, on the waiting list too.
    Everybody,
    /// Everybody with a seat.
    Seated,
    /// One registrant.
    One(&'a str),
}

impl Store {
    /// Ends a registrant's reminders of their event. Mails that they ask for are sent as before.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn stop_reminders(&self, registrant: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query(
            "UPDATE outbox SET state = 'unsubscribed', problem = 'no reminders are wanted', settled_at = $2
             WHERE registrant_id = $1 AND kind = 'reminder' AND state IN ('scheduled', 'deferred')",
        )
        .bind(registrant)
        .bind(now.0)
        .execute(write.connection())
        .await?;
        let stop = "UPDATE registrants SET reminders_off = 1, updated_at = $2 WHERE id = $1 AND reminders_off = 0";
        sqlx::query(stop).bind(registrant).bind(now.0).execute(write.connection()).await?;
        write.mail_changed(Whose::Person(registrant.to_owned()));
        write.commit().await
    }
}

impl Write {
    /// Promises a mail of this kind to everybody who is meant and has none yet.
    pub(super) async fn mail_to(&mut self, to: To<'_>, event: &Event, kind: MailKind, now: Timestamp) -> Result<(), StoreError> {
        self.mails(to, event, kind, Reminder { lead_minutes: 0, due_at: now }, now).await
    }

    /// Promises the reminders that are still to come.
    pub(super) async fn remind(&mut self, to: To<'_>, event: &Event, now: Timestamp) -> Result<(), StoreError> {
        for reminder in reminders(&event.plan, event.phase, now) {
            self.mails(to, event, MailKind::Reminder, reminder, now).await?;
        }
        Ok(())
    }

    async fn mails(&mut self, to: To<'_>, event: &Event, kind: MailKind, when: Reminder, now: Timestamp) -> Result<(), StoreError> {
        let sequence = event.calendar_sequence;
        // Mails that are written one by one have no reason in their id.
        let Some(reason) = reason(kind, when.lead_minutes, sequence) else { return Ok(()) };
        sqlx::query(
            "INSERT INTO outbox (id, event_id, registrant_id, kind, state, due_at, attempts, created_at, lead_minutes, sequence)
             SELECT id || '.' || $2, event_id, id, $3, 'scheduled', $4, 0, $5, $6, $7 FROM registrants
             WHERE event_id = $1 AND (seat = 'confirmed' OR ($8 = 'everybody' AND seat <> 'cancelled')) AND ($8 <> 'one' OR id = $9)
                AND email <> ''
                AND ($3 <> 'reminder' OR reminders_off = 0)
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(&event.id)
        .bind(reason)
        .bind(to_name(kind)?)
        .bind(when.due_at.0)
        .bind(now.0)
        .bind(when.lead_minutes)
        .bind(sequence)
        .bind(match to {
            To::Everybody => "everybody",
            To::Seated => "seated",
            To::One(_) => "one",
        })
        .bind(if let To::One(id) = to { id } else { "" })
        .execute(self.connection())
        .await?;
        match to {
            To::Everybody | To::Seated => self.mail_changed_at(event),
            To::One(id) => self.mail_changed(Whose::Person(id.to_owned())),
        }
        Ok(())
    }

    /// Marks the mails of these kinds that have not left as *not sent*, and says why. What a worker is at is left to
    /// [`crate::mail::cadence::overtaken`].
    pub(super) async fn unsend(&mut self, event: &Event, kinds: &[MailKind], why: &str, now: Timestamp) -> Result<(), StoreError> {
        for kind in kinds {
            sqlx::query(
                "UPDATE outbox SET state = 'not_sent', problem = $3, settled_at = $4
                 WHERE event_id = $1 AND kind = $2 AND state IN ('scheduled', 'deferred')",
            )
            .bind(&event.id)
            .bind(to_name(*kind)?)
            .bind(why)
            .bind(now.0)
            .execute(self.connection())
            .await?;
        }
        self.mail_changed_at(event);
        Ok(())
    }

    /// Moves the reminders that have not left to the event's new start.
    pub(super) async fn move_reminders(&mut self, event: &Event) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE outbox SET id = registrant_id || '.r' || lead_minutes || '.' || $3, sequence = $2, due_at = $4 - lead_minutes * 60000
             WHERE event_id = $1 AND kind = 'reminder' AND state IN ('scheduled', 'deferred')",
        )
        .bind(&event.id)
        .bind(event.calendar_sequence)
        .bind(event.calendar_sequence.to_string())
        .bind(event.plan.start.at.0)
        .execute(self.connection())
        .await?;
        self.mail_changed_at(event);
        Ok(())
    }

    /// Marks the reminders whose time has passed before they could be sent.
    pub(super) async fn unsend_past_reminders(&mut self, event: &Event, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE outbox SET state = 'not_sent', problem = 'its time had passed when the event was moved', settled_at = $2
             WHERE event_id = $1 AND kind = 'reminder' AND state IN ('scheduled', 'deferred') AND due_at <= $2",
        )
        .bind(&event.id)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        self.mail_changed_at(event);
        Ok(())
    }
}
