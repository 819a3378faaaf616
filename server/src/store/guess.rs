//! The counts of failed guesses. The rules over them are `trust::guessing`; here they are locked, read and written.

use super::{Store, StoreError, Write};
use crate::trust::{
    guessing::{ADDRESSES_WINDOW, GuessCount, GuessCounts},
    secrets::Secrets,
};
use curtain_up_protocol::{KeyFormat, Timestamp};
use sqlx::Row;

/// The name under which wrong codes at an event are counted.
pub const CODE_GUESSES: &str = "code-guesses-at-event";

/// The name under which failed guesses at an event's keys of one format are counted.
pub fn key_guesses(secrets: &Secrets, event: &str, format: KeyFormat) -> String {
    secrets.scope("guesses-at-event", &[event, &format.length().to_string()])
}

/// What is guessed at: a keyed hash, see `Secrets::scope`.
pub enum Target {
    /// The key or password of an address. A client that tries many addresses is stopped.
    Address(String),
    /// A code as it was typed. Many of them are no sign of an attack: people mistype codes, each in their own way, and a whole
    /// office may be one client.
    Code(String),
}

/// Under which names a guess is counted: keyed hashes, see `Secrets::scope`.
pub struct GuessScopes {
    /// What is guessed at, at the event.
    pub target: Target,
    /// The client.
    pub client: String,
    /// The event.
    pub event: String,
}

impl Target {
    fn scope(&self) -> &str {
        match self {
            Self::Address(scope) | Self::Code(scope) => scope,
        }
    }
}

impl Write {
    /// Reads the counts of a guess and keeps all other guesses in these scopes waiting until this transaction is over,
    /// so that no two are evaluated on the same counts. The order of the locks is always the same: no deadlock.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn lock_guess_counts(&mut self, scopes: &GuessScopes, now: Timestamp) -> Result<GuessCounts, StoreError> {
        let address = self.lock_count(scopes.target.scope()).await?;
        let client = self.lock_count(&scopes.client).await?;
        let event = self.lock_count(&scopes.event).await?;
        let Target::Address(guessed) = &scopes.target else {
            return Ok(GuessCounts { address, client, event, other_addresses: 0 });
        };
        let others = sqlx::query("SELECT COUNT(*) FROM guessed_addresses WHERE client = $1 AND address <> $2 AND at > $3")
            .bind(&scopes.client)
            .bind(guessed)
            .bind((now - ADDRESSES_WINDOW).0)
            .fetch_one(self.connection())
            .await?;
        Ok(GuessCounts { address, client, event, other_addresses: others.try_get(0)? })
    }

    /// Writes the counts after a failure.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn save_guess_counts(&mut self, scopes: &GuessScopes, counts: &GuessCounts, now: Timestamp) -> Result<(), StoreError> {
        for (scope, count) in [(scopes.target.scope(), counts.address), (&scopes.client, counts.client), (&scopes.event, counts.event)] {
            sqlx::query("UPDATE guess_counts SET total = $2, window_start = $3, window_count = $4, locked_until = $5 WHERE scope = $1")
                .bind(scope)
                .bind(count.total)
                .bind(count.window_start.0)
                .bind(count.window_count)
                .bind(count.locked_until.0)
                .execute(self.connection())
                .await?;
        }
        let Target::Address(guessed) = &scopes.target else { return Ok(()) };
        sqlx::query(
            "INSERT INTO guessed_addresses (client, address, at) VALUES ($1, $2, $3) ON CONFLICT (client, address) DO UPDATE SET at = $3",
        )
        .bind(&scopes.client)
        .bind(guessed)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn lock_count(&mut self, scope: &str) -> Result<GuessCount, StoreError> {
        let row = sqlx::query(
            "INSERT INTO guess_counts (scope, total, window_start, window_count, locked_until) VALUES ($1, 0, 0, 0, 0)
             ON CONFLICT (scope) DO UPDATE SET total = guess_counts.total
             RETURNING total, window_start, window_count, locked_until",
        )
        .bind(scope)
        .fetch_one(self.connection())
        .await?;
        Ok(GuessCount {
            total: row.try_get("total")?,
            window_start: Timestamp(row.try_get("window_start")?),
            window_count: row.try_get("window_count")?,
            locked_until: Timestamp(row.try_get("locked_until")?),
        })
    }
}

impl Write {
    /// Forgets the failures of a scope: whoever proved themselves otherwise begins anew.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn forget_failures(&mut self, scope: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM guess_counts WHERE scope = $1").bind(scope).execute(self.connection()).await?;
        Ok(())
    }
}

impl Store {
    /// How many guesses at an event's keys and codes have failed.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn failed_guesses(&self, event: &str, secrets: &Secrets) -> Result<i64, StoreError> {
        let [four, six, eight] = KeyFormat::ALL.map(|format| key_guesses(secrets, event, format));
        let codes = secrets.scope(CODE_GUESSES, &[event]);
        let totals =
            sqlx::query("SELECT total FROM guess_counts WHERE scope IN ($1, $2, $3, $4)").bind(four).bind(six).bind(eight).bind(codes);
        totals.fetch_all(&self.pool).await?.iter().try_fold(0, |sum, row| Ok(sum + row.try_get::<i64, _>(0)?))
    }
}
