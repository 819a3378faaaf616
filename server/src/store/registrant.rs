//! Registrants: one per event and canonical address.

use super::{
    Store, StoreError, Write,
    cadence::To,
    event,
    event::Event,
    from_json, from_name, new_id,
    outbox::MailKind,
    search_text::{search_text, source_name},
    to_json, to_name,
};
use crate::trust::{access_keys::AccessKey, secrets::Secrets};
pub use curtain_up_protocol::desk::{GivenConsent, Seat};
use curtain_up_protocol::{Agreement, Answer, Email, Phase, RegistrationRequest, Source, Timestamp};
use sqlx::{Row, any::AnyRow};

/// A person on an event's list.
#[derive(Clone)]
pub struct Registrant {
    /// The row's id.
    pub id: String,
    /// The event.
    pub event_id: String,
    /// The address as it was typed.
    pub email: String,
    /// The address as the list knows it.
    pub canonical_email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Answers to the event's own fields.
    pub answers: Vec<Answer>,
    /// What was agreed to, and when.
    pub consents: Vec<GivenConsent>,
    /// Where the person came from, at the first registration.
    pub source: Source,
    /// IANA zone of the person's browser.
    pub zone: Option<String>,
    /// Language of the person's browser.
    pub language: Option<String>,
    /// Whether there is a seat.
    pub seat: Seat,
    /// The access key, sealed: see [`AccessKey::open`].
    pub sealed_key: String,
    /// Whether the person wants no reminders of this event.
    pub reminders_off: bool,
    /// When the person registered first.
    pub registered_at: Timestamp,
    /// What the host's own system calls the person.
    pub external_id: Option<String>,
    /// The access code that the host chose, sealed.
    pub sealed_code: Option<String>,
    /// When the person was active in the room first.
    pub attended_at: Option<Timestamp>,
}

impl Registrant {
    /// Whether their access link and key let them in.
    pub fn has_working_link(&self) -> bool {
        self.seat == Seat::Confirmed
    }
}

/// A registration that has passed every check.
pub struct Registration<'a> {
    /// The event.
    pub event: &'a Event,
    /// The address.
    pub email: Email,
    /// What was sent, without problems.
    pub request: &'a RegistrationRequest,
    /// Zone of the person's browser, where it is one.
    pub zone: Option<String>,
    /// Language of the person's browser, where it is one.
    pub language: Option<String>,
}

