//! Exports that were promised by mail: what is exported is written down, and read when it is fetched.

use super::{
    Store, StoreError, Write,
    audit::{Actor, Deed},
    event::{Event, read},
    from_json,
    host_mail::HostMailKind,
    new_id,
    registrant::Registrant,
    search_text::{is_about, search_text},
    to_json,
};
use chrono::TimeDelta;
use curtain_up_protocol::{Timestamp, desk::ExportRequest};
use sqlx::Row;

/// How long an export can be fetched.
const LASTS: TimeDelta = TimeDelta::hours(24);

impl Store {
    /// Promises a host an export by mail. Returns its id.
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

    /// Forgets exports that are over: somebody's name may stand in their search. Returns how many went.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn forget_exports(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut write = self.write().await?;
        let forget = sqlx::query("DELETE FROM exports WHERE expires_at <= $1").bind(now.0);
        let forgotten = forget.execute(write.connection()).await?.rows_affected();
        write.commit().await?;
        Ok(forgotten)
    }
}

impl Write {
    /// Forgets the exports of an event's organisation that search for somebody who is erased.
    pub(super) async fn forget_exports_about(&mut self, event: &Event, person: &Registrant) -> Result<(), StoreError> {
        let text = search_text(&person.first_name, &person.last_name, &person.canonical_email, person.external_id.as_deref());
        let rows = sqlx::query("SELECT id, request FROM exports WHERE organisation_id = $1").bind(&event.organisation_id);
        for row in rows.fetch_all(self.connection()).await? {
            let request: ExportRequest = from_json("export", &row.try_get::<String, _>("request")?)?;
            if is_about(&request.search, &text) {
                let forget = sqlx::query("DELETE FROM exports WHERE id = $1").bind(row.try_get::<String, _>("id")?);
                forget.execute(self.connection()).await?;
            }
        }
        Ok(())
    }
}
