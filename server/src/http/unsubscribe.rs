//! Ending reminders: the address in every reminder (RFC 8058). It is asked with GET, which changes nothing, since
//! scanners open whatever stands in a mail, and done with POST, without a cookie, by the mail program or by the page's button.

use super::{context::Context, error::Error};
use crate::{
    mail::words::{Words, fill, in_language},
    store::{event::Event, registrant::Registrant},
    trust::mail_signature::allows_unsubscribing,
};
use askama::Template;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::header,
    response::{Html, IntoResponse, Response},
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "unsubscribe.html")]
struct Page {
    words: &'static Words,
    sentence: String,
    is_question: bool,
}

/// Whose reminders, and the signature that the server wrote into the mail.
#[derive(Deserialize)]
pub struct Whose {
    person: String,
    sig: String,
}

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The question, and a button. Nothing changes.
pub async fn ask(State(context): State<Context>, whose: Result<Query<Whose>, QueryRejection>) -> Result<Response, Error> {
    let (person, event) = find(&context, whose).await?;
    page(&person, &event, !person.reminders_off)
}

/// Ends the reminders. Links that somebody asks for are sent as before.
pub async fn stop(State(context): State<Context>, whose: Result<Query<Whose>, QueryRejection>) -> Result<Response, Error> {
    let (person, event) = find(&context, whose).await?;
    context.store.stop_reminders(&person.id, context.clock.now()).await?;
    page(&person, &event, false)
}

async fn find(context: &Context, whose: Result<Query<Whose>, QueryRejection>) -> Result<(Registrant, Event), Error> {
    let Query(whose) = whose.map_err(|_| Error::NotFound)?;
    if !allows_unsubscribing(&context.secrets, &whose.person, &whose.sig) {
        return Err(Error::NotFound);
    }
    context.store.person(&whose.person).await?.ok_or(Error::NotFound)
}

fn page(person: &Registrant, event: &Event, is_question: bool) -> Result<Response, Error> {
    let words = in_language(person.language.as_deref().into_iter().chain([event.plan.language.as_str()]));
    let sentence = fill(if is_question { words.stop_question } else { words.stopped }, &[("title", &event.plan.title)]);
    let html = Page { words, sentence, is_question }.render().map_err(|error| {
        tracing::error!(%error, "the page that ends reminders cannot be rendered");
        Error::Unavailable
    })?;
    let headers = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, Html(html)).into_response())
}
