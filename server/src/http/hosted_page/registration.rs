//! Registering by the plain form: what is wrong comes back with all that was typed; what is right leads to one page,
//! the same for everybody. Instant entry is for the element only: a pass would tell who was registered before.

use super::{
    HostedPage,
    form::registration,
    page::{Page, see_other, send, send_problem, trouble},
    sent_from_here::SentFromHere,
};
use crate::http::{context::Context, error::Error, registration::accept, slug::Slug};
use askama::Template;
use axum::{
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use curtain_up_protocol::RegistrationRequest;
use std::net::SocketAddr;

#[derive(Template)]
#[template(path = "hosted_page/sent.html")]
pub(super) struct Sent {
    pub page: Page,
    /// What is on its way, as a text's key.
    pub text: &'static str,
}

/// Takes a registration.
pub async fn register(
    State(context): State<Context>,
    Slug(slug): Slug,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    form: Result<SentFromHere, Error>,
) -> Result<Response, Error> {
    let event = context.event(&slug).await?;
    let client = context.client(peer, &headers).to_string();
    let mut typed = RegistrationRequest::default();
    let done = match form {
        Ok(SentFromHere(body)) => {
            typed = registration(&body, &headers);
            accept(&context, &slug, &client, typed.clone()).await
        }
        Err(error) => Err(error),
    };
    let error = match done {
        Ok(_) => return see_other(&format!("/e/{slug}/registered")),
        Err(error) => error,
    };
    let problems = if let Error::InvalidFields(problems) = &error { problems.as_slice() } else { &[] };
    let page = HostedPage::new(&context, &event, &typed, problems).await?;
    let trouble = trouble(&page.page.words, &error);
    send_problem(&HostedPage { plain: true, trouble, ..page }, error)
}

/// Leads back to the form.
pub async fn form(Slug(slug): Slug) -> Result<Response, Error> {
    see_other(&format!("/e/{slug}?plain"))
}

/// “Check your mail”, whoever is registered.
pub async fn registered(State(context): State<Context>, Slug(slug): Slug) -> Result<Response, Error> {
    let event = context.event(&slug).await?;
    send(&Sent { page: Page::of(&context, &event), text: "plain_registered" }, StatusCode::OK)
}
