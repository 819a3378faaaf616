//! What a host plans: parsed once from JSON, and from then on true to every rule.

mod error;

pub use error::EventPlanError;

use crate::civil_time::CivilTime;
use chrono::TimeDelta;
use curtain_up_protocol::{Consent, Email, Field, FieldKind, KeyFormat, Room, RoomKind, Timestamp};
use serde::Deserialize;
use url::Url;

/// An event as its host planned it.
#[derive(Clone)]
pub struct EventPlan {
    /// Its name in addresses: 1 to 64 of `a-z`, `0-9`, `-`.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What it is about; may be empty.
    pub description: String,
    /// BCP 47 tag of the language it is held in.
    pub language: String,
    /// Where replies and alarms go.
    pub host_email: Option<String>,
    /// When it starts.
    pub start: CivilTime,
    /// How long it is planned to last.
    pub duration: TimeDelta,
    /// Whether the server says `live` at the start time by itself.
    pub starts_by_itself: bool,
    /// The page on which its element stands, where that is not the hosted page.
    pub permalink: Option<String>,
    /// Where it happens.
    pub room: Option<Room>,
    /// `https:` address of its replay.
    pub replay: Option<String>,
    /// How many people fit in.
    pub capacity: Option<i64>,
    /// When registration opens.
    pub opens_at: Option<Timestamp>,
    /// When registration closes.
    pub closes_at: Option<Timestamp>,
    /// The shape of its access keys.
    pub key_format: KeyFormat,
    /// Whether a new registrant is let in at once. It tells who is registered already: see README.
    pub instant_entry: bool,
    /// Origins whose pages may embed it; any, where the list is empty.
    pub origins: Vec<String>,
    /// Its own fields.
    pub fields: Vec<Field>,
    /// What people agree to.
    pub consents: Vec<Consent>,
}

/// The plan as hosts write it in JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    slug: String,
    title: String,
    #[serde(default)]
    description: String,
    #[serde(default = "english")]
    language: String,
    host_email: Option<String>,
    start: String,
    zone: String,
    duration_minutes: i64,
    #[serde(default)]
    starts_by_itself: bool,
    permalink: Option<String>,
    room: Option<Room>,
    replay: Option<String>,
    capacity: Option<i64>,
    opens_at: Option<String>,
    closes_at: Option<String>,
    #[serde(default)]
    key_format: KeyFormat,
    #[serde(default)]
    instant_entry: bool,
    #[serde(default)]
    origins: Vec<String>,
    #[serde(default)]
    fields: Vec<Field>,
    #[serde(default)]
    consents: Vec<Consent>,
}

impl EventPlan {
    /// Parses a plan. Times are civil times in the event's zone.
    ///
    /// # Errors
    /// [`EventPlanError`], for the first part that breaks a rule.
    pub fn parse(json: &str) -> Result<Self, EventPlanError> {
        let draft: Draft = serde_json::from_str(json).map_err(|error| EventPlanError::Shape(error.to_string()))?;
        let in_zone = |part: &'static str, civil: &Option<String>| {
            let parse = |civil: &String| CivilTime::parse(civil, &draft.zone).map_err(|error| EventPlanError::Time(part, error));
            Ok::<_, EventPlanError>(civil.as_ref().map(parse).transpose()?.map(|time| time.at))
        };
        if !is_slug(&draft.slug) {
            return Err(EventPlanError::Slug(draft.slug));
        }
        check_text("title", &draft.title, 1, 200)?;
        check_text("description", &draft.description, 0, 5_000)?;
        if !(1..=43_200).contains(&draft.duration_minutes) {
            return Err(EventPlanError::Duration);
        }
        if draft.capacity.is_some_and(|capacity| capacity < 1) {
            return Err(EventPlanError::Capacity);
        }
        if draft.host_email.as_deref().is_some_and(|email| Email::parse(email).is_err()) {
            return Err(EventPlanError::HostEmail);
        }
        for (part, address) in [("room", draft.room.as_ref().map(|room| &room.address)), ("replay", draft.replay.as_ref())] {
            if address.is_some_and(|address| !is_https(address)) {
                return Err(EventPlanError::Address(part));
            }
        }
        if draft.permalink.as_deref().is_some_and(|address| !is_web(address)) {
            return Err(EventPlanError::Address("permalink"));
        }
        if let Some(origin) = draft.origins.iter().find(|origin| !is_origin(origin)) {
            return Err(EventPlanError::Origin(origin.clone()));
        }
        check_fields(&draft.fields)?;
        check_consents(&draft.consents)?;
        Ok(Self {
            start: CivilTime::parse(&draft.start, &draft.zone)?,
            opens_at: in_zone("opens_at", &draft.opens_at)?,
            closes_at: in_zone("closes_at", &draft.closes_at)?,
            duration: TimeDelta::minutes(draft.duration_minutes),
            slug: draft.slug,
            title: draft.title,
            description: draft.description,
            language: draft.language,
            host_email: draft.host_email,
            starts_by_itself: draft.starts_by_itself,
            permalink: draft.permalink,
            room: draft.room,
            replay: draft.replay,
            capacity: draft.capacity,
            key_format: draft.key_format,
            instant_entry: draft.instant_entry,
            origins: draft.origins,
            fields: draft.fields,
            consents: draft.consents,
        })
    }

    /// When it is planned to end.
    pub fn ends_at(&self) -> Timestamp {
        self.start.at + self.duration
    }
}

