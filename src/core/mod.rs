//! The journey and its parts, pure: no Leptos, no browser, no clock and no dice. What time it is and what chance says
//! are parameters ([`Now`]), so that the tests on the host can play a month in a millisecond.

pub mod calendar;
pub mod countdown;
pub mod form;
pub mod herald;
pub mod journey;
pub mod now;
pub mod polling;
pub mod server_clock;
pub mod words;

pub use now::{Monotonic, Now};
