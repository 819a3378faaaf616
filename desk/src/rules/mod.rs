//! Everything that the desk decides, without a browser.

mod accents;
mod column;
mod help;
mod json_lines;
mod look_again;
mod mail_drafts;
mod mailto;
mod newcomers;
mod out_of_range;
mod plan_edit;
mod route;
mod row_groups;
mod row_ranges;
mod rows_in_sight;
mod selection;
mod slug;

pub use accents::accented_words;
pub use column::{Column, exported, reveal};
pub use help::{Help, MailedAgain};
pub use json_lines::JsonLines;
pub use look_again::{EVERY, look_again_in};
pub use mail_drafts::MailDrafts;
pub use mailto::mailto;
pub use newcomers::newcomers;
pub use out_of_range::OutOfRange;
pub use plan_edit::{Changed, changed_in_material, changed_parts, merged, with_new_versions};
pub use route::{EventTab, Opening, Route, SettingsTab};
pub use row_groups::row_groups;
pub use row_ranges::row_ranges;
pub use rows_in_sight::rows_in_sight;
pub use selection::Selection;
pub use slug::{next_slug, slug_of};
