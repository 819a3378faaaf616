//! What a host may set that no query looks at: kept as one column of JSON, so that a new setting needs no migration.

use super::OwnWords;
use serde::{Deserialize, Serialize};

/// Settings of an event. What is left out is as it always was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventSettings {
    /// `https:` address of a picture above the title of the hosted page.
    pub cover: Option<String>,
    /// How mailed access links are written.
    pub link_style: LinkStyle,
    /// Hosts that the room's address may be at; any, where the list is empty.
    pub room_hosts: Vec<String>,
    /// Languages that mails are written in; where a reader's is not among them, they get the event's. All, where the list is empty.
    pub languages: Vec<String>,
    /// What mails say in the host's own words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<OwnWords>,
}

/// How mailed access links are written. Each works; a signed one works even while keys are guessed at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum LinkStyle {
    /// `…/live?email=…&key=…&sig=…`
    #[default]
    Signed,
    /// `…/live?email=…&key=…`, as one would type it.
    Short,
}
