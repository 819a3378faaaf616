//! What a host does with an event that was planned: start, end, cancel, move it. Each change is one transaction with
//! the mails that tell people.

use super::{
    Store, StoreError, Write,
    audit::{Actor, Deed},
    cadence::To,
    event::{Event, read},
    outbox::MailKind,
    to_name,
};
use crate::civil_time::CivilTime;
use curtain_up_protocol::{Phase, Timestamp};
use sqlx::Row;

/// A change of an event that people are told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is live.
    Start,
    /// It is over.
    End,
    /// It will not take place.
    Cancel,
    /// It takes place at another time; its length stays. A moved event is scheduled again.
    Move(CivilTime),
}

/// All mails that wait for their time or their turn, but those that somebody asked for.
const TO_EVERYBODY: [MailKind; 5] = [MailKind::Reminder, MailKind::Live, MailKind::Moved, MailKind::Cancelled, MailKind::ThankYou];

impl Store {
    /// Changes an event for somebody at the command line and promises the mails that say so. To say it twice changes
    /// nothing and mails nobody.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::Database`].
    pub async fn change_event(&self, slug: &str, change: &Change, now: Timestamp) -> Result<Event, StoreError> {
        let mut write = self.write().await?;
        let before = write.lock_event(slug).await?;
        let event = write.change_and_note(&Actor::command_line(&before.organisation_id), &before, change, now).await?;
        write.commit().await?;
        Ok(event)
    }

    /// The same by somebody who looked at a version of one of their events, noted in the trail.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::Stale`], [`StoreError::Database`].
    pub async fn change_event_of(
        &self,
        actor: &Actor,
        slug: &str,
        change: &Change,
        version: i64,
        now: Timestamp,
    ) -> Result<Event, StoreError> {
        let mut write = self.write().await?;
        let before = write.lock_event_at(actor, slug, version).await?;
        let event = write.change_and_note(actor, &before, change, now).await?;
        write.commit().await?;
        Ok(event)
    }

