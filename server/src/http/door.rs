//! Coming in without an access link: by an access code, a ticket from another event, a link that a platform signed, or
//! without anything where the door is open. Whatever lets nobody in is answered alike, after the same time.

use super::{
    body::Body,
    context::Context,
    error::Error,
    guess::{Guess, evaluate},
    pass::issue,
    room::bearer,
    same_time::same_time,
    slug::Slug,
};
use crate::{
    store::{
        event::Event,
        guess::{CODE_GUESSES, GuessScopes, Target},
        registrant::{Registrant, Registration, Seat},
        ticket::Ticket,
    },
    trust::{
        access_codes::AccessCode,
        guessing::code_limit,
        pass::Pass,
        rate::ANONYMOUS_BY_CLIENT,
        signed_links::{LinkSecret, SignedPerson},
    },
};
use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::{HeaderMap, HeaderName, header},
};
use curtain_up_protocol::{Answer, Door, DoorRequest, PassAnswer, Problem, RegistrationRequest, Source};
use std::net::SocketAddr;

/// Exchanges what somebody has for a pass. A ticket's request may carry the pass that the tab keeps.
#[utoipa::path(post, path = "/api/events/{slug}/door", tag = "registrant", request_body = DoorRequest,
    params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 200, body = PassAnswer),
        (status = 401, body = Problem, description = "access_refused: a wrong code, too many guesses, a ticket that is used, late, another event's or another person's, a link that is forged, stale, altered or used: the same bytes after the same time"),
        (status = 404, body = Problem, description = "event_not_found"), (status = 409, body = Problem, description = "registration_closed: the open door's event is full"),
        (status = 429, body = Problem, description = "too_many_requests"), (status = 503, body = Problem, description = "unavailable")))]
pub async fn enter(
    State(context): State<Context>,
    Slug(slug): Slug,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Body(request): Body<DoorRequest>,
) -> Result<([(HeaderName, &'static str); 1], Json<PassAnswer>), Error> {
    let event = context.event(&slug).await?;
    let client = context.client(peer, &headers).to_string();
    let kept = bearer(&headers).and_then(|token| Pass::check(token, &context.secrets, context.clock.now()));
    let pass = open(&context, &event, &client, &request, kept).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(pass)))
}

/// A pass for whoever may come in. The answer takes as long for everybody.
pub async fn open(context: &Context, event: &Event, client: &str, request: &DoorRequest, kept: Option<Pass>) -> Result<PassAnswer, Error> {
    same_time(async {
        let (registrant, device) = match request {
            DoorRequest::Code(code) => (by_code(context, event, client, code).await?, None),
            DoorRequest::Ticket(ticket) => by_ticket(context, event, ticket, kept).await?,
            DoorRequest::Signed(link) => (by_signed_link(context, event, link).await?, None),
            DoorRequest::Anonymous => (anonymously(context, event, client).await?, None),
        };
        issue(context, event, &registrant, device).await
    })
    .await
}

async fn by_code(context: &Context, event: &Event, client: &str, typed: &str) -> Result<Registrant, Error> {
    if event.plan.settings.door() != Door::Code {
        return Err(Error::AccessRefused);
    }
    let code = AccessCode::parse(typed);
    let found = match &code {
        Some(code) => context.store.registrant_by_code(&event.id, code, &context.secrets).await?,
        None => None,
    };
    let tried = code.map(|code| code.normalised()).unwrap_or_default();
    let scopes = GuessScopes {
        target: Target::Code(context.secrets.scope("guesses-at-code", &[&event.id, &tried])),
        client: context.secrets.scope("guesses-by-client", &[client]),
        event: context.secrets.scope(CODE_GUESSES, &[&event.id]),
    };
    let limit = code_limit(context.store.code_guesses(&event.id).await?);
    // A right code is no guess, whether its owner has a seat or not.
    let is_right = evaluate(context, event, Guess { scopes, limit, is_right: found.is_some(), is_serious: true }).await?;
    found.filter(|registrant| is_right && registrant.seat.lets_in()).ok_or(Error::AccessRefused)
}

/// The ticket is used up, whatever comes of it. Its seat is the device's that asked for it, so that moving about is no second device.
async fn by_ticket(context: &Context, event: &Event, ticket: &str, kept: Option<Pass>) -> Result<(Registrant, Option<u64>), Error> {
    let hash = context.secrets.scope("ticket", &[ticket]);
    let ticket = context.store.take_ticket(&hash, &event.id, context.clock.now()).await?.ok_or(Error::AccessRefused)?;
    if !event.plan.settings.knows_people() || is_others(context, &ticket, kept).await? {
        return Err(Error::AccessRefused);
    }
    // Who has lost the seat there since has lost the way here too.
    let there = context.store.person(&ticket.from_id).await?.filter(|(person, _)| person.seat.lets_in());
    let here = context.store.registrant(&event.id, &ticket.registrant_id).await?.filter(|person| person.seat.lets_in());
    here.filter(|_| there.is_some()).map(|person| (person, Some(ticket.device))).ok_or(Error::AccessRefused)
}

