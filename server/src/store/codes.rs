//! Who somebody is by their code, at one event and at those that are linked with it; and people without a name.

use super::{
    Store, StoreError, Write, event,
    event::Event,
    new_id, registrant,
    registrant::{Registrant, Seat},
    search_text::{search_text, source_name},
    to_json,
};
use crate::trust::{
    access_codes::AccessCode,
    carry::{Identity, is_same_person},
    guessing::is_weak,
    secrets::Secrets,
};
use curtain_up_protocol::{Door, Source, Timestamp, desk::CodesDocument};
use sqlx::{Any, Executor, Row};

/// Where people came from who entered without a code, as a reference: they stay as long as that is how people enter.
const OPEN_DOOR: &str = "open door";

impl Registrant {
    /// Whether a pass of theirs lets in at their event as it is now.
    pub fn is_let_in(&self, event: &Event) -> bool {
        let came_by_open_door = self.seat == Seat::Anonymous && self.source.reference == OPEN_DOOR;
        self.seat.lets_in() && (!came_by_open_door || event.plan.settings.door() == Door::Open)
    }

    /// The access code, where they have one.
    pub fn code(&self, secrets: &Secrets) -> Option<AccessCode> {
        AccessCode::open(self.sealed_code.as_deref()?, secrets, &self.id)
    }

    fn identity<'a>(&'a self, code: &'a Option<AccessCode>) -> Identity<'a> {
        Identity { external_id: self.external_id.as_deref(), canonical_email: &self.canonical_email, code: code.as_ref() }
    }
}

impl Store {
    /// Whose code this is at this event.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn registrant_by_code(&self, event: &str, code: &AccessCode, secrets: &Secrets) -> Result<Option<Registrant>, StoreError> {
        let row =
            sqlx::query("SELECT * FROM registrants WHERE event_id = $1 AND code_hash = $2").bind(event).bind(code.hash(secrets, event));
        row.fetch_optional(&self.pool).await?.as_ref().map(registrant::read).transpose()
    }

    /// Who has this external id at this event.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn registrant_by_external_id(&self, event: &str, external_id: &str) -> Result<Option<Registrant>, StoreError> {
        let row = sqlx::query("SELECT * FROM registrants WHERE event_id = $1 AND external_id = $2").bind(event).bind(external_id);
        row.fetch_optional(&self.pool).await?.as_ref().map(registrant::read).transpose()
    }

    /// The same person on another event's list, where that event knows them: see [`is_same_person`].
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn same_person(&self, person: &Registrant, there: &Event, secrets: &Secrets) -> Result<Option<Registrant>, StoreError> {
        let candidate = match &person.external_id {
            Some(id) => self.registrant_by_external_id(&there.id, id).await?,
            None => self.registrant_by_email(&there.id, &person.canonical_email).await?,
        };
        let code_here = person.code(secrets);
        Ok(candidate.filter(|candidate| {
            let code_there = candidate.code(secrets);
            candidate.seat.lets_in() && is_same_person(person.identity(&code_here), candidate.identity(&code_there))
        }))
    }

    /// The events that the materials of this one lead to, and those whose materials lead here, the next first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn linked_events(&self, event: &Event) -> Result<Vec<Event>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM events WHERE organisation_id = $2 AND id <> $1 AND (
                id IN (SELECT to_event_id FROM materials WHERE event_id = $1) OR id IN (SELECT event_id FROM materials WHERE to_event_id = $1))
             ORDER BY starts_at, slug",
        )
        .bind(&event.id)
        .bind(&event.organisation_id);
        rows.fetch_all(&self.pool).await?.iter().map(event::read).collect()
    }

    /// Somebody without a name or an address, by this id: the same however often they are asked for.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn anonymous(&self, event: &Event, id: &str, now: Timestamp) -> Result<Registrant, StoreError> {
        if let Some(known) = self.registrant(&event.id, id).await? {
            return Ok(known);
        }
        let mut write = self.write().await?;
        write.add_anonymous(event, id, &Source::default(), now).await?;
        write.commit().await?;
        self.registrant(&event.id, id).await?.ok_or(StoreError::Corrupt("person without a name"))
    }

    /// Somebody new without a name, where the event has a seat left. The seats are counted while nobody else takes one.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn seat_anonymous(&self, event: &Event, now: Timestamp) -> Result<Option<Registrant>, StoreError> {
        let id = new_id();
        // Whoever comes to a full event keeps nobody waiting.
        if is_full(&self.pool, event).await? {
            return Ok(None);
        }
        let mut write = self.write().await?;
        let event = write.lock_event(&event.plan.slug).await?;
        if is_full(write.connection(), &event).await? {
            return Ok(None);
        }
        let came_from = Source { reference: OPEN_DOOR.to_owned(), ..Source::default() };
        write.add_anonymous(&event, &id, &came_from, now).await?;
        write.commit().await?;
        self.registrant(&event.id, &id).await
    }

    /// How an event's codes stand.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn codes(&self, event: &str) -> Result<CodesDocument, StoreError> {
        let people = sqlx::query("SELECT COUNT(*) FROM registrants WHERE event_id = $1 AND code_hash IS NOT NULL").bind(event);
        let people = people.fetch_one(&self.pool).await?.try_get(0)?;
        let list = sqlx::query("SELECT guesses, uploaded_at FROM code_lists WHERE event_id = $1").bind(event);
        let list = list.fetch_optional(&self.pool).await?;
        let number = |column| list.as_ref().map(|list| list.try_get::<i64, _>(column)).transpose();
        let guesses = number("guesses")?.and_then(|guesses| u64::try_from(guesses).ok());
        let uploaded_at = number("uploaded_at")?.map(Timestamp);
        Ok(CodesDocument { people, uploaded_at, guesses, weak: guesses.is_some_and(is_weak) })
    }

    /// How many guesses would hit a code of this event, where it has any.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn code_guesses(&self, event: &str) -> Result<Option<i64>, StoreError> {
        let row = sqlx::query("SELECT guesses FROM code_lists WHERE event_id = $1").bind(event).fetch_optional(&self.pool).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }
}

