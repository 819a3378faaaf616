//! Hosts: who may sign in to the desk, and to whose events.

use super::{Store, StoreError, Write, from_json, from_name, new_id, to_json, to_name};
use crate::store::audit::{Actor, Deed};
use curtain_up_protocol::{
    Email, Timestamp,
    desk::{HostDocument, MemberChange, MemberDocument, Role},
};
use sqlx::{Row, any::AnyRow};

/// Somebody who can sign in. There is no `Debug`: the hash of a password is nobody's business.
#[derive(Clone)]
pub struct Host {
    /// The row's id.
    pub id: String,
    /// Whose events they see.
    pub organisation_id: String,
    /// The organisation's name.
    pub organisation_name: String,
    /// Their address.
    pub email: String,
    /// Their name; may be empty.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The hash of their password, where they have one.
    pub password: Option<String>,
    /// The columns of the People table that they chose.
    pub columns: Vec<String>,
    /// Since when.
    pub created_at: Timestamp,
    /// When they were seen last, to the hour.
    pub seen_at: Option<Timestamp>,
}

/// A host to be added.
pub struct NewHost<'a> {
    /// Their address.
    pub email: &'a Email,
    /// Their name; may be empty.
    pub name: &'a str,
    /// What they may do.
    pub role: Role,
}

const SELECT: &str = "SELECT hosts.*, organisations.name AS organisation_name FROM hosts
    JOIN organisations ON organisations.id = hosts.organisation_id";

impl Host {
    /// What others may know of them.
    pub fn document(&self) -> HostDocument {
        HostDocument { id: self.id.clone(), email: self.email.clone(), name: self.name.clone(), role: self.role }
    }

    /// What those who manage hosts know of them.
    pub fn member(&self) -> MemberDocument {
        MemberDocument {
            id: self.id.clone(),
            email: self.email.clone(),
            name: self.name.clone(),
            role: self.role,
            created_at: self.created_at,
            seen_at: self.seen_at,
        }
    }

    /// Who they are in the trail of deeds.
    pub fn actor(&self) -> Actor {
        Actor { organisation: self.organisation_id.clone(), name: self.email.clone() }
    }
}

