//! What hosts do for one person: send the link again, correct the address, replace the key, move them to another date,
//! cancel. Each deed is one transaction with its mail and its place in the trail.

use super::{
    Store, StoreError, Write,
    audit::{Actor, Deed},
    belongings::Reissue,
    cadence::To,
    event::Event,
    mail_status::Whose,
    outbox::MailKind,
    registrant::{Registrant, read},
};
use crate::trust::{rate::RESENDS_BY_HOSTS, secrets::Secrets};
use curtain_up_protocol::{Email, Phase, Timestamp, desk::Seat};
use sqlx::Row;

/// Whom something is done for, by whom.
#[derive(Clone, Copy)]
pub struct Whom<'a> {
    /// Who does it.
    pub actor: &'a Actor,
    /// The event's slug.
    pub slug: &'a str,
    /// The registrant's id.
    pub id: &'a str,
}

impl Store {
    /// Promises somebody their access link again. What is known of bounces is forgotten: a host who sends again knows
    /// that it may arrive now.
    ///
    /// # Errors
    /// [`StoreError::NoSuchPerson`], [`StoreError::NoLink`], [`StoreError::TooSoon`], [`StoreError::Database`].
    pub async fn resend_link(&self, whom: Whom<'_>, secrets: &Secrets, now: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        let event = write.lock_event_of(whom.actor, whom.slug).await?;
        let person = write.registrant_of(&event, whom.id).await?;
        if !write.count(&secrets.scope("resends-by-hosts", &[&person.id]), RESENDS_BY_HOSTS, now).await? {
            return Err(StoreError::TooSoon);
        }
        if !write.send_link_again(&event, &person, now).await? {
            return Err(StoreError::NoLink);
        }
        write.note(whom.actor, &Deed::at("mail_resent", whom.slug).to(whom.id), now).await?;
        write.commit().await
    }

    /// Corrects somebody's address. Their links and passes of before end; a new link goes to the new address. Returns
    /// their new id.
    ///
    /// # Errors
    /// [`StoreError::NoSuchPerson`], [`StoreError::AddressTaken`], [`StoreError::Database`].
    pub async fn correct_address(&self, whom: Whom<'_>, email: &Email, secrets: &Secrets, now: Timestamp) -> Result<String, StoreError> {
        self.renew(whom, Some(email), MailKind::Confirmation, "address_corrected", secrets, now).await
    }

    /// Replaces somebody's key. Their links and passes of before end; a new link is mailed. Returns their new id.
    ///
    /// # Errors
    /// [`StoreError::NoSuchPerson`], [`StoreError::Database`].
    pub async fn replace_key(&self, whom: Whom<'_>, secrets: &Secrets, now: Timestamp) -> Result<String, StoreError> {
        self.renew(whom, None, MailKind::Resend, "key_replaced", secrets, now).await
    }

    async fn renew(
        &self,
        whom: Whom<'_>,
        email: Option<&Email>,
        kind: MailKind,
        action: &str,
        secrets: &Secrets,
        now: Timestamp,
    ) -> Result<String, StoreError> {
        let mut write = self.write().await?;
        let event = write.lock_event_of(whom.actor, whom.slug).await?;
        let person = write.registrant_of(&event, whom.id).await?;
        let known = Email::parse(&person.email).map_err(|_| StoreError::Corrupt("address"))?;
        // The link in them would be dead before it arrives. What they take out of a calendar, the new one does.
        let moved_from = write.moved_from(&person.id).await?;
        write.unsend_links(&person.id, "the link was replaced", now).await?;
        let to = Reissue { event: &event, email: email.unwrap_or(&known), seat: person.seat, keeps_key: false };
        let id = write.reissue(&person, &to, secrets, now).await?;
        write.mail_link(&event, &id, person.seat, kind, now).await?;
        if let Some(from) = moved_from {
            write.take_out_of_calendar(&id, &from).await?;
        }
        write.note(whom.actor, &Deed::at(action, whom.slug).to(&id), now).await?;
        write.commit().await?;
        Ok(id)
    }

