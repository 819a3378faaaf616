//! Events, as hosts list, make and edit them.

use super::{dates, guard::Who, snippet::Snippet};
use crate::{
    civil_time::{CivilTime, CivilTimeError},
    event_plan::EventPlan,
    http::{body::Body, context::Context, error::Error, slug::Slug},
    store::{event::Event, event_numbers::SeatCounts},
};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
};
use curtain_up_protocol::{
    FieldCode, Phase,
    desk::{
        ArchiveRequest, CivilTimeAnswer, CivilTimeRequest, DeskEvent, DeskProblem, DuplicateRequest, EditRequest, EventLine, EventList,
        EventNumbers, EventPlanDocument,
    },
};
use serde::Deserialize;

/// Which events.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Which {
    #[serde(default)]
    archived: bool,
}

/// The events of the organisation: those to come, the next first, then those that are over, the latest first.
#[utoipa::path(get, path = "/api/desk/events", tag = "desk: events", security(("session" = []), ("token" = ["read"])),
    params(("archived" = Option<bool>, Query, description = "Those that were put away, instead of the others")),
    responses((status = 200, body = EventList)))]
pub async fn list(State(context): State<Context>, who: Who, which: Result<Query<Which>, QueryRejection>) -> Result<Json<EventList>, Error> {
    let Query(which) = which.map_err(|_| Error::InvalidRequest("archived".to_owned()))?;
    let now = context.clock.now();
    let organisation = &who.actor.organisation;
    let counts = context.store.seat_counts(organisation).await?;
    let (mut to_come, mut over): (Vec<Event>, Vec<Event>) = context
        .store
        .events_of(organisation, which.archived)
        .await?
        .into_iter()
        .partition(|event| matches!(event.phase, Phase::Scheduled | Phase::Live));
    over.reverse();
    to_come.append(&mut over);
    let line = |event: &Event| line(event, counts.get(&event.id).copied().unwrap_or_default(), now);
    Ok(Json(EventList { events: to_come.iter().map(line).collect(), now }))
}

/// An event in a list.
pub fn line(event: &Event, seats: SeatCounts, now: curtain_up_protocol::Timestamp) -> EventLine {
    EventLine {
        slug: event.plan.slug.clone(),
        title: event.plan.title.clone(),
        phase: event.phase,
        start: event.plan.start.text(),
        zone: event.plan.start.zone.name().to_owned(),
        starts_at: event.plan.start.at,
        ends_at: event.plan.ends_at(),
        capacity: event.plan.capacity,
        admission: event.admission(seats.confirmed, now),
        series: event.plan.series.clone(),
        archived: event.archived_at.is_some(),
        version: event.version,
        confirmed: seats.confirmed,
        waiting_list: seats.waiting_list,
        attended: seats.attended,
    }
}

/// Adds an event.
#[utoipa::path(post, path = "/api/desk/events", tag = "desk: events", security(("session" = []), ("token" = ["write"])),
    request_body = EventPlanDocument,
    responses((status = 201, body = DeskEvent), (status = 422, body = DeskProblem,
        description = "invalid_fields: by the parts of the plan. `impossible_time` and `ambiguous_time` are resolved by POST /civil-time")))]
pub async fn add(
    State(context): State<Context>,
    who: Who,
    Body(document): Body<EventPlanDocument>,
) -> Result<(StatusCode, Json<DeskEvent>), Error> {
    let event = context.store.plan_event(&who.actor, &planned(document)?, context.clock.now()).await?;
    Ok((StatusCode::CREATED, Json(shown(&context, &event).await?)))
}

/// An event, with all that its host wrote.
#[utoipa::path(get, path = "/api/desk/events/{slug}", tag = "desk: events", security(("session" = []), ("token" = ["read"])),
    params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 200, body = DeskEvent), (status = 404, body = DeskProblem, description = "event_not_found")))]
pub async fn event(State(context): State<Context>, who: Who, Slug(slug): Slug) -> Result<Json<DeskEvent>, Error> {
    Ok(Json(shown(&context, &who.event(&context, &slug).await?).await?))
}

/// How many there are of what.
#[utoipa::path(get, path = "/api/desk/events/{slug}/numbers", tag = "desk: events", security(("session" = []), ("token" = ["read"])),
    params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 200, body = EventNumbers), (status = 404, body = DeskProblem, description = "event_not_found")))]
pub async fn numbers(State(context): State<Context>, who: Who, Slug(slug): Slug) -> Result<Json<EventNumbers>, Error> {
    Ok(Json(count(&context, &who.event(&context, &slug).await?).await?))
}

