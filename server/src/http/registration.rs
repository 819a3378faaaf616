//! Registering: always the same answer, whoever is registered already.

use super::{body::Body, context::Context, error::Error, pass::issue, room::bearer, same_time::same_time, slug::Slug};
use crate::{
    event_plan::is_language_tag,
    store::{
        address::AddressState,
        outbox::MailKind,
        registrant::{Registration, Seat},
    },
    trust::{
        claim::{Claim, LIFETIME},
        rate::{MAILS_TO_ADDRESS, REGISTRATIONS_BY_CLIENT, RESENDS_BY_CLIENT},
    },
};
use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
};
use curtain_up_protocol::{
    Admission, Email, FieldCode, FieldProblem, MailAnswer, Problem, RegistrationAnswer, RegistrationRequest, Source,
};
use std::net::SocketAddr;
use uuid::Uuid;

/// Registers somebody, or merges what they answer now into what they answered before, and mails them their link.
#[utoipa::path(post, path = "/api/events/{slug}/registrations", tag = "registrant", request_body = RegistrationRequest,
    params(("slug" = String, Path, description = "The event's slug")),
    responses(
        (status = 202, body = RegistrationAnswer, description = "Whoever is registered: the same answer. A pass only with instant entry"),
        (status = 404, body = Problem, description = "event_not_found"), (status = 409, body = Problem, description = "not_yet_open, registration_closed"),
        (status = 422, body = Problem, description = "invalid_fields"), (status = 429, body = Problem, description = "too_many_requests"),
        (status = 503, body = Problem, description = "unavailable")))]
pub async fn register(
    State(context): State<Context>,
    Slug(slug): Slug,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Body(request): Body<RegistrationRequest>,
) -> Result<(StatusCode, [(HeaderName, &'static str); 1], Json<RegistrationAnswer>), Error> {
    let client = context.client(peer, &headers).to_string();
    let answer = accept(&context, &slug, &client, request).await?;
    Ok((StatusCode::ACCEPTED, [(header::CACHE_CONTROL, "no-store")], Json(answer)))
}

/// Tells somebody who has just registered whether mail to the address that they typed came back. Nothing else depends on
/// the answer than the address, so it tells nobody who is registered.
#[utoipa::path(get, path = "/api/events/{slug}/registrations", tag = "registrant", security(("claim" = [])),
    params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 200, body = MailAnswer), (status = 401, body = Problem, description = "pass_refused: no claim of this event, or one that is over"),
        (status = 404, body = Problem, description = "event_not_found"), (status = 503, body = Problem, description = "unavailable")))]
pub async fn mail(
    State(context): State<Context>,
    Slug(slug): Slug,
    headers: HeaderMap,
) -> Result<([(HeaderName, &'static str); 1], Json<MailAnswer>), Error> {
    let event = context.event(&slug).await?;
    let claim = bearer(&headers)
        .and_then(|claim| Claim::open(claim, &context.secrets, &event.id, context.clock.now()))
        .ok_or(Error::PassRefused)?;
    let bounced = context.store.address_state(&claim.email).await? == Some(AddressState::Bounced);
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(MailAnswer { bounced })))
}

/// Registers somebody, by whichever form they came. The answer takes as long for everybody.
pub async fn accept(context: &Context, slug: &str, client: &str, request: RegistrationRequest) -> Result<RegistrationAnswer, Error> {
    same_time(accept_at_once(context, slug, client, request)).await
}

async fn accept_at_once(
    context: &Context,
    slug: &str,
    client: &str,
    mut request: RegistrationRequest,
) -> Result<RegistrationAnswer, Error> {
    let now = context.clock.now();
    let event = context.event(slug).await?;
    let problems = request.problems(&event.plan.fields, &event.plan.consents);
    if !problems.is_empty() {
        return Err(Error::InvalidFields(problems));
    }
    // A full event has a waiting list; the transaction below decides over the seat.
    match event.admission(0, now) {
        Admission::NotYetOpen => return Err(Error::NotYetOpen),
        Admission::Closed => return Err(Error::RegistrationClosed),
        Admission::Open | Admission::Full => {}
    }
    let email = Email::parse(request.answer_to("email"))
        .map_err(|code: FieldCode| Error::InvalidFields(vec![FieldProblem { field: "email".to_owned(), code }]))?;
    request.source = trimmed(request.source);
    let zone = request.zone.parse::<chrono_tz::Tz>().ok().map(|zone| zone.name().to_owned());
    let language = is_language_tag(&request.language).then(|| request.language.clone());
    let address = context.secrets.scope("mails-to-address", &[&event.id, &email.canonical()]);
    let registration = Registration { event: &event, email, request: &request, zone, language };

    let mut write = context.store.write().await?;
    if !write.count(&context.secrets.scope("registrations-by-client", &[client]), REGISTRATIONS_BY_CLIENT, now).await? {
        // The refusal is counted for nobody, so the transaction may be dropped.
        return Err(Error::TooManyRequests);
    }
    let corrects = Claim::open(&request.claim, &context.secrets, &event.id, now);
    let corrected = match corrects.filter(|claim| claim.is_new) {
        Some(claim) => write.correct_address(&registration, &claim, &context.secrets, now).await?,
        None => None,
    };
    let (registrant, is_new) = match corrected {
        Some(registrant) => (registrant, true),
        None => write.register(&registration, &context.secrets, now).await?,
    };
    // The client before the address, as for resending: two that lock in different orders wait for each other for ever.
    let client_may = is_new || write.count(&context.secrets.scope("resends-by-client", &[client]), RESENDS_BY_CLIENT, now).await?;
    let may_mail = client_may && write.count(&address, MAILS_TO_ADDRESS, now).await?;
    if may_mail {
        let kind = if registrant.seat == Seat::WaitingList { MailKind::WaitingList } else { MailKind::Confirmation };
        write.add_mail(&event.id, Some(registrant.id.clone()), kind, now).await?;
    }
    write.commit().await?;
    context.bell.notify_one();
    let enters_at_once = event.plan.instant_entry && is_new && registrant.seat == Seat::Confirmed;
    let claim = Claim {
        registrant: Uuid::parse_str(&registrant.id).unwrap_or_default(),
        is_new,
        email: registrant.canonical_email.clone(),
        expires_at: now + LIFETIME,
    };
    let pass = enters_at_once.then(|| issue(context, &event, &registrant));
    Ok(RegistrationAnswer { pass, claim: claim.seal(&context.secrets, &event.id) })
}

/// Tracking never keeps anybody from registering: what is too long is cut, what is no text is dropped.
fn trimmed(source: Source) -> Source {
    let cut = |text: String| text.chars().filter(|c| !c.is_control()).take(500).collect::<String>();
    let utm = source.utm.into_iter().take(20).map(|mut utm| {
        utm.name = cut(utm.name);
        utm.value = cut(utm.value);
        utm
    });
    Source { utm: utm.collect(), reference: cut(source.reference), referrer: cut(source.referrer) }
}