impl Store {
    /// Whether there is an organisation of this id.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn has_organisation(&self, id: &str) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT 1 FROM organisations WHERE id = $1").bind(id).fetch_optional(&self.pool).await?;
        Ok(row.is_some())
    }

    /// Makes an organisation where there is none of this id. Returns whether it is new.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn add_organisation(&self, id: &str, name: &str, now: Timestamp) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let add = "INSERT INTO organisations (id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
        let added = sqlx::query(add).bind(id).bind(name).bind(now.0).execute(write.connection()).await?;
        write.commit().await?;
        Ok(added.rows_affected() == 1)
    }

    /// Adds a host of the actor's organisation.
    ///
    /// # Errors
    /// [`StoreError::HostKnown`] where somebody has this address already, [`StoreError::Database`].
    pub async fn add_host(&self, actor: &Actor, host: &NewHost<'_>, now: Timestamp) -> Result<Host, StoreError> {
        let mut write = self.write().await?;
        let id = new_id();
        let added = sqlx::query(
            "INSERT INTO hosts (id, organisation_id, canonical_email, email, name, role, columns, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, '[]', $7) ON CONFLICT (canonical_email) DO NOTHING",
        )
        .bind(&id)
        .bind(&actor.organisation)
        .bind(host.email.canonical())
        .bind(host.email.as_str())
        .bind(host.name)
        .bind(to_name(host.role)?)
        .bind(now.0)
        .execute(write.connection())
        .await?;
        if added.rows_affected() == 0 {
            return Err(StoreError::HostKnown);
        }
        write.note(actor, &Deed { detail: host.email.as_str(), ..Deed::new("host_added") }, now).await?;
        let found = write.host(&id).await?;
        write.commit().await?;
        found.ok_or(StoreError::NoSuchHost)
    }

    /// The host with this address.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn host_by_email(&self, email: &Email) -> Result<Option<Host>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("{SELECT} WHERE canonical_email = $1"));
        sqlx::query(sql).bind(email.canonical()).fetch_optional(&self.pool).await?.as_ref().map(read).transpose()
    }

    /// The hosts of an organisation, the first first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn hosts(&self, organisation: &str) -> Result<Vec<Host>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("{SELECT} WHERE organisation_id = $1 ORDER BY hosts.created_at, hosts.id"));
        sqlx::query(sql).bind(organisation).fetch_all(&self.pool).await?.iter().map(read).collect()
    }

    /// Changes a host of the actor's organisation.
    ///
    /// # Errors
    /// [`StoreError::NoSuchHost`], [`StoreError::LastHost`], [`StoreError::Database`].
    pub async fn change_host(&self, actor: &Actor, id: &str, change: &MemberChange, now: Timestamp) -> Result<Host, StoreError> {
        let mut write = self.write().await?;
        write.lock_organisation(&actor.organisation).await?;
        let role = change.role.map(to_name).transpose()?;
        sqlx::query("UPDATE hosts SET name = COALESCE($3, name), role = COALESCE($4, role) WHERE id = $1 AND organisation_id = $2")
            .bind(id)
            .bind(&actor.organisation)
            .bind(change.name.as_deref())
            .bind(role)
            .execute(write.connection())
            .await?;
        write.still_has_a_host(&actor.organisation).await?;
        let found = write.host(id).await?.filter(|host| host.organisation_id == actor.organisation).ok_or(StoreError::NoSuchHost)?;
        write.note(actor, &Deed { detail: &found.email, ..Deed::new("host_changed") }, now).await?;
        write.commit().await?;
        Ok(found)
    }

    /// Removes a host of the actor's organisation; their sessions end.
    ///
    /// # Errors
    /// [`StoreError::NoSuchHost`], [`StoreError::LastHost`], [`StoreError::Database`].
    pub async fn remove_host(&self, actor: &Actor, id: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        write.lock_organisation(&actor.organisation).await?;
        let found = write.host(id).await?.filter(|host| host.organisation_id == actor.organisation).ok_or(StoreError::NoSuchHost)?;
        for delete in [
            "DELETE FROM sessions WHERE host_id = $1",
            "DELETE FROM sign_in_links WHERE host_id = $1",
            "DELETE FROM host_mails WHERE host_id = $1",
            "DELETE FROM hosts WHERE id = $1",
        ] {
            sqlx::query(delete).bind(id).execute(write.connection()).await?;
        }
        write.still_has_a_host(&actor.organisation).await?;
        write.note(actor, &Deed { detail: &found.email, ..Deed::new("host_removed") }, now).await?;
        write.commit().await
    }

    /// Sets a host's password and ends their sessions, but the one they did it in.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn set_password(&self, host: &Host, hash: &str, session: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("UPDATE hosts SET password = $2 WHERE id = $1").bind(&host.id).bind(hash).execute(write.connection()).await?;
        sqlx::query("DELETE FROM sessions WHERE host_id = $1 AND token_hash <> $2")
            .bind(&host.id)
            .bind(session)
            .execute(write.connection())
            .await?;
        // A link that somebody else may have is no way around the new password.
        sqlx::query("DELETE FROM sign_in_links WHERE host_id = $1").bind(&host.id).execute(write.connection()).await?;
        write.note(&host.actor(), &Deed::new("password_set"), now).await?;
        write.commit().await
    }

    /// Keeps the columns that a host chose.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn set_columns(&self, host: &str, columns: &[String]) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        let set = sqlx::query("UPDATE hosts SET columns = $2 WHERE id = $1").bind(host).bind(to_json("list of columns", &columns)?);
        set.execute(write.connection()).await?;
        write.commit().await
    }
}

impl Write {
    async fn host(&mut self, id: &str) -> Result<Option<Host>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("{SELECT} WHERE hosts.id = $1"));
        sqlx::query(sql).bind(id).fetch_optional(self.connection()).await?.as_ref().map(read).transpose()
    }

    /// Two hosts who remove each other at once do so one after the other.
    async fn lock_organisation(&mut self, id: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE organisations SET name = name WHERE id = $1").bind(id).execute(self.connection()).await?;
        Ok(())
    }

    async fn still_has_a_host(&mut self, organisation: &str) -> Result<(), StoreError> {
        let count = sqlx::query("SELECT COUNT(*) FROM hosts WHERE organisation_id = $1 AND role = 'host'").bind(organisation);
        let left: i64 = count.fetch_one(self.connection()).await?.try_get(0)?;
        if left > 0 { Ok(()) } else { Err(StoreError::LastHost) }
    }
}

pub(super) fn read(row: &AnyRow) -> Result<Host, StoreError> {
    let text = |column: &str| row.try_get::<String, _>(column);
    Ok(Host {
        id: text("id")?,
        organisation_id: text("organisation_id")?,
        organisation_name: text("organisation_name")?,
        email: text("email")?,
        name: text("name")?,
        role: from_name("role", &text("role")?)?,
        password: row.try_get("password")?,
        columns: from_json("list of columns", &text("columns")?)?,
        created_at: Timestamp(row.try_get("created_at")?),
        seen_at: row.try_get::<Option<i64>, _>("seen_at")?.map(Timestamp),
    })
}
