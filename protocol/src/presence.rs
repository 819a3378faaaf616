use crate::Phase;
use serde::{Deserialize, Serialize};

/// Where somebody with a pass is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Presence {
    /// On the waiting page, or where the event's end is told.
    Waiting,
    /// In the room.
    Room,
}

/// Says that somebody is still there.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PresenceRequest {
    /// Where.
    pub place: Presence,
    /// Whether to go on here where another device has the seat.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub take: bool,
}

/// What somebody is told who is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PresenceAnswer {
    /// After how many milliseconds to say so again: the whole crowd together asks about five times a second.
    pub next: i64,
    /// Whether another device has the seat; `take` takes it.
    pub elsewhere: bool,
    /// Links beside the room.
    pub materials: Vec<Material>,
    /// The linked events that this person may enter.
    pub rooms: Vec<LinkedEvent>,
}

/// A link beside the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Material {
    /// What it is called.
    pub title: String,
    /// What it is; may be empty.
    pub description: String,
    /// Where it leads.
    pub address: String,
    /// The slug of the event that it leads to, where it leads to one: ask for a ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
}

/// A linked event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkedEvent {
    /// The event's slug.
    pub event: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub address: String,
    /// Where it stands.
    pub phase: Phase,
}
