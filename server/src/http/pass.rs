//! Exchanging an access link, or an address and its key, for a pass.

use super::{
    body::Body,
    context::Context,
    error::Error,
    guess::{Guess, evaluate},
    same_time::same_time,
    slug::Slug,
};
use crate::{
    store::{
        event::Event,
        guess::{GuessScopes, Target, key_guesses},
        registrant::{Registrant, Seat},
    },
    trust::{
        access_keys::AccessKey,
        guessing::event_limit,
        link_signature,
        pass::{AFTERLIFE, Pass},
    },
};
use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::{HeaderMap, HeaderName, header},
};
use curtain_up_protocol::{Door, Email, KeyFormat, PassAnswer, PassRequest, Problem};
use std::net::SocketAddr;
use uuid::Uuid;

/// Exchanges an access link or key for a pass. It is never used up.
#[utoipa::path(post, path = "/api/events/{slug}/pass", tag = "registrant", request_body = PassRequest,
    params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 200, body = PassAnswer),
        (status = 401, body = Problem, description = "access_refused: unknown address, wrong key, too many guesses: the same bytes after the same time"),
        (status = 404, body = Problem, description = "event_not_found"), (status = 503, body = Problem, description = "unavailable")))]
pub async fn exchange(
    State(context): State<Context>,
    Slug(slug): Slug,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Body(request): Body<PassRequest>,
) -> Result<([(HeaderName, &'static str); 1], Json<PassAnswer>), Error> {
    let event = context.event(&slug).await?;
    let client = context.client(peer, &headers).to_string();
    let registrant = admit(&context, &event, &client, &request).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(issue(&context, &event, &registrant, None).await?)))
}

/// A pass for a registrant, on the device that they come from, or on a new one. Where nobody is known by name, it is a pass
/// for somebody without one, so that nothing that happens in the event can be told of anybody.
pub async fn issue(context: &Context, event: &Event, registrant: &Registrant, device: Option<u64>) -> Result<PassAnswer, Error> {
    let now = context.clock.now();
    let expires_at = event.plan.ends_at().max(now) + AFTERLIFE;
    let (owner, first_name) = if registrant.seat == Seat::Anonymous {
        (registrant.id.clone(), String::new())
    } else if event.plan.settings.anonymize {
        let alias = context.secrets.alias(&event.id, &registrant.id);
        (context.store.anonymous(event, &alias, now).await?.id, String::new())
    } else {
        (registrant.id.clone(), registrant.first_name.clone())
    };
    let uuid = |id: &str| Uuid::parse_str(id).unwrap_or_default();
    let pass = Pass { event: uuid(&event.id), registrant: uuid(&owner), device: device.unwrap_or_else(rand::random), expires_at };
    Ok(PassAnswer { pass: pass.token(&context.secrets), expires_at, first_name })
}

/// Whose link or key this is, by whichever form it came. Guesses are counted; the answer takes as long for everybody.
pub async fn admit(context: &Context, event: &Event, client: &str, request: &PassRequest) -> Result<Registrant, Error> {
    same_time(admit_at_once(context, event, client, request)).await
}

async fn admit_at_once(context: &Context, event: &Event, client: &str, request: &PassRequest) -> Result<Registrant, Error> {
    let canonical = Email::parse(&request.email).map_or_else(|_| request.email.clone(), |email| email.canonical());
    // A guess is read and counted as one at the keys that it could hit: those of four digits stay hard to guess where later
    // ones are longer.
    let format = KeyFormat::of(&request.key).unwrap_or(event.plan.key_format);
    let key = format.normalise(&request.key);
    let registrant = match Email::parse(&request.email) {
        Ok(_) => context.store.registrant_by_email(&event.id, &canonical).await?,
        Err(_) => None,
    };
    let is_right = opens(context, registrant.as_ref(), &key);
    let is_mailed = request.sig.as_deref().is_some_and(|sig| link_signature::holds(&context.secrets, &event.id, &canonical, &key, sig));
    // Whoever holds a mailed link is neither counted nor locked out. Where a code is required, a key alone opens nothing: it
    // may be far easier to guess.
    if is_mailed || event.plan.settings.door() == Door::Code {
        return registrant.filter(|_| is_mailed && is_right).ok_or(Error::AccessRefused);
    }
    let scopes = GuessScopes {
        target: Target::Address(context.secrets.scope("guesses-at-address", &[&event.id, &canonical])),
        client: context.secrets.scope("guesses-by-client", &[client]),
        event: key_guesses(&context.secrets, &event.id, format),
    };
    let guess = Guess { scopes, limit: event_limit(format), is_right, is_serious: format == event.plan.key_format };
    let is_right = evaluate(context, event, guess).await?;
    registrant.filter(|_| is_right).ok_or(Error::AccessRefused)
}

/// Whether this key is the registrant's. Work is done for an unknown address too, so that it takes as long.
fn opens(context: &Context, registrant: Option<&Registrant>, key: &str) -> bool {
    let (sealed, id) = registrant.map_or(("", ""), |registrant| (&registrant.sealed_key, &registrant.id));
    let is_key = AccessKey::open(sealed, &context.secrets, id).is_some_and(|known| known.is(key));
    is_key && registrant.is_some_and(Registrant::has_working_link)
}
