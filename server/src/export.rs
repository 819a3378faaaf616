//! The list of people as a file. All is pure, from people to text, but `pages.rs`, which reads them.

mod cell;
mod column;
mod csv;
mod jsonl;
mod pages;

pub use cell::{neutralised, plain};
pub use column::{Column, Secrecy, columns, wanted};
pub use csv::{BYTE_ORDER_MARK, csv_line, header, record};
pub use jsonl::line;
pub use pages::Pages;

use crate::{revealed::Revealed, store::people::ListedPerson};

/// Somebody, with the secrets that are exported.
pub struct ExportedPerson {
    /// They.
    pub listed: ListedPerson,
    /// Their secrets, as far as they are exported.
    pub revealed: Revealed,
}
