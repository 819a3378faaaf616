//! Counting what may happen only so often, atomically and for all servers together.

use super::{Store, StoreError, Write};
use crate::trust::{
    guessing::{ADDRESSES_WINDOW, CLIENT_WINDOW, CODE_WINDOW},
    rate::{
        ANONYMOUS_BY_CLIENT, BULK_RESENDS, EXPORT_MAILS, MAILS_TO_ADDRESS, REGISTRATIONS_BY_CLIENT, RESENDS_BY_CLIENT, RESENDS_BY_HOSTS,
        Rate, SIGN_IN_MAILS, SIGN_IN_MAILS_BY_CLIENT, TEST_MAILS, WELCOMES,
    },
};
use chrono::TimeDelta;
use curtain_up_protocol::Timestamp;

/// After how long wrong passwords for an address are forgotten: anybody may try any address.
const SIGN_INS_WINDOW: TimeDelta = TimeDelta::days(7);

impl Write {
    /// Counts one more under `scope` where the rate allows it, and tells whether it did. One statement, so that any
    /// number of servers that ask at once get no more than the rate.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn count(&mut self, scope: &str, rate: Rate, now: Timestamp) -> Result<bool, StoreError> {
        let counted = sqlx::query(
            "INSERT INTO rates (scope, last_at, window_start, window_count) VALUES ($1, $2, $2, 1)
             ON CONFLICT (scope) DO UPDATE SET
                last_at = $2,
                window_count = CASE WHEN rates.window_start + $3 <= $2 THEN 1 ELSE rates.window_count + 1 END,
                window_start = CASE WHEN rates.window_start + $3 <= $2 THEN $2 ELSE rates.window_start END
             WHERE rates.last_at + $4 <= $2 AND (rates.window_start + $3 <= $2 OR rates.window_count < $5)",
        )
        .bind(scope)
        .bind(now.0)
        .bind(rate.window.num_milliseconds())
        .bind(rate.spacing.num_milliseconds())
        .bind(rate.count)
        .execute(self.connection())
        .await?;
        Ok(counted.rows_affected() == 1)
    }
}

impl Store {
    /// Forgets what no rule looks at any more, so that clients who come once leave nothing for ever. Failures at an
    /// address and at an event stay: they count for the life of the event. Returns how many rows went.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn forget_counts(&self, now: Timestamp) -> Result<u64, StoreError> {
        const RATES: &str = "DELETE FROM rates WHERE scope LIKE $1 AND last_at <= $2";
        const CLIENTS: &str = "DELETE FROM guess_counts WHERE scope LIKE $1 AND window_start <= $2";
        const ADDRESSES: &str = "DELETE FROM guessed_addresses WHERE client LIKE $1 AND at <= $2";
        let mut forgotten = 0;
        // One kind of scope a transaction: a request locks one row of each kind, so no two can wait for each other.
        for (delete, kind, after) in [
            (RATES, "registrations-by-client:%", REGISTRATIONS_BY_CLIENT.window),
            (RATES, "anonymous-by-client:%", ANONYMOUS_BY_CLIENT.window),
            (RATES, "resends-by-client:%", RESENDS_BY_CLIENT.window),
            (RATES, "mails-to-address:%", MAILS_TO_ADDRESS.window),
            (RATES, "sign-in-mails:%", SIGN_IN_MAILS.window),
            (RATES, "sign-in-mails-by-client:%", SIGN_IN_MAILS_BY_CLIENT.window),
            (RATES, "resends-by-hosts:%", RESENDS_BY_HOSTS.window),
            (RATES, "test-mails:%", TEST_MAILS.window),
            (RATES, "welcomes:%", WELCOMES.window),
            (RATES, "export-mails:%", EXPORT_MAILS.window),
            (RATES, "bulk-resends:%", BULK_RESENDS.window),
            (RATES, "bounce-alarm:%", TimeDelta::days(1)),
            (CLIENTS, "sign-ins-at-address:%", SIGN_INS_WINDOW),
            (CLIENTS, "guesses-by-client:%", CLIENT_WINDOW),
            (CLIENTS, "guesses-at-code:%", CODE_WINDOW),
            (CLIENTS, "sign-ins-by-client:%", CLIENT_WINDOW),
            (ADDRESSES, "%", ADDRESSES_WINDOW),
        ] {
            let mut write = self.write().await?;
            let rows = sqlx::query(delete).bind(kind).bind((now - after).0).execute(write.connection()).await?;
            write.commit().await?;
            forgotten += rows.rows_affected();
        }
        Ok(forgotten)
    }
}
