//! The public document of a series: its dates, each as an event document, so that a form for any of them can be shown at once.

use super::{context::Context, error::Error, slug::Slug};
use axum::{
    Json,
    extract::State,
    http::{HeaderName, header},
};
use curtain_up_protocol::{Problem, SeriesDocument};

/// What anybody may know of a series and of the dates that it offers.
#[utoipa::path(get, path = "/api/series/{slug}", tag = "event", params(("slug" = String, Path, description = "The series' slug")),
    responses((status = 200, body = SeriesDocument), (status = 404, body = Problem, description = "event_not_found")))]
pub async fn document(
    State(context): State<Context>,
    Slug(slug): Slug,
) -> Result<([(HeaderName, &'static str); 1], Json<SeriesDocument>), Error> {
    let (series, events) = context.series(&slug).await?;
    let mut dates = Vec::with_capacity(events.len());
    for event in events {
        let admission = context.admission(&event).await?;
        dates.push(event.document(admission, &context.config.public_url, context.clock.now()));
    }
    Ok(([(header::CACHE_CONTROL, "public, max-age=1, stale-while-revalidate=5")], Json(series.document(dates))))
}