/// Whether a text can be a slug. What cannot is not looked up either.
pub fn is_slug(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// Whether an address is an absolute `https:` one. Room addresses are checked when saved and again when followed.
pub fn is_https(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| url.scheme() == "https" && url.username().is_empty() && url.password().is_none())
}

/// A page that an element can stand on: `https:`, or `http:` on this very machine, for development.
fn is_web(address: &str) -> bool {
    is_https(address)
        || Url::parse(address).is_ok_and(|url| url.scheme() == "http" && matches!(url.host_str(), Some("localhost" | "127.0.0.1")))
}

fn is_origin(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == text)
}

fn check_text(part: &'static str, text: &str, shortest: usize, longest: usize) -> Result<(), EventPlanError> {
    let fits = (shortest..=longest).contains(&text.trim().chars().count()) && !text.contains('\0');
    if fits { Ok(()) } else { Err(EventPlanError::Text(part, longest)) }
}

fn is_id(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

fn check_fields(fields: &[Field]) -> Result<(), EventPlanError> {
    for (index, field) in fields.iter().enumerate() {
        let taken =
            ["first_name", "last_name", "email"].contains(&field.id.as_str()) || fields[..index].iter().any(|other| other.id == field.id);
        let chooses = matches!(field.kind, FieldKind::Choice | FieldKind::Choices);
        if !is_id(&field.id) || taken || field.label.trim().is_empty() || chooses == field.choices.is_empty() {
            return Err(EventPlanError::Field(field.id.clone()));
        }
    }
    Ok(())
}

fn check_consents(consents: &[Consent]) -> Result<(), EventPlanError> {
    for (index, consent) in consents.iter().enumerate() {
        if !is_id(&consent.id) || consents[..index].iter().any(|other| other.id == consent.id) || consent.text.trim().is_empty() {
            return Err(EventPlanError::Consent(consent.id.clone()));
        }
    }
    Ok(())
}

fn english() -> String {
    "en".to_owned()
}

impl Default for EventPlan {
    /// An hour about nothing, in UTC, at the epoch: for tests and samples to start from.
    fn default() -> Self {
        Self {
            slug: "event".into(),
            title: "An event".into(),
            description: String::new(),
            language: english(),
            host_email: None,
            start: CivilTime { civil: chrono::NaiveDateTime::default(), zone: chrono_tz::UTC, at: Timestamp(0) },
            duration: TimeDelta::hours(1),
            starts_by_itself: false,
            permalink: None,
            room: Some(Room { kind: RoomKind::Address, address: "https://room.example.com/".into() }),
            replay: None,
            capacity: None,
            opens_at: None,
            closes_at: None,
            key_format: KeyFormat::default(),
            instant_entry: false,
            origins: Vec::new(),
            fields: Vec::new(),
            consents: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = r#"{"slug":"launch","title":"Launch","start":"2026-12-01T18:00","zone":"Europe/Berlin","duration_minutes":60}"#;

    fn with(extra: &str) -> Result<EventPlan, EventPlanError> {
        EventPlan::parse(&format!("{},{extra}}}", PLAN.trim_end_matches('}')))
    }

    #[test]
    fn the_shortest_plan_has_a_slug_a_title_a_start_and_a_duration() {
        let plan = EventPlan::parse(PLAN).expect("a plan");
        assert_eq!(plan.start.at.0, 1_796_144_400_000);
        assert_eq!(plan.ends_at() - plan.start.at, TimeDelta::hours(1));
        assert!(!plan.instant_entry && !plan.starts_by_itself);
    }

    #[test]
    fn room_and_replay_are_https_or_refused() {
        for (address, good) in [
            ("https://meet.example.com/x", true),
            ("http://meet.example.com/x", false),
            ("javascript:alert(1)", false),
            ("https://user:secret@meet.example.com", false),
            ("//meet.example.com", false),
            ("data:text/html,x", false),
            ("", false),
        ] {
            assert_eq!(with(&format!(r#""room":{{"kind":"frame","address":"{address}"}}"#)).is_ok(), good, "room {address}");
            assert_eq!(with(&format!(r#""replay":"{address}""#)).is_ok(), good, "replay {address}");
        }
    }

    #[test]
    fn what_breaks_a_rule_is_named() {
        for (extra, part) in [
            (r#""capacity":0"#, "capacity"),
            (r#""host_email":"nobody""#, "host_email"),
            (r#""origins":["https://a.example/path"]"#, "origins"),
            (r#""fields":[{"id":"email","kind":"text","label":"x"}]"#, "fields"),
            (r#""fields":[{"id":"x","kind":"choice","label":"x"}]"#, "fields"),
            (r#""consents":[{"id":"a b","version":1,"text":"x"}]"#, "consents"),
            (r#""opens_at":"2026-03-29T02:30""#, "opens_at"),
            (r#""colour":"red""#, "shape"),
        ] {
            let message = with(extra).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(message.contains(part), "{extra}: {message}");
        }
    }
}
