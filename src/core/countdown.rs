//! What a countdown shows. It never says that the event is live: only the server does.

use chrono::TimeDelta;

/// The time that is left, in the parts that people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Countdown {
    /// Whole days.
    pub days: i64,
    /// Hours, 0 to 23.
    pub hours: i64,
    /// Minutes, 0 to 59.
    pub minutes: i64,
    /// Seconds, 0 to 59.
    pub seconds: i64,
}

/// The parts of the time until the start; `None` once nothing is left, when one waits for the host.
///
/// A second that has begun counts as a whole one, so that the last one is 1 and nobody stares at a zero.
pub fn countdown(until: TimeDelta) -> Option<Countdown> {
    let left = until.num_milliseconds();
    if left <= 0 {
        return None;
    }
    let left = left / 1_000 + i64::from(left % 1_000 > 0);
    Some(Countdown { days: left / 86_400, hours: left / 3_600 % 24, minutes: left / 60 % 60, seconds: left % 60 })
}

/// The same with every minute that has begun as a whole one, for a countdown that shows no seconds.
pub fn whole_minutes(until: TimeDelta) -> TimeDelta {
    let left = until.num_milliseconds();
    TimeDelta::milliseconds(left + (-left).rem_euclid(60_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn parts(milliseconds: i64) -> Option<(i64, i64, i64, i64)> {
        countdown(TimeDelta::milliseconds(milliseconds)).map(|left| (left.days, left.hours, left.minutes, left.seconds))
    }

    #[test]
    fn the_time_left_is_told_in_days_hours_minutes_and_seconds() {
        for (milliseconds, expected) in [
            (1, Some((0, 0, 0, 1))),
            (1_000, Some((0, 0, 0, 1))),
            (1_001, Some((0, 0, 0, 2))),
            (59_000, Some((0, 0, 0, 59))),
            (60_000, Some((0, 0, 1, 0))),
            (3_600_000, Some((0, 1, 0, 0))),
            (86_400_000 - 1, Some((1, 0, 0, 0))),
            (30 * 86_400_000 + 7_384_000, Some((30, 2, 3, 4))),
            (0, None),
            (-1, None),
            (-86_400_000, None),
        ] {
            assert_eq!(parts(milliseconds), expected, "{milliseconds}");
        }
    }

    #[test]
    fn without_seconds_a_minute_that_has_begun_is_a_whole_one_and_the_end_stays_where_it_is() {
        for (milliseconds, expected) in [(1, 60_000), (60_000, 60_000), (60_001, 120_000), (0, 0), (-1, 0), (-60_001, -60_000)] {
            assert_eq!(whole_minutes(TimeDelta::milliseconds(milliseconds)).num_milliseconds(), expected, "{milliseconds}");
        }
    }

    #[test]
    fn a_day_on_which_clocks_are_changed_is_counted_in_hours_that_pass() {
        // Berlin: noon to noon over the last Sunday of March is 23 hours, of October 25.
        for (from, to, expected) in [
            ("2027-03-27T12:00:00+01:00", "2027-03-28T12:00:00+02:00", (0, 23, 0, 0)),
            ("2027-10-30T12:00:00+02:00", "2027-10-31T12:00:00+01:00", (1, 1, 0, 0)),
        ] {
            let instant = |text| DateTime::parse_from_rfc3339(text).expect("a time").timestamp_millis();
            assert_eq!(parts(instant(to) - instant(from)), Some(expected));
        }
    }

    #[test]
    fn the_longest_time_there_is_does_no_harm() {
        assert!(parts(i64::MAX).is_some());
        assert_eq!(parts(-i64::MAX), None);
    }
}
