//! The server's clock, as well as it can be known from here.

use crate::core::Monotonic;
use chrono::TimeDelta;
use curtain_up_protocol::Timestamp;

/// How far two clocks may drift apart, as a part of the time gone by: 1/5000 is twice what a bad quartz does.
const DRIFT: i64 = 5_000;

/// When a request left and when its answer came, and how long a cache had kept that answer.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// When the request left.
    pub sent: Monotonic,
    /// When the head of the answer came.
    pub received: Monotonic,
    /// The `Age` header: whole seconds in a cache. `None` where no cache was on the way.
    pub age: Option<i64>,
}

/// The server's clock: an offset from the monotonic clock, with how wrong it may be.
///
/// The local wall clock has no part in it, so that setting it changes nothing.
#[derive(Clone, Copy, Debug)]
pub struct ServerClock {
    offset: i64,
    error: i64,
    taken: Monotonic,
}

impl ServerClock {
    /// A clock set by one answer, in which the server said that it was `said`.
    pub fn new(said: Timestamp, timing: Timing) -> Self {
        let half_round_trip = (timing.received - timing.sent).num_milliseconds().max(0) / 2;
        // `Age` is cut to whole seconds: half a second more is the best guess, and it may be wrong by as much.
        let (aged, unsure) = timing.age.map_or((0, 0), |age| (age.clamp(0, 86_400) * 1_000 + 500, 500));
        let now_there = said.0.saturating_add(aged).saturating_add(half_round_trip);
        Self { offset: now_there.saturating_sub(timing.received.0), error: half_round_trip + unsure, taken: timing.received }
    }

    /// Takes in another answer. The better one wins, which is the one with the shorter round trip; but where the two
    /// cannot both be true, the monotonic clock has stood still (sleep) or the server's was set: then the newer one wins.
    pub fn observe(&mut self, said: Timestamp, timing: Timing) {
        let other = Self::new(said, timing);
        let grown = self.error.saturating_add((other.taken - self.taken).num_milliseconds().max(0) / DRIFT);
        let apart = other.offset.saturating_sub(self.offset).saturating_abs();
        if other.error <= grown || apart > grown.saturating_add(other.error) {
            *self = other;
        }
    }

    /// What the server's clock shows.
    pub fn at(&self, now: Monotonic) -> Timestamp {
        Timestamp(now.0.saturating_add(self.offset))
    }

    /// How long it is until `instant`; negative once it has passed.
    pub fn until(&self, instant: Timestamp, now: Monotonic) -> TimeDelta {
        instant - self.at(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_790_000_000_000);

    fn timing(sent: i64, received: i64, age: Option<i64>) -> Timing {
        Timing { sent: Monotonic(sent), received: Monotonic(received), age }
    }

    #[test]
    fn half_the_round_trip_and_the_age_are_added_to_what_the_server_said() {
        for (sent, received, age, expected) in [
            (1_000, 1_000, None, 0),
            (1_000, 1_200, None, 100),
            (1_000, 1_200, Some(0), 600),
            (1_000, 1_200, Some(4), 4_600),
            (1_200, 1_000, None, 0),
            (1_000, 1_000, Some(-7), 500),
        ] {
            let clock = ServerClock::new(NOON, timing(sent, received, age));
            assert_eq!(clock.at(Monotonic(received)), Timestamp(NOON.0 + expected), "{sent} {received} {age:?}");
        }
    }

    #[test]
    fn the_monotonic_clock_carries_it_for_a_month() {
        let clock = ServerClock::new(NOON, timing(0, 0, None));
        let month = TimeDelta::days(30);
        assert_eq!(clock.at(Monotonic(0) + month), NOON + month);
        assert_eq!(clock.until(NOON + month, Monotonic(0)), month);
    }

    #[test]
    fn the_answer_with_the_shorter_round_trip_wins_whichever_comes_first() {
        let quick = (NOON, timing(1_000, 1_020, None));
        let slow = (Timestamp(NOON.0 + 900), timing(1_200, 2_400, None));
        for (first, second) in [(quick, slow), (slow, quick)] {
            let mut clock = ServerClock::new(first.0, first.1);
            clock.observe(second.0, second.1);
            assert_eq!(clock.at(Monotonic(1_020)), Timestamp(NOON.0 + 10));
        }
    }

    #[test]
    fn a_good_answer_gives_way_to_a_worse_one_once_drift_has_made_it_older() {
        let mut clock = ServerClock::new(NOON, timing(0, 20, None));
        let hour = 3_600_000;
        clock.observe(Timestamp(NOON.0 + hour + 300), timing(hour, hour + 1_000, None));
        assert_eq!(clock.at(Monotonic(hour + 1_000)), Timestamp(NOON.0 + hour + 800));
    }

    #[test]
    fn after_a_sleep_in_which_the_monotonic_clock_stood_still_the_next_answer_sets_the_clock() {
        let mut clock = ServerClock::new(NOON, timing(0, 20, None));
        let eight_hours = 8 * 3_600_000;
        clock.observe(Timestamp(NOON.0 + eight_hours), timing(5_000, 5_600, None));
        assert_eq!(clock.at(Monotonic(5_600)), Timestamp(NOON.0 + eight_hours + 300));
    }

    #[test]
    fn absurd_numbers_do_no_harm() {
        for said in [i64::MIN, -1, 0, i64::MAX] {
            let mut clock = ServerClock::new(Timestamp(said), timing(0, i64::MAX, Some(i64::MAX)));
            clock.observe(Timestamp(said), timing(i64::MIN, i64::MAX, None));
            let _ = clock.until(Timestamp(-said.max(-i64::MAX)), Monotonic(i64::MAX));
        }
    }
}
