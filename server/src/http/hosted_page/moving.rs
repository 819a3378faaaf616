//! Moving about without a program: into a linked event without typing the code again, and here from another device.

use super::{
    entry::{enters, kept_pass, refused},
    page::see_other,
    sent_from_here::SentFromHere,
};
use crate::{
    http::{body::FormBody, context::Context, door::open, error::Error, linked::ticket_to, presence::note, room::holder, slug::Slug},
    store::{event::Event, registrant::Registrant},
};
use axum::{
    extract::{ConnectInfo, State},
    http::HeaderMap,
    response::Response,
};
use curtain_up_protocol::{DoorRequest, Phase, Presence, PresenceRequest};
use std::net::SocketAddr;

/// Leads into a linked event. The ticket is taken at once and never stands in an address. An event that does not know the
/// person asks for itself.
pub async fn go(
    State(context): State<Context>,
    Slug(slug): Slug,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    form: Result<SentFromHere, Error>,
) -> Result<Response, Error> {
    let event = context.event(&slug).await?;
    let (body, person, device) = match asked(&context, &event, &headers, form).await {
        Ok(asked) => asked,
        Err(error) => return refused(&context, &event, "", error),
    };
    let there = context.event(body.value("to")).await?;
    let slug = &there.plan.slug;
    let admitted = match ticket_to(&context, &event, &person, device, &there).await {
        Ok(ticket) => {
            let client = context.client(peer, &headers).to_string();
            open(&context, &there, &client, &DoorRequest::Ticket(ticket), None).await
        }
        Err(error) => Err(error),
    };
    match admitted {
        Ok(answer) => enters(&context, slug, &answer.pass),
        Err(Error::AccessRefused) => see_other(&format!("/e/{slug}?plain")),
        Err(error) => refused(&context, &event, "", error),
    }
}

/// Goes on here, where another device has the seat.
pub async fn here(
    State(context): State<Context>,
    Slug(slug): Slug,
    headers: HeaderMap,
    form: Result<SentFromHere, Error>,
) -> Result<Response, Error> {
    let event = context.event(&slug).await?;
    let (_, person, device) = match asked(&context, &event, &headers, form).await {
        Ok(asked) => asked,
        Err(error) => return refused(&context, &event, "", error),
    };
    let place = if event.phase == Phase::Live { Presence::Room } else { Presence::Waiting };
    note(&context, &event, &person, device, PresenceRequest { place, take: true }).await?;
    see_other(&format!("/e/{slug}/waiting"))
}

/// What was asked, by whom, on which device: by a form of these pages, with the pass that the browser keeps.
async fn asked(
    context: &Context,
    event: &Event,
    headers: &HeaderMap,
    form: Result<SentFromHere, Error>,
) -> Result<(FormBody, Registrant, u64), Error> {
    let SentFromHere(body) = form?;
    let (person, device) = holder(context, event, kept_pass(headers)).await?;
    Ok((body, person, device))
}
