//! What a host plans: parsed once from JSON, and from then on true to every rule.

mod dates;
mod document;
mod error;
mod material;
pub mod own_words;
mod rules;
mod series;
mod settings;

pub use dates::{DatesError, NewDates};
pub use error::EventPlanError;
pub use material::MaterialPlan;
pub use rules::{in_order, is_field_id, is_https, is_language_tag, is_slug};
pub use series::SeriesPlan;
pub use settings::Settings;

use crate::civil_time::CivilTime;
use chrono::TimeDelta;
use curtain_up_protocol::{
    Consent, Email, Field, KeyFormat, Room, RoomKind, Timestamp,
    desk::{EventPlanDocument, TimeChoice},
};
use rules::{check_consents, check_fields, check_settings, check_text, is_colour, is_origin, is_room, is_web};

/// An event as its host planned it.
#[derive(Clone, PartialEq, Eq)]
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
    /// How many minutes before the start people are reminded; never, where the list is empty.
    pub reminders: Vec<i64>,
    /// How it looks in mails.
    pub look: Look,
    /// The series that it is a date of.
    pub series: Option<String>,
    /// Everything else that a host may set.
    pub settings: Settings,
}

/// How an event looks in mails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Colour of buttons and links: `#rrggbb`.
    pub accent: Option<String>,
    /// `https:` address of a picture above the words.
    pub logo: Option<String>,
}

impl EventPlan {
    /// Parses a plan in JSON. Times are civil times in the event's zone.
    ///
    /// # Errors
    /// [`EventPlanError`], for the first part that breaks a rule.
    pub fn parse(json: &str) -> Result<Self, EventPlanError> {
        Self::of(serde_json::from_str(json).map_err(|error| EventPlanError::Shape(error.to_string()))?)
    }

    /// The plan that a document describes.
    ///
    /// # Errors
    /// [`EventPlanError`], for the first part that breaks a rule.
    pub fn of(draft: EventPlanDocument) -> Result<Self, EventPlanError> {
        let in_zone = |part: &'static str, civil: &Option<String>, choice: Option<TimeChoice>| {
            let parse = |civil: &String| CivilTime::parse_as(civil, &draft.zone, choice).map_err(|error| EventPlanError::Time(part, error));
            Ok::<_, EventPlanError>(civil.as_ref().map(parse).transpose()?.map(|time| time.at))
        };
        let reminders = check(&draft)?;
        let opens_at = in_zone("opens_at", &draft.opens_at, draft.opens_choice)?;
        let closes_at = in_zone("closes_at", &draft.closes_at, draft.closes_choice)?;
        if opens_at.zip(closes_at).is_some_and(|(opens, closes)| closes <= opens) {
            return Err(EventPlanError::ClosesFirst);
        }
        Ok(Self {
            start: CivilTime::parse_as(&draft.start, &draft.zone, draft.start_choice)?,
            opens_at,
            closes_at,
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
            reminders,
            look: Look { accent: draft.accent, logo: draft.logo },
            series: draft.series,
            settings: draft.settings,
        })
    }

    /// Whether an event may have this plan instead of `before`: none is moved to a time that is over.
    ///
    /// # Errors
    /// [`EventPlanError::Start`].
    pub fn may_replace(&self, before: &Self, now: Timestamp) -> Result<(), EventPlanError> {
        if self.start != before.start {
            self.start.clone().to_come(now)?;
        }
        Ok(())
    }

    /// The room, where it is still where rooms may be: rules may have become stricter since it was saved.
    pub fn room(&self) -> Option<&Room> {
        self.room.as_ref().filter(|room| is_room(&room.address, &self.settings.room_hosts))
    }

    /// When it is planned to end.
    pub fn ends_at(&self) -> Timestamp {
        self.start.at + self.duration
    }
}

