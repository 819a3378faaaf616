use super::{context::Context, error::Error};
use axum::{Json, extract::State};

/// Whether this server can do its work: 200 where its database answers, 503 where it does not.
#[utoipa::path(get, path = "/healthz", tag = "server", responses((status = 200), (status = 503)))]
pub async fn health(State(context): State<Context>) -> Result<Json<serde_json::Value>, Error> {
    context.store.ping().await?;
    Ok(Json(serde_json::json!({ "status": "ok" })))
}