    /// Starts every event that starts by itself and whose time has come, and promises everybody a mail. Returns their slugs.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn start_due_events(&self, now: Timestamp) -> Result<Vec<String>, StoreError> {
        let due = "SELECT COUNT(*) FROM events WHERE phase = 'scheduled' AND starts_by_itself = 1 AND starts_at <= $1";
        if sqlx::query(due).bind(now.0).fetch_one(&self.pool).await?.try_get::<i64, _>(0)? == 0 {
            return Ok(Vec::new());
        }
        let mut write = self.write().await?;
        let rows = sqlx::query(
            "UPDATE events SET phase = 'live', version = version + 1
             WHERE phase = 'scheduled' AND starts_by_itself = 1 AND starts_at <= $1 RETURNING *",
        )
        .bind(now.0)
        .fetch_all(write.connection())
        .await?;
        let started = rows.iter().map(read).collect::<Result<Vec<Event>, StoreError>>()?;
        for event in &started {
            write.tell_of_start(event, now).await?;
        }
        write.commit().await?;
        Ok(started.into_iter().map(|event| event.plan.slug).collect())
    }

    /// Says that an event is in another phase now, and tells nobody by mail: for demonstrations and stages. Hosts use
    /// [`Self::change_event`]. To say it twice changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::Database`].
    pub async fn set_phase(&self, slug: &str, phase: Phase) -> Result<Event, StoreError> {
        let mut write = self.write().await?;
        write.set_phase(slug, phase).await?;
        let event = write.event(slug).await?;
        write.commit().await?;
        Ok(event)
    }

    /// Moves an event to another time, and tells nobody by mail: for demonstrations and stages. Hosts use
    /// [`Self::change_event`].
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::Database`].
    pub async fn move_event(&self, slug: &str, start: &CivilTime) -> Result<Event, StoreError> {
        let mut write = self.write().await?;
        write.move_event(slug, start).await?;
        let event = write.event(slug).await?;
        write.commit().await?;
        Ok(event)
    }
}

impl Write {
    async fn change_and_note(&mut self, actor: &Actor, before: &Event, change: &Change, now: Timestamp) -> Result<Event, StoreError> {
        let event = self.change_event(before, change, now).await?;
        let action = match change {
            Change::Start => "event_started",
            Change::End => "event_ended",
            Change::Cancel => "event_cancelled",
            Change::Move(_) => "event_moved",
        };
        if event.version != before.version {
            self.note(actor, &Deed::at(action, &event.plan.slug), now).await?;
        }
        Ok(event)
    }

    async fn change_event(&mut self, before: &Event, change: &Change, now: Timestamp) -> Result<Event, StoreError> {
        let slug = &before.plan.slug;
        let phase = match change {
            Change::Start => Phase::Live,
            Change::End => Phase::Ended,
            Change::Cancel => Phase::Cancelled,
            Change::Move(start) if before.phase == Phase::Scheduled && before.plan.start == *start => return Ok(before.clone()),
            Change::Move(_) => Phase::Scheduled,
        };
        if let Change::Move(start) = change {
            self.move_event(slug, start).await?;
        } else if before.phase == phase {
            return Ok(before.clone());
        } else {
            self.set_phase(slug, phase).await?;
        }
        let event = self.event(slug).await?;
        match change {
            Change::Start => self.tell_of_start(&event, now).await?,
            Change::End => self.tell_of_end(&event, before.phase, now).await?,
            Change::Cancel => self.tell_of_cancellation(&event, before.phase, now).await?,
            Change::Move(_) => self.tell_of_move(&event, now).await?,
        }
        Ok(event)
    }

    /// The event of the actor's organisation, locked, if it still is what they looked at.
    pub(super) async fn lock_event_at(&mut self, actor: &Actor, slug: &str, version: i64) -> Result<Event, StoreError> {
        let event = self.lock_event_of(actor, slug).await?;
        if event.version == version { Ok(event) } else { Err(StoreError::Stale(event.version)) }
    }

    /// The event of the actor's organisation, locked. Another's is not there.
    pub(super) async fn lock_event_of(&mut self, actor: &Actor, slug: &str) -> Result<Event, StoreError> {
        let event = self.lock_event(slug).await?;
        let is_theirs = event.organisation_id == actor.organisation;
        if is_theirs { Ok(event) } else { Err(StoreError::NoSuchEvent(slug.to_owned())) }
    }

    /// The event as it is now; every other transaction is kept from changing it until this one is over.
    pub(super) async fn lock_event(&mut self, slug: &str) -> Result<Event, StoreError> {
        let row = sqlx::query("UPDATE events SET version = version WHERE slug = $1 RETURNING *").bind(slug);
        let row = row.fetch_optional(self.connection()).await?;
        row.as_ref().map(read).transpose()?.ok_or_else(|| StoreError::NoSuchEvent(slug.to_owned()))
    }

    async fn set_phase(&mut self, slug: &str, phase: Phase) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE events SET phase = $2, version = version + 1,
                calendar_sequence = calendar_sequence + CASE WHEN $2 = 'cancelled' THEN 1 ELSE 0 END
             WHERE slug = $1 AND phase <> $2",
        )
        .bind(slug)
        .bind(to_name(phase)?)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    pub(super) async fn move_event(&mut self, slug: &str, start: &CivilTime) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE events SET ends_at = $4 + ends_at - starts_at, starts_at = $4, civil_start = $2, zone = $3, phase = 'scheduled',
                version = version + 1, calendar_sequence = calendar_sequence + 1
             WHERE slug = $1",
        )
        .bind(slug)
        .bind(start.text())
        .bind(start.zone.name())
        .bind(start.at.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn tell_of_start(&mut self, event: &Event, now: Timestamp) -> Result<(), StoreError> {
        self.unsend(event, &[MailKind::Reminder, MailKind::Moved], "the event has started", now).await?;
        self.mail_to(To::Seated, event, MailKind::Live, now).await
    }

    async fn tell_of_end(&mut self, event: &Event, before: Phase, now: Timestamp) -> Result<(), StoreError> {
        self.unsend(event, &TO_EVERYBODY, "the event is over", now).await?;
        // Nobody is thanked for what never began.
        if before == Phase::Live { self.mail_to(To::Seated, event, MailKind::ThankYou, now).await } else { Ok(()) }
    }

    async fn tell_of_cancellation(&mut self, event: &Event, before: Phase, now: Timestamp) -> Result<(), StoreError> {
        self.unsend(event, &TO_EVERYBODY, "the event was cancelled", now).await?;
        self.unsend(event, &[MailKind::Confirmation, MailKind::Resend, MailKind::WaitingList], "the event was cancelled", now).await?;
        if before == Phase::Ended { Ok(()) } else { self.mail_to(To::Everybody, event, MailKind::Cancelled, now).await }
    }

    pub(super) async fn tell_of_move(&mut self, event: &Event, now: Timestamp) -> Result<(), StoreError> {
        let others = [MailKind::Live, MailKind::Moved, MailKind::Cancelled, MailKind::ThankYou];
        self.unsend(event, &others, "the event was moved", now).await?;
        self.move_reminders(event).await?;
        self.unsend_past_reminders(event, now).await?;
        self.remind(To::Seated, event, now).await?;
        self.mail_to(To::Everybody, event, MailKind::Moved, now).await
    }
}
