//! The table of people.

use super::guard::Who;
use crate::{
    http::{context::Context, error::Error, slug::Slug},
    revealed::{Reveal, Revealed},
    store::{
        audit::Deed,
        event::Event,
        people::{Cursor, ListedPerson, PeopleRequest},
    },
};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use curtain_up_protocol::desk::{DeskProblem, PeopleList, PeopleQuery, Person, Scope};

/// How many people a page has, where nothing is said.
const PAGE: i64 = 50;
/// The most.
const LARGEST_PAGE: i64 = 500;

/// People of an event: filtered, sorted, a page at a time.
#[utoipa::path(get, path = "/api/desk/events/{slug}/people", tag = "desk: people", security(("session" = []), ("token" = ["read", "keys"])),
    params(("slug" = String, Path, description = "The event's slug"), PeopleQuery),
    responses((status = 200, body = PeopleList), (status = 400, body = DeskProblem, description = "invalid_request: the query"),
        (status = 403, body = DeskProblem, description = "not_allowed: `reveal` is for hosts"), (status = 404, body = DeskProblem, description = "event_not_found")))]
pub async fn list(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    query: Result<Query<PeopleQuery>, QueryRejection>,
) -> Result<Json<PeopleList>, Error> {
    let event = who.event(&context, &slug).await?;
    let Query(query) = query.map_err(|_| Error::InvalidRequest(String::new()))?;
    let reveal = Reveal::parse(&query.reveal).ok_or_else(|| Error::InvalidRequest("reveal".to_owned()))?;
    if reveal.any() {
        who.needs(Scope::Keys)?;
    }
    let after =
        query.cursor.as_deref().map(|text| Cursor::parse(text, query.sort).ok_or_else(|| Error::InvalidRequest("cursor".to_owned())));
    let page = context
        .store
        .people(&PeopleRequest {
            event: &event.id,
            filter: &query.filter(),
            sort: query.sort,
            descending: query.descending,
            after: after.transpose()?,
            limit: query.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE),
        })
        .await?;
    if reveal.any() {
        let detail = format!("{}: {} people", query.reveal, page.people.len());
        who.note(&context, &Deed { detail: &detail, ..Deed::at("keys_shown", &slug) }).await?;
    }
    let people = page.people.into_iter().map(|person| shown(&context, &event, person, reveal)).collect();
    Ok(Json(PeopleList { people, next: page.next.map(|cursor| cursor.text()), total: page.total }))
}

/// Somebody as the desk shows them.
pub fn shown(context: &Context, event: &Event, listed: ListedPerson, reveal: Reveal) -> Person {
    let revealed = Revealed::of(&listed.registrant, event, reveal, &context.secrets, &context.config.public_url);
    let known = listed.registrant;
    Person {
        id: known.id,
        email: known.email,
        first_name: known.first_name,
        last_name: known.last_name,
        registered_at: known.registered_at,
        seat: known.seat,
        mail: listed.mail,
        attended_at: known.attended_at,
        external_id: known.external_id,
        source_name: listed.source_name,
        source: known.source,
        answers: known.answers,
        consents: known.consents,
        key: revealed.key,
        link: revealed.link,
        code: revealed.code,
    }
}
