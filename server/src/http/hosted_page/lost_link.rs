//! A lost access link, by the plain form.

use super::{
    form::{Control, resend as request},
    page::{Page, see_other, send, send_problem, trouble},
    registration::Sent,
    sent_from_here::SentFromHere,
};
use crate::http::{context::Context, error::Error, resend::promise, slug::Slug};
use askama::Template;
use axum::{
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use std::net::SocketAddr;

#[derive(Template)]
#[template(path = "hosted_page/lost_link.html")]
struct LostLink {
    page: Page,
    controls: Vec<Control>,
    trouble: String,
}

/// The form.
pub async fn form(State(context): State<Context>, Slug(slug): Slug) -> Result<Response, Error> {
    let page = Page::of(&context, &context.event(&slug).await?);
    let controls = vec![Control::email(&page.words, "", None)];
    send(&LostLink { page, controls, trouble: String::new() }, StatusCode::OK)
}

/// Takes the form.
pub async fn resend(
    State(context): State<Context>,
    Slug(slug): Slug,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    form: Result<SentFromHere, Error>,
) -> Result<Response, Error> {
    let event = context.event(&slug).await?;
    let client = context.client(peer, &headers).to_string();
    let mut typed = String::new();
    let done = match form {
        Ok(SentFromHere(body)) => {
            let request = request(&body);
            typed.clone_from(&request.email);
            promise(&context, &slug, &client, &request).await
        }
        Err(error) => Err(error),
    };
    let error = match done {
        Ok(()) => return see_other(&format!("/e/{slug}/resent")),
        Err(error) => error,
    };
    let page = Page::of(&context, &event);
    let problem = if let Error::InvalidFields(problems) = &error { problems.first().map(|problem| problem.code) } else { None };
    let controls = vec![Control::email(&page.words, &typed, problem)];
    let trouble = trouble(&page.words, &error);
    send_problem(&LostLink { page, controls, trouble }, error)
}

/// “Check your mail”, whoever is registered.
pub async fn resent(State(context): State<Context>, Slug(slug): Slug) -> Result<Response, Error> {
    let event = context.event(&slug).await?;
    send(&Sent { page: Page::of(&context, &event), text: "plain_resent" }, StatusCode::OK)
}
