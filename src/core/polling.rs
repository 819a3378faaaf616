//! How long to wait before asking the server again: often enough to be on time, rarely and unevenly enough that a crowd
//! does no harm.

use chrono::TimeDelta;

/// No timer is longer than this: browsers fire at once what lies more than 24.8 days ahead.
pub const LONGEST_TIMER: TimeDelta = TimeDelta::hours(1);

/// How eagerly the state of the event is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Somebody waits for the start, which is so far away (or overdue, where negative).
    Waiting(TimeDelta),
    /// Somebody is in the room, or looks at the form: changes matter, seconds do not.
    Watching,
    /// The event is over: little can change.
    Over,
}

/// The time from one answer to the next question: as the pace asks for, ± 20 %.
pub fn interval(pace: Pace, chance: f64) -> TimeDelta {
    let seconds = match pace {
        Pace::Waiting(until) if until <= TimeDelta::minutes(2) => 5,
        Pace::Waiting(_) => 15,
        Pace::Watching => 60,
        Pace::Over => 300,
    };
    TimeDelta::milliseconds((f64::from(seconds) * (800.0 + 400.0 * chance)) as i64)
}

/// The time until another try after `failures` in a row: anywhere below a bound that doubles from 2 s to 60 s (full
/// jitter), but never less than the server asked for, nor more than an hour.
pub fn backoff(failures: u32, retry_after: Option<i64>, chance: f64) -> TimeDelta {
    let bound = (1_000_u32 << failures.clamp(1, 6)).min(60_000);
    let wait = TimeDelta::milliseconds((f64::from(bound) * chance) as i64).max(TimeDelta::milliseconds(250));
    match retry_after {
        // What all were told to wait for ends for all at once: the jitter comes on top.
        Some(seconds) => (TimeDelta::seconds(seconds.clamp(0, 3_600)) + wait).min(LONGEST_TIMER),
        None => wait,
    }
}

/// How long to wait until it is looked again whether a mail came back that left so long ago: most bounces come at once,
/// and who hears of one has waited half as long again at most. After a quarter of an hour nobody looks any more.
pub fn look_after_mail(waited: TimeDelta) -> Option<TimeDelta> {
    let waited = waited.num_milliseconds();
    (waited < 900_000).then(|| TimeDelta::milliseconds((waited / 2).max(4_000)))
}

/// How long somebody who waited is held back when the event goes live or changes, so that not all come in one second.
pub fn entry_spread(chance: f64) -> TimeDelta {
    TimeDelta::milliseconds((5_000.0 * chance) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chance's extremes, and some in between.
    const CHANCES: [f64; 5] = [0.0, 0.1, 0.5, 0.9, 0.999_999];

    #[test]
    fn waiting_people_ask_every_fifteen_seconds_and_every_five_close_to_the_start() {
        let minutes = TimeDelta::minutes;
        for (pace, least, most) in [
            (Pace::Waiting(TimeDelta::days(30)), 12_000, 18_000),
            (Pace::Waiting(minutes(2) + TimeDelta::milliseconds(1)), 12_000, 18_000),
            (Pace::Waiting(minutes(2)), 4_000, 6_000),
            (Pace::Waiting(TimeDelta::zero()), 4_000, 6_000),
            (Pace::Waiting(minutes(-90)), 4_000, 6_000),
            (Pace::Watching, 48_000, 72_000),
            (Pace::Over, 240_000, 360_000),
        ] {
            for chance in CHANCES {
                assert!((least..=most).contains(&interval(pace, chance).num_milliseconds()), "{pace:?} {chance}");
            }
            assert_eq!(interval(pace, 0.0).num_milliseconds(), least);
        }
    }

    #[test]
    fn failures_in_a_row_are_followed_by_longer_and_longer_waits_of_any_length_below_the_bound() {
        for (failures, bound) in [(0, 2_000), (1, 2_000), (2, 4_000), (5, 32_000), (6, 60_000), (7, 60_000), (u32::MAX, 60_000)] {
            for chance in CHANCES {
                let expected = ((f64::from(bound) * chance) as i64).max(250);
                assert_eq!(backoff(failures, None, chance).num_milliseconds(), expected, "{failures} {chance}");
            }
        }
    }

    #[test]
    fn nobody_comes_back_before_the_server_said_so_and_nobody_waits_more_than_an_hour() {
        for (retry_after, least) in [(0, 0), (30, 30), (3_600, 3_600), (1_000_000, 3_600), (-5, 0)] {
            for chance in CHANCES {
                let wait = backoff(3, Some(retry_after), chance);
                assert!(wait >= TimeDelta::seconds(least) && wait <= LONGEST_TIMER, "{retry_after} {chance}");
            }
        }
    }

    #[test]
    fn people_are_let_in_over_five_seconds() {
        assert_eq!(entry_spread(0.0), TimeDelta::zero());
        assert!(CHANCES.iter().all(|chance| entry_spread(*chance) < TimeDelta::seconds(5)));
    }
}
