//! A plan as a document again: for hosts who edit it, and to make another date from it.

use super::{EventPlan, EventPlanError};
use crate::civil_time::CivilTime;
use curtain_up_protocol::{
    Timestamp,
    desk::{DuplicateRequest, EventPlanDocument},
};

impl EventPlan {
    /// The document that describes this plan: parsed, it is this plan again.
    pub fn document(&self) -> EventPlanDocument {
        // A time within the years that chrono can name was read, and no other is kept.
        let civil = |at: Option<Timestamp>| at.and_then(|at| CivilTime::of(at, self.start.zone).ok());
        let (opens, closes) = (civil(self.opens_at), civil(self.closes_at));
        EventPlanDocument {
            slug: self.slug.clone(),
            title: self.title.clone(),
            description: self.description.clone(),
            language: self.language.clone(),
            host_email: self.host_email.clone(),
            start: self.start.text(),
            start_choice: self.start.choice(),
            zone: self.start.zone.name().to_owned(),
            duration_minutes: self.duration.num_minutes(),
            starts_by_itself: self.starts_by_itself,
            permalink: self.permalink.clone(),
            room: self.room.clone(),
            replay: self.replay.clone(),
            capacity: self.capacity,
            opens_at: opens.as_ref().map(CivilTime::text),
            opens_choice: opens.as_ref().and_then(CivilTime::choice),
            closes_at: closes.as_ref().map(CivilTime::text),
            closes_choice: closes.as_ref().and_then(CivilTime::choice),
            key_format: self.key_format,
            instant_entry: self.instant_entry,
            origins: self.origins.clone(),
            fields: self.fields.clone(),
            consents: self.consents.clone(),
            reminders_minutes: self.reminders.clone(),
            accent: self.look.accent.clone(),
            logo: self.look.logo.clone(),
            series: self.series.clone(),
            settings: self.settings.clone(),
        }
    }

    /// The plan of another date: registration opens and closes as long before its start as it does here.
    ///
    /// # Errors
    /// [`EventPlanError`], where the slug is none, or the start names no instant or two.
    pub fn copied(&self, request: DuplicateRequest) -> Result<Self, EventPlanError> {
        let document = self.document();
        let plan = Self::of(EventPlanDocument {
            slug: request.slug,
            title: request.title.unwrap_or(document.title.clone()),
            start: request.start,
            start_choice: request.choice,
            opens_at: None,
            opens_choice: None,
            closes_at: None,
            closes_choice: None,
            series: request.series.or(document.series.clone()),
            ..document
        })?;
        let later = plan.start.at - self.start.at;
        Ok(Self { opens_at: self.opens_at.map(|at| at + later), closes_at: self.closes_at.map(|at| at + later), ..plan })
    }
}
