//! Materials: links beside the room, as a host arranges them.

use super::TimeChoice;
use serde::{Deserialize, Serialize};

/// Where a material leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum MaterialTarget {
    /// To an `https:` address.
    Address(String),
    /// To another event of the organisation, by its slug.
    Event(String),
}

/// A link beside the room, as a host writes it. Times are civil times in the event's zone, such as `2027-03-10T18:00`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaterialDocument {
    /// What it is called: 1 to 200 characters.
    pub title: String,
    /// What it is: up to 2,000 characters.
    #[serde(default)]
    pub description: String,
    /// Where it leads.
    pub target: MaterialTarget,
    /// When it appears; at once where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible_from: Option<String>,
    /// Which of the two instants is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible_from_choice: Option<TimeChoice>,
    /// When it goes away; never where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible_to: Option<String>,
    /// Which of the two instants is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible_to_choice: Option<TimeChoice>,
}

/// A link beside the room, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaterialLine {
    /// Its id.
    pub id: String,
    /// What the host wrote.
    pub material: MaterialDocument,
    /// Whether people see it now.
    pub is_visible: bool,
}

/// The materials of an event, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaterialsAnswer {
    /// The event's version; whoever changes something sends it back.
    pub version: i64,
    /// The materials.
    pub materials: Vec<MaterialLine>,
}

/// Adds a material behind the others, or writes one anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaterialRequest {
    /// The version that was looked at; another one by now is answered with 409 `stale`.
    pub version: i64,
    /// The material.
    pub material: MaterialDocument,
}

/// Puts an event's materials into another order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaterialOrder {
    /// The version that was looked at; another one by now is answered with 409 `stale`.
    pub version: i64,
    /// The ids of all of them, in their new order.
    pub ids: Vec<String>,
}
