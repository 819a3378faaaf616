//! Who waits and who is in the room, as their widgets say it.

use super::{Store, StoreError};
use curtain_up_protocol::{Presence, Timestamp};
use sqlx::Row;

/// Somebody who says that they are there.
pub struct Sign<'a> {
    /// Who.
    pub registrant: &'a str,
    /// At which event.
    pub event: &'a str,
    /// Where.
    pub place: Presence,
    /// On which device, as a hash.
    pub device: &'a str,
    /// Until when they count as there.
    pub until: Timestamp,
    /// Whether they take the seat from another device that has it.
    pub take: bool,
    /// Whether this is activity in the room of a live event.
    pub attends: bool,
}

impl Store {
    /// Takes down that somebody is there. `false` where another device has the seat and keeps it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn sign(&self, sign: &Sign<'_>, now: Timestamp) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let signed = sqlx::query(
            "INSERT INTO presence (registrant_id, event_id, place, device, until) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (registrant_id) DO UPDATE SET place = $3, device = $4, until = $5
             WHERE presence.device = $4 OR presence.until <= $6 OR $7 = 1",
        )
        .bind(sign.registrant)
        .bind(sign.event)
        .bind(match sign.place {
            Presence::Waiting => "waiting",
            Presence::Room => "room",
        })
        .bind(sign.device)
        .bind(sign.until.0)
        .bind(now.0)
        .bind(i64::from(sign.take))
        .execute(write.connection())
        .await?;
        if signed.rows_affected() == 0 {
            return Ok(false);
        }
        if sign.attends {
            let attend = "UPDATE registrants SET attended_at = $2 WHERE id = $1 AND attended_at IS NULL";
            sqlx::query(attend).bind(sign.registrant).bind(now.0).execute(write.connection()).await?;
        }
        write.commit().await?;
        Ok(true)
    }

    /// How many people are at an event: waiting or in the room.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn people_present(&self, event: &str, now: Timestamp) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) FROM presence WHERE event_id = $1 AND until > $2").bind(event).bind(now.0);
        Ok(row.fetch_one(&self.pool).await?.try_get(0)?)
    }

    /// The device that has somebody's seat now, as a hash.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn device_with_seat(&self, registrant: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT device FROM presence WHERE registrant_id = $1 AND until > $2").bind(registrant).bind(now.0);
        Ok(row.fetch_optional(&self.pool).await?.map(|row| row.try_get(0)).transpose()?)
    }
}
