//! The browser's clocks and dice.

use super::window;
use crate::core::{Monotonic, Now};
use curtain_up_protocol::Timestamp;

/// What they say now.
pub fn now() -> Now {
    let monotonic = window().performance().map_or(0.0, |performance| performance.now());
    Now { monotonic: Monotonic(monotonic as i64), wall: Timestamp(js_sys::Date::now() as i64), chance: js_sys::Math::random() }
}
