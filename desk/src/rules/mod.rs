//! Everything that the desk decides, without a browser.

mod mailto;
mod rows_in_sight;
mod route;
mod slug;

pub use mailto::mailto;
pub use rows_in_sight::rows_in_sight;
pub use route::{EventTab, Opening, Route, SettingsTab};
pub use slug::{next_slug, slug_of};
