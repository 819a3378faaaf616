//! The public event document and the tiny state that waiting people poll.

use super::{context::Context, error::Error, slug::Slug};
use axum::{
    Json,
    extract::State,
    http::{HeaderName, header},
};
use curtain_up_protocol::{EventDocument, Problem, StateDocument};

type Cached<T, const N: usize> = ([(HeaderName, &'static str); N], Json<T>);

/// What anybody may know of an event.
#[utoipa::path(get, path = "/api/events/{slug}", tag = "event", params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 200, body = EventDocument), (status = 404, body = Problem, description = "event_not_found")))]
pub async fn document(State(context): State<Context>, Slug(slug): Slug) -> Result<Cached<EventDocument, 1>, Error> {
    let event = context.event(&slug).await?;
    let admission = context.admission(&event).await?;
    let document = event.document(admission, &context.config.public_url, context.clock.now());
    Ok(([(header::CACHE_CONTROL, "public, max-age=1, stale-while-revalidate=5")], Json(document)))
}

/// Where an event stands. Any cache may carry the crowd; `Age` tells how old the answer's clock is.
#[utoipa::path(get, path = "/api/events/{slug}/state.json", tag = "event", params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 200, body = StateDocument), (status = 404, body = Problem, description = "event_not_found")))]
pub async fn state(State(context): State<Context>, Slug(slug): Slug) -> Result<Cached<StateDocument, 2>, Error> {
    let event = context.event(&slug).await?;
    let headers =
        [(header::CACHE_CONTROL, "public, max-age=1, stale-while-revalidate=5"), (HeaderName::from_static("timing-allow-origin"), "*")];
    Ok((headers, Json(event.state(context.clock.now()))))
}
