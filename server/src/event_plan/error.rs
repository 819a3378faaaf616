use super::own_words::WordsError;
use crate::civil_time::CivilTimeError;

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
    /// An origin that is none.
    #[error("origins: “{0}” is no origin; write one like https://www.example.com")]
    Origin(String),
    /// Ids that clash or are none, or choices that are missing.
    #[error("fields: “{0}”: every field needs an id of its own (a-z, 0-9, _), a label, and choices where one chooses")]
    Field(String),
    /// No language of this server.
    #[error("language: “{0}” is no language tag; write one like en or de-AT")]
    Language(String),
    /// Registration would close before it opens.
    #[error("closes_at: registration would close before it opens; write a later time than opens_at")]
    ClosesFirst,
    /// A mail's words that cannot be sent.
    #[error("settings.words: {0}")]
    Words(#[from] WordsError),
    /// Ids that clash or are none.
    #[error("consents: “{0}”: every consent needs an id of its own (a-z, 0-9, _) and a text")]
    Consent(String),
}