    /// Moves somebody to another event of the same organisation, where they get a seat if there is one. Returns their
    /// new id.
    ///
    /// # Errors
    /// [`StoreError::NoSuchPerson`], [`StoreError::NoSuchEvent`], [`StoreError::NoLink`] where the other event is over,
    /// [`StoreError::AddressTaken`] where they are on its list, [`StoreError::Database`].
    pub async fn move_person(&self, whom: Whom<'_>, to: &str, secrets: &Secrets, now: Timestamp) -> Result<String, StoreError> {
        let mut write = self.write().await?;
        // Always in the same order: two moves in opposite directions do not wait for each other for ever.
        let mut slugs = [whom.slug, to];
        slugs.sort_unstable();
        for slug in slugs {
            write.lock_event_of(whom.actor, slug).await?;
        }
        let (from, event) = (write.lock_event_of(whom.actor, whom.slug).await?, write.lock_event_of(whom.actor, to).await?);
        let person = write.registrant_of(&from, whom.id).await?;
        if from.id == event.id || matches!(event.phase, Phase::Ended | Phase::Cancelled) {
            return Err(StoreError::NoLink);
        }
        let email = Email::parse(&person.email).map_err(|_| StoreError::Corrupt("address"))?;
        // Of an event that they have heard nothing of, there is no entry: the one before it is to go.
        let moved_from = write.moved_from(&person.id).await?;
        write.end_mails(&person.id, "moved to another event", now).await?;
        let seat = write.seat_at(&event).await?;
        let id = write.reissue(&person, &Reissue { event: &event, email: &email, seat, keeps_key: false }, secrets, now).await?;
        write.remind(To::One(&id), &event, now).await?;
        write.mail_link(&event, &id, seat, MailKind::Confirmation, now).await?;
        let had_entry = person.seat == Seat::Confirmed && !matches!(from.phase, Phase::Ended | Phase::Cancelled);
        if let Some(from) = moved_from.or_else(|| had_entry.then(|| from.id.clone())) {
            write.take_out_of_calendar(&id, &from).await?;
        }
        write.seat_waiting(&from, now).await?;
        write.note(whom.actor, &Deed { detail: to, ..Deed::at("person_moved", whom.slug).to(&id) }, now).await?;
        write.commit().await?;
        Ok(id)
    }

    /// Cancels somebody's registration: their link lets nobody in, and their seat goes to whoever has waited longest. They
    /// are told, unless the event is over for everybody.
    ///
    /// # Errors
    /// [`StoreError::NoSuchPerson`], [`StoreError::Database`].
    pub async fn cancel_person(&self, whom: Whom<'_>, secrets: &Secrets, now: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        let event = write.lock_event_of(whom.actor, whom.slug).await?;
        let person = write.registrant_of(&event, whom.id).await?;
        if person.seat == Seat::Cancelled {
            return Ok(());
        }
        sqlx::query("DELETE FROM presence WHERE registrant_id = $1").bind(whom.id).execute(write.connection()).await?;
        write.end_alias(&person, secrets).await?;
        write.end_mails(whom.id, "the registration was cancelled", now).await?;
        sqlx::query("UPDATE registrants SET seat = 'cancelled', updated_at = $2 WHERE id = $1")
            .bind(whom.id)
            .bind(now.0)
            .execute(write.connection())
            .await?;
        if !matches!(event.phase, Phase::Ended | Phase::Cancelled) && !person.email.is_empty() {
            write.add_mail(&event.id, Some(whom.id.to_owned()), MailKind::RegistrationCancelled, now).await?;
        }
        write.seat_waiting(&event, now).await?;
        write.note(whom.actor, &Deed::at("person_cancelled", whom.slug).to(whom.id), now).await?;
        write.commit().await
    }
}

