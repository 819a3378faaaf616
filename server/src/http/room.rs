//! The room: its real address is told only to a pass, only when live.

use super::{context::Context, error::Error, slug::Slug};
use crate::{
    event_plan::is_https,
    store::{
        event::Event,
        registrant::{Registrant, Seat},
    },
    trust::pass::Pass,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderName, header},
};
use curtain_up_protocol::{Phase, Problem, RoomAnswer};

/// Where a pass leads: the room while the event is live, the replay after it.
#[utoipa::path(get, path = "/api/events/{slug}/room", tag = "registrant", params(("slug" = String, Path, description = "The event's slug")),
    security(("pass" = [])),
    responses((status = 200, body = RoomAnswer), (status = 401, body = Problem, description = "pass_refused"),
        (status = 404, body = Problem, description = "event_not_found"), (status = 503, body = Problem, description = "unavailable")))]
pub async fn room(
    State(context): State<Context>,
    Slug(slug): Slug,
    headers: HeaderMap,
) -> Result<([(HeaderName, &'static str); 1], Json<RoomAnswer>), Error> {
    let event = context.event(&slug).await?;
    let (_, answer) = follow(&context, event, bearer(&headers)).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)))
}

/// What a request bears.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}

/// Whose pass this is, and where it leads.
pub async fn follow(context: &Context, event: Event, token: Option<&str>) -> Result<(Registrant, RoomAnswer), Error> {
    let pass = token.and_then(|token| Pass::check(token, &context.secrets, context.clock.now())).ok_or(Error::PassRefused)?;
    if pass.event.to_string() != event.id {
        return Err(Error::PassRefused);
    }
    let registrant = context.store.registrant(&event.id, &pass.registrant.to_string()).await?;
    let registrant = registrant.filter(|registrant| registrant.seat == Seat::Confirmed).ok_or(Error::PassRefused)?;
    let answer = RoomAnswer {
        phase: event.phase,
        room: event.plan.room().filter(|_| event.phase == Phase::Live).cloned(),
        replay: event.plan.replay.filter(|replay| event.phase == Phase::Ended && is_https(replay)),
    };
    Ok((registrant, answer))
}
