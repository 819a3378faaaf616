//! API tokens: what scripts ask with.

use super::{Store, StoreError, from_json, new_id, to_json};
use crate::{
    store::audit::{Actor, Deed},
    trust::token::Token,
};
use chrono::TimeDelta;
use curtain_up_protocol::{
    Timestamp,
    desk::{Scope, TokenDocument},
};
use sqlx::{Row, any::AnyRow};

/// To what it is kept when a token was used.
const USED: TimeDelta = TimeDelta::hours(1);

/// Whose token it is, and what it is good for.
pub struct ApiToken {
    /// Whose events it sees.
    pub organisation_id: String,
    /// What is known of it.
    pub document: TokenDocument,
}

impl Store {
    /// Makes a token of the actor's organisation.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn add_token(
        &self,
        actor: &Actor,
        name: &str,
        scopes: &[Scope],
        now: Timestamp,
    ) -> Result<(TokenDocument, Token), StoreError> {
        let token = Token::random("cu_");
        let document = TokenDocument { id: new_id(), name: name.to_owned(), scopes: scopes.to_vec(), created_at: now, used_at: None };
        let mut write = self.write().await?;
        sqlx::query("INSERT INTO api_tokens (id, organisation_id, name, token_hash, scopes, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(&document.id)
            .bind(&actor.organisation)
            .bind(name)
            .bind(token.hash())
            .bind(to_json("list of scopes", &scopes)?)
            .bind(now.0)
            .execute(write.connection())
            .await?;
        write.note(actor, &Deed { detail: name, ..Deed::new("token_added") }, now).await?;
        write.commit().await?;
        Ok((document, token))
    }

    /// The tokens of an organisation, the first first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn tokens(&self, organisation: &str) -> Result<Vec<TokenDocument>, StoreError> {
        let rows = sqlx::query("SELECT * FROM api_tokens WHERE organisation_id = $1 ORDER BY created_at, id").bind(organisation);
        rows.fetch_all(&self.pool).await?.iter().map(|row| Ok(read(row)?.document)).collect()
    }

    /// The token behind a hash.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn token(&self, token_hash: &str, now: Timestamp) -> Result<Option<ApiToken>, StoreError> {
        let row = sqlx::query("SELECT * FROM api_tokens WHERE token_hash = $1").bind(token_hash).fetch_optional(&self.pool).await?;
        let Some(token) = row.as_ref().map(read).transpose()? else { return Ok(None) };
        if token.document.used_at.is_none_or(|used| used + USED <= now) {
            let mut write = self.write().await?;
            let used = sqlx::query("UPDATE api_tokens SET used_at = $2 WHERE token_hash = $1").bind(token_hash).bind(now.0);
            used.execute(write.connection()).await?;
            write.commit().await?;
        }
        Ok(Some(token))
    }

    /// Takes a token of the actor's organisation back. Returns whether there was one.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn remove_token(&self, actor: &Actor, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let removed = sqlx::query("DELETE FROM api_tokens WHERE id = $1 AND organisation_id = $2 RETURNING name");
        let Some(row) = removed.bind(id).bind(&actor.organisation).fetch_optional(write.connection()).await? else { return Ok(false) };
        let name: String = row.try_get(0)?;
        write.note(actor, &Deed { detail: &name, ..Deed::new("token_removed") }, now).await?;
        write.commit().await?;
        Ok(true)
    }
}

fn read(row: &AnyRow) -> Result<ApiToken, StoreError> {
    Ok(ApiToken {
        organisation_id: row.try_get("organisation_id")?,
        document: TokenDocument {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            scopes: from_json("list of scopes", &row.try_get::<String, _>("scopes")?)?,
            created_at: Timestamp(row.try_get("created_at")?),
            used_at: row.try_get::<Option<i64>, _>("used_at")?.map(Timestamp),
        },
    })
}
