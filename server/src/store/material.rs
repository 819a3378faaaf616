//! Materials: links beside the room.

use super::{Store, StoreError, Write, new_id};
use curtain_up_protocol::Timestamp;
use sqlx::{Row, any::AnyRow};

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

/// A link beside the room, as a host writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaterialPlan {
    /// What it is called.
    pub title: String,
    /// What it is; may be empty.
    pub description: String,
    /// Where it leads.
    pub target: Target,
    /// When it appears; at once where nothing is said.
    pub visible_from: Option<Timestamp>,
    /// When it goes away; never where nothing is said.
    pub visible_to: Option<Timestamp>,
}

/// Where a material leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To an `https:` address.
    Address(String),
    /// To another event of the organisation, by its slug.
    Event(String),
}

impl MaterialPlan {
    /// Whether people see it now.
    pub fn is_visible(&self, now: Timestamp) -> bool {
        self.visible_from.is_none_or(|from| from <= now) && self.visible_to.is_none_or(|to| now < to)
    }
}

impl Store {
    /// The materials of an event, in their order.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn materials(&self, event: &str) -> Result<Vec<StoredMaterial>, StoreError> {
        let rows = sqlx::query(
            "SELECT materials.*, events.slug AS to_slug FROM materials LEFT JOIN events ON events.id = materials.to_event_id
             WHERE event_id = $1 ORDER BY position, materials.id",
        )
        .bind(event);
        rows.fetch_all(&self.pool).await?.iter().map(read).collect()
    }

    /// Adds a material at a place among the others, or behind them. Returns its id.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::OtherOrganisation`], [`StoreError::Database`].
    pub async fn add_material(&self, slug: &str, plan: &MaterialPlan, position: Option<i64>) -> Result<String, StoreError> {
        let mut write = self.write().await?;
        let event = write.lock_event(slug).await?;
        let (address, to_event_id) = write.target(&event, &plan.target).await?;
        let id = new_id();
        sqlx::query(
            "INSERT INTO materials (id, event_id, position, title, description, address, to_event_id, visible_from, visible_to)
             SELECT $1, $2, COALESCE($3, MAX(position) + 1, 1), $4, $5, $6, $7, $8, $9 FROM materials WHERE event_id = $2",
        )
        .bind(&id)
        .bind(&event.id)
        .bind(position)
        .bind(&plan.title)
        .bind(&plan.description)
        .bind(address)
        .bind(to_event_id)
        .bind(plan.visible_from.map(|at| at.0))
        .bind(plan.visible_to.map(|at| at.0))
        .execute(write.connection())
        .await?;
        write.commit().await?;
        Ok(id)
    }

    /// Writes a material anew. `false` where the event has none with this id.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::OtherOrganisation`], [`StoreError::Database`].
    pub async fn change_material(&self, slug: &str, id: &str, plan: &MaterialPlan, position: i64) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let event = write.lock_event(slug).await?;
        let (address, to_event_id) = write.target(&event, &plan.target).await?;
        let changed = sqlx::query(
            "UPDATE materials SET position = $3, title = $4, description = $5, address = $6, to_event_id = $7, visible_from = $8, visible_to = $9
             WHERE id = $1 AND event_id = $2",
        )
        .bind(id)
        .bind(&event.id)
        .bind(position)
        .bind(&plan.title)
        .bind(&plan.description)
        .bind(address)
        .bind(to_event_id)
        .bind(plan.visible_from.map(|at| at.0))
        .bind(plan.visible_to.map(|at| at.0))
        .execute(write.connection())
        .await?;
        write.commit().await?;
        Ok(changed.rows_affected() == 1)
    }

    /// Takes a material away. `false` where the event has none with this id.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::Database`].
    pub async fn remove_material(&self, slug: &str, id: &str) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let event = write.lock_event(slug).await?;
        let delete = "DELETE FROM materials WHERE id = $1 AND event_id = $2";
        let removed = sqlx::query(delete).bind(id).bind(&event.id).execute(write.connection()).await?;
        write.commit().await?;
        Ok(removed.rows_affected() == 1)
    }
}

impl Write {
    async fn target(&mut self, event: &super::event::Event, target: &Target) -> Result<(Option<String>, Option<String>), StoreError> {
        match target {
            Target::Address(address) => Ok((Some(address.clone()), None)),
            Target::Event(slug) => {
                let there = self.event(slug).await?;
                let is_ours = there.organisation_id == event.organisation_id;
                if is_ours { Ok((None, Some(there.id))) } else { Err(StoreError::OtherOrganisation(slug.clone())) }
            }
        }
    }
}

fn read(row: &AnyRow) -> Result<StoredMaterial, StoreError> {
    let optional = |column: &str| row.try_get::<Option<String>, _>(column);
    let time = |column: &str| row.try_get::<Option<i64>, _>(column).map(|millis| millis.map(Timestamp));
    let target = match (optional("address")?, optional("to_slug")?) {
        (Some(address), _) => Target::Address(address),
        (None, Some(slug)) => Target::Event(slug),
        (None, None) => return Err(StoreError::Corrupt("material")),
    };
    let (visible_from, visible_to) = (time("visible_from")?, time("visible_to")?);
    let plan = MaterialPlan { title: row.try_get("title")?, description: row.try_get("description")?, target, visible_from, visible_to };
    Ok(StoredMaterial { id: row.try_get("id")?, position: row.try_get("position")?, plan })
}
