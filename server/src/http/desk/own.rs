//! What whoever is signed in sets for themselves.

use super::{guard::Who, session::is_password};
use crate::{
    http::{body::Body, context::Context, error::Error, same_time::same_time},
    trust::password,
};
use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode},
};
use curtain_up_protocol::{
    FieldCode,
    desk::{Columns, DeskProblem, PasswordRequest},
};
use std::net::SocketAddr;

/// Sets the own password; all other sessions end.
#[utoipa::path(put, path = "/api/desk/password", tag = "desk: session", security(("session" = [])), request_body = PasswordRequest,
    responses((status = 204, description = "Set"), (status = 401, body = DeskProblem, description = "not_signed_in"),
        (status = 422, body = DeskProblem, description = "invalid_fields: old, new")))]
pub async fn set_password(
    State(context): State<Context>,
    who: Who,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Body(request): Body<PasswordRequest>,
) -> Result<StatusCode, Error> {
    let client = context.client(peer, &headers).to_string();
    same_time(set_password_at_once(&context, &who, &client, &request)).await
}

async fn set_password_at_once(context: &Context, who: &Who, client: &str, request: &PasswordRequest) -> Result<StatusCode, Error> {
    let session = who.session()?;
    let host = &session.host;
    if !password::is_acceptable(&request.new) || request.new.eq_ignore_ascii_case(&host.email) {
        return Err(Error::field("new", FieldCode::InvalidValue));
    }
    if host.password.is_some() && !session.by_mail {
        let old = request.old.as_deref().unwrap_or_default();
        if !is_password(context, Some(host), &host.email.to_ascii_lowercase(), client, old).await? {
            return Err(Error::field("old", FieldCode::InvalidValue));
        }
    }
    let hash = password::hash(&request.new).await.ok_or(Error::Unavailable)?;
    context.store.set_password(host, &hash, &session.token_hash, context.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The columns of the People table that one has chosen.
#[utoipa::path(get, path = "/api/desk/columns", tag = "desk: session", security(("session" = [])),
    responses((status = 200, body = Columns), (status = 401, body = DeskProblem, description = "not_signed_in")))]
pub async fn columns(who: Who) -> Result<Json<Columns>, Error> {
    Ok(Json(Columns { columns: who.session()?.host.columns.clone() }))
}

/// Chooses the columns of the People table.
#[utoipa::path(put, path = "/api/desk/columns", tag = "desk: session", security(("session" = [])), request_body = Columns,
    responses((status = 204, description = "Kept"), (status = 422, body = DeskProblem, description = "invalid_fields: columns")))]
pub async fn set_columns(State(context): State<Context>, who: Who, Body(request): Body<Columns>) -> Result<StatusCode, Error> {
    if request.columns.len() > 100 || request.columns.iter().any(|name| name.len() > 100) {
        return Err(Error::field("columns", FieldCode::TooLong));
    }
    context.store.set_columns(&who.session()?.host.id, &request.columns).await?;
    Ok(StatusCode::NO_CONTENT)
}