impl Write {
    pub(super) async fn registrant_of(&mut self, event: &Event, id: &str) -> Result<Registrant, StoreError> {
        let row = sqlx::query("SELECT * FROM registrants WHERE event_id = $1 AND id = $2").bind(&event.id).bind(id);
        row.fetch_optional(self.connection()).await?.as_ref().map(read).transpose()?.ok_or(StoreError::NoSuchPerson)
    }

    /// Promises a link again, and that mail is tried there again. Returns whether there is a link to send.
    pub(super) async fn send_link_again(&mut self, event: &Event, person: &Registrant, now: Timestamp) -> Result<bool, StoreError> {
        if event.phase == Phase::Cancelled || person.seat == Seat::Cancelled {
            return Ok(false);
        }
        let forget = sqlx::query("DELETE FROM address_health WHERE canonical_email = $1 AND state <> 'complained'");
        if forget.bind(&person.canonical_email).execute(self.connection()).await?.rows_affected() > 0 {
            self.mail_changed(Whose::Address(person.canonical_email.clone()));
        }
        self.mail_link(event, &person.id, person.seat, MailKind::Resend, now).await?;
        Ok(true)
    }

    async fn mail_link(&mut self, event: &Event, id: &str, seat: Seat, kind: MailKind, now: Timestamp) -> Result<(), StoreError> {
        match seat {
            Seat::Confirmed => self.add_mail(&event.id, Some(id.to_owned()), kind, now).await,
            Seat::WaitingList => self.add_mail(&event.id, Some(id.to_owned()), MailKind::WaitingList, now).await,
            Seat::Cancelled | Seat::Anonymous => Ok(()),
        }
    }

    /// Has the mail that tells somebody of their other event take this one out of their calendar. It is the one that has not left.
    async fn take_out_of_calendar(&mut self, id: &str, from: &str) -> Result<(), StoreError> {
        let take = sqlx::query(
            "UPDATE outbox SET moved_from = $2
             WHERE registrant_id = $1 AND kind IN ('confirmation', 'resend', 'waiting_list') AND state = 'scheduled'",
        );
        take.bind(id).bind(from).execute(self.connection()).await?;
        Ok(())
    }

    /// The event that a mail which has not left is to take out of somebody's calendar.
    async fn moved_from(&mut self, id: &str) -> Result<Option<String>, StoreError> {
        let waiting = sqlx::query(
            "SELECT moved_from FROM outbox WHERE registrant_id = $1 AND moved_from IS NOT NULL AND state IN ('scheduled', 'deferred')",
        );
        Ok(waiting.bind(id).fetch_optional(self.connection()).await?.map(|row| row.try_get(0)).transpose()?)
    }

    /// Marks what has not left and carries a link that somebody asked for.
    async fn unsend_links(&mut self, registrant: &str, why: &str, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE outbox SET state = 'not_sent', problem = $2, settled_at = $3
             WHERE registrant_id = $1 AND kind IN ('confirmation', 'resend', 'waiting_list') AND state IN ('scheduled', 'deferred')",
        )
        .bind(registrant)
        .bind(why)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        self.mail_changed(Whose::Person(registrant.to_owned()));
        Ok(())
    }

    /// Marks everything that has not left. Reminders go: their ids would be in the way, should the person come back.
    async fn end_mails(&mut self, registrant: &str, why: &str, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM outbox WHERE registrant_id = $1 AND kind = 'reminder' AND state IN ('scheduled', 'deferred')")
            .bind(registrant)
            .execute(self.connection())
            .await?;
        sqlx::query(
            "UPDATE outbox SET state = 'not_sent', problem = $2, settled_at = $3
             WHERE registrant_id = $1 AND state IN ('scheduled', 'deferred')",
        )
        .bind(registrant)
        .bind(why)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        self.mail_changed(Whose::Person(registrant.to_owned()));
        Ok(())
    }
}
