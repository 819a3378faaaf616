//! What all hosted pages share: the event that they are about, their headers, and how they are sent.

use super::words::Words;
use crate::{
    http::{context::Context, error::Error},
    mail::{when::time_in, words::in_language},
    store::{event::Event, series::Series},
};
use askama::Template;
use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use chrono_tz::Tz;
use curtain_up_protocol::Timestamp;
use std::sync::Arc;

/// Nothing but this server's own script, style and data; the host's picture and room may be at any `https:` site.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; img-src 'self' data: https:; \
     frame-src https:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The event, or series, that a page is about.
pub struct Page {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// `https:` address of a picture above it.
    pub cover: Option<String>,
    /// The language that the host writes in.
    pub language: String,
    /// Its hosted page, as a path.
    pub path: String,
    /// Its hosted page, as an address.
    pub address: String,
    /// When it starts, in its own zone; empty for a series.
    pub start: String,
    /// What the page says besides.
    pub words: Arc<Words>,
}

impl Page {
    /// A page about this event.
    pub fn of(context: &Context, event: &Event) -> Self {
        let plan = &event.plan;
        let path = format!("/e/{}", plan.slug);
        let words = Words::of(&plan.language);
        Self {
            title: plan.title.clone(),
            description: plan.description.clone(),
            cover: plan.settings.cover.clone(),
            language: plan.language.clone(),
            address: format!("{}{path}", context.config.public_url),
            path,
            start: date(plan.start.at, plan.start.zone, &words),
            words,
        }
    }

    /// A page about this series.
    pub fn of_series(context: &Context, series: &Series) -> Self {
        let plan = series.plan.clone();
        let path = format!("/s/{}", plan.slug);
        Self {
            title: plan.title,
            description: plan.description,
            cover: None,
            address: format!("{}{path}", context.config.public_url),
            path,
            start: String::new(),
            words: Words::of(&plan.language),
            language: plan.language,
        }
    }
}

/// A time as mails tell it, in the language of a page.
pub fn date(at: Timestamp, zone: Tz, words: &Words) -> String {
    time_in(zone, at, in_language([words.language.as_str()]))
}

/// Sends a page.
pub fn send(page: &impl Template, status: StatusCode) -> Result<Response, Error> {
    let html = page.render().map_err(|error| {
        tracing::error!(%error, "a hosted page cannot be rendered");
        Error::Unavailable
    })?;
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        // The page's own address may hold an access link: nobody is told it, not even this server's log.
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("permissions-policy"), "camera=*, microphone=*, display-capture=*, fullscreen=*, autoplay=*"),
    ];
    Ok((status, headers, Html(html)).into_response())
}

/// Sends a page that says what went wrong, with the status and the headers that the JSON interface answers with.
pub fn send_problem(page: &impl Template, error: Error) -> Result<Response, Error> {
    let problem = error.into_response();
    let mut response = send(page, problem.status())?;
    if let Some(wait) = problem.headers().get(header::RETRY_AFTER) {
        response.headers_mut().insert(header::RETRY_AFTER, wait.clone());
    }
    Ok(response)
}

/// What to say to a person about what went wrong.
pub fn trouble(words: &Words, error: &Error) -> String {
    let text = match error {
        Error::InvalidFields(_) => words.say("trouble_fields"),
        Error::AccessRefused => words.say("trouble_access"),
        Error::PassRefused => words.say("trouble_pass"),
        Error::NotYetOpen => words.say("not_yet_open"),
        Error::RegistrationClosed => words.say("closed_text"),
        Error::TooManyRequests => words.say("plain_too_many"),
        Error::ForeignForm => words.say("plain_foreign"),
        Error::Unavailable | Error::Store(_) => words.say("trouble_busy"),
        _ => words.say("trouble_other"),
    };
    text.to_owned()
}

/// Sends somebody on to another page, by GET: a reload repeats nothing.
pub fn see_other(path: &str) -> Result<Response, Error> {
    let mut response = (StatusCode::SEE_OTHER, [(header::CACHE_CONTROL, "no-store")]).into_response();
    response.headers_mut().insert(header::LOCATION, HeaderValue::from_str(path).map_err(|_| Error::Unavailable)?);
    Ok(response)
}