impl Write {
    /// Puts somebody on an event's list, or merges what they answered now into what they answered before.
    /// Returns the registrant and whether they are new. Any number of equal registrations at once make one row.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn register(
        &mut self,
        registration: &Registration<'_>,
        secrets: &Secrets,
        now: Timestamp,
    ) -> Result<(Registrant, bool), StoreError> {
        let event = registration.event;
        let request = registration.request;
        let id = new_id();
        // The capacity of now: the host may have changed it since the event was read.
        // And its start: a move waits for this registration, or this one finds the event moved.
        let event = &self.lock_event(&event.plan.slug).await?;
        let seat = self.seat_at(event).await?;
        let inserted = sqlx::query(
            "INSERT INTO registrants (id, event_id, canonical_email, email, first_name, last_name, answers, consents, source, zone,
                language, seat, sealed_key, registered_at, updated_at, search_text, source_name)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15, $16)
             ON CONFLICT (event_id, canonical_email) DO NOTHING RETURNING *",
        )
        .bind(&id)
        .bind(&event.id)
        .bind(registration.email.canonical())
        .bind(registration.email.as_str())
        .bind(request.answer_to("first_name"))
        .bind(request.answer_to("last_name"))
        .bind(to_json("list of answers", &merged_answers(Vec::new(), &request.answers))?)
        .bind(to_json("list of consents", &merged_consents(Vec::new(), &request.consents, now))?)
        .bind(to_json("source", &request.source)?)
        .bind(&registration.zone)
        .bind(&registration.language)
        .bind(to_name(seat)?)
        .bind(AccessKey::random(event.plan.key_format).seal(secrets, &id))
        .bind(now.0)
        .bind(searched(registration, None))
        .bind(source_name(&request.source))
        .fetch_optional(self.connection())
        .await?;
        match inserted {
            Some(row) => {
                let registrant = read(&row)?;
                self.lift_suppression(event, &registrant.canonical_email, secrets, now).await?;
                self.remind(To::One(&registrant.id), event, now).await?;
                Ok((registrant, true))
            }
            None => {
                let known = self.merge(registration, now).await?;
                let is_back = known.seat == Seat::Cancelled;
                Ok((if is_back { self.seat_again(known, event, seat, now).await? } else { known }, false))
            }
        }
    }

    /// Gives free seats to those who have waited longest and writes each a mail. The event is locked. Returns how many.
    pub(super) async fn seat_waiting(&mut self, event: &Event, now: Timestamp) -> Result<u64, StoreError> {
        let free = match event.plan.capacity {
            Some(capacity) => (capacity - self.confirmed(&event.id).await?).max(0),
            None => i64::MAX,
        };
        let rows = sqlx::query(
            "UPDATE registrants SET seat = 'confirmed', updated_at = $3 WHERE id IN (
                SELECT id FROM registrants WHERE event_id = $1 AND seat = 'waiting_list' ORDER BY registered_at, id LIMIT $2)
             RETURNING id",
        )
        .bind(&event.id)
        .bind(free)
        .bind(now.0)
        .fetch_all(self.connection())
        .await?;
        for row in &rows {
            let id: String = row.try_get("id")?;
            self.remind(To::One(&id), event, now).await?;
            self.add_mail(&event.id, Some(id), MailKind::Confirmation, now).await?;
        }
        Ok(rows.len() as u64)
    }

    /// The seat that somebody gets who comes now. The event is locked.
    pub(super) async fn seat_at(&mut self, event: &Event) -> Result<Seat, StoreError> {
        Ok(match event.plan.capacity {
            Some(capacity) if self.confirmed(&event.id).await? >= capacity => Seat::WaitingList,
            _ => Seat::Confirmed,
        })
    }

    /// Gives a seat to somebody who waits for one, even where all are taken. Returns them as they are then: a host may have
    /// cancelled them meanwhile. Whoever `was_told` that they have none is told that they have one.
    ///
    /// # Errors
    /// [`StoreError::NoSuchPerson`] where they have another id by now, [`StoreError::Database`].
    pub async fn give_seat(
        &mut self,
        person: &Registrant,
        event: &Event,
        was_told: bool,
        now: Timestamp,
    ) -> Result<Registrant, StoreError> {
        let event = &self.lock_event(&event.plan.slug).await?;
        let person = self.registrant_of(event, &person.id).await?;
        if person.seat != Seat::WaitingList {
            return Ok(person);
        }
        let seated = self.seat_again(person, event, Seat::Confirmed, now).await?;
        if was_told && matches!(event.phase, Phase::Scheduled | Phase::Live) {
            self.add_mail(&event.id, Some(seated.id.clone()), MailKind::Confirmation, now).await?;
        }
        Ok(seated)
    }

    /// Whoever had cancelled and registers again is back on the list.
    async fn seat_again(&mut self, known: Registrant, event: &Event, seat: Seat, now: Timestamp) -> Result<Registrant, StoreError> {
        let set = sqlx::query("UPDATE registrants SET seat = $2 WHERE id = $1").bind(&known.id).bind(to_name(seat)?);
        set.execute(self.connection()).await?;
        self.remind(To::One(&known.id), event, now).await?;
        Ok(Registrant { seat, ..known })
    }

    async fn confirmed(&mut self, event: &str) -> Result<i64, StoreError> {
        let count = sqlx::query("SELECT COUNT(*) FROM registrants WHERE event_id = $1 AND seat = 'confirmed'").bind(event);
        Ok(count.fetch_one(self.connection()).await?.try_get(0)?)
    }

    pub(super) async fn merge(&mut self, registration: &Registration<'_>, now: Timestamp) -> Result<Registrant, StoreError> {
        // The update locks the row, so that two merges at once both end up in it.
        let row = sqlx::query("UPDATE registrants SET updated_at = $3 WHERE event_id = $1 AND canonical_email = $2 RETURNING *")
            .bind(&registration.event.id)
            .bind(registration.email.canonical())
            .bind(now.0)
            .fetch_one(self.connection())
            .await?;
        let known = read(&row)?;
        let request = registration.request;
        let row = sqlx::query(
            "UPDATE registrants SET first_name = $2, last_name = $3, answers = $4, consents = $5, zone = $6, language = $7, search_text = $8
             WHERE id = $1 RETURNING *",
        )
        .bind(&known.id)
        .bind(request.answer_to("first_name"))
        .bind(request.answer_to("last_name"))
        .bind(to_json("list of answers", &merged_answers(known.answers, &request.answers))?)
        .bind(to_json("list of consents", &merged_consents(known.consents, &request.consents, now))?)
        .bind(registration.zone.as_ref().or(known.zone.as_ref()))
        .bind(registration.language.as_ref().or(known.language.as_ref()))
        .bind(searched(registration, known.external_id.as_deref()))
        .fetch_one(self.connection())
        .await?;
        read(&row)
    }
}

