//! What the server remembers. One SQL text serves SQLite and PostgreSQL; a file a noun.
//!
//! The rules that make that work: `$1` placeholders, TEXT and BIGINT columns only, `INSERT … ON CONFLICT … RETURNING`
//! instead of read-then-write, and in every guarded UPDATE the guard stands in the outer WHERE, where PostgreSQL
//! checks it again after waiting for a row's lock.

pub mod address;
pub mod audit;
mod belongings;
pub mod bounce;
mod cadence;
pub mod change;
mod click;
mod codes;
mod correction;
mod error;
pub mod event;
mod event_edit;
pub mod event_numbers;
mod export;
pub mod guess;
pub mod host;
pub mod host_mail;
mod job;
pub mod link_secret;
mod mail_status;
pub mod material;
pub mod outbox;
pub mod people;
pub mod people_list;
pub mod person;
pub mod presence;
pub mod rates;
pub mod registrant;
pub mod search_text;
pub mod series;
pub mod session;
mod settings;
pub mod ticket;
mod timeline;
pub mod token;
mod words;

pub use error::StoreError;

use mail_status::Whose;

use sqlx::{
    Any, AnyPool, Executor, Transaction,
    any::AnyPoolOptions,
    migrate::{Migration, MigrationType, Migrator},
};
use std::{borrow::Cow, collections::BTreeSet, sync::Arc, time::Duration};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "journey", include_str!("../../migrations/0001_journey.sql")),
    (2, "mail", include_str!("../../migrations/0002_mail.sql")),
    (3, "organisations", include_str!("../../migrations/0003_organisations.sql")),
    (4, "desk", include_str!("../../migrations/0004_desk.sql")),
    (5, "codes", include_str!("../../migrations/0005_codes.sql")),
    (6, "mail_words", include_str!("../../migrations/0006_mail_words.sql")),
    (7, "series", include_str!("../../migrations/0007_series.sql")),
    (8, "mail_status", include_str!("../../migrations/0008_mail_status.sql")),
    (9, "sent_to", include_str!("../../migrations/0009_sent_to.sql")),
    (10, "new_ids", include_str!("../../migrations/0010_new_ids.sql")),
];

/// The database.
#[derive(Clone)]
pub struct Store {
    pool: AnyPool,
    backend: Backend,
    /// SQLite has one writer at a time. Waiting here is fair and costs nothing; waiting in SQLite's busy handler is neither.
    writer: Arc<Semaphore>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Backend {
    Sqlite,
    Postgres,
}

/// A transaction that may write. Dropped without [`Write::commit`], it leaves nothing behind.
pub struct Write {
    transaction: Transaction<'static, Any>,
    turn: Option<OwnedSemaphorePermit>,
    /// Whose mail has changed, for [`Write::commit`].
    mail_changed: BTreeSet<Whose>,
}

impl Store {
    /// Opens `sqlite:FILE` or `postgres://…` and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError`], where the address is none, the database cannot be reached or is newer than this program.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let backend = match address.split_once(':') {
            Some(("sqlite", _)) => Backend::Sqlite,
            Some(("postgres" | "postgresql", _)) => Backend::Postgres,
            _ => return Err(StoreError::Address),
        };
        let pool = AnyPoolOptions::new()
            .max_connections(if backend == Backend::Sqlite { 6 } else { 16 })
            .acquire_timeout(Duration::from_secs(5))
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if backend == Backend::Sqlite {
                        // FULL: what was acknowledged survives a power cut, in WAL mode too (sqlite.org/pragma.html#pragma_synchronous).
                        connection
                            .execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON")
                            .await?;
                    }
                    Ok(())
                })
            })
            .connect(address)
            .await?;
        let store = Self { pool, backend, writer: Arc::new(Semaphore::new(1)) };
        store.migrate().await?;
        Ok(store)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError::Database`] where it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Begins a transaction that may write.
    ///
    /// # Errors
    /// [`StoreError::Database`], after 5 s without a turn too.
    pub async fn write(&self) -> Result<Write, StoreError> {
        let (turn, begin) = match self.backend {
            Backend::Sqlite => (Some(self.turn().await?), "BEGIN IMMEDIATE"),
            Backend::Postgres => (None, "BEGIN"),
        };
        Ok(Write { transaction: self.pool.begin_with(begin).await?, turn, mail_changed: BTreeSet::new() })
    }

    /// Begins a transaction that sees everything as it is now, and keeps nobody from changing it.
    async fn snapshot(&self) -> Result<Transaction<'static, Any>, StoreError> {
        let begin = match self.backend {
            Backend::Sqlite => "BEGIN",
            Backend::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        Ok(self.pool.begin_with(begin).await?)
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, StoreError> {
        let waited = tokio::time::timeout(Duration::from_secs(5), self.writer.clone().acquire_owned()).await;
        waited.ok().and_then(Result::ok).ok_or(StoreError::Busy)
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        let migrations = MIGRATIONS
            .iter()
            .map(|(version, name, sql)| {
                Migration::new(*version, Cow::Borrowed(name), MigrationType::Simple, sqlx::SqlStr::from_static(sql), false)
            })
            .collect();
        Ok(Migrator::with_migrations(migrations).run(&self.pool).await?)
    }
}

impl Write {
    /// Makes everything in this transaction true at once, and with it where the mail of everybody stands who is concerned.
    ///
    /// # Errors
    /// [`StoreError::Database`]; nothing was written then.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        self.restate_mail().await?;
        Ok(self.transaction.commit().await?)
    }

    fn connection(&mut self) -> &mut sqlx::AnyConnection {
        &mut self.transaction
    }
}

/// A new row's id: UUID version 7, which grows with time and so keeps indexes compact.
pub(crate) fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// `($1, $2), ($3, $4)`: places for rows of values, from this number on.
fn places(first: usize, rows: usize, width: usize) -> String {
    (0..rows).map(|row| format!("({})", numbered(first + row * width, width))).collect::<Vec<_>>().join(", ")
}

/// `$1, $2`: places for values, from this number on.
fn numbered(first: usize, count: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

/// Reads a column of JSON that this server wrote.
fn from_json<T: serde::de::DeserializeOwned>(what: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt(what))
}

/// Writes a column of JSON.
fn to_json<T: serde::Serialize>(what: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Corrupt(what))
}

/// Names of unit variants as columns hold them: the very names that the wire uses.
fn to_name<T: serde::Serialize>(value: T) -> Result<String, StoreError> {
    Ok(to_json("name", &value)?.trim_matches('"').to_owned())
}

fn from_name<T: serde::de::DeserializeOwned>(what: &'static str, name: &str) -> Result<T, StoreError> {
    from_json(what, &format!("\"{name}\""))
}
