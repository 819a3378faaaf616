//! The trail of deeds.

use super::guard::Who;
use crate::http::{context::Context, error::Error};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use curtain_up_protocol::desk::{AuditPage, DeskProblem};
use serde::Deserialize;

/// Where a page begins.
#[derive(Deserialize)]
pub struct From {
    cursor: Option<String>,
}

/// Who did what in the organisation, the newest first.
#[utoipa::path(get, path = "/api/desk/audit", tag = "desk: organisation", security(("session" = [])),
    params(("cursor" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, body = AuditPage), (status = 403, body = DeskProblem, description = "not_allowed")))]
pub async fn trail(State(context): State<Context>, who: Who, from: Result<Query<From>, QueryRejection>) -> Result<Json<AuditPage>, Error> {
    let Query(from) = from.map_err(|_| Error::InvalidRequest("cursor".to_owned()))?;
    Ok(Json(context.store.audit(&who.actor.organisation, from.cursor.as_deref()).await?))
}
