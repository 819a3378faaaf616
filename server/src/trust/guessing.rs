//! How often a key may be guessed: pure rules over counts, with `now` as a parameter.
//!
//! Three scopes are counted, in the database and for all servers together; see the invariants in ARCHITECTURE.md. Only failures count:
//! five hundred people behind one office address get in.

use chrono::TimeDelta;
use curtain_up_protocol::{KeyFormat, Timestamp};

/// Failures of one scope. The window is a day for an address and 15 minutes for a client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GuessCount {
    /// Failures in all.
    pub total: i64,
    /// When the window began.
    pub window_start: Timestamp,
    /// Failures since then.
    pub window_count: i64,
    /// No guess is evaluated before this.
    pub locked_until: Timestamp,
}

/// The counts that decide over one guess.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GuessCounts {
    /// Of the address at the event.
    pub address: GuessCount,
    /// Of the client.
    pub client: GuessCount,
    /// Of the event.
    pub event: GuessCount,
    /// How many other addresses the client failed at within [`ADDRESSES_WINDOW`].
    pub other_addresses: i64,
}

/// How long a client's guessed addresses are remembered.
pub const ADDRESSES_WINDOW: TimeDelta = TimeDelta::hours(1);

const ADDRESS_WINDOW: TimeDelta = TimeDelta::days(1);
/// How long it is remembered that a code was tried which nobody has.
pub const CODE_WINDOW: TimeDelta = ADDRESS_WINDOW;
const ADDRESS_FREE: i64 = 5;
const ADDRESS_A_DAY: i64 = 10;
const ADDRESS_IN_ALL: i64 = 20;
/// How long the failures of one client are counted together.
pub const CLIENT_WINDOW: TimeDelta = TimeDelta::minutes(15);
const CLIENT_A_WINDOW: i64 = 30;
const CLIENT_ADDRESSES: i64 = 10;

/// Whether this guess is evaluated at all.
pub fn may_guess(counts: &GuessCounts, event_limit: i64, now: Timestamp) -> bool {
    let GuessCounts { address, client, event, other_addresses } = counts;
    address.total < ADDRESS_IN_ALL
        && address.within(ADDRESS_WINDOW, now) < ADDRESS_A_DAY
        && address.locked_until <= now
        && client.within(CLIENT_WINDOW, now) < CLIENT_A_WINDOW
        && *other_addresses < CLIENT_ADDRESSES
        && event.total < event_limit
}

/// The counts after a failure.
pub fn after_failure(counts: &GuessCounts, now: Timestamp) -> GuessCounts {
    let mut address = counts.address.one_more(ADDRESS_WINDOW, now);
    // The fifth failure locks for 30 s, each further one twice as long, an hour at most.
    if address.total >= ADDRESS_FREE {
        let doublings = (address.total - ADDRESS_FREE).clamp(0, 7) as u32;
        address.locked_until = now + TimeDelta::seconds(30 * (1_i64 << doublings)).min(TimeDelta::hours(1));
    }
    GuessCounts {
        address,
        client: counts.client.one_more(CLIENT_WINDOW, now),
        event: counts.event.one_more(ADDRESS_WINDOW, now),
        other_addresses: counts.other_addresses,
    }
}

/// How many failures an event takes before only mailed links let people in: 3 % of the keys, 300 for four digits.
pub fn event_limit(format: KeyFormat) -> i64 {
    i64::try_from(format.space() / 100 * 3).unwrap_or(i64::MAX)
}

/// The fewest wrong codes that an event takes before only mailed links let people in: people mistype.
const CODES_FREE: i64 = 30;

/// How many wrong codes an event takes, where so many guesses would hit one: 3 % of them, as for keys. Where codes are weak,
/// the host was told when the list was uploaded.
pub fn code_limit(guesses: Option<i64>) -> i64 {
    (guesses.unwrap_or_default() / 100 * 3).max(CODES_FREE)
}

/// Whether so few guesses hit a code that the wrong ones that an event takes are more than 3 % of them.
pub fn is_weak(guesses: u64) -> bool {
    guesses / 100 * 3 < CODES_FREE.unsigned_abs()
}

impl GuessCount {
    fn within(&self, window: TimeDelta, now: Timestamp) -> i64 {
        if self.window_start + window <= now { 0 } else { self.window_count }
    }

    fn one_more(&self, window: TimeDelta, now: Timestamp) -> Self {
        let fresh = self.window_start + window <= now;
        Self {
            total: self.total.saturating_add(1),
            window_start: if fresh { now } else { self.window_start },
            window_count: self.within(window, now) + 1,
            locked_until: self.locked_until,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp(1_800_000_000_000);

    /// Guesses wrongly at one address every `every` and tells when the guesses were evaluated, in seconds from the start.
    fn evaluated(every: TimeDelta, guesses: usize, rotate_client: bool) -> Vec<i64> {
        let mut counts = GuessCounts::default();
        let mut times = Vec::new();
        for guess in 0..guesses {
            let now = START + every * guess as i32;
            if rotate_client {
                counts.client = GuessCount::default();
            }
            if may_guess(&counts, event_limit(KeyFormat::FourDigits), now) {
                counts = after_failure(&counts, now);
                times.push((now - START).num_seconds());
            }
        }
        times
    }

    #[test]
    fn five_failures_are_free_then_the_lock_doubles_up_to_ten_a_day() {
        let day = evaluated(TimeDelta::seconds(1), 86_000, true);
        assert_eq!(day, [0, 1, 2, 3, 4, 34, 94, 214, 454, 934]);
    }

    #[test]
    fn an_address_is_guessed_at_twenty_times_in_all_however_long_it_takes() {
        assert_eq!(evaluated(TimeDelta::minutes(1), 60 * 24 * 365, true).len(), 20);
    }

    #[test]
    fn a_client_fails_thirty_times_in_a_quarter_of_an_hour_then_waits() {
        let mut client = GuessCount::default();
        for _ in 0..30 {
            let counts = GuessCounts { client, ..Default::default() };
            assert!(may_guess(&counts, event_limit(KeyFormat::SixDigits), START));
            client = after_failure(&counts, START).client;
        }
        let counts = GuessCounts { client, ..Default::default() };
        assert!(!may_guess(&counts, event_limit(KeyFormat::SixDigits), START + TimeDelta::minutes(15) - TimeDelta::milliseconds(1)));
        assert!(may_guess(&counts, event_limit(KeyFormat::SixDigits), START + TimeDelta::minutes(15)));
    }

    #[test]
    fn a_client_is_stopped_at_its_eleventh_address() {
        for (other_addresses, may) in [(0, true), (9, true), (10, false), (500, false)] {
            assert_eq!(may_guess(&GuessCounts { other_addresses, ..Default::default() }, event_limit(KeyFormat::FourDigits), START), may);
        }
    }

    #[test]
    fn an_event_takes_three_failures_for_every_hundred_keys() {
        for (format, limit) in [(KeyFormat::FourDigits, 300), (KeyFormat::SixDigits, 30_000)] {
            assert_eq!(event_limit(format), limit);
            let with = |total| GuessCounts { event: GuessCount { total, ..Default::default() }, ..Default::default() };
            assert!(may_guess(&with(limit - 1), limit, START));
            assert!(!may_guess(&with(limit), limit, START));
        }
    }
}