/// Whether a tab keeps the pass of somebody else than a ticket's. One that lets nobody in any longer is nobody's: its owner
/// may be the very same person, to whom a list has given another code since.
async fn is_others(context: &Context, ticket: &Ticket, kept: Option<Pass>) -> Result<bool, Error> {
    let Some(owner) = kept.map(|pass| pass.registrant.to_string()) else { return Ok(false) };
    if owner == ticket.registrant_id || owner == ticket.from_id {
        return Ok(false);
    }
    Ok(context.store.person(&owner).await?.is_some_and(|(person, event)| person.is_let_in(&event)))
}

async fn by_signed_link(context: &Context, event: &Event, link: &str) -> Result<Registrant, Error> {
    let now = context.clock.now();
    let stored = context.store.link_secret(&event.organisation_id).await?;
    let secret = stored.and_then(|stored| LinkSecret::open(&stored.sealed, &context.secrets, &event.organisation_id));
    let person = secret.and_then(|secret| secret.read(link, now)).ok_or(Error::AccessRefused)?;
    if person.event.as_ref().is_some_and(|slug| *slug != event.plan.slug) {
        return Err(Error::AccessRefused);
    }
    let known = known_to_list(context, event, &person).await?;
    // Whom a host has cancelled stays out, and the link unused.
    if known.as_ref().is_some_and(|known| known.seat == Seat::Cancelled) {
        return Err(Error::AccessRefused);
    }
    let mut write = context.store.write().await?;
    // The payload alone: its signature may be written with and without padding.
    let payload = link.split('.').next().unwrap_or_default();
    if person.once && !write.use_link(&context.secrets.scope("signed-link", &[payload]), person.expires_at).await? {
        return Err(Error::AccessRefused);
    }
    let was_told = known.is_some();
    let registrant = match known {
        Some(known) => known,
        None => {
            let request = registration(&person);
            let registration = Registration { event, email: person.email, request: &request, zone: None, language: None };
            let (registrant, is_new) = write.register(&registration, &context.secrets, now).await?;
            // Whom a list or a form brought keeps what was said there: pass and code go by it from event to event.
            if is_new && !person.id.is_empty() {
                write.set_external_id(&registrant, &person.id).await?;
            }
            registrant
        }
    };
    let registrant = write.give_seat(&registrant, event, was_told, now).await?;
    write.commit().await?;
    context.bell.notify_one();
    Some(registrant).filter(|registrant| registrant.seat.lets_in()).ok_or(Error::AccessRefused)
}

/// Who this is on the event's list: by what the portal calls them, else by their address.
async fn known_to_list(context: &Context, event: &Event, person: &SignedPerson) -> Result<Option<Registrant>, Error> {
    if !person.id.is_empty()
        && let Some(known) = context.store.registrant_by_external_id(&event.id, &person.id).await?
    {
        return Ok(Some(known));
    }
    let known = context.store.registrant_by_email(&event.id, &person.email.canonical()).await?;
    // The address is somebody's whom the list calls otherwise.
    if known.as_ref().is_some_and(|known| known.external_id.is_some()) && !person.id.is_empty() {
        return Err(Error::AccessRefused);
    }
    Ok(known)
}

fn registration(person: &SignedPerson) -> RegistrationRequest {
    let answer = |field: &str, value: &str| Answer { field: field.to_owned(), values: vec![value.to_owned()] };
    RegistrationRequest {
        answers: vec![
            answer("first_name", &person.first_name),
            answer("last_name", &person.last_name),
            answer("email", person.email.as_str()),
        ],
        source: Source { reference: "signed link".to_owned(), ..Source::default() },
        ..RegistrationRequest::default()
    }
}

async fn anonymously(context: &Context, event: &Event, client: &str) -> Result<Registrant, Error> {
    let now = context.clock.now();
    if event.plan.settings.door() != Door::Open {
        return Err(Error::AccessRefused);
    }
    context.count("anonymous-by-client", client, ANONYMOUS_BY_CLIENT).await?;
    context.store.seat_anonymous(event, now).await?.ok_or(Error::RegistrationClosed)
}
