//! The outbox: mails that were promised. A row is written in the transaction that promises it and leased by one worker.

use super::{Store, StoreError, Write, event::Event, from_name, mail_status::Whose, new_id, registrant, registrant::Registrant, to_name};
use chrono::TimeDelta;
use curtain_up_protocol::Timestamp;
use sqlx::{Row, any::AnyRow};

pub use curtain_up_protocol::desk::{MailKind, MailState};

/// How long a worker may take over one mail before another worker takes it.
pub const LEASE: TimeDelta = TimeDelta::minutes(2);

/// A mail as somebody who looks into the outbox sees it.
pub struct OutboxEntry {
    /// The row's id.
    pub id: String,
    /// What it is for.
    pub kind: MailKind,
    /// Where it stands.
    pub state: MailState,
    /// When it is to be sent.
    pub due_at: Timestamp,
    /// How often it was tried.
    pub attempts: i64,
    /// What went wrong last, in the words of [`crate::mail::worker`].
    pub problem: Option<String>,
    /// When it was opened, where the host wants to know.
    pub opened_at: Option<Timestamp>,
    /// When a person, and no scanner, came by the link in it.
    pub clicked_at: Option<Timestamp>,
}

/// A mail that a host sends to themselves, to see how it looks: about a person who does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The host's own address.
    pub to: String,
    /// The language to see it in, BCP 47; empty for the event's.
    pub language: String,
}

/// A mail that this worker may send until its lease is over.
pub struct LeasedMail {
    /// The row's id; the Message-ID is made from it and so stays the same over all attempts.
    pub id: String,
    /// Proves that the lease is still this worker's.
    pub lease: String,
    /// What it is for.
    pub kind: MailKind,
    /// How often it was tried, this time included.
    pub attempts: i64,
    /// How long before the start a reminder comes; 0 for other mails.
    pub lead_minutes: i64,
    /// The SEQUENCE of the event that a mail to everybody speaks of.
    pub sequence: i64,
    /// What it is about.
    pub event: Event,
    /// Whom it is for; nobody for mails to the host.
    pub registrant: Option<Registrant>,
    /// The event that they were moved away from, whose entry is still in their calendar.
    pub moved_from: Option<Event>,
    /// Where it is a host's own, to try it out.
    pub sample: Option<Sample>,
    /// Whether the address takes mail, as far as is known.
    pub takes_mail: bool,
}

impl Write {
    /// Promises a mail that somebody waits for.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn add_mail(&mut self, event: &str, registrant: Option<String>, kind: MailKind, now: Timestamp) -> Result<(), StoreError> {
        self.promise(event, registrant, None, kind, now).await
    }

    /// Promises a host a mail of this kind as it stands now.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn add_sample(&mut self, event: &str, sample: &Sample, kind: MailKind, now: Timestamp) -> Result<(), StoreError> {
        self.promise(event, None, Some(sample), kind, now).await
    }

    async fn promise(
        &mut self,
        event: &str,
        registrant: Option<String>,
        sample: Option<&Sample>,
        kind: MailKind,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO outbox (id, event_id, registrant_id, kind, state, due_at, attempts, created_at, urgency, sample_to, sample_language)
             VALUES ($1, $2, $3, $4, 'scheduled', $5, 0, $5, 0, $6, $7)",
        )
        .bind(new_id())
        .bind(event)
        .bind(&registrant)
        .bind(to_name(kind)?)
        .bind(now.0)
        .bind(sample.map(|sample| &sample.to))
        .bind(sample.map(|sample| &sample.language))
        .execute(self.connection())
        .await?;
        if let Some(registrant) = registrant {
            self.mail_changed_of(event, &registrant);
        }
        Ok(())
    }
}

impl Write {
    /// Keeps whom a mail goes to from now on, whatever becomes of their address.
    async fn keep_address(&mut self, mail: &str, canonical_email: &str) -> Result<(), StoreError> {
        let keep = sqlx::query("UPDATE outbox SET sent_to = $2 WHERE id = $1").bind(mail).bind(canonical_email);
        keep.execute(self.connection()).await?;
        Ok(())
    }

    /// The mail of this row has changed, and with it where its registrant's mail stands. They may have another id than
    /// when the mail was read.
    pub(super) fn changed_by(&mut self, row: Option<AnyRow>) -> Result<(), StoreError> {
        let registrant: Option<String> = row.map(|row| row.try_get("registrant_id")).transpose()?.flatten();
        if let Some(registrant) = registrant {
            self.mail_changed(Whose::Person(registrant));
        }
        Ok(())
    }
}

