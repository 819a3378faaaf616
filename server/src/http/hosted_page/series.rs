//! The page of a series: the element, and where no program runs, its dates as ways to their plain pages.

use super::{
    form::{source, source_pairs},
    page::{Page, date, send},
};
use crate::http::{context::Context, error::Error, slug::Slug};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use curtain_up_protocol::{Admission, percent_encode};

#[derive(Template)]
#[template(path = "hosted_page/series.html")]
struct SeriesPage {
    page: Page,
    /// Whether the element is left out.
    plain: bool,
    /// Where the visitor came from, to be handed on, as the end of a query.
    query: String,
    dates: Vec<Date>,
}

struct Date {
    /// Its hosted page, as a path.
    path: String,
    title: String,
    /// When it starts, in its own zone.
    start: String,
    /// What keeps people from a seat, as a text's key.
    shut: Option<&'static str>,
}

/// The series and its dates.
pub async fn series(State(context): State<Context>, Slug(slug): Slug, RawQuery(query): RawQuery) -> Result<Response, Error> {
    let (series, events) = context.series(&slug).await?;
    let query = query.unwrap_or_default();
    let page = Page::of_series(&context, &series);
    let mut dates = Vec::with_capacity(events.len());
    for event in events {
        let shut = match context.admission(&event).await? {
            Admission::Open => None,
            Admission::Full => Some("action_wait"),
            Admission::Closed => Some("closed_text"),
            Admission::NotYetOpen => Some("not_yet_open"),
        };
        let start = date(event.plan.start.at, event.plan.start.zone, &page.words);
        dates.push(Date { path: format!("/e/{}", event.plan.slug), title: event.plan.title, start, shut });
    }
    let pairs = source_pairs(&source(&query));
    let page = SeriesPage {
        page,
        plain: query.split('&').any(|pair| pair == "plain" || pair == "plain="),
        query: pairs.iter().map(|(name, value)| format!("&{}={}", percent_encode(name), percent_encode(value))).collect(),
        dates,
    };
    let mut response = send(&page, StatusCode::OK)?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}
