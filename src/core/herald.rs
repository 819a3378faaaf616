//! When those who listen are told how long it is until the start. The countdown they do not see is silent, or it would
//! talk without end; what is said instead is seldom, and never more than eight times an hour.

use crate::core::Monotonic;
use chrono::TimeDelta;

/// What is told before the start, in seconds: an hour, a half, ten, five and one minute, thirty and ten seconds.
const MARKS: [i64; 7] = [10, 30, 60, 300, 600, 1_800, 3_600];
/// So much may be said in an hour.
const MOST: usize = 8;
const HOUR: TimeDelta = TimeDelta::hours(1);

/// Keeps count of what was said: when the last of it was, the newest first.
pub struct Herald([Monotonic; MOST]);

impl Default for Herald {
    fn default() -> Self {
        Self([Monotonic(i64::MIN); MOST])
    }
}

impl Herald {
    /// Whether a change may be told now; if so, it counts as told.
    pub fn tells_change(&mut self, now: Monotonic) -> bool {
        self.tells(MOST, now)
    }

    /// Whether what goes wrong may be told now. A line that comes and goes leaves half of what may be said to the event.
    pub fn tells_trouble(&mut self, now: Monotonic) -> bool {
        self.tells(MOST / 2, now)
    }

    /// The mark to tell now, if there is one. One message is always kept for the start itself.
    pub fn tells_mark(&mut self, until: TimeDelta, now: Monotonic) -> Option<i64> {
        reached(until).filter(|_| self.tells(MOST - 1, now))
    }

    /// With less than `most` messages in the last hour, one more may be said.
    fn tells(&mut self, most: usize, now: Monotonic) -> bool {
        let may = now - self.0[most - 1] >= HOUR;
        if may {
            self.0.copy_within(..MOST - 1, 1);
            self.0[0] = now;
        }
        may
    }
}

/// How long it is until the next mark.
pub fn next(until: TimeDelta) -> Option<TimeDelta> {
    let until = until.num_milliseconds();
    MARKS.iter().rev().map(|mark| until - mark * 1_000).find(|wait| *wait > 0).map(TimeDelta::milliseconds)
}

/// The mark that was reached just now. One that a sleeping page has missed is not told late: it would be wrong.
fn reached(until: TimeDelta) -> Option<i64> {
    let until = until.num_milliseconds();
    MARKS.into_iter().find(|mark| (0..=(mark * 200).min(60_000)).contains(&(mark * 1_000 - until)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_told_when_it_is_reached_or_a_little_later() {
        for (milliseconds, expected) in [
            (3_600_001, None),
            (3_600_000, Some(3_600)),
            (3_541_000, Some(3_600)),
            (3_539_000, None),
            (1_800_000, Some(1_800)),
            (599_000, Some(600)),
            (300_000, Some(300)),
            (60_000, Some(60)),
            (49_000, Some(60)),
            (47_000, None),
            (30_000, Some(30)),
            (23_000, None),
            (10_000, Some(10)),
            (8_000, Some(10)),
            (7_000, None),
            (0, None),
            (-5_000, None),
        ] {
            assert_eq!(reached(TimeDelta::milliseconds(milliseconds)), expected, "{milliseconds}");
        }
    }

    #[test]
    fn the_next_mark_is_the_largest_that_is_still_ahead() {
        for (seconds, expected) in
            [(86_400, Some(82_800)), (3_601, Some(1)), (3_600, Some(1_800)), (45, Some(15)), (11, Some(1)), (10, None), (-1, None)]
        {
            assert_eq!(next(TimeDelta::seconds(seconds)), expected.map(TimeDelta::seconds), "{seconds}");
        }
    }

    #[test]
    fn no_hour_hears_more_than_eight_messages_and_the_start_is_never_drowned_by_marks() {
        let mut herald = Herald::default();
        let at = |second: i64| Monotonic(second * 1_000);
        for second in 0..6 {
            assert!(herald.tells_change(at(second)), "{second}");
        }
        assert_eq!(herald.tells_mark(TimeDelta::seconds(60), at(10)), Some(60));
        assert_eq!(herald.tells_mark(TimeDelta::seconds(30), at(40)), None, "the last one is for the start");
        assert!(herald.tells_change(at(70)));
        assert!(!herald.tells_change(at(71)));
        assert!(herald.tells_change(at(3_600)), "an hour later the first is forgotten");
    }

    #[test]
    fn half_of_what_may_be_said_is_not_for_trouble() {
        let mut herald = Herald::default();
        let told = (0..9).filter(|second| herald.tells_trouble(Monotonic(second * 1_000))).count();
        assert_eq!(told, 4);
        assert!(herald.tells_change(Monotonic(9_000)));
    }
}
