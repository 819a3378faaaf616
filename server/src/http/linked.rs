//! What is around the room: materials, linked events, and the ticket that leads from one to the other.

use super::{
    body::Body,
    context::Context,
    error::Error,
    room::{bearer, holder},
    slug::Slug,
};
use crate::{
    event_plan::is_https,
    store::{event::Event, material::StoredMaterial, registrant::Registrant, ticket::Ticket},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderName, header},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use curtain_up_protocol::{LinkedEvent, Material, Phase, Problem, TicketAnswer, TicketRequest, desk::MaterialTarget};

/// How long a ticket is good.
const TICKET: TimeDelta = TimeDelta::seconds(60);

/// Gives a way into another event to whom that event knows. It is good once, for a minute, and stands in the address only
/// until the page has read it.
#[utoipa::path(post, path = "/api/events/{slug}/ticket", tag = "registrant", request_body = TicketRequest,
    params(("slug" = String, Path, description = "The event's slug")), security(("pass" = [])),
    responses((status = 200, body = TicketAnswer),
        (status = 401, body = Problem, description = "pass_refused; access_refused where the other event does not know this person, is not there or knows nobody by name"),
        (status = 404, body = Problem, description = "event_not_found"), (status = 503, body = Problem, description = "unavailable")))]
pub async fn ticket(
    State(context): State<Context>,
    Slug(slug): Slug,
    headers: HeaderMap,
    Body(request): Body<TicketRequest>,
) -> Result<([(HeaderName, &'static str); 1], Json<TicketAnswer>), Error> {
    let event = context.event(&slug).await?;
    let (person, device) = holder(&context, &event, bearer(&headers)).await?;
    let there = match context.event(&request.to).await {
        Err(Error::EventNotFound) => return Err(Error::AccessRefused),
        found => found?,
    };
    let token = ticket_to(&context, &event, &person, device, &there).await?;
    let page = there.permalink(&context.config.public_url);
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(TicketAnswer { address: format!("{}?ticket={token}", page.as_str()) })))
}

/// A way from here to there for whom that event knows; refused to everybody else.
pub async fn ticket_to(context: &Context, here: &Event, person: &Registrant, device: u64, there: &Event) -> Result<String, Error> {
    let known = known_there(context, here, person, there).await?.ok_or(Error::AccessRefused)?;
    let secret = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>());
    // The page may hold several elements: the ticket says which event's it is.
    let token = format!("{}.{secret}", there.plan.slug);
    let expires_at = context.clock.now() + TICKET;
    let ticket = Ticket { event_id: there.id.clone(), registrant_id: known.id, from_id: person.id.clone(), device, expires_at };
    context.store.add_ticket(&context.secrets.scope("ticket", &[&token]), &ticket).await?;
    Ok(token)
}

/// What is told with the room: the materials that are to be seen now, and the linked events that this person may enter.
pub async fn around(context: &Context, event: &Event, person: &Registrant) -> Result<(Vec<Material>, Vec<LinkedEvent>), Error> {
    let now = context.clock.now();
    let stored = context.store.materials(&event.id).await?;
    let linked = context.store.linked_events(event).await?;
    let page = |event: &Event| event.permalink(&context.config.public_url).as_str().to_owned();
    let material = |stored: StoredMaterial| {
        let plan = stored.plan;
        let (address, event) = match plan.target {
            MaterialTarget::Address(address) => (Some(address).filter(|address| is_https(address))?, None),
            MaterialTarget::Event(slug) => (page(linked.iter().find(|event| event.plan.slug == slug)?), Some(slug)),
        };
        Some(Material { title: plan.title, description: plan.description, address, event })
    };
    let materials = stored.into_iter().filter(|stored| stored.plan.is_visible(now)).filter_map(material).collect();
    let mut rooms = Vec::new();
    for there in linked.iter().filter(|there| there.phase != Phase::Cancelled) {
        if known_there(context, event, person, there).await?.is_some() {
            let (slug, title) = (there.plan.slug.clone(), there.plan.title.clone());
            rooms.push(LinkedEvent { event: slug, title, address: page(there), phase: there.phase });
        }
    }
    Ok((materials, rooms))
}

/// The same person at another event of the organisation, where both know people by name.
async fn known_there(context: &Context, here: &Event, person: &Registrant, there: &Event) -> Result<Option<Registrant>, Error> {
    let both_know = here.plan.settings.knows_people() && there.plan.settings.knows_people();
    if !both_know || here.organisation_id != there.organisation_id || here.id == there.id {
        return Ok(None);
    }
    Ok(context.store.same_person(person, there, &context.secrets).await?)
}
