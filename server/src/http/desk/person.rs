//! One person: their page, and what is done for them.

use super::{guard::Who, people::shown};
use crate::{
    event_plan::is_slug,
    http::{body::Body, context::Context, error::Error},
    mail::mailto::mailto,
    revealed::{self, Reveal},
    store::{StoreError, audit::Deed, event::Event, person::Whom},
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use curtain_up_protocol::{
    Email, FieldCode,
    desk::{CorrectRequest, DeskProblem, MoveRequest, PersonDocument, Revealed, Scope},
};

/// Event and person, as the path names them.
type Ids = Path<(String, String)>;

/// Somebody's page: profile, answers, consents, and the timeline of their mails.
#[utoipa::path(get, path = "/api/desk/events/{slug}/people/{id}", tag = "desk: people", security(("session" = []), ("token" = ["read"])),
    params(("slug" = String, Path, description = "The event's slug"), ("id" = String, Path, description = "The person's id")),
    responses((status = 200, body = PersonDocument), (status = 404, body = DeskProblem, description = "event_not_found, not_found")))]
pub async fn person(State(context): State<Context>, who: Who, Path((slug, id)): Ids) -> Result<Json<PersonDocument>, Error> {
    let event = who.event(&context, &slug).await?;
    Ok(Json(page(&context, &event, &id).await?))
}

async fn page(context: &Context, event: &Event, id: &str) -> Result<PersonDocument, Error> {
    let listed = context.store.listed_person(&event.id, id).await?;
    let mails = context.store.mails_of(id).await?;
    let (zone, language) = (listed.registrant.zone.clone(), listed.registrant.language.clone());
    let reminders_off = listed.registrant.reminders_off;
    Ok(PersonDocument { person: shown(context, event, listed, Reveal::default()), zone, language, reminders_off, mails })
}

/// Shows somebody's link and key, and the mail to send them in. It is noted.
#[utoipa::path(post, path = "/api/desk/events/{slug}/people/{id}/reveal", tag = "desk: people", security(("session" = []), ("token" = ["write", "keys"])),
    params(("slug" = String, Path, description = "The event's slug"), ("id" = String, Path, description = "The person's id")),
    responses((status = 200, body = Revealed), (status = 404, body = DeskProblem, description = "event_not_found, not_found"),
        (status = 409, body = DeskProblem, description = "registration_closed: the link lets nobody in, who has no seat")))]
pub async fn reveal(State(context): State<Context>, who: Who, Path((slug, id)): Ids) -> Result<Json<Revealed>, Error> {
    who.needs(Scope::Keys)?;
    let event = who.event(&context, &slug).await?;
    let listed = context.store.listed_person(&event.id, &id).await?;
    if !listed.registrant.has_working_link() {
        return Err(StoreError::NoLink.into());
    }
    who.note(&context, &Deed::at("key_shown", &slug).to(&id)).await?;
    let secrets = revealed::Revealed::of(&listed.registrant, &event, Reveal::ALL, &context.secrets, &context.config.public_url);
    // A key that was sealed with another secret cannot be shown: the secret file was replaced.
    let (access_link, key) = secrets.link.zip(secrets.key).ok_or(Error::Unavailable)?;
    let mailto = mailto(&event, &listed.registrant, &access_link, &key);
    Ok(Json(Revealed { access_link, key, code: secrets.code, mailto }))
}

/// Sends somebody their link again, by the server.
#[utoipa::path(post, path = "/api/desk/events/{slug}/people/{id}/resend", tag = "desk: people", security(("session" = []), ("token" = ["write"])),
    params(("slug" = String, Path, description = "The event's slug"), ("id" = String, Path, description = "The person's id")),
    responses((status = 202, description = "Promised"), (status = 404, body = DeskProblem, description = "event_not_found, not_found"),
        (status = 409, body = DeskProblem, description = "registration_closed: the event or the registration was cancelled"),
        (status = 429, body = DeskProblem, description = "too_many_requests: sent a moment ago")))]
pub async fn resend(State(context): State<Context>, who: Who, Path((slug, id)): Ids) -> Result<StatusCode, Error> {
    who.event(&context, &slug).await?;
    context.store.resend_link(whom(&who, &slug, &id), &context.secrets, context.clock.now()).await?;
    context.bell.notify_one();
    Ok(StatusCode::ACCEPTED)
}

/// Corrects somebody's address: links and passes of before end, a new link goes there.
#[utoipa::path(patch, path = "/api/desk/events/{slug}/people/{id}", tag = "desk: people", security(("session" = []), ("token" = ["write"])),
    params(("slug" = String, Path, description = "The event's slug"), ("id" = String, Path, description = "The person's id")),
    request_body = CorrectRequest,
    responses((status = 200, body = PersonDocument, description = "With a new id"), (status = 404, body = DeskProblem, description = "event_not_found, not_found"),
        (status = 422, body = DeskProblem, description = "invalid_fields: email")))]
