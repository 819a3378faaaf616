//! What the browser's clocks and its dice say, handed to everything in the core.

use chrono::TimeDelta;
use curtain_up_protocol::Timestamp;
use std::ops::{Add, Sub};

/// A reading of the monotonic clock: milliseconds since the page began. Nobody can set this clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Monotonic(pub i64);

impl Add<TimeDelta> for Monotonic {
    type Output = Self;
    fn add(self, delta: TimeDelta) -> Self {
        Self(self.0.saturating_add(delta.num_milliseconds()))
    }
}

impl Sub for Monotonic {
    type Output = TimeDelta;
    fn sub(self, earlier: Self) -> TimeDelta {
        TimeDelta::milliseconds(self.0.saturating_sub(earlier.0).max(-i64::MAX))
    }
}

/// The moment in which something happens to a journey.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// The clock that nobody can set; it may stand still while the computer sleeps.
    pub monotonic: Monotonic,
    /// The clock that anybody can set; only its jumps against the other one are of interest.
    pub wall: Timestamp,
    /// A random number, at least 0 and less than 1.
    pub chance: f64,
}
