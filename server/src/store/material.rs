//! Materials: links beside the room.

use super::{
    Store, StoreError, Write,
    audit::{Actor, Deed},
    event::Event,
    new_id,
};
use crate::event_plan::MaterialPlan;
use curtain_up_protocol::{Timestamp, desk::MaterialTarget};
use sqlx::{Row, any::AnyRow};
use std::collections::BTreeSet;

/// A link beside the room, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredMaterial {
    /// The row's id.
    pub id: String,
    /// Its place among the others; the lowest first.
    pub position: i64,
    /// What the host wrote.
    pub plan: MaterialPlan,
}

/// What is done with an event's materials.
pub enum MaterialsChange<'a> {
    /// One more, at a place among the others, or behind them.
    Add(&'a MaterialPlan, Option<i64>),
    /// The one with this id is written anew, and stays where it is.
    Rewrite(&'a str, &'a MaterialPlan),
    /// The one with this id goes.
    Remove(&'a str),
    /// All of them, by their ids, in another order.
    Order(&'a [String]),
}

impl Store {
    /// The materials of an event, in their order.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn materials(&self, event: &str) -> Result<Vec<StoredMaterial>, StoreError> {
        sqlx::query(OF_AN_EVENT).bind(event).fetch_all(&self.pool).await?.iter().map(read).collect()
    }

    /// Changes an event's materials, if it still is what the host looked at. Returns the event and its materials.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::Stale`], [`StoreError::NoSuchMaterial`], [`StoreError::OtherMaterials`],
    /// [`StoreError::LeadsNowhere`], [`StoreError::Database`].
    pub async fn change_materials(
        &self,
        actor: &Actor,
        slug: &str,
        version: i64,
        change: MaterialsChange<'_>,
        now: Timestamp,
    ) -> Result<(Event, Vec<StoredMaterial>), StoreError> {
        let mut write = self.write().await?;
        let event = write.lock_event_at(actor, slug, version).await?;
        let action = match change {
            MaterialsChange::Add(plan, position) => {
                write.add_material(&event, plan, position).await?;
                "material_added"
            }
            MaterialsChange::Rewrite(id, plan) => {
                write.rewrite_material(&event, id, plan).await?;
                "material_changed"
            }
            MaterialsChange::Remove(id) => {
                write.remove_material(&event, id).await?;
                "material_removed"
            }
            MaterialsChange::Order(ids) => {
                write.order_materials(&event, ids).await?;
                "materials_ordered"
            }
        };
        sqlx::query("UPDATE events SET version = version + 1 WHERE id = $1").bind(&event.id).execute(write.connection()).await?;
        write.note(actor, &Deed::at(action, slug), now).await?;
        let (event, materials) = (write.event(slug).await?, write.materials(&event).await?);
        write.commit().await?;
        Ok((event, materials))
    }
}

const OF_AN_EVENT: &str = "SELECT materials.*, events.slug AS to_slug FROM materials LEFT JOIN events ON events.id = materials.to_event_id
     WHERE event_id = $1 ORDER BY position, materials.id";

impl Write {
    async fn materials(&mut self, event: &Event) -> Result<Vec<StoredMaterial>, StoreError> {
        sqlx::query(OF_AN_EVENT).bind(&event.id).fetch_all(self.connection()).await?.iter().map(read).collect()
    }

    async fn add_material(&mut self, event: &Event, plan: &MaterialPlan, position: Option<i64>) -> Result<(), StoreError> {
        let (address, to_event_id) = self.target(event, &plan.target).await?;
        sqlx::query(
            "INSERT INTO materials (id, event_id, position, title, description, address, to_event_id, visible_from, visible_to)
             SELECT $1, $2, COALESCE($3, MAX(position) + 1, 1), $4, $5, $6, $7, $8, $9 FROM materials WHERE event_id = $2",
        )
        .bind(new_id())
        .bind(&event.id)
        .bind(position)
        .bind(&plan.title)
        .bind(&plan.description)
        .bind(address)
        .bind(to_event_id)
        .bind(plan.visible_from.map(|at| at.0))
        .bind(plan.visible_to.map(|at| at.0))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn rewrite_material(&mut self, event: &Event, id: &str, plan: &MaterialPlan) -> Result<(), StoreError> {
        let (address, to_event_id) = self.target(event, &plan.target).await?;
        let changed = sqlx::query(
            "UPDATE materials SET title = $3, description = $4, address = $5, to_event_id = $6, visible_from = $7, visible_to = $8
             WHERE id = $1 AND event_id = $2",
        )
        .bind(id)
        .bind(&event.id)
        .bind(&plan.title)
        .bind(&plan.description)
        .bind(address)
        .bind(to_event_id)
        .bind(plan.visible_from.map(|at| at.0))
        .bind(plan.visible_to.map(|at| at.0))
        .execute(self.connection())
        .await?;
        if changed.rows_affected() == 1 { Ok(()) } else { Err(StoreError::NoSuchMaterial(event.plan.slug.clone())) }
    }

    async fn remove_material(&mut self, event: &Event, id: &str) -> Result<(), StoreError> {
        let delete = "DELETE FROM materials WHERE id = $1 AND event_id = $2";
        let removed = sqlx::query(delete).bind(id).bind(&event.id).execute(self.connection()).await?;
        if removed.rows_affected() == 1 { Ok(()) } else { Err(StoreError::NoSuchMaterial(event.plan.slug.clone())) }
    }

    async fn order_materials(&mut self, event: &Event, ids: &[String]) -> Result<(), StoreError> {
        let known: BTreeSet<String> = self.materials(event).await?.into_iter().map(|known| known.id).collect();
        if known.len() != ids.len() || known != ids.iter().cloned().collect() {
            return Err(StoreError::OtherMaterials);
        }
        for (id, position) in ids.iter().zip(1_i64..) {
            sqlx::query("UPDATE materials SET position = $2 WHERE id = $1").bind(id).bind(position).execute(self.connection()).await?;
        }
        Ok(())
    }

    async fn target(&mut self, event: &Event, target: &MaterialTarget) -> Result<(Option<String>, Option<String>), StoreError> {
        match target {
            MaterialTarget::Address(address) => Ok((Some(address.clone()), None)),
            MaterialTarget::Event(slug) => {
                let there = self.event(slug).await.map_err(|error| match error {
                    StoreError::NoSuchEvent(slug) => StoreError::LeadsNowhere(slug),
                    error => error,
                })?;
                let is_ours = there.organisation_id == event.organisation_id;
                if is_ours { Ok((None, Some(there.id))) } else { Err(StoreError::LeadsNowhere(slug.clone())) }
            }
        }
    }
}

fn read(row: &AnyRow) -> Result<StoredMaterial, StoreError> {
    let optional = |column: &str| row.try_get::<Option<String>, _>(column);
    let time = |column: &str| row.try_get::<Option<i64>, _>(column).map(|millis| millis.map(Timestamp));
    let target = match (optional("address")?, optional("to_slug")?) {
        (Some(address), _) => MaterialTarget::Address(address),
        (None, Some(slug)) => MaterialTarget::Event(slug),
        (None, None) => return Err(StoreError::Corrupt("material")),
    };
    let (visible_from, visible_to) = (time("visible_from")?, time("visible_to")?);
    let plan = MaterialPlan { title: row.try_get("title")?, description: row.try_get("description")?, target, visible_from, visible_to };
    Ok(StoredMaterial { id: row.try_get("id")?, position: row.try_get("position")?, plan })
}
