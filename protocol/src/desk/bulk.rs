//! Doing something for many people: a job that goes on by itself, is looked at, and stopped.

use super::PeopleFilter;
use serde::{Deserialize, Serialize};

/// What is done for many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BulkKind {
    /// Their access link is sent again.
    Resend,
}

/// For whom it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BulkTo {
    /// Everybody whose mail came back.
    Bounced,
    /// Everybody who got a mail, and neither opened it nor followed its link nor came.
    NeverOpened,
    /// These.
    Ids(Vec<String>),
    /// Everybody who matches.
    Filter(PeopleFilter),
}

/// Begins a job: `{"kind":"resend","to":"bounced"}`, `{"kind":"resend","to":{"ids":["…"]}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkRequest {
    /// What.
    pub kind: BulkKind,
    /// For whom.
    pub to: BulkTo,
}

/// The job that began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkAnswer {
    /// Its id.
    pub job: String,
}

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum JobState {
    /// It goes on.
    Running,
    /// All is done.
    Done,
    /// Somebody stopped it; what was done is done.
    Stopped,
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobDocument {
    /// Its id.
    pub id: String,
    /// The event's slug.
    pub event: String,
    /// How it stands.
    pub state: JobState,
    /// For how many it is done.
    pub done: i64,
    /// For how many it is to be done.
    pub total: i64,
}
