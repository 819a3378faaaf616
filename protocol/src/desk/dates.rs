//! Several dates of one event at once.

use super::{EventLine, TimeChoice};
use serde::{Deserialize, Serialize};

/// How many dates are made at once.
pub const MOST_DATES: usize = 100;

/// Makes other dates of an event, all of them or none: events of their own with everything but slug and times. All are
/// dates of one series then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DatesRequest {
    /// The dates: 1 to 100.
    pub dates: Vec<NewDate>,
    /// The series that all are dates of. Left out: the event's own, or one that is named after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
}

/// A date that is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewDate {
    /// Its slug.
    pub slug: String,
    /// Its start, in the event's zone.
    pub start: String,
    /// Which of the two instants is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<TimeChoice>,
}

/// The dates that were made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DatesAnswer {
    /// In the order in which they were asked for.
    pub dates: Vec<EventLine>,
    /// The series that they are dates of.
    pub series: SeriesPage,
}

/// Where people choose among the dates of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeriesPage {
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its page on this server.
    pub address: String,
    /// What to copy into a page, as HTML: a form that offers the dates.
    pub snippet: String,
}
