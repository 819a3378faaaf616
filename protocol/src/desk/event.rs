//! Events, as a host sees and changes them.

use super::{EventPlanDocument, MailStatus, SeriesPage, TimeChoice};
use crate::{Admission, Phase, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many mails are in which state.
pub type MailCounts = BTreeMap<MailStatus, i64>;

/// The events of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventList {
    /// The next first; those that are over come after, the latest first.
    pub events: Vec<EventLine>,
    /// The server's clock.
    pub now: Timestamp,
}

/// An event in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventLine {
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub phase: Phase,
    /// Civil time of its start.
    pub start: String,
    /// IANA name of its zone.
    pub zone: String,
    /// The instant of its start.
    pub starts_at: Timestamp,
    /// The instant of its planned end.
    pub ends_at: Timestamp,
    /// How many fit in.
    pub capacity: Option<i64>,
    /// Whether one can register now.
    pub admission: Admission,
    /// The series that it is a date of.
    pub series: Option<String>,
    /// Whether it was put away.
    pub archived: bool,
    /// Its version.
    pub version: i64,
    /// How many have a seat.
    pub confirmed: i64,
    /// How many wait for one.
    pub waiting_list: i64,
    /// How many were in the room.
    pub attended: i64,
}

/// An event as its page shows it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskEvent {
    /// What its host wrote.
    pub plan: EventPlanDocument,
    /// Its version; whoever edits sends it back.
    pub version: i64,
    /// Where it stands.
    pub phase: Phase,
    /// Whether one can register now.
    pub admission: Admission,
    /// The instant of its start.
    pub starts_at: Timestamp,
    /// The instant of its planned end.
    pub ends_at: Timestamp,
    /// The page on which its element stands.
    pub permalink: String,
    /// What to copy into a page, as HTML.
    pub snippet: String,
    /// The page of this server on which it stands in any case.
    pub hosted_page: String,
    /// The series that it is a date of.
    pub series: Option<SeriesPage>,
    /// Whether it was put away.
    pub archived: bool,
    /// How many.
    pub numbers: EventNumbers,
}

/// How many there are of what; polled while an event is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventNumbers {
    /// Where the event stands.
    pub phase: Phase,
    /// Its version.
    pub version: i64,
    /// How many have a seat.
    pub confirmed: i64,
    /// How many wait for one.
    pub waiting_list: i64,
    /// How many have cancelled.
    pub cancelled: i64,
    /// How many were in the room.
    pub attended: i64,
    /// How many wait now with their page open.
    pub waiting: i64,
    /// How many are in the room now.
    pub present: i64,
    /// Mails by their state.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, i64>))]
    pub mails: MailCounts,
    /// Of the mails that were taken or came back, how many came back: 0 to 1.
    pub bounce_rate: f64,
    /// Failed guesses of keys.
    pub failed_guesses: i64,
    /// The server's clock.
    pub now: Timestamp,
}

/// Replaces an event's plan. Where its start changes, it is moved and everybody gets a mail.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EditRequest {
    /// The whole plan, with the event's own slug.
    pub plan: EventPlanDocument,
    /// The version that was edited; another one by now is answered with 409 `stale`.
    pub version: i64,
}

/// Makes another event from this one: everything but slug, title, and times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DuplicateRequest {
    /// The new event's slug.
    pub slug: String,
    /// Its title; the same where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its start, in the event's zone.
    pub start: String,
    /// Which of the two instants is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<TimeChoice>,
    /// The series that both are dates of from now on; as it is where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
}

/// Puts an event away, or takes it out again. Nobody is told; links work as before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ArchiveRequest {
    /// Whether it is put away.
    pub archived: bool,
}

/// What is done with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ChangeKind {
    /// It is live now.
    Start,
    /// It is over.
    End,
    /// It will not take place.
    Cancel,
    /// It takes place at another time.
    Move,
    /// It takes place later, by so many minutes.
    Postpone,
}

/// Does something with an event; everybody gets the mail that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeRequest {
    /// What.
    pub kind: ChangeKind,
    /// The version that was looked at; another one by now is answered with 409 `stale`.
    pub version: i64,
    /// With `move`: the new start, as civil time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// With `move`: the zone; the event's own where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// With `move`: which of two instants is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<TimeChoice>,
    /// With `postpone`: by how many minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<i64>,
}
