//! The browser, as thinly wrapped as can be. Nothing in here decides anything.

pub mod address;
pub mod alarm;
pub mod clock;
pub mod events;
pub mod focus;
pub mod http;
pub mod intl;
pub mod json;
pub mod loader;
pub mod ticker;

/// The window that the widget runs in.
fn window() -> web_sys::Window {
    leptos::prelude::window()
}
