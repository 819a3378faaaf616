//! Who did what.

use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// Something that somebody did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// The entry's id.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// Who: a host's address, `token NAME`, or `command line`.
    pub actor: String,
    /// What: a code such as `key_shown`, `exported`, `mail_resent`, `event_edited`.
    pub action: String,
    /// At which event, by its slug.
    pub event: Option<String>,
    /// Of whom; without an address once they are erased.
    pub person: Option<AuditPerson>,
    /// More, such as how many or which columns; never a secret.
    pub detail: String,
}

/// Whom something was done to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPerson {
    /// Their id.
    pub id: String,
    /// Their address, while they are on a list.
    pub email: Option<String>,
}

/// The newest entries first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// The entries.
    pub entries: Vec<AuditEntry>,
    /// Where the next page begins.
    pub next: Option<String>,
}
