use crate::http::Context;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

/// The server that `index.html` names.
const DEFAULT_SERVER: &str = "http://127.0.0.1:3000";

/// The demonstration page, with the element pointing to this server.
pub async fn page(State(context): State<Context>) -> Response {
    let path = context.config.dev_page.clone().unwrap_or_default();
    match tokio::fs::read_to_string(&path).await {
        Ok(html) => Html(html.replace(DEFAULT_SERVER, &context.config.public_url)).into_response(),
        Err(error) => (StatusCode::NOT_FOUND, format!("{} cannot be read: {error}", path.display())).into_response(),
    }
}
