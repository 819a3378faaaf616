//! Taking the list of people along.

use super::{MailStatus, PeopleFilter, Seat, people_query::join};
use serde::{Deserialize, Serialize};

/// The form of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ExportFormat {
    /// RFC 4180, UTF-8; cells that a spreadsheet would run begin with an apostrophe.
    #[default]
    Csv,
    /// A line of JSON a person.
    Jsonl,
}

/// What is exported: in the address of `GET …/export`, and in the body of `POST …/exports`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams, utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct ExportRequest {
    /// The form of the file.
    pub format: ExportFormat,
    /// `all`, or names of columns, separated by commas; all but key, link and code where left out.
    pub columns: String,
    /// Whether the file begins with a byte order mark, by which spreadsheets know UTF-8.
    pub bom: bool,
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
}

impl ExportRequest {
    /// Which people.
    pub fn filter(&self) -> PeopleFilter {
        PeopleFilter { search: self.search.clone(), mail: self.mail, attended: self.attended, source: self.source.clone(), seat: self.seat }
    }

    /// The query of an address, without a question mark.
    pub fn to_query(&self) -> String {
        let format = if self.format == ExportFormat::Csv { "csv" } else { "jsonl" };
        let mut pairs = vec![("format", format.to_owned())];
        pairs.extend((!self.columns.is_empty()).then(|| ("columns", self.columns.clone())));
        pairs.extend(self.bom.then(|| ("bom", "true".to_owned())));
        pairs.extend(self.filter().pairs());
        join(&pairs)
    }
}

/// An export that was promised by mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportAnswer {
    /// Its id: `GET /api/desk/exports/{id}` streams it, for 24 hours, to the hosts of its organisation.
    pub export: String,
}