impl Store {
    /// Who registered with this address, if anybody did.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn registrant_by_email(&self, event: &str, canonical_email: &str) -> Result<Option<Registrant>, StoreError> {
        let row = sqlx::query("SELECT * FROM registrants WHERE event_id = $1 AND canonical_email = $2").bind(event).bind(canonical_email);
        row.fetch_optional(&self.pool).await?.as_ref().map(read).transpose()
    }

    /// The registrant with this id, if there still is one.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn registrant(&self, event: &str, id: &str) -> Result<Option<Registrant>, StoreError> {
        let row = sqlx::query("SELECT * FROM registrants WHERE event_id = $1 AND id = $2").bind(event).bind(id);
        row.fetch_optional(&self.pool).await?.as_ref().map(read).transpose()
    }

    /// The registrant with this id, and the event, whichever it is.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn person(&self, id: &str) -> Result<Option<(Registrant, Event)>, StoreError> {
        let row = sqlx::query("SELECT * FROM registrants WHERE id = $1").bind(id).fetch_optional(&self.pool).await?;
        let Some(person) = row.as_ref().map(read).transpose()? else { return Ok(None) };
        let row = sqlx::query("SELECT * FROM events WHERE id = $1").bind(&person.event_id).fetch_one(&self.pool).await?;
        Ok(Some((person, event::read(&row)?)))
    }

    /// Everybody on an event's list, in the order of their registration.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn registrants(&self, event: &str) -> Result<Vec<Registrant>, StoreError> {
        let rows = sqlx::query("SELECT * FROM registrants WHERE event_id = $1 ORDER BY registered_at, id").bind(event);
        rows.fetch_all(&self.pool).await?.iter().map(read).collect()
    }
}

#[cfg(test)]
impl Registrant {
    /// Somebody with a seat, for tests of rules.
    pub fn sample(email: &str) -> Self {
        Self {
            id: "r".into(),
            event_id: "e".into(),
            email: email.into(),
            canonical_email: email.into(),
            first_name: "Ada".into(),
            last_name: "Lovelace".into(),
            answers: Vec::new(),
            consents: Vec::new(),
            source: Source::default(),
            zone: None,
            language: None,
            seat: Seat::Confirmed,
            sealed_key: String::new(),
            reminders_off: false,
            registered_at: Timestamp(0),
            external_id: None,
            sealed_code: None,
            attended_at: None,
        }
    }
}

fn searched(registration: &Registration<'_>, external_id: Option<&str>) -> String {
    let request = registration.request;
    search_text(request.answer_to("first_name"), request.answer_to("last_name"), &registration.email.canonical(), external_id)
}

/// New answers replace old ones; a field left empty now keeps what was answered before. Names and address have columns of their own.
fn merged_answers(mut known: Vec<Answer>, new: &[Answer]) -> Vec<Answer> {
    for answer in new.iter().filter(|answer| !["first_name", "last_name", "email"].contains(&answer.field.as_str())) {
        let values: Vec<String> = answer.values.iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect();
        if !values.is_empty() {
            known.retain(|earlier| earlier.field != answer.field);
            known.push(Answer { field: answer.field.clone(), values });
        }
    }
    known
}

/// A consent is kept with the time at which its version was agreed to first.
fn merged_consents(mut known: Vec<GivenConsent>, new: &[Agreement], now: Timestamp) -> Vec<GivenConsent> {
    for given in new {
        if !known.iter().any(|earlier| earlier.id == given.id && earlier.version == given.version) {
            known.push(GivenConsent { id: given.id.clone(), version: given.version, at: now });
        }
    }
    known
}

pub(super) fn read(row: &AnyRow) -> Result<Registrant, StoreError> {
    let text = |column: &str| row.try_get::<String, _>(column);
    Ok(Registrant {
        id: text("id")?,
        event_id: text("event_id")?,
        email: text("email")?,
        canonical_email: text("canonical_email")?,
        first_name: text("first_name")?,
        last_name: text("last_name")?,
        answers: from_json("list of answers", &text("answers")?)?,
        consents: from_json("list of consents", &text("consents")?)?,
        source: from_json("source", &text("source")?)?,
        zone: row.try_get("zone")?,
        language: row.try_get("language")?,
        seat: from_name("seat", &text("seat")?)?,
        sealed_key: text("sealed_key")?,
        reminders_off: row.try_get::<i64, _>("reminders_off")? != 0,
        registered_at: Timestamp(row.try_get("registered_at")?),
        external_id: row.try_get("external_id")?,
        sealed_code: row.try_get("sealed_code")?,
        attended_at: row.try_get::<Option<i64>, _>("attended_at")?.map(Timestamp),
    })
}
