//! The desk itself: a page and its files, built into `dist/desk/` and carried inside this binary. The page names the
//! others, which have their hash in their names and never change.

use super::{
    context::Context,
    error::Error,
    widget_files::{Files, send},
};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
    routing::get,
};

/// Scripts, styles and requests of this server alone; pictures of hosts from wherever they keep them, and the preview
/// of the element, which stands on the page itself. Nobody frames the desk.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
    img-src 'self' https: data:; font-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

pub(super) fn routes() -> Router<Context> {
    Router::new().route("/desk", get(page)).route("/desk/", get(page)).route("/desk/{file}", get(file))
}

/// The page. It is small, and never kept: it names the newest files.
async fn page(State(_): State<Context>, headers: HeaderMap) -> Result<Response, Error> {
    let mut response = send("desk/index.html", "text/html; charset=utf-8", "no-store", &headers)?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    Ok(response)
}

async fn file(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Error> {
    let kind = match name.rsplit_once('.').map(|(_, kind)| kind) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        _ => return Err(Error::NotFound),
    };
    if Files::get(&format!("desk/{name}")).is_none() || name.contains('/') {
        return Err(Error::NotFound);
    }
    let mut response = send(&format!("desk/{name}"), kind, "public, max-age=31536000, immutable", &headers)?;
    response.headers_mut().remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    Ok(response)
}
