//! What pages are made of: one part a file. Parts show; they own no rule.

mod civil_time;
mod copy;
mod dialog;
mod field;
mod file;
mod loading;
mod menu;
mod question;
mod said;
mod status;
mod table;

pub use civil_time::{BoundChoice, CivilTimeField, ZoneField};
pub use copy::CopyButton;
pub use dialog::Dialog;
pub use field::{Bound, Lines, SelectField, TextField, Tick};
pub use file::FileField;
pub use loading::loaded;
pub use menu::{MenuLayer, MoreButton};
pub use question::QuestionLayer;
pub use said::SaidLayer;
pub use status::{MailChip, PhaseChip, SeatChip};
pub use table::{Head, Table};

use std::sync::atomic::{AtomicU32, Ordering};

/// A name that no other element of the page has.
pub fn unique_id(stem: &str) -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    format!("{stem}-{}", LAST.fetch_add(1, Ordering::Relaxed))
}