/// Replaces an event's plan, unless somebody else changed the event meanwhile.
#[utoipa::path(put, path = "/api/desk/events/{slug}", tag = "desk: events", security(("session" = []), ("token" = ["write"])),
    request_body = EditRequest, params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 200, body = DeskEvent), (status = 404, body = DeskProblem, description = "event_not_found"),
        (status = 409, body = DeskProblem, description = "stale"), (status = 422, body = DeskProblem, description = "invalid_fields")))]
pub async fn edit(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    Body(request): Body<EditRequest>,
) -> Result<Json<DeskEvent>, Error> {
    let before = who.event(&context, &slug).await?;
    if request.plan.slug != slug {
        return Err(Error::field("slug", FieldCode::InvalidValue));
    }
    let (plan, now) = (planned(request.plan)?, context.clock.now());
    if request.version == before.version {
        plan.may_replace(&before.plan, now)?;
    }
    let event = context.store.edit_event(&who.actor, &plan, request.version, &context.secrets, now).await?;
    context.bell.notify_one();
    Ok(Json(shown(&context, &event).await?))
}

/// Makes another event from this one: another date, or the next of its kind.
#[utoipa::path(post, path = "/api/desk/events/{slug}/duplicate", tag = "desk: events", security(("session" = []), ("token" = ["write"])),
    request_body = DuplicateRequest, params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 201, body = DeskEvent), (status = 404, body = DeskProblem, description = "event_not_found"),
        (status = 422, body = DeskProblem, description = "invalid_fields")))]
pub async fn duplicate(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    Body(request): Body<DuplicateRequest>,
) -> Result<(StatusCode, Json<DeskEvent>), Error> {
    let original = who.event(&context, &slug).await?;
    let plan = original.plan.copied(request)?;
    let event = context.store.duplicate_event(&who.actor, &slug, &plan, context.clock.now()).await?;
    Ok((StatusCode::CREATED, Json(shown(&context, &event).await?)))
}

/// Puts an event away, or takes it out again.
#[utoipa::path(post, path = "/api/desk/events/{slug}/archive", tag = "desk: events", security(("session" = []), ("token" = ["write"])),
    request_body = ArchiveRequest, params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 200, body = DeskEvent), (status = 404, body = DeskProblem, description = "event_not_found")))]
pub async fn archive(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    Body(request): Body<ArchiveRequest>,
) -> Result<Json<DeskEvent>, Error> {
    who.event(&context, &slug).await?;
    let event = context.store.archive_event(&who.actor, &slug, request.archived, context.clock.now()).await?;
    Ok(Json(shown(&context, &event).await?))
}

/// Which instants a civil time names: what to choose from, where a plan was refused for its time.
#[utoipa::path(post, path = "/api/desk/civil-time", tag = "desk: events", security(("session" = []), ("token" = ["write"])),
    request_body = CivilTimeRequest,
    responses((status = 200, body = CivilTimeAnswer), (status = 422, body = DeskProblem, description = "invalid_fields: civil, zone")))]
pub async fn civil_time(_: Who, Body(asked): Body<CivilTimeRequest>) -> Result<Json<CivilTimeAnswer>, Error> {
    CivilTime::choices(&asked.civil, &asked.zone).map(Json).map_err(|error| match error {
        CivilTimeError::UnknownZone(_) => Error::field("zone", FieldCode::InvalidValue),
        _ => Error::field("civil", FieldCode::InvalidValue),
    })
}

/// A plan that keeps all rules.
pub fn planned(document: EventPlanDocument) -> Result<EventPlan, Error> {
    Ok(EventPlan::of(document)?)
}

/// An event as its page shows it.
pub async fn shown(context: &Context, event: &Event) -> Result<DeskEvent, Error> {
    let public_url = &context.config.public_url;
    let permalink = event.permalink(public_url);
    let hosted_page = format!("{public_url}/e/{}", event.plan.slug);
    let series = match &event.plan.series {
        Some(series) => Some(dates::page(context, context.store.series(series).await?)),
        None => None,
    };
    Ok(DeskEvent {
        plan: event.plan.document(),
        version: event.version,
        phase: event.phase,
        admission: context.admission(event).await?,
        starts_at: event.plan.start.at,
        ends_at: event.plan.ends_at(),
        snippet: Snippet { public_url, event: &hosted_page, page: permalink.as_str(), title: &event.plan.title }.html(),
        permalink: permalink.as_str().to_owned(),
        hosted_page,
        series,
        archived: event.archived_at.is_some(),
        numbers: count(context, event).await?,
    })
}

async fn count(context: &Context, event: &Event) -> Result<EventNumbers, Error> {
    let failed_guesses = context.store.failed_guesses(&event.id, &context.secrets).await?;
    Ok(context.store.event_numbers(event, failed_guesses, context.clock.now()).await?)
}