impl Write {
    /// Says what the host's own system calls somebody, where nothing is said of it yet.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn set_external_id(&mut self, person: &Registrant, external_id: &str) -> Result<(), StoreError> {
        let text = search_text(&person.first_name, &person.last_name, &person.canonical_email, Some(external_id));
        let set = "UPDATE registrants SET external_id = $2, search_text = $3 WHERE id = $1 AND external_id IS NULL";
        sqlx::query(set).bind(&person.id).bind(external_id).bind(text).execute(self.connection()).await?;
        Ok(())
    }

    /// The id of whoever has this code at this event.
    pub(super) async fn code_holder(&mut self, event: &str, code: &AccessCode, secrets: &Secrets) -> Result<Option<String>, StoreError> {
        let row =
            sqlx::query("SELECT id FROM registrants WHERE event_id = $1 AND code_hash = $2").bind(event).bind(code.hash(secrets, event));
        Ok(row.fetch_optional(self.connection()).await?.map(|row| row.try_get(0)).transpose()?)
    }

    pub(super) async fn add_anonymous(&mut self, event: &Event, id: &str, came_from: &Source, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO registrants (id, event_id, canonical_email, email, first_name, last_name, answers, consents, source, seat,
                sealed_key, registered_at, updated_at, search_text, source_name)
             VALUES ($1, $2, $3, '', 'Anonymous', '', '[]', '[]', $4, 'anonymous', '', $5, $5, ' anonymous', $6) ON CONFLICT (id) DO NOTHING",
        )
        .bind(id)
        .bind(&event.id)
        // No address is like this, so nobody is found by it.
        .bind(format!("anonymous:{id}"))
        .bind(to_json("source", came_from)?)
        .bind(now.0)
        .bind(source_name(came_from))
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

/// Whether people without a name have all the seats that there are.
async fn is_full<'c>(database: impl Executor<'c, Database = Any>, event: &Event) -> Result<bool, StoreError> {
    let Some(capacity) = event.plan.capacity else { return Ok(false) };
    let taken = sqlx::query("SELECT COUNT(*) FROM registrants WHERE event_id = $1 AND seat = 'anonymous'").bind(&event.id);
    Ok(taken.fetch_one(database).await?.try_get::<i64, _>(0)? >= capacity)
}
