//! API tokens, as hosts make and take them back.

use super::guard::Who;
use crate::{
    http::{body::Body, context::Context, error::Error},
    name::given_name,
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use curtain_up_protocol::{
    FieldCode,
    desk::{DeskProblem, NewToken, TokenDocument, TokenRequest},
};

/// The tokens of the organisation, without their secrets.
#[utoipa::path(get, path = "/api/desk/tokens", tag = "desk: organisation", security(("session" = [])),
    responses((status = 200, body = Vec<TokenDocument>), (status = 403, body = DeskProblem, description = "not_allowed")))]
pub async fn list(State(context): State<Context>, who: Who) -> Result<Json<Vec<TokenDocument>>, Error> {
    Ok(Json(context.store.tokens(&who.actor.organisation).await?))
}

/// Makes a token. Its secret is shown this once.
#[utoipa::path(post, path = "/api/desk/tokens", tag = "desk: organisation", security(("session" = [])), request_body = TokenRequest,
    responses((status = 201, body = NewToken), (status = 403, body = DeskProblem, description = "not_allowed"),
        (status = 422, body = DeskProblem, description = "invalid_fields: name, scopes")))]
pub async fn add(
    State(context): State<Context>,
    who: Who,
    Body(request): Body<TokenRequest>,
) -> Result<(StatusCode, Json<NewToken>), Error> {
    let name = given_name(&request.name).ok_or_else(|| Error::field("name", FieldCode::InvalidValue))?;
    if request.scopes.is_empty() {
        return Err(Error::field("scopes", FieldCode::Required));
    }
    let (token, secret) = context.store.add_token(&who.actor, name, &request.scopes, context.clock.now()).await?;
    Ok((StatusCode::CREATED, Json(NewToken { token, secret: secret.reveal().to_owned() })))
}

/// Takes a token back.
#[utoipa::path(delete, path = "/api/desk/tokens/{id}", tag = "desk: organisation", security(("session" = [])),
    params(("id" = String, Path, description = "The token's id")),
    responses((status = 204, description = "Taken back"), (status = 404, body = DeskProblem, description = "not_found")))]
pub async fn remove(State(context): State<Context>, who: Who, Path(id): Path<String>) -> Result<StatusCode, Error> {
    let was_there = context.store.remove_token(&who.actor, &id, context.clock.now()).await?;
    if was_there { Ok(StatusCode::NO_CONTENT) } else { Err(Error::NotFound) }
}
