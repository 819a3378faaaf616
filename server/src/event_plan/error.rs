use super::own_words::WordsError;
use crate::civil_time::CivilTimeError;
use curtain_up_protocol::FieldCode;

/// Why a plan is none. Each message names the part and what to write instead.
#[derive(Debug, thiserror::Error)]
pub enum EventPlanError {
    /// Not JSON, or not of this shape.
    #[error("the plan is not of the shape that an event has: {0}")]
    Shape(String),
    /// The slug is no slug.
    #[error("slug: “{0}” is none; write 1 to 64 of a-z, 0-9 and hyphens")]
    Slug(String),
    /// A text is missing or too long.
    #[error("{0}: write 1 to {1} characters")]
    Text(&'static str, usize),
    /// The start is no instant.
    #[error("start: {0}")]
    Start(#[from] CivilTimeError),
    /// Opening or closing is no instant.
    #[error("{0}: {1}")]
    Time(&'static str, CivilTimeError),
    /// The duration is not one.
    #[error("duration_minutes: write 1 to 43200 (30 days)")]
    Duration,
    /// An address is not `https:`.
    #[error("{0}: write an https: address")]
    Address(&'static str),
    /// The host's address is none.
    #[error("host_email: write one e-mail address")]
    HostEmail,
    /// Capacity below one.
    #[error("capacity: write 1 or more, or leave it out")]
    Capacity,
    /// Reminders that are none, or too many.
    #[error("reminders_minutes: write up to five numbers of minutes before the start, from 1 to 43200; [] for no reminders")]
    Reminders,
    /// The accent colour is none.
    #[error("accent: write a colour like #4338ca")]
    Accent,
    /// The room is not where rooms may be.
    #[error("room: it is at none of the hosts in settings.room_hosts; add its host there, or write another address")]
    RoomElsewhere,
    /// A host of rooms that is none.
    #[error("settings.room_hosts: “{0}” is no host; write one like meet.example.com")]
    RoomHost(String),
    /// A language that is none.
    #[error("{0}: “{1}” is no language tag; write one like en or pt-BR")]
    Language(&'static str, String),
    /// The name of a series is none.
    #[error("series: “{0}” is none; write 1 to 64 of a-z, 0-9 and hyphens")]
    Series(String),
    /// An origin that is none.
    #[error("origins: “{0}” is no origin; write one like https://www.example.com")]
    Origin(String),
    /// Ids that clash or are none, or choices that are missing.
    #[error("fields: “{0}”: every field needs an id of its own (a-z, 0-9, _), a label, and choices where one chooses")]
    Field(String),
    /// Registration would close before it opens.
    #[error("closes_at: registration would close before it opens; write a later time than opens_at")]
    ClosesFirst,
    /// A material would go away before it appears.
    #[error("visible_to: the link would go away before it appears; write a later time than visible_from")]
    GoesFirst,
    /// A mail's words that cannot be sent.
    #[error("settings.words: {0}")]
    Words(#[from] WordsError),
    /// Ids that clash or are none.
    #[error("consents: “{0}”: every consent needs an id of its own (a-z, 0-9, _) and a text")]
    Consent(String),
}

impl EventPlanError {
    /// Which part of the plan is meant, and what is wrong with it, for those who say it in their own words.
    pub fn field(&self) -> (String, FieldCode) {
        let (field, code) = match self {
            Self::Shape(_) => ("", FieldCode::InvalidValue),
            Self::Slug(_) => ("slug", FieldCode::InvalidValue),
            Self::Text(part, _) => (*part, FieldCode::InvalidValue),
            Self::Start(error) => (zone_or("start", error), code_of(error)),
            Self::Time(part, error) => (zone_or(part, error), code_of(error)),
            Self::Duration => ("duration_minutes", FieldCode::OutOfRange),
            Self::Address(part) => (*part, FieldCode::InvalidValue),
            Self::HostEmail => ("host_email", FieldCode::InvalidEmail),
            Self::Capacity => ("capacity", FieldCode::OutOfRange),
            Self::Reminders => ("reminders_minutes", FieldCode::OutOfRange),
            Self::Accent => ("accent", FieldCode::InvalidValue),
            Self::RoomElsewhere => ("room", FieldCode::NotAChoice),
            Self::RoomHost(_) => ("settings.room_hosts", FieldCode::InvalidValue),
            Self::Language(part, _) => (*part, FieldCode::InvalidValue),
            Self::Series(_) => ("series", FieldCode::InvalidValue),
            Self::ClosesFirst => ("closes_at", FieldCode::OutOfRange),
            Self::GoesFirst => ("visible_to", FieldCode::OutOfRange),
            Self::Words(error) => return (format!("settings.words.{}", error.field()), error.problem().code),
            Self::Origin(_) => ("origins", FieldCode::InvalidValue),
            Self::Field(id) => return (format!("fields.{id}"), FieldCode::InvalidValue),
            Self::Consent(id) => return (format!("consents.{id}"), FieldCode::InvalidValue),
        };
        (field.to_owned(), code)
    }
}

fn zone_or<'a>(part: &'a str, error: &CivilTimeError) -> &'a str {
    if matches!(error, CivilTimeError::UnknownZone(_)) { "zone" } else { part }
}

fn code_of(error: &CivilTimeError) -> FieldCode {
    match error {
        CivilTimeError::UnknownZone(_) | CivilTimeError::NotATime(_) => FieldCode::InvalidValue,
        CivilTimeError::Skipped(..) => FieldCode::ImpossibleTime,
        CivilTimeError::Ambiguous(..) => FieldCode::AmbiguousTime,
        CivilTimeError::Past(..) => FieldCode::OutOfRange,
    }
}
