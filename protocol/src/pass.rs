use crate::{AccessLink, LinkedEvent, Material, Phase, Timestamp};
use serde::{Deserialize, Serialize};

/// What an access link, or an address with its key, is exchanged for a pass with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PassRequest {
    /// The registrant's address.
    pub email: String,
    /// The access key.
    pub key: String,
    /// The signature of a link that the server sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sig: Option<String>,
}

impl From<AccessLink> for PassRequest {
    fn from(link: AccessLink) -> Self {
        Self { email: link.email, key: link.key, sig: link.sig }
    }
}

/// A pass: the bearer token for the room.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PassAnswer {
    /// The token, for `Authorization: Bearer`.
    pub pass: String,
    /// When the pass ends: 12 h after the event, epoch milliseconds.
    pub expires_at: Timestamp,
    /// The registrant's first name, to greet them by.
    pub first_name: String,
}

/// What a pass is told of the room: its address only while the event is live, the replay only after.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoomAnswer {
    /// Where the event stands.
    pub phase: Phase,
    /// The room, while the event is live.
    pub room: Option<Room>,
    /// The `https:` address of the replay, after the event, where the host gave one.
    pub replay: Option<String>,
    /// Links beside the room.
    #[serde(default)]
    pub materials: Vec<Material>,
    /// The linked events that this person may enter.
    #[serde(default)]
    pub rooms: Vec<LinkedEvent>,
}

/// Where the live event happens.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Room {
    /// How the room is shown.
    pub kind: RoomKind,
    /// The room's `https:` address.
    pub address: String,
}

/// How a room is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RoomKind {
    /// People go to its address.
    #[default]
    Address,
    /// It is shown in a frame on the page.
    Frame,
}
