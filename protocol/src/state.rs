use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// Where an event stands. Only the server says [`Phase::Live`]; a countdown that reaches zero never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Phase {
    /// Not started: people register and wait.
    Scheduled,
    /// The host has opened the room.
    Live,
    /// Over; a replay may exist.
    Ended,
    /// Will not take place.
    Cancelled,
}

/// The tiny document that waiting people poll: under 1 KB, no personal data, cacheable by anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StateDocument {
    /// Grows with every change of the event; an older version never wins over a newer one.
    pub version: i64,
    /// Where the event stands.
    pub phase: Phase,
    /// When the event starts, epoch milliseconds.
    pub starts_at: Timestamp,
    /// When the event is planned to end, epoch milliseconds.
    pub ends_at: Timestamp,
    /// The server's clock when it wrote this answer, epoch milliseconds. A cache adds `Age`.
    pub now: Timestamp,
}
