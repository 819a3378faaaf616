//! Exports that were promised by mail: what is exported is written down, and read when it is fetched.

use super::{
    Store, StoreError,
    audit::{Actor, Deed},
    event::{Event, read},
    from_json,
    host_mail::HostMailKind,
    new_id, to_json,
};
use chrono::TimeDelta;
use curtain_up_protocol::{Timestamp, desk::ExportRequest};
use sqlx::Row;

/// How long an export can be fetched.
const LASTS: TimeDelta = TimeDelta::hours(24);

impl Store {
    /// Promises a host an export by mail. Returns its id. Those that are over are cleared away.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn promise_export(
        &self,
        actor: &Actor,
        host: &str,
        event: &Event,
        request: &ExportRequest,
        now: Timestamp,
    ) -> Result<String, StoreError> {
        let id = new_id();
        let mut write = self.write().await?;
        sqlx::query("DELETE FROM exports WHERE expires_at <= $1").bind(now.0).execute(write.connection()).await?;
        sqlx::query("INSERT INTO exports (id, organisation_id, event_id, request, expires_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(&id)
            .bind(&actor.organisation)
            .bind(&event.id)
            .bind(to_json("export", request)?)
            .bind((now + LASTS).0)
            .execute(write.connection())
            .await?;
        write.add_host_mail(host, HostMailKind::Export, &id, now).await?;
        write.note(actor, &Deed { detail: &request.columns, ..Deed::at("export_promised", &event.plan.slug) }, now).await?;
        write.commit().await?;
        Ok(id)
    }

    /// What an export of an organisation holds, unless it is over.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn export(&self, organisation: &str, id: &str, now: Timestamp) -> Result<Option<(Event, ExportRequest)>, StoreError> {
        let row = sqlx::query("SELECT * FROM exports WHERE organisation_id = $1 AND id = $2 AND expires_at > $3");
        let Some(row) = row.bind(organisation).bind(id).bind(now.0).fetch_optional(&self.pool).await? else { return Ok(None) };
        let event = sqlx::query("SELECT * FROM events WHERE id = $1").bind(row.try_get::<String, _>("event_id")?);
        let event = read(&event.fetch_one(&self.pool).await?)?;
        Ok(Some((event, from_json("export", &row.try_get::<String, _>("request")?)?)))
    }
}
