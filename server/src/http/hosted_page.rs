//! The hosted page of an event, for hosts without a page of their own, and below it `/live`, where access links lead.

use super::{context::Context, error::Error, slug::Slug};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderName, header},
    response::{Html, IntoResponse, Response},
};

#[derive(Template)]
#[template(path = "hosted_page.html")]
struct HostedPage {
    title: String,
    description: String,
    language: String,
    address: String,
}

/// Nothing but this server's own script, style and data; rooms are shown in frames of any `https:` site.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; img-src 'self' data:; \
     frame-src https:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The page on which the event's element stands.
pub async fn event(State(context): State<Context>, Slug(slug): Slug) -> Result<Response, Error> {
    let event = context.event(&slug).await?;
    let page = HostedPage {
        title: event.plan.title,
        description: event.plan.description,
        language: event.plan.language,
        address: format!("{}/e/{}", context.config.public_url, event.plan.slug),
    };
    let html = page.render().map_err(|error| {
        tracing::error!(%error, "the hosted page cannot be rendered");
        Error::Unavailable
    })?;
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        // The page's own address may hold an access link: nobody is told it, not even this server's log.
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-cache"),
        (HeaderName::from_static("permissions-policy"), "camera=*, microphone=*, display-capture=*, fullscreen=*, autoplay=*"),
    ];
    Ok((headers, Html(html)).into_response())
}

/// The page's own style.
pub async fn style() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=300")];
    (headers, include_str!("../../templates/hosted_page.css"))
}
