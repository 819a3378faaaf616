//! A lost access link: it comes by mail, and the answer does not tell whether it will.

use super::{body::Body, context::Context, error::Error, same_time::same_time, slug::Slug};
use crate::{
    store::{outbox::MailKind, registrant::Seat},
    trust::rate::{MAILS_TO_ADDRESS, RESENDS_BY_CLIENT},
};
use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
};
use curtain_up_protocol::{Email, FieldProblem, Phase, Problem, ResendRequest};
use std::net::SocketAddr;

/// Mails the access link to its registrant, if there is one and the last mail is ten minutes old.
#[utoipa::path(post, path = "/api/events/{slug}/resend", tag = "registrant", request_body = ResendRequest,
    params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 202, description = "Whoever is registered: the same answer"), (status = 404, body = Problem, description = "event_not_found"),
        (status = 422, body = Problem, description = "invalid_fields"), (status = 503, body = Problem, description = "unavailable")))]
pub async fn resend(
    State(context): State<Context>,
    Slug(slug): Slug,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Body(request): Body<ResendRequest>,
) -> Result<(StatusCode, [(HeaderName, &'static str); 1], Json<serde_json::Value>), Error> {
    let client = context.client(peer, &headers).to_string();
    promise(&context, &slug, &client, &request).await?;
    Ok((StatusCode::ACCEPTED, [(header::CACHE_CONTROL, "no-store")], Json(serde_json::json!({}))))
}

/// Promises the mail, by whichever form it was asked for. The answer takes as long for everybody.
pub async fn promise(context: &Context, slug: &str, client: &str, request: &ResendRequest) -> Result<(), Error> {
    same_time(promise_at_once(context, slug, client, request)).await
}

async fn promise_at_once(context: &Context, slug: &str, client: &str, request: &ResendRequest) -> Result<(), Error> {
    let now = context.clock.now();
    let event = context.event(slug).await?;
    let email =
        Email::parse(&request.email).map_err(|code| Error::InvalidFields(vec![FieldProblem { field: "email".to_owned(), code }]))?;
    let registrant = context.store.registrant_by_email(&event.id, &email.canonical()).await?;
    let address = context.secrets.scope("mails-to-address", &[&event.id, &email.canonical()]);

    let mut write = context.store.write().await?;
    // The person before the counts, as for registering: two that lock in different orders wait for each other for ever.
    if let Some(registrant) = &registrant {
        write.lock_person(&registrant.id).await?;
    }
    // Unknown addresses are counted for the client like known ones: who asks for many runs out alike.
    let client_may = write.count(&context.secrets.scope("resends-by-client", &[client]), RESENDS_BY_CLIENT, now).await?;
    if let Some(registrant) = registrant
        && event.phase != Phase::Cancelled
        && registrant.seat != Seat::Cancelled
        && client_may
        && write.count(&address, MAILS_TO_ADDRESS, now).await?
    {
        let kind = if registrant.seat == Seat::WaitingList { MailKind::WaitingList } else { MailKind::Resend };
        write.add_mail(&event.id, Some(registrant.id), kind, now).await?;
    }
    write.commit().await?;
    context.bell.notify_one();
    Ok(())
}
