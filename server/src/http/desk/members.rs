//! The hosts and viewers of an organisation.

use super::guard::Who;
use crate::{
    http::{body::Body, context::Context, error::Error},
    name::name,
    store::{host::NewHost, host_mail::HostMailKind},
    trust::rate::WELCOMES,
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use curtain_up_protocol::{
    Email, FieldCode,
    desk::{DeskProblem, MemberChange, MemberDocument, MemberRequest},
};

/// Who may sign in.
#[utoipa::path(get, path = "/api/desk/hosts", tag = "desk: organisation", security(("session" = [])),
    responses((status = 200, body = Vec<MemberDocument>), (status = 403, body = DeskProblem, description = "not_allowed")))]
pub async fn list(State(context): State<Context>, who: Who) -> Result<Json<Vec<MemberDocument>>, Error> {
    let hosts = context.store.hosts(&who.actor.organisation).await?;
    Ok(Json(hosts.iter().map(crate::store::host::Host::member).collect()))
}

/// Adds somebody, who gets a link to sign in by.
#[utoipa::path(post, path = "/api/desk/hosts", tag = "desk: organisation", security(("session" = [])), request_body = MemberRequest,
    responses((status = 201, body = MemberDocument), (status = 403, body = DeskProblem, description = "not_allowed"),
        (status = 422, body = DeskProblem, description = "invalid_fields: email, name")))]
pub async fn add(
    State(context): State<Context>,
    who: Who,
    Body(request): Body<MemberRequest>,
) -> Result<(StatusCode, Json<MemberDocument>), Error> {
    let now = context.clock.now();
    let email = Email::parse(&request.email).map_err(|code| Error::field("email", code))?;
    let name = checked(&request.name)?;
    context.count("welcomes", &email.canonical(), WELCOMES).await?;
    let host = context.store.add_host(&who.actor, &NewHost { email: &email, name, role: request.role }, now).await?;
    let mut write = context.store.write().await?;
    write.add_host_mail(&host.id, HostMailKind::Welcome, "", now).await?;
    write.commit().await?;
    context.host_bell.notify_one();
    Ok((StatusCode::CREATED, Json(host.member())))
}

/// Changes somebody's name or what they may do.
#[utoipa::path(patch, path = "/api/desk/hosts/{id}", tag = "desk: organisation", security(("session" = [])), request_body = MemberChange,
    params(("id" = String, Path, description = "The host's id")),
    responses((status = 200, body = MemberDocument), (status = 404, body = DeskProblem, description = "not_found"),
        (status = 409, body = DeskProblem, description = "last_host")))]
pub async fn change(
    State(context): State<Context>,
    who: Who,
    Path(id): Path<String>,
    Body(request): Body<MemberChange>,
) -> Result<Json<MemberDocument>, Error> {
    let name = request.name.as_deref().map(checked).transpose()?.map(str::to_owned);
    let change = MemberChange { name, role: request.role };
    Ok(Json(context.store.change_host(&who.actor, &id, &change, context.clock.now()).await?.member()))
}

/// Removes somebody; their sessions end.
#[utoipa::path(delete, path = "/api/desk/hosts/{id}", tag = "desk: organisation", security(("session" = [])),
    params(("id" = String, Path, description = "The host's id")),
    responses((status = 204, description = "Removed"), (status = 404, body = DeskProblem, description = "not_found"),
        (status = 409, body = DeskProblem, description = "last_host")))]
pub async fn remove(State(context): State<Context>, who: Who, Path(id): Path<String>) -> Result<StatusCode, Error> {
    context.store.remove_host(&who.actor, &id, context.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn checked(typed: &str) -> Result<&str, Error> {
    name(typed).ok_or_else(|| Error::field("name", FieldCode::InvalidValue))
}
