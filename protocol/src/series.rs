use crate::EventDocument;
use serde::{Deserialize, Serialize};

/// What anybody may know of a series: several events that are dates of the same thing, each an event of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeriesDocument {
    /// The series' name in addresses.
    pub slug: String,
    /// The series' title, as text.
    pub title: String,
    /// What the series is about, as text.
    pub description: String,
    /// BCP 47 tag of the language that the series is described in.
    pub language: String,
    /// The dates that are offered, the earliest first: those that are to come or going on; once there are none, the last.
    pub dates: Vec<EventDocument>,
}