pub async fn correct(
    State(context): State<Context>,
    who: Who,
    Path((slug, id)): Ids,
    Body(request): Body<CorrectRequest>,
) -> Result<Json<PersonDocument>, Error> {
    let event = who.event(&context, &slug).await?;
    let email = Email::parse(&request.email).map_err(|code| Error::field("email", code))?;
    let id = context.store.correct_address(whom(&who, &slug, &id), &email, &context.secrets, context.clock.now()).await?;
    context.bell.notify_one();
    Ok(Json(page(&context, &event, &id).await?))
}

/// Replaces somebody's key: links and passes of before end, a new link is mailed.
#[utoipa::path(post, path = "/api/desk/events/{slug}/people/{id}/replace-key", tag = "desk: people", security(("session" = []), ("token" = ["write"])),
    params(("slug" = String, Path, description = "The event's slug"), ("id" = String, Path, description = "The person's id")),
    responses((status = 200, body = PersonDocument, description = "With a new id"), (status = 404, body = DeskProblem, description = "event_not_found, not_found")))]
pub async fn replace_key(State(context): State<Context>, who: Who, Path((slug, id)): Ids) -> Result<Json<PersonDocument>, Error> {
    let event = who.event(&context, &slug).await?;
    let id = context.store.replace_key(whom(&who, &slug, &id), &context.secrets, context.clock.now()).await?;
    context.bell.notify_one();
    Ok(Json(page(&context, &event, &id).await?))
}

/// Moves somebody to another event, such as another date.
#[utoipa::path(post, path = "/api/desk/events/{slug}/people/{id}/move", tag = "desk: people", security(("session" = []), ("token" = ["write"])),
    params(("slug" = String, Path, description = "The event's slug"), ("id" = String, Path, description = "The person's id")),
    request_body = MoveRequest,
    responses((status = 200, body = PersonDocument, description = "At the other event, with a new id"),
        (status = 404, body = DeskProblem, description = "event_not_found, not_found"), (status = 422, body = DeskProblem, description = "invalid_fields: to")))]
pub async fn move_to(
    State(context): State<Context>,
    who: Who,
    Path((slug, id)): Ids,
    Body(request): Body<MoveRequest>,
) -> Result<Json<PersonDocument>, Error> {
    who.event(&context, &slug).await?;
    if !is_slug(&request.to) {
        return Err(Error::field("to", FieldCode::NotAChoice));
    }
    let moved = context.store.move_person(whom(&who, &slug, &id), &request.to, &context.secrets, context.clock.now()).await;
    let id = moved.map_err(|error| match error {
        StoreError::NoSuchEvent(_) | StoreError::NoLink => Error::field("to", FieldCode::NotAChoice),
        StoreError::AddressTaken => Error::field("to", FieldCode::Taken),
        error => error.into(),
    })?;
    context.bell.notify_one();
    let event = who.event(&context, &request.to).await?;
    Ok(Json(page(&context, &event, &id).await?))
}

/// Cancels somebody's registration: their link lets nobody in, their seat goes to whoever has waited longest.
#[utoipa::path(post, path = "/api/desk/events/{slug}/people/{id}/cancel", tag = "desk: people", security(("session" = []), ("token" = ["write"])),
    params(("slug" = String, Path, description = "The event's slug"), ("id" = String, Path, description = "The person's id")),
    responses((status = 200, body = PersonDocument), (status = 404, body = DeskProblem, description = "event_not_found, not_found")))]
pub async fn cancel(State(context): State<Context>, who: Who, Path((slug, id)): Ids) -> Result<Json<PersonDocument>, Error> {
    let event = who.event(&context, &slug).await?;
    context.store.cancel_person(whom(&who, &slug, &id), &context.secrets, context.clock.now()).await?;
    context.bell.notify_one();
    Ok(Json(page(&context, &event, &id).await?))
}

/// Erases somebody: nothing of them stays but a keyed hash of their address.
#[utoipa::path(delete, path = "/api/desk/events/{slug}/people/{id}", tag = "desk: people", security(("session" = []), ("token" = ["write"])),
    params(("slug" = String, Path, description = "The event's slug"), ("id" = String, Path, description = "The person's id")),
    responses((status = 204, description = "Erased"), (status = 404, body = DeskProblem, description = "event_not_found, not_found")))]
pub async fn erase(State(context): State<Context>, who: Who, Path((slug, id)): Ids) -> Result<StatusCode, Error> {
    who.event(&context, &slug).await?;
    context.store.erase_person(&who.actor, &slug, &id, &context.secrets, context.clock.now()).await?;
    context.bell.notify_one();
    Ok(StatusCode::NO_CONTENT)
}

fn whom<'a>(who: &'a Who, slug: &'a str, id: &'a str) -> Whom<'a> {
    Whom { actor: &who.actor, slug, id }
}
