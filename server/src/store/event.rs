//! Events: planned by hosts, moved through their phases.

use super::{Store, StoreError, Write, from_json, from_name, new_id, to_json, to_name};
use crate::civil_time::CivilTime;
use crate::event_plan::{EventPlan, Look};
use curtain_up_protocol::{AccessLink, Admission, Door, EventDocument, Permalink, Phase, Room, StateDocument, Timestamp};
use sqlx::{
    Any, Row,
    any::{AnyArguments, AnyRow},
    query::Query,
};

type AnyQuery<'q> = Query<'q, Any, AnyArguments>;

/// Whose events those are that no organisation was named for; every database has it.
pub const DEFAULT_ORGANISATION: &str = "default";

/// An event as it is stored.
#[derive(Clone)]
pub struct Event {
    /// The row's id.
    pub id: String,
    /// Whose it is.
    pub organisation_id: String,
    /// What the host planned.
    pub plan: EventPlan,
    /// Where it stands.
    pub phase: Phase,
    /// Grows with every change.
    pub version: i64,
    /// The SEQUENCE of its calendar entry (RFC 5545, 3.8.7.4): grows when it moves or is cancelled.
    pub calendar_sequence: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was put away, where it was.
    pub archived_at: Option<Timestamp>,
}

impl Event {
    /// A new event of the [`DEFAULT_ORGANISATION`].
    pub fn planned(plan: EventPlan, now: Timestamp) -> Self {
        let organisation_id = DEFAULT_ORGANISATION.to_owned();
        Self {
            id: new_id(),
            organisation_id,
            plan,
            phase: Phase::Scheduled,
            version: 1,
            calendar_sequence: 0,
            created_at: now,
            archived_at: None,
        }
    }

    /// The page on which its element stands: the host's own, or the hosted page of this server.
    pub fn permalink(&self, public_url: &str) -> Permalink {
        match &self.plan.permalink {
            Some(address) => Permalink::new(address),
            None => Permalink::new(&format!("{public_url}/e/{}", self.plan.slug)),
        }
    }

    /// The address that lets somebody in. Where the dates of a series stand on one page of the host's, it names the date,
    /// so that the element there knows which one it is about.
    pub fn access_link(&self, public_url: &str, access: &AccessLink) -> String {
        let link = self.permalink(public_url).link(access);
        match (&self.plan.permalink, &self.plan.series) {
            (Some(_), Some(_)) => format!("{link}&date={}", self.plan.slug),
            _ => link,
        }
    }

    /// The tiny document that waiting people poll.
    pub fn state(&self, now: Timestamp) -> StateDocument {
        StateDocument { version: self.version, phase: self.phase, starts_at: self.plan.start.at, ends_at: self.plan.ends_at(), now }
    }

    /// What anybody may know of it.
    pub fn document(&self, admission: Admission, public_url: &str, now: Timestamp) -> EventDocument {
        EventDocument {
            slug: self.plan.slug.clone(),
            title: self.plan.title.clone(),
            description: self.plan.description.clone(),
            language: self.plan.language.clone(),
            zone: self.plan.start.zone.name().to_owned(),
            permalink: self.permalink(public_url).as_str().to_owned(),
            state: self.state(now),
            admission,
            door: self.plan.settings.door(),
            opens_at: self.plan.opens_at,
            key_format: self.plan.key_format,
            fields: self.plan.fields.clone(),
            consents: self.plan.consents.clone(),
        }
    }

    /// Whether somebody who registers now gets a seat, given how many are taken.
    pub fn admission(&self, seats_taken: i64, now: Timestamp) -> Admission {
        let plan = &self.plan;
        // Where a list or nobody decides who comes in, nobody registers.
        let registers = plan.settings.door() == Door::Registration;
        if !registers || matches!(self.phase, Phase::Ended | Phase::Cancelled) || plan.closes_at.is_some_and(|closes| closes <= now) {
            Admission::Closed
        } else if plan.opens_at.is_some_and(|opens| now < opens) {
            Admission::NotYetOpen
        } else if plan.capacity.is_some_and(|capacity| capacity <= seats_taken) {
            Admission::Full
        } else {
            Admission::Open
        }
    }
}

