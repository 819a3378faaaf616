//! Several dates of an event at once, and the series that they make.

use super::events::line;
use super::guard::Who;
use super::snippet::Snippet;
use crate::{
    http::{body::Body, context::Context, error::Error, slug::Slug},
    store::{StoreError, event_numbers::SeatCounts, series::Series},
};
use axum::{Json, extract::State, http::StatusCode};
use curtain_up_protocol::{
    FieldCode, FieldProblem,
    desk::{DatesAnswer, DatesRequest, DeskProblem, SeriesPage},
};

/// Makes other dates of this event, all of them or none. The event becomes a date of their series too.
#[utoipa::path(post, path = "/api/desk/events/{slug}/dates", tag = "desk: events", security(("session" = []), ("token" = ["write"])),
    request_body = DatesRequest, params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 201, body = DatesAnswer), (status = 404, body = DeskProblem, description = "event_not_found"),
        (status = 422, body = DeskProblem,
            description = "invalid_fields: dates, series, and by their place `dates.0.slug`, `dates.0.start`. `impossible_time` and `ambiguous_time` are resolved by POST /civil-time")))]
pub async fn add(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    Body(request): Body<DatesRequest>,
) -> Result<(StatusCode, Json<DatesAnswer>), Error> {
    let original = who.event(&context, &slug).await?;
    let dates = original.plan.dates(request).map_err(|error| Error::InvalidFields(error.fields()))?;
    let now = context.clock.now();
    let (series, events) = context.store.add_dates(&who.actor, &slug, &dates, now).await.map_err(|error| match error {
        StoreError::SlugsTaken(taken) => Error::InvalidFields(taken.iter().map(|(place, _)| taken_at(*place)).collect()),
        error => error.into(),
    })?;
    let dates = events.iter().map(|event| line(event, SeatCounts::default(), now)).collect();
    Ok((StatusCode::CREATED, Json(DatesAnswer { dates, series: page(&context, series) })))
}

/// Where people choose among its dates.
pub fn page(context: &Context, series: Series) -> SeriesPage {
    let public_url = &context.config.public_url;
    let address = format!("{public_url}/s/{}", series.plan.slug);
    let snippet = Snippet { public_url, event: &address, page: &address, title: &series.plan.title }.html();
    SeriesPage { slug: series.plan.slug, title: series.plan.title, address, snippet }
}

fn taken_at(place: usize) -> FieldProblem {
    FieldProblem { field: format!("dates.{place}.slug"), code: FieldCode::Taken }
}