/// Checks all but the times, and puts the reminders into their order.
fn check(draft: &EventPlanDocument) -> Result<Vec<i64>, EventPlanError> {
    if !is_slug(&draft.slug) {
        return Err(EventPlanError::Slug(draft.slug.clone()));
    }
    check_text("title", &draft.title, 1, 200)?;
    check_text("description", &draft.description, 0, 5_000)?;
    if !is_language_tag(&draft.language) {
        return Err(EventPlanError::Language("language", draft.language.clone()));
    }
    if !(1..=43_200).contains(&draft.duration_minutes) {
        return Err(EventPlanError::Duration);
    }
    if draft.capacity.is_some_and(|capacity| capacity < 1) {
        return Err(EventPlanError::Capacity);
    }
    if draft.host_email.as_deref().is_some_and(|email| Email::parse(email).is_err()) {
        return Err(EventPlanError::HostEmail);
    }
    let reminders = in_order(draft.reminders_minutes.clone())?;
    if draft.accent.as_deref().is_some_and(|colour| !is_colour(colour)) {
        return Err(EventPlanError::Accent);
    }
    let room = draft.room.as_ref().map(|room| &room.address);
    for (part, address) in [("room", room), ("replay", draft.replay.as_ref()), ("logo", draft.logo.as_ref())] {
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
    check_settings(&draft.settings)?;
    own_words::check_all(&draft.settings.words)?;
    if let Some(series) = draft.series.as_ref().filter(|series| !is_slug(series)) {
        return Err(EventPlanError::Series(series.clone()));
    }
    if room.is_some_and(|address| !is_room(address, &draft.settings.room_hosts)) {
        return Err(EventPlanError::RoomElsewhere);
    }
    Ok(reminders)
}

impl Default for EventPlan {
    /// An hour about nothing, in UTC, at the epoch: for tests and samples to start from.
    fn default() -> Self {
        Self {
            slug: "event".into(),
            title: "An event".into(),
            description: String::new(),
            language: "en".to_owned(),
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
            reminders: vec![60, 5],
            look: Look::default(),
            series: None,
            settings: Settings::default(),
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
    fn reminders_are_an_hour_and_five_minutes_before_unless_the_host_says_otherwise() {
        for (extra, minutes) in
            [(r#""capacity":1"#, &[60, 5][..]), (r#""reminders_minutes":[]"#, &[]), (r#""reminders_minutes":[15,1440,15]"#, &[1440, 15])]
        {
            assert_eq!(with(extra).map(|plan| plan.reminders).ok().as_deref(), Some(minutes), "{extra}");
        }
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
    fn a_plan_is_the_same_after_it_was_written_down_and_read_again() {
        for extra in [
            r#""capacity":7,"opens_at":"2026-10-25T02:30","opens_choice":"later","closes_at":"2026-10-31T00:00:30""#,
            r##""accent":"#4338ca","series":"spring","settings":{"link_style":"short","room_hosts":["meet.example"]},"room":{"kind":"frame","address":"https://MEET.example/x"}"##,
        ] {
            let plan = with(extra).expect("a plan");
            let again = EventPlan::of(plan.document()).expect("the plan again");
            assert!(again == plan && again.document() == plan.document(), "{extra}");
        }
        let ambiguous = EventPlanDocument { start: "2026-10-25T02:30".into(), ..EventPlan::parse(PLAN).expect("a plan").document() };
        let earlier =
            EventPlan::of(EventPlanDocument { start_choice: Some(TimeChoice::Earlier), ..ambiguous.clone() }).expect("the first one");
        let later =
            EventPlan::of(EventPlanDocument { start_choice: Some(TimeChoice::Later), ..ambiguous.clone() }).expect("the second one");
        assert_eq!(later.start.at - earlier.start.at, TimeDelta::hours(1));
        assert_eq!(later.document().start_choice, Some(TimeChoice::Later));
        assert!(EventPlan::of(ambiguous).is_err());
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
            (r#""reminders_minutes":[60,0]"#, "reminders_minutes"),
            (r#""reminders_minutes":[1,2,3,4,5,6]"#, "reminders_minutes"),
            (r#""accent":"red;}""#, "accent"),
            (r#""logo":"http://a.example/logo.png""#, "logo"),
            (r#""settings":{"cover":"http://a.example/x.png"}"#, "settings.cover"),
            (r#""settings":{"room_hosts":["https://a.example"]}"#, "settings.room_hosts"),
            (r#""settings":{"room_hosts":["a.example"]},"room":{"kind":"frame","address":"https://b.example/x"}"#, "room"),
            (r#""settings":{"languages":["<b>"]}"#, "settings.languages"),
            (r#""series":"A series""#, "series"),
            (r#""colour":"red""#, "shape"),
            (r#""language":"Klingon, please""#, "language"),
            (r#""opens_at":"2026-11-02T10:00","closes_at":"2026-11-02T10:00""#, "closes_at"),
            (r#""settings":{"words":[{"kind":"confirmation","language":"en","subject":"x","text":"no way in"}]}"#, "settings.words: text"),
        ] {
            let message = with(extra).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(message.contains(part), "{extra}: {message}");
        }
    }
}
