//! The hosted pages of an event, for hosts without a page of their own and for people without a program in their
//! browser: forms that post, and a waiting page that looks again by itself. The same rules, counters and answers as the
//! JSON interface, whose functions they call.

mod entry;
mod form;
mod lost_link;
mod moving;
mod page;
mod registration;
pub(super) mod sent_from_here;
mod series;
mod waiting;
mod words;

use super::{context::Context, error::Error, slug::Slug};
use askama::Template;
use axum::{
    Router,
    extract::{RawQuery, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use curtain_up_protocol::{Admission, Door, FieldProblem, Phase, RegistrationRequest, percent_encode};
use form::{Control, controls, source, source_pairs};
use page::{Page, date, send};

/// The page of a series, and everything below `/e/{slug}`. A form's own address, opened by hand, leads back to where the form is.
pub fn routes() -> Router<Context> {
    Router::new()
        .route("/e/{slug}", get(event))
        .route("/e/{slug}/live", get(event))
        .route("/e/{slug}/register", get(registration::form).post(registration::register))
        .route("/e/{slug}/registered", get(registration::registered))
        .route("/e/{slug}/resend", get(lost_link::form).post(lost_link::resend))
        .route("/e/{slug}/resent", get(lost_link::resent))
        .route("/e/{slug}/enter", get(entry::form).post(entry::enter))
        .route("/e/{slug}/waiting", get(waiting::waiting))
        .route("/e/{slug}/go", post(moving::go))
        .route("/e/{slug}/here", post(moving::here))
        .route("/s/{slug}", get(series::series))
        .route("/hosted-page.css", get(style))
}

/// The page on which the event's element stands, and, where no program runs, its plain form.
#[derive(Template)]
#[template(path = "hosted_page.html")]
struct HostedPage {
    page: Page,
    /// Whether the element is left out.
    plain: bool,
    /// Where the plain page is.
    plain_path: String,
    /// What the page was opened by and lets somebody in, as names and values.
    link: Vec<(&'static str, String)>,
    /// Why one cannot register, in words.
    shut: Option<String>,
    /// The registration form.
    controls: Vec<Control>,
    /// Where the visitor came from.
    source: Vec<(String, String)>,
    /// The words of the button.
    submit: &'static str,
    /// What people come in by.
    door: Door,
    /// What those are asked who come in without registering: a code, or nothing.
    entry: Vec<Control>,
    /// What went wrong, in words.
    trouble: String,
    /// What is wrong and belongs to no control.
    lost_problems: Vec<String>,
    phase: Phase,
    /// The page of the series that it is a date of, as a path.
    series: Option<String>,
}

impl HostedPage {
    async fn new(
        context: &Context,
        event: &crate::store::event::Event,
        typed: &RegistrationRequest,
        problems: &[FieldProblem],
    ) -> Result<Self, Error> {
        let page = Page::of(context, event);
        let admission = context.admission(event).await?;
        let words = &page.words;
        let door = event.plan.settings.door();
        let closed = match door {
            Door::Registration => "closed_text",
            Door::Code => "code_text",
            Door::Open => "open_text",
        };
        let shut = match admission {
            Admission::Closed => Some(words.say(closed).to_owned()),
            Admission::NotYetOpen => Some(match event.plan.opens_at {
                Some(opens) => words.fill("not_yet_open_until", "date", &date(opens, event.plan.start.zone, words)),
                None => words.say("not_yet_open").to_owned(),
            }),
            Admission::Open | Admission::Full => None,
        };
        let controls = controls(event, words, typed, problems);
        let is_shown = |problem: &&FieldProblem| controls.iter().any(|control| control.name == problem.field);
        let lost_problems = problems.iter().filter(|problem| !is_shown(problem)).map(|problem| problem.field.clone()).collect();
        let source = source_pairs(&typed.source);
        let query: String = source.iter().map(|(name, value)| format!("&{}={}", percent_encode(name), percent_encode(value))).collect();
        Ok(Self {
            plain: false,
            plain_path: format!("{}?plain{query}", page.path),
            link: Vec::new(),
            shut,
            controls,
            source,
            submit: if admission == Admission::Full { "action_wait" } else { "action_register" },
            door,
            entry: if door == Door::Registration { Vec::new() } else { entry::asked(door, words, "") },
            trouble: String::new(),
            lost_problems,
            phase: event.phase,
            series: event.plan.series.as_ref().map(|series| format!("/s/{series}?plain{query}")),
            page,
        })
    }
}

/// The page on which the event's element stands. Opened by an access link, or one that a portal signed, it holds a button
/// that takes people without the element in: opening it guesses nothing, so that mail scanners change and learn nothing.
async fn event(State(context): State<Context>, Slug(slug): Slug, RawQuery(query): RawQuery) -> Result<Response, Error> {
    let event = context.event(&slug).await?;
    let query = query.unwrap_or_default();
    let typed = RegistrationRequest { source: source(&query), ..RegistrationRequest::default() };
    let link = entry::pairs(&query);
    let is_secret = !link.is_empty();
    let page = HostedPage {
        plain: query.split('&').any(|pair| pair == "plain" || pair == "plain="),
        link,
        ..HostedPage::new(&context, &event, &typed, &[]).await?
    };
    let mut response = send(&page, axum::http::StatusCode::OK)?;
    if !is_secret {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    Ok(response)
}

/// The pages' own style.
async fn style() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=300")];
    (headers, include_str!("../../templates/hosted_page.css"))
}
