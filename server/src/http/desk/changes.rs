//! What a host does with an event: start, end, cancel, move, postpone. Everybody is told by mail.

use super::{events::shown, guard::Who};
use crate::{
    civil_time::{CivilTime, CivilTimeError},
    event_plan::EventPlanError,
    http::{body::Body, context::Context, error::Error, slug::Slug},
    store::{change::Change, event::Event},
};
use axum::{Json, extract::State};
use curtain_up_protocol::{
    FieldCode, Timestamp,
    desk::{ChangeKind, ChangeRequest, DeskEvent, DeskProblem},
};

/// The furthest that an event is postponed at once, in minutes: ten years.
const FURTHEST: i64 = 10 * 366 * 24 * 60;

/// Starts, ends, cancels, moves or postpones an event, unless somebody else changed it meanwhile.
#[utoipa::path(post, path = "/api/desk/events/{slug}/change", tag = "desk: events", security(("session" = []), ("token" = ["write"])),
    request_body = ChangeRequest, params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 200, body = DeskEvent), (status = 404, body = DeskProblem, description = "event_not_found"),
        (status = 409, body = DeskProblem, description = "stale"), (status = 422, body = DeskProblem, description = "invalid_fields: start, zone, minutes")))]
pub async fn change(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    Body(request): Body<ChangeRequest>,
) -> Result<Json<DeskEvent>, Error> {
    let event = who.event(&context, &slug).await?;
    let now = context.clock.now();
    let change = asked(&event, &request, now)?;
    let event = context.store.change_event_of(&who.actor, &slug, &change, request.version, now).await?;
    context.bell.notify_one();
    Ok(Json(shown(&context, &event).await?))
}

fn asked(event: &Event, request: &ChangeRequest, now: Timestamp) -> Result<Change, Error> {
    match request.kind {
        ChangeKind::Start => Ok(Change::Start),
        ChangeKind::End => Ok(Change::End),
        ChangeKind::Cancel => Ok(Change::Cancel),
        ChangeKind::Move => {
            let start = request.start.as_deref().ok_or_else(|| Error::field("start", FieldCode::Required))?;
            let zone = request.zone.as_deref().unwrap_or_else(|| event.plan.start.zone.name());
            let start = CivilTime::parse_as(start, zone, request.choice).and_then(|start| start.to_come(now));
            start.map(Change::Move).map_err(refused)
        }
        ChangeKind::Postpone => {
            let minutes = request.minutes.ok_or_else(|| Error::field("minutes", FieldCode::Required))?;
            if !(1..=FURTHEST).contains(&minutes) {
                return Err(Error::field("minutes", FieldCode::OutOfRange));
            }
            event.plan.start.postponed(minutes, now).map(Change::Move).map_err(refused)
        }
    }
}

fn refused(error: CivilTimeError) -> Error {
    EventPlanError::from(error).into()
}
