//! The room: its real address is told only to a pass, only when live.

use super::{context::Context, error::Error, linked::around, slug::Slug};
use crate::{
    event_plan::is_https,
    store::{event::Event, registrant::Registrant},
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
    let (registrant, device) = holder(context, &event, token).await?;
    let (materials, rooms) = around(context, &event, &registrant).await?;
    let is_open = event.phase == Phase::Live && has_seat(context, &event, &registrant, device).await?;
    let answer = RoomAnswer {
        phase: event.phase,
        room: event.plan.room().filter(|_| is_open).cloned(),
        replay: event.plan.replay.filter(|replay| event.phase == Phase::Ended && is_https(replay)),
        materials,
        rooms,
    };
    Ok((registrant, answer))
}

/// Whose pass this is, and the device that it was given to.
pub async fn holder(context: &Context, event: &Event, token: Option<&str>) -> Result<(Registrant, u64), Error> {
    let pass = token.and_then(|token| Pass::check(token, &context.secrets, context.clock.now())).ok_or(Error::PassRefused)?;
    if pass.event.to_string() != event.id {
        return Err(Error::PassRefused);
    }
    let registrant = context.store.registrant(&event.id, &pass.registrant.to_string()).await?;
    let registrant = registrant.filter(|registrant| registrant.is_let_in(event)).ok_or(Error::PassRefused)?;
    Ok((registrant, pass.device))
}

/// Whether no other device has the seat, where a code lets in on one at a time.
async fn has_seat(context: &Context, event: &Event, person: &Registrant, device: u64) -> Result<bool, Error> {
    if !event.plan.settings.holds_to_one_device() {
        return Ok(true);
    }
    let here = context.secrets.scope("device", &[&device.to_string()]);
    Ok(context.store.device_with_seat(&person.id, context.clock.now()).await?.is_none_or(|device| device == here))
}
