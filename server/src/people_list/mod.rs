//! A list of people that a host uploads: read from whatever a spreadsheet writes, compared with what is known, and written
//! down as what would change. Everything here is pure; `store::people_list` reads what is known and does what was planned.
//!
//! Bytes become a text ([`decode`](mod@decode)), the text a [`Sheet`], its rows [`Entry`]s or refusals, and those a [`Plan`].

mod columns;
mod decode;
mod entry;
mod plan;
mod refusals;
mod sheet;
mod strength;
mod words;

pub use columns::{Column, names_field};
pub use entry::Entry;
pub use plan::{Changed, KnownEvent, KnownPerson, Outcome, Plan, PlanForEvent, joined, plan};
pub use sheet::LARGEST_FILE;
pub use strength::guesses;
pub use words::reason_in_words;

use columns::MOST_COLUMNS;
use curtain_up_protocol::desk::{Encoding, Refusal};
use sheet::Sheet;

/// What a host fills in.
pub const TEMPLATE: &str = "code,email,firstname,lastname,externalid\n0042,ada@example.com,Ada,Lovelace,\n,alan@example.com,Alan,Turing,\n";

/// Why a file is no list at all. Each message says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// Nothing is in it.
    #[error("the file is empty; its first row names the columns: code, email, firstname")]
    Empty,
    /// It is no text.
    #[error("the file is no CSV; in your spreadsheet, save it as “CSV UTF-8”")]
    NoText,
    /// It is too large.
    #[error("the file is larger than 64 MB; split it")]
    TooLarge,
    /// It has too many columns.
    #[error("the first row names more than {MOST_COLUMNS} columns; leave out those that nobody needs")]
    TooWide,
    /// It has too many rows.
    #[error("the file has more than 250,000 rows or five million answers; split it")]
    TooLong,
    /// Columns are missing.
    #[error("the first row names no column for: {}; write code, email and firstname at least", .0.join(", "))]
    Missing(Vec<&'static str>),
    /// Two columns hold the same.
    #[error("the columns “{0}” and “{1}” hold the same; keep one of them")]
    TwoColumns(String, String),
}

/// A file that has been read: who is on it, and which rows say nobody.
pub struct PeopleList {
    /// The encoding that it was found to be in.
    pub encoding: Encoding,
    sheet: Sheet,
    /// Who is on it.
    pub entries: Vec<Entry>,
    /// The rows that are refused whatever the event.
    pub refused: Vec<Refusal>,
    has_other_seats: bool,
}

impl PeopleList {
    /// Reads a file.
    ///
    /// # Errors
    /// [`ListError`], where it is no list at all.
    pub fn read(bytes: &[u8]) -> Result<Self, ListError> {
        if bytes.len() > LARGEST_FILE {
            return Err(ListError::TooLarge);
        }
        let (text, encoding) = decode::decode(bytes);
        let sheet = Sheet::open(text)?;
        let entry::Read { entries, refused, has_other_seats } = entry::entries(&sheet)?;
        Ok(Self { encoding, sheet, entries, refused, has_other_seats })
    }

    /// What stands between its cells.
    pub fn separator(&self) -> char {
        self.sheet.separator
    }

    /// What its columns hold.
    pub fn columns(&self) -> &[Column] {
        &self.sheet.columns
    }

    /// Whether it was exported: a blank code says there that somebody has none.
    pub fn is_export(&self) -> bool {
        self.sheet.is_export()
    }

    /// The columns that nothing is done with, as their headers are written: what the server itself writes into exports, and
    /// what a host calls so.
    pub fn left_out(&self) -> Vec<String> {
        let is_left_out = |column: &Column| *column == Column::Ignored || (*column == Column::Seat && self.has_other_seats);
        let headers =
            self.columns().iter().zip(self.sheet.header()).filter(|(column, _)| is_left_out(column)).map(|(_, header)| header.trim());
        headers.filter(|header| !header.is_empty() && *header != columns::PROBLEM).map(str::to_owned).collect()
    }

    /// The columns that become fields of an event: their places, and the fields' ids.
    pub fn own_columns(&self) -> Vec<(usize, &str)> {
        let own = self.columns().iter().enumerate().filter(|(_, column)| matches!(column, Column::Own { .. }));
        own.map(|(at, column)| (at, column.name())).collect()
    }

    /// The refused rows as a file to mend.
    pub fn refused_rows(&self, refused: &[Refusal]) -> Vec<u8> {
        let words: std::collections::HashMap<u64, String> =
            refused.iter().map(|refusal| (refusal.row, reason_in_words(&refusal.reason))).collect();
        self.sheet.only(|row| words.get(&row).cloned())
    }
}