impl Store {
    /// Takes the mail that has been due longest of those that somebody waits for, or else of all, so that no other
    /// worker sends it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn lease_mail(&self, now: Timestamp) -> Result<Option<LeasedMail>, StoreError> {
        // A query a state and urgency, so that each reads one row of its index, however many mails are due.
        const DUE: &str = "SELECT id, due_at FROM (
                SELECT * FROM (SELECT id, urgency, due_at FROM outbox WHERE state = 'scheduled' AND urgency = 0 AND due_at <= $1 ORDER BY due_at LIMIT 1) a
                UNION ALL
                SELECT * FROM (SELECT id, urgency, due_at FROM outbox WHERE state = 'scheduled' AND urgency = 1 AND due_at <= $1 ORDER BY due_at LIMIT 1) b
                UNION ALL
                SELECT * FROM (SELECT id, urgency, due_at FROM outbox WHERE state = 'deferred' AND urgency = 0 AND due_at <= $1 ORDER BY due_at LIMIT 1) c
                UNION ALL
                SELECT * FROM (SELECT id, urgency, due_at FROM outbox WHERE state = 'deferred' AND urgency = 1 AND due_at <= $1 ORDER BY due_at LIMIT 1) d
                UNION ALL
                SELECT * FROM (SELECT id, urgency, due_at FROM outbox WHERE state = 'processing' AND leased_until <= $1 ORDER BY leased_until LIMIT 1) e
             ) due ORDER BY urgency, due_at LIMIT 1";
        let Some(due) = sqlx::query(DUE).bind(now.0).fetch_optional(&self.pool).await? else { return Ok(None) };
        let id: String = due.try_get("id")?;
        let lease = new_id();
        let mut write = self.write().await?;
        let leased = sqlx::query(
            "UPDATE outbox SET state = 'processing', lease_id = $3, leased_until = $4, attempts = attempts + 1
             WHERE id = $2 AND ((state IN ('scheduled', 'deferred') AND due_at <= $1) OR (state = 'processing' AND leased_until <= $1))
             RETURNING event_id, registrant_id, kind, attempts, lead_minutes, sequence, sample_to, sample_language, moved_from",
        )
        .bind(now.0)
        .bind(&id)
        .bind(&lease)
        .bind((now + LEASE).0)
        .fetch_optional(write.connection())
        .await?;
        // Another worker was quicker; the caller asks again.
        let Some(leased) = leased else { return Ok(None) };
        let event = write.event_by_id(&leased.try_get::<String, _>("event_id")?).await?;
        let moved_from = match leased.try_get::<Option<String>, _>("moved_from")? {
            Some(event) => Some(write.event_by_id(&event).await?),
            None => None,
        };
        let registrant = match leased.try_get::<Option<String>, _>("registrant_id")? {
            Some(registrant) => {
                let row = sqlx::query("SELECT * FROM registrants WHERE id = $1").bind(&registrant).fetch_one(write.connection()).await?;
                write.mail_changed(Whose::Person(registrant));
                Some(registrant::read(&row)?)
            }
            None => None,
        };
        let takes_mail = match &registrant {
            Some(registrant) => {
                write.keep_address(&id, &registrant.canonical_email).await?;
                write.takes_mail(&registrant.canonical_email).await?
            }
            None => true,
        };
        write.commit().await?;
        Ok(Some(LeasedMail {
            id,
            lease,
            kind: from_name("kind of mail", &leased.try_get::<String, _>("kind")?)?,
            attempts: leased.try_get("attempts")?,
            lead_minutes: leased.try_get("lead_minutes")?,
            sequence: leased.try_get("sequence")?,
            event,
            registrant,
            moved_from,
            sample: sample(&leased)?,
            takes_mail,
        }))
    }

    /// Says how a leased mail ended, or when it is tried again. Nothing happens where the lease went to another worker.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn settle_mail(
        &self,
        mail: &LeasedMail,
        state: MailState,
        due_at: Timestamp,
        problem: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        let settled = sqlx::query(
            "UPDATE outbox SET state = $3, due_at = $4, problem = $5, settled_at = $6, lease_id = NULL, leased_until = NULL
             WHERE id = $1 AND lease_id = $2 RETURNING registrant_id",
        )
        .bind(&mail.id)
        .bind(&mail.lease)
        .bind(to_name(state)?)
        .bind(due_at.0)
        .bind(problem)
        .bind(now.0)
        .fetch_optional(write.connection())
        .await?;
        write.changed_by(settled)?;
        write.commit().await
    }

    /// Puts a leased mail back that was not tried, until it is due again. Nothing happens where the lease went to another worker.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn put_back_mail(&self, mail: &LeasedMail, due_at: Timestamp, why: &str) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        let settled = sqlx::query(
            "UPDATE outbox SET state = 'deferred', due_at = $3, problem = $4, attempts = attempts - 1, lease_id = NULL, leased_until = NULL
             WHERE id = $1 AND lease_id = $2 RETURNING registrant_id",
        )
        .bind(&mail.id)
        .bind(&mail.lease)
        .bind(due_at.0)
        .bind(why)
        .fetch_optional(write.connection())
        .await?;
        write.changed_by(settled)?;
        write.commit().await
    }

    /// The mails of an event, the oldest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn outbox(&self, event: &str) -> Result<Vec<OutboxEntry>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, kind, state, due_at, attempts, problem, opened_at, clicked_at FROM outbox WHERE event_id = $1 ORDER BY created_at, id",
        );
        let rows = rows.bind(event).fetch_all(&self.pool).await?;
        let read = |row: &sqlx::any::AnyRow| {
            Ok(OutboxEntry {
                id: row.try_get("id")?,
                kind: from_name("kind of mail", &row.try_get::<String, _>("kind")?)?,
                state: from_name("state of a mail", &row.try_get::<String, _>("state")?)?,
                due_at: Timestamp(row.try_get("due_at")?),
                attempts: row.try_get("attempts")?,
                problem: row.try_get("problem")?,
                opened_at: row.try_get::<Option<i64>, _>("opened_at")?.map(Timestamp),
                clicked_at: row.try_get::<Option<i64>, _>("clicked_at")?.map(Timestamp),
            })
        };
        rows.iter().map(read).collect()
    }
}

fn sample(row: &sqlx::any::AnyRow) -> Result<Option<Sample>, StoreError> {
    let language = row.try_get::<Option<String>, _>("sample_language")?.unwrap_or_default();
    Ok(row.try_get::<Option<String>, _>("sample_to")?.map(|to| Sample { to, language }))
}
