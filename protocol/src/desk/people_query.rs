//! What the table of people asks for, in an address.

use super::{MailStatus, Seat};
use crate::percent_encode;
use serde::{Deserialize, Serialize};

/// Which people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PeopleFilter {
    /// Words that must all stand in name, address or external id.
    pub search: String,
    /// Where their mail stands.
    pub mail: Option<MailStatus>,
    /// Whether they were in the room.
    pub attended: Option<bool>,
    /// Where they came from: [`super::Person::source_name`].
    pub source: Option<String>,
    /// Whether they have a seat.
    pub seat: Option<Seat>,
}

/// How people are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Sort {
    /// When they registered.
    #[default]
    RegisteredAt,
    /// Last name, then first name.
    Name,
    /// Address.
    Email,
}

/// Which people, in which order, from where on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct PeopleQuery {
    /// Words that must all stand in name, address or external id.
    pub search: String,
    /// Where their mail stands.
    pub mail: Option<MailStatus>,
    /// Whether they were in the room.
    pub attended: Option<bool>,
    /// Where they came from.
    pub source: Option<String>,
    /// Whether they have a seat.
    pub seat: Option<Seat>,
    /// In which order.
    pub sort: Sort,
    /// Whether the last comes first.
    pub descending: bool,
    /// Where to begin: `next` of the page before.
    pub cursor: Option<String>,
    /// How many: 1 to 500; 50 where left out.
    pub limit: Option<i64>,
    /// Secrets to show, separated by commas: `key`, `link`, `code`. Audited; not for viewers.
    pub reveal: String,
}

impl PeopleQuery {
    /// Which people.
    pub fn filter(&self) -> PeopleFilter {
        PeopleFilter { search: self.search.clone(), mail: self.mail, attended: self.attended, source: self.source.clone(), seat: self.seat }
    }

    /// The query of an address, without a question mark.
    pub fn to_query(&self) -> String {
        let mut pairs = self.filter().pairs();
        let sort = match self.sort {
            Sort::RegisteredAt => None,
            Sort::Name => Some("name"),
            Sort::Email => Some("email"),
        };
        pairs.extend(sort.map(|sort| ("sort", sort.to_owned())));
        pairs.extend(self.descending.then(|| ("descending", "true".to_owned())));
        pairs.extend(self.cursor.clone().map(|cursor| ("cursor", cursor)));
        pairs.extend(self.limit.map(|limit| ("limit", limit.to_string())));
        pairs.extend((!self.reveal.is_empty()).then(|| ("reveal", self.reveal.clone())));
        join(&pairs)
    }
}

impl PeopleFilter {
    /// What it holds, as names and values of an address.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        pairs.extend((!self.search.is_empty()).then(|| ("search", self.search.clone())));
        pairs.extend(self.mail.map(|mail| ("mail", mail.name().to_owned())));
        pairs.extend(self.attended.map(|attended| ("attended", attended.to_string())));
        pairs.extend(self.source.clone().map(|source| ("source", source)));
        let seat = |seat| match seat {
            Seat::Confirmed => "confirmed",
            Seat::WaitingList => "waiting_list",
            Seat::Cancelled => "cancelled",
            Seat::Anonymous => "anonymous",
        };
        pairs.extend(self.seat.map(|known| ("seat", seat(known).to_owned())));
        pairs
    }
}

pub(super) fn join(pairs: &[(&'static str, String)]) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={}", percent_encode(value))).collect::<Vec<_>>().join("&")
}
