//! Everything that the desk decides, without a browser.

mod column;
mod mail_drafts;
mod mailto;
mod plan_edit;
mod route;
mod rows_in_sight;
mod slug;

pub use column::{Column, reveal};
pub use mail_drafts::MailDrafts;
pub use mailto::mailto;
pub use plan_edit::{Changed, changed_parts, merged, with_new_versions};
pub use route::{EventTab, Opening, Route, SettingsTab};
pub use rows_in_sight::rows_in_sight;
pub use slug::{next_slug, slug_of};
