//! The hosts of an organisation, as a host manages them.

use super::Role;
use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// A host or viewer of the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberDocument {
    /// Their id.
    pub id: String,
    /// Their address.
    pub email: String,
    /// Their name; may be empty.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Since when.
    pub created_at: Timestamp,
    /// When they were seen last, to the hour.
    pub seen_at: Option<Timestamp>,
}

/// Adds somebody, who gets a link to sign in with by mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberRequest {
    /// Their address.
    pub email: String,
    /// Their name; may be empty.
    #[serde(default)]
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// Changes what is named. An organisation keeps one host at least: `last_host`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberChange {
    /// A new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What they may do from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}
