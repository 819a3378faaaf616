//! Who is there: widgets say so now and then, and are told when to say so again.

use super::{
    body::Body,
    context::Context,
    error::Error,
    linked::around,
    room::{bearer, holder},
    slug::Slug,
};
use crate::store::{
    event::Event,
    presence::Sign,
    registrant::{Registrant, Seat},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderName, header},
};
use chrono::TimeDelta;
use curtain_up_protocol::{Phase, Presence, PresenceAnswer, PresenceRequest, Problem};

/// How many requests a second the whole crowd may cost.
const A_SECOND: i64 = 5;
/// The shortest time between two signs of one widget.
const SHORTEST: TimeDelta = TimeDelta::seconds(60);
/// How late a sign may be before somebody counts as gone.
const GRACE: TimeDelta = TimeDelta::seconds(30);

/// Says that somebody is still there. Activity in the room of a live event is what attendance counts from.
#[utoipa::path(post, path = "/api/events/{slug}/presence", tag = "registrant", request_body = PresenceRequest,
    params(("slug" = String, Path, description = "The event's slug")), security(("pass" = [])),
    responses((status = 200, body = PresenceAnswer), (status = 401, body = Problem, description = "pass_refused"),
        (status = 404, body = Problem, description = "event_not_found"), (status = 503, body = Problem, description = "unavailable")))]
pub async fn sign(
    State(context): State<Context>,
    Slug(slug): Slug,
    headers: HeaderMap,
    Body(request): Body<PresenceRequest>,
) -> Result<([(HeaderName, &'static str); 1], Json<PresenceAnswer>), Error> {
    let event = context.event(&slug).await?;
    let (person, device) = holder(&context, &event, bearer(&headers)).await?;
    let (next, elsewhere) = note(&context, &event, &person, device, request).await?;
    // Who is told to go on elsewhere is told nothing else.
    let (materials, rooms) = if elsewhere { Default::default() } else { around(&context, &event, &person).await? };
    let answer = PresenceAnswer { next: next.num_milliseconds(), elsewhere, materials, rooms };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)))
}

/// Notes that somebody is there: when to say so again, and whether another device has the seat.
pub async fn note(
    context: &Context,
    event: &Event,
    person: &Registrant,
    device: u64,
    request: PresenceRequest,
) -> Result<(TimeDelta, bool), Error> {
    let now = context.clock.now();
    let next = interval(context.store.people_present(&event.id, now).await?);
    let sign = Sign {
        registrant: &person.id,
        event: &event.id,
        place: request.place,
        device: &context.secrets.scope("device", &[&device.to_string()]),
        until: now + next * 2 + GRACE,
        take: request.take || !event.plan.settings.holds_to_one_device(),
        // A pass from before nobody was known by name tells of nobody either.
        attends: request.place == Presence::Room
            && event.phase == Phase::Live
            && (!event.plan.settings.anonymize || person.seat == Seat::Anonymous),
    };
    let has_stayed = context.store.has_stayed(sign.registrant, sign.device, sign.until, now).await?;
    let elsewhere = !context.store.sign(&sign, now).await?;
    // Who was let in without a mail has clicked none, and where nobody is known by name nobody has.
    if has_stayed && !elsewhere && !event.plan.instant_entry && !event.plan.settings.anonymize {
        context.store.count_click(sign.registrant, now).await?;
    }
    Ok((next, elsewhere))
}

/// How long a widget waits until its next sign, with so many people there.
fn interval(people: i64) -> TimeDelta {
    TimeDelta::milliseconds(people.saturating_mul(1000 / A_SECOND)).max(SHORTEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_crowd_costs_about_five_requests_a_second() {
        for (people, seconds) in [(0, 60), (1, 60), (300, 60), (301, 60), (500, 100), (50_000, 10_000)] {
            assert_eq!(interval(people).num_seconds(), seconds, "{people}");
        }
    }
}