impl Store {
    /// Adds an event of the [`DEFAULT_ORGANISATION`].
    ///
    /// # Errors
    /// [`StoreError::SlugTaken`], [`StoreError::Database`].
    pub async fn add_event(&self, plan: &EventPlan, now: Timestamp) -> Result<Event, StoreError> {
        self.add_event_of(DEFAULT_ORGANISATION, plan, now).await
    }

    /// Adds an event of an organisation.
    ///
    /// # Errors
    /// [`StoreError::SlugTaken`], [`StoreError::NoSuchSeries`], [`StoreError::Database`].
    pub async fn add_event_of(&self, organisation: &str, plan: &EventPlan, now: Timestamp) -> Result<Event, StoreError> {
        let mut write = self.write().await?;
        let event = write.add_event(organisation, plan, now).await?;
        write.commit().await?;
        Ok(event)
    }

    /// The event with this slug.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::Database`].
    pub async fn event(&self, slug: &str) -> Result<Event, StoreError> {
        let row = sqlx::query("SELECT * FROM events WHERE slug = $1").bind(slug).fetch_optional(&self.pool).await?;
        row.as_ref().map(read).transpose()?.ok_or_else(|| StoreError::NoSuchEvent(slug.to_owned()))
    }

    /// All events, the next first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn events(&self) -> Result<Vec<Event>, StoreError> {
        let rows = sqlx::query("SELECT * FROM events ORDER BY starts_at, slug").fetch_all(&self.pool).await?;
        rows.iter().map(read).collect()
    }

    /// How many seats of an event are taken.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn seats_taken(&self, event: &str) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) FROM registrants WHERE event_id = $1 AND seat = 'confirmed'").bind(event);
        Ok(row.fetch_one(&self.pool).await?.try_get(0)?)
    }

    /// Changes for somebody at the command line how many people fit in, and gives freed seats to those who have waited
    /// longest, each with a mail.
    /// Returns the event and how many got a seat.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::Database`].
    pub async fn set_capacity(&self, slug: &str, capacity: Option<i64>, now: Timestamp) -> Result<(Event, u64), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("UPDATE events SET capacity = $2, version = version + 1 WHERE slug = $1")
            .bind(slug)
            .bind(capacity)
            .execute(write.connection())
            .await?;
        let event = write.lock_event(slug).await?;
        let seated = write.seat_waiting(&event, now).await?;
        let seats = capacity.map_or_else(|| "unlimited".to_owned(), |seats| seats.to_string());
        write.note_command(&event, "capacity_changed", &seats, now).await?;
        write.commit().await?;
        Ok((event, seated))
    }
}

impl Write {
    pub(super) async fn event_by_id(&mut self, id: &str) -> Result<Event, StoreError> {
        read(&sqlx::query("SELECT * FROM events WHERE id = $1").bind(id).fetch_one(self.connection()).await?)
    }

    /// Adds an event of an organisation.
    ///
    /// # Errors
    /// [`StoreError::SlugTaken`], [`StoreError::Database`].
    pub(super) async fn add_event(&mut self, organisation: &str, plan: &EventPlan, now: Timestamp) -> Result<Event, StoreError> {
        let event = Event { organisation_id: organisation.to_owned(), ..Event::planned(plan.clone(), now) };
        let insert = sqlx::query(
            "INSERT INTO events (slug, title, description, language, host_email, civil_start, zone, starts_at, ends_at,
                starts_by_itself, permalink, room_kind, room_address, replay, capacity, opens_at, closes_at, key_format,
                instant_entry, origins, fields, consents, reminders, accent, logo, settings,
                id, organisation_id, phase, version, calendar_sequence, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
                $24, $25, $26, $27, $28, $29, $30, $31, $32)
             ON CONFLICT (slug) DO NOTHING",
        );
        let added = bind_plan(insert, plan)?
            .bind(&event.id)
            .bind(&event.organisation_id)
            .bind(to_name(event.phase)?)
            .bind(event.version)
            .bind(event.calendar_sequence)
            .bind(now.0)
            .execute(self.connection())
            .await?;
        if added.rows_affected() == 0 {
            return Err(StoreError::SlugTaken(plan.slug.clone()));
        }
        self.set_series(&event, plan.series.as_deref()).await?;
        Ok(event)
    }

    /// The event, read within this transaction.
    pub(super) async fn event(&mut self, slug: &str) -> Result<Event, StoreError> {
        let row = sqlx::query("SELECT * FROM events WHERE slug = $1").bind(slug).fetch_optional(self.connection()).await?;
        row.as_ref().map(read).transpose()?.ok_or_else(|| StoreError::NoSuchEvent(slug.to_owned()))
    }
}

