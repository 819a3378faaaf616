//! Sessions of hosts, and the links from mails that begin one. Of each token only its hash is kept.

use super::{
    Store, StoreError, Write,
    audit::{Actor, Deed},
    host,
    host::Host,
};
use crate::trust::token::Token;
use chrono::TimeDelta;
use curtain_up_protocol::Timestamp;
use sqlx::Row;

/// How long a session may lie unused.
pub const IDLE: TimeDelta = TimeDelta::days(7);
/// How long a session lasts at most.
pub const LASTS: TimeDelta = TimeDelta::days(30);
/// How long a link from a mail begins a session.
pub const LINK_LASTS: TimeDelta = TimeDelta::minutes(15);
/// To what it is kept when a host was seen, so that not every request writes.
const SEEN: TimeDelta = TimeDelta::hours(1);

/// Who asks, and by which session.
pub struct Session {
    /// The host.
    pub host: Host,
    /// The hash of its token.
    pub token_hash: String,
    /// Whether it began by a link from a mail: then a password can be set without the old one.
    pub by_mail: bool,
}

impl Store {
    /// Begins a session.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn begin_session(&self, host: &str, by_mail: bool, now: Timestamp) -> Result<Token, StoreError> {
        let token = Token::random("");
        let mut write = self.write().await?;
        sqlx::query("INSERT INTO sessions (token_hash, host_id, by_mail, created_at, seen_at) VALUES ($1, $2, $3, $4, $4)")
            .bind(token.hash())
            .bind(host)
            .bind(i64::from(by_mail))
            .bind(now.0)
            .execute(write.connection())
            .await?;
        write.commit().await?;
        Ok(token)
    }

    /// The session that a token's hash stands for, unless it is over.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn session(&self, token_hash: &str, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let row = sqlx::query(
            "SELECT hosts.*, organisations.name AS organisation_name, sessions.by_mail, sessions.seen_at AS session_seen_at FROM sessions
             JOIN hosts ON hosts.id = sessions.host_id JOIN organisations ON organisations.id = hosts.organisation_id
             WHERE sessions.token_hash = $1 AND sessions.created_at > $2 AND sessions.seen_at > $3",
        );
        let row = row.bind(token_hash).bind((now - LASTS).0).bind((now - IDLE).0).fetch_optional(&self.pool).await?;
        let Some(row) = row else { return Ok(None) };
        if Timestamp(row.try_get("session_seen_at")?) + SEEN <= now {
            self.see(token_hash, now).await?;
        }
        let by_mail = row.try_get::<i64, _>("by_mail")? != 0;
        Ok(Some(Session { host: host::read(&row)?, token_hash: token_hash.to_owned(), by_mail }))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn end_session(&self, token_hash: &str) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash).execute(write.connection()).await?;
        write.commit().await
    }

    /// Makes a link that begins a session of a host, once. Links that are over are cleared away.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn make_sign_in_link(&self, host: &str, lasts: TimeDelta, now: Timestamp) -> Result<Token, StoreError> {
        let mut write = self.write().await?;
        let token = write.add_sign_in_link(host, lasts, now).await?;
        write.commit().await?;
        Ok(token)
    }

    /// The same for somebody who asks for another host's link, which is a deed.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn show_sign_in_link(&self, actor: &Actor, host: &Host, lasts: TimeDelta, now: Timestamp) -> Result<Token, StoreError> {
        let mut write = self.write().await?;
        let token = write.add_sign_in_link(&host.id, lasts, now).await?;
        write.note(actor, &Deed { detail: &host.email, ..Deed::new("sign_in_link_shown") }, now).await?;
        write.commit().await?;
        Ok(token)
    }

    /// Uses a link up: the host whose it is, and their address; nothing where it is over, used or none. The other links
    /// of the host end with it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn use_sign_in_link(&self, token_hash: &str, now: Timestamp) -> Result<Option<(String, String)>, StoreError> {
        let mut write = self.write().await?;
        let used = sqlx::query("DELETE FROM sign_in_links WHERE token_hash = $1 AND expires_at > $2 RETURNING host_id");
        let Some(row) = used.bind(token_hash).bind(now.0).fetch_optional(write.connection()).await? else { return Ok(None) };
        let host: String = row.try_get(0)?;
        sqlx::query("DELETE FROM sign_in_links WHERE host_id = $1").bind(&host).execute(write.connection()).await?;
        let row = sqlx::query("SELECT canonical_email FROM hosts WHERE id = $1").bind(&host).fetch_one(write.connection()).await?;
        let email = row.try_get(0)?;
        write.commit().await?;
        Ok(Some((host, email)))
    }

    async fn see(&self, token_hash: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("UPDATE sessions SET seen_at = $2 WHERE token_hash = $1")
            .bind(token_hash)
            .bind(now.0)
            .execute(write.connection())
            .await?;
        sqlx::query("UPDATE hosts SET seen_at = $2 WHERE id = (SELECT host_id FROM sessions WHERE token_hash = $1)")
            .bind(token_hash)
            .bind(now.0)
            .execute(write.connection())
            .await?;
        sqlx::query("DELETE FROM sessions WHERE created_at <= $1 OR seen_at <= $2")
            .bind((now - LASTS).0)
            .bind((now - IDLE).0)
            .execute(write.connection())
            .await?;
        write.commit().await
    }
}

impl Write {
    async fn add_sign_in_link(&mut self, host: &str, lasts: TimeDelta, now: Timestamp) -> Result<Token, StoreError> {
        let token = Token::random("");
        sqlx::query("DELETE FROM sign_in_links WHERE expires_at <= $1").bind(now.0).execute(self.connection()).await?;
        sqlx::query("INSERT INTO sign_in_links (token_hash, host_id, expires_at) VALUES ($1, $2, $3)")
            .bind(token.hash())
            .bind(host)
            .bind((now + lasts).0)
            .execute(self.connection())
            .await?;
        Ok(token)
    }
}
