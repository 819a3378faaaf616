//! Exports: streamed page by page, so that a million people take no more memory than a thousand.

use super::guard::Who;
use crate::{
    export::{Column, Pages, Secrecy, wanted},
    http::{body::Body, context::Context, error::Error, slug::Slug},
    store::{StoreError, audit::Deed, event::Event},
    trust::rate::EXPORT_MAILS,
};
use axum::{
    Json,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{
        StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use curtain_up_protocol::{
    FieldCode,
    desk::{DeskProblem, ExportAnswer, ExportFormat, ExportRequest, Scope},
};

/// The people of an event as a file: those that match, with the columns that were asked for.
#[utoipa::path(get, path = "/api/desk/events/{slug}/export", tag = "desk: people", security(("session" = []), ("token" = ["read", "keys"])),
    params(("slug" = String, Path, description = "The event's slug"), ExportRequest),
    responses((status = 200, content_type = "text/csv", body = String, description = "RFC 4180, or JSON Lines (application/jsonl)"),
        (status = 403, body = DeskProblem, description = "not_allowed: keys, links and codes are for hosts"),
        (status = 404, body = DeskProblem, description = "event_not_found"), (status = 422, body = DeskProblem, description = "invalid_fields: columns")))]
pub async fn export(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    query: Result<Query<ExportRequest>, QueryRejection>,
) -> Result<Response, Error> {
    let event = who.event(&context, &slug).await?;
    let Query(request) = query.map_err(|_| Error::InvalidRequest(String::new()))?;
    send(&context, &who, event, &request).await
}

/// Promises an export by mail: a link that works for 24 hours, for the hosts of the organisation.
#[utoipa::path(post, path = "/api/desk/events/{slug}/exports", tag = "desk: people", security(("session" = [])), request_body = ExportRequest,
    params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 202, body = ExportAnswer), (status = 403, body = DeskProblem, description = "not_allowed: a script has no mailbox"),
        (status = 404, body = DeskProblem, description = "event_not_found"), (status = 422, body = DeskProblem, description = "invalid_fields: columns")))]
pub async fn promise(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    Body(request): Body<ExportRequest>,
) -> Result<(StatusCode, Json<ExportAnswer>), Error> {
    let event = who.event(&context, &slug).await?;
    let host = who.session()?.host.id.clone();
    allowed(&who, &event, &request)?;
    context.count("export-mails", &host, EXPORT_MAILS).await?;
    let export = context.store.promise_export(&who.actor, &host, &event, &request, context.clock.now()).await?;
    context.host_bell.notify_one();
    Ok((StatusCode::ACCEPTED, Json(ExportAnswer { export })))
}

/// An export that was promised by mail.
#[utoipa::path(get, path = "/api/desk/exports/{id}", tag = "desk: people", security(("session" = []), ("token" = ["read", "keys"])),
    params(("id" = String, Path, description = "The export's id")),
    responses((status = 200, content_type = "text/csv", body = String, description = "As GET /events/{slug}/export"),
        (status = 403, body = DeskProblem, description = "not_allowed"), (status = 404, body = DeskProblem, description = "not_found: another's, or over")))]
pub async fn fetch(State(context): State<Context>, who: Who, Path(id): Path<String>) -> Result<Response, Error> {
    let found = context.store.export(&who.actor.organisation, &id, context.clock.now()).await?;
    let (event, request) = found.ok_or(Error::NotFound)?;
    send(&context, &who, event, &request).await
}

/// The columns that were asked for, where they may be had.
fn allowed(who: &Who, event: &Event, request: &ExportRequest) -> Result<Vec<Column>, Error> {
    let columns = wanted(&event.plan, &request.columns).map_err(|_| Error::field("columns", FieldCode::NotAChoice))?;
    if columns.iter().any(|column| column.secrecy() == Secrecy::Secret) {
        who.needs(Scope::Keys)?;
    }
    Ok(columns)
}

async fn send(context: &Context, who: &Who, event: Event, request: &ExportRequest) -> Result<Response, Error> {
    let columns = allowed(who, &event, request)?;
    let slug = event.plan.slug.clone();
    let detail = if request.columns.is_empty() { "columns: all but secrets".to_owned() } else { format!("columns: {}", request.columns) };
    who.note(context, &Deed { detail: &detail, ..Deed::at("exported", &slug) }).await?;
    let (kind, ending) = match request.format {
        ExportFormat::Csv => ("text/csv; charset=utf-8; header=present", "csv"),
        ExportFormat::Jsonl => ("application/jsonl; charset=utf-8", "jsonl"),
    };
    let headers = [(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, format!("attachment; filename=\"{slug}-people.{ending}\""))];
    let pages = Pages::new(&context.store, &context.secrets, &context.config.public_url, event, columns, request);
    // Where the database fails, the answer breaks off: no reader takes half a list for a whole one.
    let stream = futures_util::stream::try_unfold(pages, async |mut pages| {
        let text = pages.next().await.inspect_err(|error| tracing::error!(%error, "an export broke off"))?;
        Ok::<_, StoreError>(text.map(|text| (text, pages)))
    });
    Ok((headers, axum::body::Body::from_stream(stream)).into_response())
}