/// Binds `$1` to `$26`, in the order in which [`Write::add_event`] names the columns of a plan.
pub(super) fn bind_plan<'q>(query: AnyQuery<'q>, plan: &'q EventPlan) -> Result<AnyQuery<'q>, StoreError> {
    Ok(query
        .bind(&plan.slug)
        .bind(&plan.title)
        .bind(&plan.description)
        .bind(&plan.language)
        .bind(&plan.host_email)
        .bind(plan.start.text())
        .bind(plan.start.zone.name())
        .bind(plan.start.at.0)
        .bind(plan.ends_at().0)
        .bind(i64::from(plan.starts_by_itself))
        .bind(&plan.permalink)
        .bind(to_name(plan.room.as_ref().map(|room| room.kind).unwrap_or_default())?)
        .bind(plan.room.as_ref().map(|room| room.address.as_str()))
        .bind(&plan.replay)
        .bind(plan.capacity)
        .bind(plan.opens_at.map(|at| at.0))
        .bind(plan.closes_at.map(|at| at.0))
        .bind(to_name(plan.key_format)?)
        .bind(i64::from(plan.instant_entry))
        .bind(to_json("list of origins", &plan.origins)?)
        .bind(to_json("list of fields", &plan.fields)?)
        .bind(to_json("list of consents", &plan.consents)?)
        .bind(to_json("list of reminders", &plan.reminders)?)
        .bind(&plan.look.accent)
        .bind(&plan.look.logo)
        .bind(to_json("settings", &plan.settings)?))
}

pub(super) fn read(row: &AnyRow) -> Result<Event, StoreError> {
    let text = |column: &str| row.try_get::<String, _>(column);
    let optional = |column: &str| row.try_get::<Option<String>, _>(column);
    let time = |column: &str| row.try_get::<i64, _>(column).map(Timestamp);
    let optional_time = |column: &str| row.try_get::<Option<i64>, _>(column).map(|millis| millis.map(Timestamp));
    let starts_at = time("starts_at")?;
    let zone = text("zone")?.parse().map_err(|_| StoreError::Corrupt("time zone"))?;
    let start = CivilTime::of(starts_at, zone).map_err(|_| StoreError::Corrupt("start"))?;
    let kind = from_name("kind of room", &text("room_kind")?)?;
    Ok(Event {
        id: text("id")?,
        organisation_id: text("organisation_id")?,
        plan: EventPlan {
            slug: text("slug")?,
            title: text("title")?,
            description: text("description")?,
            language: text("language")?,
            host_email: optional("host_email")?,
            start,
            duration: time("ends_at")? - starts_at,
            starts_by_itself: row.try_get::<i64, _>("starts_by_itself")? != 0,
            permalink: optional("permalink")?,
            room: optional("room_address")?.map(|address| Room { kind, address }),
            replay: optional("replay")?,
            capacity: row.try_get("capacity")?,
            opens_at: optional_time("opens_at")?,
            closes_at: optional_time("closes_at")?,
            key_format: from_name("key format", &text("key_format")?)?,
            instant_entry: row.try_get::<i64, _>("instant_entry")? != 0,
            origins: from_json("list of origins", &text("origins")?)?,
            fields: from_json("list of fields", &text("fields")?)?,
            consents: from_json("list of consents", &text("consents")?)?,
            reminders: from_json("list of reminders", &text("reminders")?)?,
            look: Look { accent: optional("accent")?, logo: optional("logo")? },
            series: optional("series")?,
            settings: from_json("settings", &text("settings")?)?,
        },
        phase: from_name("phase", &text("phase")?)?,
        version: row.try_get("version")?,
        calendar_sequence: row.try_get("calendar_sequence")?,
        created_at: time("created_at")?,
        archived_at: optional_time("archived_at")?,
    })
}
