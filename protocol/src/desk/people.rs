//! People, as their table shows them. Whoever holds a key has no `Debug`.

use super::{GivenConsent, MailStatus, Mailto, Seat};
use crate::{Answer, Source, Timestamp};
use serde::{Deserialize, Serialize};

/// Somebody on an event's list.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// Their id; a new one after their address, key or event was changed.
    pub id: String,
    /// Their address.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// When they registered first.
    pub registered_at: Timestamp,
    /// Whether they have a seat.
    pub seat: Seat,
    /// Where their mail stands.
    pub mail: MailStatus,
    /// When they were active in the room first.
    pub attended_at: Option<Timestamp>,
    /// What the host's own system calls them.
    pub external_id: Option<String>,
    /// Where they came from, in a word: `utm_source`, else `ref`, else the host of the page that led here; may be empty.
    pub source_name: String,
    /// Where they came from, in full.
    pub source: Source,
    /// Answers to the event's own fields.
    pub answers: Vec<Answer>,
    /// What they agreed to.
    pub consents: Vec<GivenConsent>,
    /// Their access key, where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Their access link, where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Their access code, where it was asked for and there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// A page of people.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PeopleList {
    /// They.
    pub people: Vec<Person>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// How many match in all.
    pub total: i64,
}

/// Somebody's secrets, for a host who reads them aloud or sends them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revealed {
    /// The access link.
    pub access_link: String,
    /// The access key.
    pub key: String,
    /// The access code, where the host chose one.
    pub code: Option<String>,
    /// The mail to send it in.
    pub mailto: Mailto,
}
