//! Uploading a list of people with the codes that their host chose.

use crate::{ProblemCode, Timestamp};
use serde::{Deserialize, Serialize};

/// What an upload is to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum UploadKind {
    /// Nothing but to say what would happen.
    #[default]
    DryRun,
    /// Everything, or nothing where a row is refused.
    AllOrNothing,
    /// Everything but the refused rows.
    WithoutRefused,
}

/// A line of the answer to an upload, which is JSON Lines: how far it is, again and again, and at last how it ended. An
/// answer without such an end broke off, and nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum UploadLine {
    /// How far it is.
    Progress(UploadProgress),
    /// What it did, or would do.
    Report(Box<UploadAnswer>),
    /// It was given up, and nothing was changed.
    Failed(ProblemCode),
}

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadProgress {
    /// Rows that are done, over all events.
    pub done: usize,
    /// Rows there are to do.
    pub total: usize,
}

/// What was read, and what was done with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadAnswer {
    /// The encoding that the file was found to be in.
    pub encoding: Encoding,
    /// What stands between its cells.
    pub separator: char,
    /// Columns that nothing is done with, as their headers are written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
    /// What was done, or would be.
    pub report: UploadReport,
    /// The refused rows with their reasons, as a CSV file to mend; empty where there are none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub refused_file: String,
}

/// The encodings that spreadsheets write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Encoding {
    /// UTF-8, with or without its mark.
    Utf8,
    /// UTF-16, low byte first: "Unicode text" of Excel.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252, the old Western one. It was guessed, since every byte sequence is a text in it: letters should be looked at.
    Windows1252,
}

/// What an upload did, or would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadReport {
    /// Whether it was done.
    pub done: bool,
    /// Event by event.
    pub events: Vec<EventReport>,
    /// The rows that were refused, with their reasons.
    pub refused: Vec<Refusal>,
}

/// What an upload did, or would do, to one event. Rows are named as the spreadsheet numbers them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventReport {
    /// The event's slug.
    pub slug: String,
    /// Rows of new people.
    pub added: Vec<u64>,
    /// Rows of people who are known, with the columns that differ.
    pub changed: Vec<ChangedRow>,
    /// Rows of people who are known as they are.
    pub unchanged: Vec<u64>,
    /// How many codes were made for blank cells.
    pub codes_made: usize,
    /// How many guesses would hit one of the event's codes.
    pub guesses: Option<u64>,
    /// Whether that is too few.
    pub weak: bool,
    /// Columns that become fields of the event.
    pub new_fields: Vec<String>,
}

/// A row that changes somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangedRow {
    /// The row.
    pub row: u64,
    /// The columns that differ.
    pub columns: Vec<String>,
}

/// A row that is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refusal {
    /// The row in the file.
    pub row: u64,
    /// Why.
    #[serde(flatten)]
    pub reason: RefusalReason,
}

/// Why a row is refused. Rows are named as the spreadsheet numbers them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RefusalReason {
    /// No address.
    NoEmail,
    /// What stands there is no address.
    InvalidEmail,
    /// No first name.
    NoFirstName,
    /// The host has erased this person, who comes back by registering alone.
    Erased,
    /// A code without a letter or a digit, or too long.
    InvalidCode,
    /// A cell is too long.
    TooLong {
        /// Which column.
        column: String,
        /// How many characters it may have.
        longest: usize,
    },
    /// A character that is no text.
    NoText {
        /// Which column.
        column: String,
    },
    /// More cells than the header has columns.
    TooManyCells,
    /// A quotation mark is not closed, so that all that follows was read as one row.
    OpenQuote,
    /// The address stands in another row.
    SameEmail {
        /// The first such row.
        first: u64,
    },
    /// The code stands in another row.
    SameCode {
        /// The first such row.
        first: u64,
    },
    /// The external id stands in another row.
    SameExternalId {
        /// The first such row.
        first: u64,
    },
    /// Somebody else on the event's list has the code.
    CodeTaken {
        /// At which event.
        event: String,
    },
    /// Somebody else on the event's list has the external id.
    ExternalIdTaken {
        /// At which event.
        event: String,
    },
    /// Address and external id are those of two people.
    TwoPeople {
        /// At which event.
        event: String,
    },
}

/// How an event's codes stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodesDocument {
    /// How many people have one.
    pub people: i64,
    /// When a list was uploaded last.
    pub uploaded_at: Option<Timestamp>,
    /// How many guesses would hit one of them; `None` while there are none.
    pub guesses: Option<u64>,
    /// Whether that is too few.
    pub weak: bool,
}
