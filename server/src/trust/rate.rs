//! How often something may happen: the limits for mails and registrations. They are counted by `store::rates`.

use chrono::TimeDelta;

/// At most `count` in a `window`, and never closer together than `spacing`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many fit into a window.
    pub count: i64,
    /// How long a window is; it begins with the first that is counted in it.
    pub window: TimeDelta,
    /// How long after one the next may come.
    pub spacing: TimeDelta,
}

/// Mails with an access link to one address for one event: one in ten minutes, three a day.
pub const MAILS_TO_ADDRESS: Rate = Rate { count: 3, window: TimeDelta::days(1), spacing: TimeDelta::minutes(10) };

/// Mails with an access link that one client may ask to be sent *again*.
pub const RESENDS_BY_CLIENT: Rate = Rate { count: 6, window: TimeDelta::hours(1), spacing: TimeDelta::zero() };

/// Registrations by one client, new or repeated: an office or a class registers together, a script does not get far.
pub const REGISTRATIONS_BY_CLIENT: Rate = Rate { count: 100, window: TimeDelta::hours(1), spacing: TimeDelta::zero() };

/// People without a code whom one client may send in: an office or a class takes part together.
pub const ANONYMOUS_BY_CLIENT: Rate = Rate { count: 600, window: TimeDelta::hours(1), spacing: TimeDelta::zero() };

/// Mails that the whole server sends in an hour, where the host sets the cap.
pub const fn mails_by_server(count: i64) -> Rate {
    Rate { count, window: TimeDelta::hours(1), spacing: TimeDelta::zero() }
}

/// Mails with a link to sign in by, to one host.
pub const SIGN_IN_MAILS: Rate = Rate { count: 5, window: TimeDelta::hours(1), spacing: TimeDelta::minutes(1) };

/// Mails with a link to sign in by that one client may ask for.
pub const SIGN_IN_MAILS_BY_CLIENT: Rate = Rate { count: 20, window: TimeDelta::hours(1), spacing: TimeDelta::zero() };

/// Mails to try words with, to one address.
pub const TEST_MAILS: Rate = Rate { count: 20, window: TimeDelta::hours(1), spacing: TimeDelta::zero() };

/// Mails that welcome one host.
pub const WELCOMES: Rate = Rate { count: 5, window: TimeDelta::hours(1), spacing: TimeDelta::zero() };

/// Exports by mail to one host.
pub const EXPORT_MAILS: Rate = Rate { count: 20, window: TimeDelta::hours(1), spacing: TimeDelta::zero() };

/// Jobs that send links again, of one organisation.
pub const BULK_RESENDS: Rate = Rate { count: 60, window: TimeDelta::hours(1), spacing: TimeDelta::zero() };

/// Access links that hosts send again to one person: more often than people may themselves, but no double click.
pub const RESENDS_BY_HOSTS: Rate = Rate { count: 20, window: TimeDelta::days(1), spacing: TimeDelta::seconds(10) };
