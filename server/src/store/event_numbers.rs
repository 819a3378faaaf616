//! How many there are of what, at an event: polled while a host looks at it, so every count is read from an index.

use super::{Store, StoreError, from_name};
use crate::store::event::Event;
use curtain_up_protocol::{
    Timestamp,
    desk::{EventNumbers, MailCounts, MailStatus, Seat},
};
use sqlx::Row;
use std::collections::HashMap;

/// How many have which seat, and how many came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeatCounts {
    /// With a seat.
    pub confirmed: i64,
    /// Waiting for one.
    pub waiting_list: i64,
    /// Who cancelled.
    pub cancelled: i64,
    /// Who were in the room.
    pub attended: i64,
}

impl SeatCounts {
    fn add(&mut self, seat: Seat, count: i64) {
        match seat {
            Seat::Confirmed => self.confirmed += count,
            Seat::WaitingList => self.waiting_list += count,
            Seat::Cancelled => self.cancelled += count,
            Seat::Anonymous => {}
        }
    }
}

impl Store {
    /// The counts of seats of all events of an organisation, by the events' ids.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn seat_counts(&self, organisation: &str) -> Result<HashMap<String, SeatCounts>, StoreError> {
        let mut counts: HashMap<String, SeatCounts> = HashMap::new();
        let seats = sqlx::query(
            "SELECT event_id, seat, COUNT(*) FROM registrants
             WHERE event_id IN (SELECT id FROM events WHERE organisation_id = $1) GROUP BY event_id, seat",
        );
        for row in seats.bind(organisation).fetch_all(&self.pool).await? {
            let seat = from_name("seat", &row.try_get::<String, _>(1)?)?;
            counts.entry(row.try_get(0)?).or_default().add(seat, row.try_get(2)?);
        }
        let attended = sqlx::query(
            "SELECT event_id, COUNT(*) FROM registrants
             WHERE event_id IN (SELECT id FROM events WHERE organisation_id = $1) AND attended_at IS NOT NULL GROUP BY event_id",
        );
        for row in attended.bind(organisation).fetch_all(&self.pool).await? {
            counts.entry(row.try_get(0)?).or_default().attended = row.try_get(1)?;
        }
        Ok(counts)
    }

    /// The numbers of an event; how many guesses failed is counted elsewhere.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn event_numbers(&self, event: &Event, failed_guesses: i64, now: Timestamp) -> Result<EventNumbers, StoreError> {
        let mut seats = SeatCounts::default();
        let rows = sqlx::query("SELECT seat, COUNT(*) FROM registrants WHERE event_id = $1 GROUP BY seat").bind(&event.id);
        for row in rows.fetch_all(&self.pool).await? {
            seats.add(from_name("seat", &row.try_get::<String, _>(0)?)?, row.try_get(1)?);
        }
        let attended =
            self.one_count("SELECT COUNT(*) FROM registrants WHERE event_id = $1 AND attended_at IS NOT NULL", &event.id).await?;
        let (mut waiting, mut present) = (0, 0);
        let places = sqlx::query("SELECT place, COUNT(*) FROM presence WHERE event_id = $1 AND until > $2 GROUP BY place");
        for row in places.bind(&event.id).bind(now.0).fetch_all(&self.pool).await? {
            let count: i64 = row.try_get(1)?;
            if row.try_get::<String, _>(0)? == "room" { present += count } else { waiting += count }
        }
        let (mails, bounce_rate) = self.mail_counts(&event.id).await?;
        Ok(EventNumbers {
            phase: event.phase,
            version: event.version,
            confirmed: seats.confirmed,
            waiting_list: seats.waiting_list,
            cancelled: seats.cancelled,
            attended,
            waiting,
            present,
            mails,
            bounce_rate,
            failed_guesses,
            now,
        })
    }

    async fn mail_counts(&self, event: &str) -> Result<(MailCounts, f64), StoreError> {
        let mut counts = MailCounts::new();
        // By kind too, since the index is in that order: nothing has to be sorted.
        let rows = sqlx::query("SELECT state, COUNT(*) FROM outbox WHERE event_id = $1 GROUP BY kind, state").bind(event);
        for row in rows.fetch_all(&self.pool).await? {
            let state = from_name("state of a mail", &row.try_get::<String, _>(0)?)?;
            *counts.entry(state).or_default() += row.try_get::<i64, _>(1)?;
        }
        let of = |counts: &MailCounts, state| counts.get(&state).copied().unwrap_or_default();
        let (arrived, bounced) = (of(&counts, MailStatus::Delivered), of(&counts, MailStatus::Bounced));
        let clicked = self.one_count("SELECT COUNT(*) FROM outbox WHERE event_id = $1 AND clicked_at IS NOT NULL", event).await?;
        let opened = self
            .one_count("SELECT COUNT(*) FROM outbox WHERE event_id = $1 AND clicked_at IS NULL AND opened_at IS NOT NULL", event)
            .await?;
        // What was opened and followed had arrived, and is counted as the furthest that it came.
        counts.insert(MailStatus::Delivered, (arrived - clicked - opened).max(0));
        counts.insert(MailStatus::Clicked, clicked);
        counts.insert(MailStatus::Opened, opened);
        counts.retain(|_, count| *count > 0);
        let settled = arrived + bounced;
        let rate = if settled > 0 { bounced as f64 / settled as f64 } else { 0.0 };
        Ok((counts, rate))
    }

    async fn one_count(&self, count: &'static str, event: &str) -> Result<i64, StoreError> {
        Ok(sqlx::query(count).bind(event).fetch_one(&self.pool).await?.try_get(0)?)
    }
}
