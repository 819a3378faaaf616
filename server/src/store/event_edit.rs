//! Events, as hosts edit them at the desk: each deed is one transaction with the mails that follow from it and its
//! place in the trail.

use super::{
    Store, StoreError, Write,
    audit::{Actor, Deed},
    event::{Event, bind_plan, read},
    series::Series,
};
use crate::{
    event_plan::{EventPlan, NewDates},
    trust::secrets::Secrets,
};
use curtain_up_protocol::Timestamp;

impl Store {
    /// The events of an organisation, put away or not, in the order of their starts.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn events_of(&self, organisation: &str, archived: bool) -> Result<Vec<Event>, StoreError> {
        let rows = sqlx::query(
            "SELECT * FROM events WHERE organisation_id = $1 AND (CASE WHEN archived_at IS NULL THEN 0 ELSE 1 END) = $2
             ORDER BY starts_at, slug",
        );
        rows.bind(organisation).bind(i64::from(archived)).fetch_all(&self.pool).await?.iter().map(read).collect()
    }

    /// Adds an event of the actor's organisation.
    ///
    /// # Errors
    /// [`StoreError::SlugTaken`], [`StoreError::Database`].
    pub async fn plan_event(&self, actor: &Actor, plan: &EventPlan, now: Timestamp) -> Result<Event, StoreError> {
        let mut write = self.write().await?;
        write.name_series(&actor.organisation, plan, now).await?;
        let event = write.add_event(&actor.organisation, plan, now).await?;
        write.note(actor, &Deed::at("event_added", &plan.slug), now).await?;
        write.commit().await?;
        Ok(event)
    }

    /// Replaces the plan of an event, if it still is what the host looked at. Whoever gets a seat, or is to be told
    /// of another start, gets a mail.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::Stale`], [`StoreError::Database`].
    pub async fn edit_event(
        &self,
        actor: &Actor,
        plan: &EventPlan,
        version: i64,
        secrets: &Secrets,
        now: Timestamp,
    ) -> Result<Event, StoreError> {
        let mut write = self.write().await?;
        let before = write.lock_event_at(actor, &plan.slug, version).await?;
        let event = write.save_plan(&before, plan, now).await?;
        write.pass_on_attendance(&before, &event, secrets, now).await?;
        write.note(actor, &Deed::at("event_edited", &plan.slug), now).await?;
        write.commit().await?;
        Ok(event)
    }

    /// Makes another event, and makes both dates of a series where one is named.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::SlugTaken`], [`StoreError::NoSuchSeries`], [`StoreError::Database`].
    pub async fn duplicate_event(&self, actor: &Actor, slug: &str, plan: &EventPlan, now: Timestamp) -> Result<Event, StoreError> {
        let mut write = self.write().await?;
        let original = write.lock_event_of(actor, slug).await?;
        let event = write.add_copy(actor, &original, plan, now).await?;
        write.join_series(&original, plan.series.as_ref(), now).await?;
        write.commit().await?;
        Ok(event)
    }

    /// Makes other dates of an event, which becomes a date of their series: all of them or none.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::SlugsTaken`], [`StoreError::NoSuchSeries`], [`StoreError::Database`].
    pub async fn add_dates(&self, actor: &Actor, slug: &str, dates: &NewDates, now: Timestamp) -> Result<(Series, Vec<Event>), StoreError> {
        let mut write = self.write().await?;
        let original = write.lock_event_of(actor, slug).await?;
        let (mut events, mut taken) = (Vec::with_capacity(dates.plans.len()), Vec::new());
        for (place, plan) in dates.plans.iter().enumerate() {
            match write.add_copy(actor, &original, plan, now).await {
                Ok(event) => events.push(event),
                Err(StoreError::SlugTaken(slug)) => taken.push((place, slug)),
                Err(error) => return Err(error),
            }
        }
        if !taken.is_empty() {
            return Err(StoreError::SlugsTaken(taken));
        }
        write.join_series(&original, Some(&dates.series), now).await?;
        let series = write.series(&dates.series).await?;
        write.commit().await?;
        Ok((series, events))
    }

    /// Puts an event away, or takes it out again.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::Database`].
    pub async fn archive_event(&self, actor: &Actor, slug: &str, archived: bool, now: Timestamp) -> Result<Event, StoreError> {
        let mut write = self.write().await?;
        let event = write.lock_event_of(actor, slug).await?;
        let archived_at = archived.then_some(event.archived_at.unwrap_or(now));
        let set = sqlx::query("UPDATE events SET archived_at = $2 WHERE id = $1").bind(&event.id).bind(archived_at.map(|at| at.0));
        set.execute(write.connection()).await?;
        write.note(actor, &Deed::at(if archived { "event_archived" } else { "event_restored" }, slug), now).await?;
        write.commit().await?;
        Ok(Event { archived_at, ..event })
    }
}

impl Write {
    async fn add_copy(&mut self, actor: &Actor, original: &Event, plan: &EventPlan, now: Timestamp) -> Result<Event, StoreError> {
        self.name_series(&actor.organisation, plan, now).await?;
        let event = self.add_event(&actor.organisation, plan, now).await?;
        self.note(actor, &Deed { detail: &original.plan.slug, ..Deed::at("event_duplicated", &plan.slug) }, now).await?;
        Ok(event)
    }

    /// Makes an event a date of the series that its copies are dates of.
    async fn join_series(&mut self, original: &Event, series: Option<&String>, now: Timestamp) -> Result<(), StoreError> {
        if original.plan.series.as_ref() != series {
            let joined = EventPlan { series: series.cloned(), ..original.plan.clone() };
            self.save_plan(original, &joined, now).await?;
        }
        Ok(())
    }

    async fn save_plan(&mut self, before: &Event, plan: &EventPlan, now: Timestamp) -> Result<Event, StoreError> {
        let update = sqlx::query(
            "UPDATE events SET title = $2, description = $3, language = $4, host_email = $5, civil_start = $6, zone = $7,
                starts_at = $8, ends_at = $9, starts_by_itself = $10, permalink = $11, room_kind = $12, room_address = $13,
                replay = $14, capacity = $15, opens_at = $16, closes_at = $17, key_format = $18, instant_entry = $19,
                origins = $20, fields = $21, consents = $22, reminders = $23, accent = $24, logo = $25, settings = $26,
                version = version + 1
             WHERE slug = $1",
        );
        bind_plan(update, plan)?.execute(self.connection()).await?;
        self.name_series(&before.organisation_id, plan, now).await?;
        self.set_series(before, plan.series.as_deref()).await?;
        let event = self.event(&plan.slug).await?;
        if event.plan.reminders != before.plan.reminders {
            self.change_reminders(&event, now).await?;
        }
        if event.plan.capacity != before.plan.capacity {
            self.seat_waiting(&event, now).await?;
        }
        if event.plan.start == before.plan.start {
            return Ok(event);
        }
        self.move_event(&plan.slug, &plan.start).await?;
        let moved = self.event(&plan.slug).await?;
        self.tell_of_move(&moved, now).await?;
        Ok(moved)
    }
}
