//! What an organisation's own system signs its links with.

use super::{
    Store, StoreError,
    audit::{Actor, Deed},
};
use curtain_up_protocol::Timestamp;
use sqlx::Row;

/// An organisation's secret, as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredLinkSecret {
    /// The secret, sealed.
    pub sealed: String,
    /// When it was made.
    pub made_at: Timestamp,
}

impl Store {
    /// The secret that an organisation's links are signed with, where it has one.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn link_secret(&self, organisation: &str) -> Result<Option<StoredLinkSecret>, StoreError> {
        let row = sqlx::query("SELECT sealed, made_at FROM link_secrets WHERE organisation_id = $1").bind(organisation);
        let row = row.fetch_optional(&self.pool).await?;
        row.map(|row| Ok(StoredLinkSecret { sealed: row.try_get("sealed")?, made_at: Timestamp(row.try_get("made_at")?) })).transpose()
    }

    /// Shows an organisation its secret, which is this one where it has none yet.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn show_link_secret(&self, actor: &Actor, new: &str, now: Timestamp) -> Result<StoredLinkSecret, StoreError> {
        let insert =
            "INSERT INTO link_secrets (organisation_id, sealed, made_at) VALUES ($1, $2, $3) ON CONFLICT (organisation_id) DO NOTHING";
        self.set_link_secret(actor, insert, new, "link_secret_shown", now).await
    }

    /// Gives an organisation this secret; links that the former one signed are over.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn renew_link_secret(&self, actor: &Actor, new: &str, now: Timestamp) -> Result<StoredLinkSecret, StoreError> {
        let replace = "INSERT INTO link_secrets (organisation_id, sealed, made_at) VALUES ($1, $2, $3)
             ON CONFLICT (organisation_id) DO UPDATE SET sealed = $2, made_at = $3";
        self.set_link_secret(actor, replace, new, "link_secret_renewed", now).await
    }

    async fn set_link_secret(
        &self,
        actor: &Actor,
        sql: &'static str,
        new: &str,
        action: &str,
        now: Timestamp,
    ) -> Result<StoredLinkSecret, StoreError> {
        let mut write = self.write().await?;
        sqlx::query(sql).bind(&actor.organisation).bind(new).bind(now.0).execute(write.connection()).await?;
        write.note(actor, &Deed::new(action), now).await?;
        write.commit().await?;
        self.link_secret(&actor.organisation).await?.ok_or(StoreError::Corrupt("secret for links"))
    }
}
