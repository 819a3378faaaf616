//! Series: several events that are dates of the same thing. Each date is an event of its own.

use super::{
    Store, StoreError, Write,
    audit::{Actor, Deed},
    event::{DEFAULT_ORGANISATION, Event, read},
};
use crate::event_plan::{EventPlan, SeriesPlan};
use curtain_up_protocol::{Phase, SeriesDocument, Timestamp};
use sqlx::{Row, any::AnyRow};

/// A series as it is stored.
#[derive(Clone, Debug)]
pub struct Series {
    /// Whose it is.
    pub organisation_id: String,
    /// What the host planned.
    pub plan: SeriesPlan,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Series {
    /// What anybody may know of it; `dates` are those that are offered.
    pub fn document(&self, dates: Vec<curtain_up_protocol::EventDocument>) -> SeriesDocument {
        let SeriesPlan { slug, title, description, language } = self.plan.clone();
        SeriesDocument { slug, title, description, language, dates }
    }
}

/// The dates that people are offered: those that are still to come or going on; once there are none, the last one, so
/// that its page can say so.
pub fn offered(dates: Vec<Event>) -> Vec<Event> {
    let (ahead, over): (Vec<Event>, Vec<Event>) = dates.into_iter().partition(|date| matches!(date.phase, Phase::Scheduled | Phase::Live));
    if ahead.is_empty() { over.into_iter().last().into_iter().collect() } else { ahead }
}

impl Store {
    /// Adds a series of the [`DEFAULT_ORGANISATION`] for somebody at the command line.
    ///
    /// # Errors
    /// [`StoreError::SeriesTaken`], [`StoreError::Database`].
    pub async fn add_series(&self, plan: &SeriesPlan, now: Timestamp) -> Result<Series, StoreError> {
        self.add_series_of(DEFAULT_ORGANISATION, plan, now).await
    }

    /// Adds a series of an organisation.
    ///
    /// # Errors
    /// [`StoreError::SeriesTaken`], [`StoreError::Database`].
    pub async fn add_series_of(&self, organisation: &str, plan: &SeriesPlan, now: Timestamp) -> Result<Series, StoreError> {
        let mut write = self.write().await?;
        if !write.insert_series(organisation, plan, now).await? {
            return Err(StoreError::SeriesTaken(plan.slug.clone()));
        }
        write.note(&Actor::command_line(organisation), &Deed { detail: &plan.slug, ..Deed::new("series_added") }, now).await?;
        write.commit().await?;
        Ok(Series { organisation_id: organisation.to_owned(), plan: plan.clone(), created_at: now })
    }

    /// The series with this slug.
    ///
    /// # Errors
    /// [`StoreError::NoSuchSeries`], [`StoreError::Database`].
    pub async fn series(&self, slug: &str) -> Result<Series, StoreError> {
        let row = sqlx::query("SELECT * FROM series WHERE slug = $1").bind(slug).fetch_optional(&self.pool).await?;
        row.as_ref().map(read_series).transpose()?.ok_or_else(|| StoreError::NoSuchSeries(slug.to_owned()))
    }

    /// All series, by their slugs.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn all_series(&self) -> Result<Vec<Series>, StoreError> {
        let rows = sqlx::query("SELECT * FROM series ORDER BY slug").fetch_all(&self.pool).await?;
        rows.iter().map(read_series).collect()
    }

    /// All dates of a series, the earliest first.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn dates(&self, series: &str) -> Result<Vec<Event>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM events WHERE series = $1 ORDER BY starts_at, slug").bind(series).fetch_all(&self.pool).await?;
        rows.iter().map(read).collect()
    }

    /// Makes an event a date of a series of the same organisation, or of none any longer, for somebody at the command line.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::NoSuchSeries`], [`StoreError::Database`].
    pub async fn set_series(&self, event: &str, series: Option<&str>, now: Timestamp) -> Result<Event, StoreError> {
        let mut write = self.write().await?;
        let found = write.event(event).await?;
        write.set_series(&found, series).await?;
        let event = write.event(event).await?;
        write.note_command(&event, "series_changed", series.unwrap_or_default(), now).await?;
        write.commit().await?;
        Ok(event)
    }
}

impl Write {
    /// The series with this slug, read within this transaction.
    pub(super) async fn series(&mut self, slug: &str) -> Result<Series, StoreError> {
        let row = sqlx::query("SELECT * FROM series WHERE slug = $1").bind(slug).fetch_optional(self.connection()).await?;
        row.as_ref().map(read_series).transpose()?.ok_or_else(|| StoreError::NoSuchSeries(slug.to_owned()))
    }

    /// Makes the series that a plan names, after the event, where there is none yet: at the desk, naming it is enough.
    pub(super) async fn name_series(&mut self, organisation: &str, plan: &EventPlan, now: Timestamp) -> Result<(), StoreError> {
        let Some(slug) = &plan.series else { return Ok(()) };
        let series = SeriesPlan {
            slug: slug.clone(),
            title: plan.title.clone(),
            description: plan.description.clone(),
            language: plan.language.clone(),
        };
        self.insert_series(organisation, &series, now).await?;
        Ok(())
    }

    /// Tells whether it was new.
    async fn insert_series(&mut self, organisation: &str, plan: &SeriesPlan, now: Timestamp) -> Result<bool, StoreError> {
        let added = sqlx::query(
            "INSERT INTO series (slug, organisation_id, title, description, language, created_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (slug) DO NOTHING",
        )
        .bind(&plan.slug)
        .bind(organisation)
        .bind(&plan.title)
        .bind(&plan.description)
        .bind(&plan.language)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(added.rows_affected() == 1)
    }

    /// Makes an event a date of a series within this transaction.
    pub(super) async fn set_series(&mut self, event: &Event, series: Option<&str>) -> Result<(), StoreError> {
        if let Some(slug) = series {
            let of_the_same = sqlx::query("SELECT slug FROM series WHERE slug = $1 AND organisation_id = $2").bind(slug);
            let found = of_the_same.bind(&event.organisation_id).fetch_optional(self.connection()).await?;
            found.ok_or_else(|| StoreError::NoSuchSeries(slug.to_owned()))?;
        }
        let set = sqlx::query("UPDATE events SET series = $2 WHERE id = $1").bind(&event.id).bind(series);
        set.execute(self.connection()).await?;
        Ok(())
    }
}

fn read_series(row: &AnyRow) -> Result<Series, StoreError> {
    let text = |column: &str| row.try_get::<String, _>(column);
    Ok(Series {
        organisation_id: text("organisation_id")?,
        plan: SeriesPlan { slug: text("slug")?, title: text("title")?, description: text("description")?, language: text("language")? },
        created_at: Timestamp(row.try_get("created_at")?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event_plan::EventPlan;

    #[test]
    fn what_is_over_is_not_offered_unless_nothing_else_is_left() {
        let date = |slug: &str, phase| {
            let plan = EventPlan { slug: slug.into(), ..EventPlan::default() };
            Event { phase, ..Event::planned(plan, Timestamp(0)) }
        };
        let slugs = |dates: Vec<Event>| offered(dates).into_iter().map(|date| date.plan.slug).collect::<Vec<_>>();
        let over = || vec![date("a", Phase::Ended), date("b", Phase::Cancelled)];
        assert_eq!(slugs([over(), vec![date("c", Phase::Live), date("d", Phase::Scheduled)]].concat()), ["c", "d"]);
        assert_eq!(slugs(over()), ["b"]);
        assert!(slugs(Vec::new()).is_empty());
    }
}
