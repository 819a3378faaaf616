//! The list of people as a file: pure, from people to text. Where it is read from and sent to is others' business.

mod cell;
mod column;
mod csv;
mod jsonl;

pub use cell::{neutralised, plain};
pub use column::{Column, Secrecy, columns, wanted};
pub use csv::{BYTE_ORDER_MARK, header, record};
pub use jsonl::line;

use crate::store::people::ListedPerson;

/// Somebody, with what only some exports hold.
pub struct ExportedPerson {
    /// They.
    pub listed: ListedPerson,
    /// The access key, where it is exported.
    pub key: Option<String>,
    /// The access link, where it is exported.
    pub link: Option<String>,
    /// The access code, where it is exported and there is one.
    pub code: Option<String>,
}
