//! The widget's files, built by `cargo xtask build` and carried inside this binary.
//!
//! `curtain-up.js` is the one file with a stable address; all else has its hash in its name and never changes.

use super::error::Error;
use axum::{
    body::Body,
    http::{HeaderMap, Method, Response, StatusCode, Uri, header},
};
use rust_embed::{Embed, EmbeddedFile};

#[derive(Embed)]
#[folder = "../dist"]
#[allow_missing = true]
pub(super) struct Files;

const LOADER: &str = "curtain-up.js";

/// One of the widget's files, in brotli where the client takes it.
pub async fn file(method: Method, uri: Uri, headers: HeaderMap) -> Result<Response<Body>, Error> {
    let name = uri.path().trim_start_matches('/');
    let kind = content_type(name).ok_or(Error::NotFound)?;
    if method != Method::GET && method != Method::HEAD {
        return Err(Error::MethodNotAllowed);
    }
    let cache = if name == LOADER { "public, max-age=300" } else { "public, max-age=31536000, immutable" };
    send(name, kind, cache, &headers)
}

/// One of the files in `dist/`, in brotli where the client takes it, unless the client has it already.
pub(super) fn send(name: &str, kind: &str, cache: &str, headers: &HeaderMap) -> Result<Response<Body>, Error> {
    let plain = Files::get(name).ok_or(Error::NotFound)?;
    let brotli = takes_brotli(headers).then(|| Files::get(&format!("{name}.br"))).flatten();
    let tag = entity_tag(&plain, brotli.is_some());
    let mut response = Response::builder()
        .header(header::CONTENT_TYPE, kind)
        .header(header::CACHE_CONTROL, cache)
        .header(header::ETAG, &tag)
        .header(header::VARY, "Accept-Encoding")
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .header("timing-allow-origin", "*");
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == tag.as_str()) {
        return response.status(StatusCode::NOT_MODIFIED).body(Body::empty()).map_err(|_| Error::Unavailable);
    }
    if brotli.is_some() {
        response = response.header(header::CONTENT_ENCODING, "br");
    }
    let bytes = brotli.unwrap_or(plain).data;
    response.body(Body::from(bytes)).map_err(|_| Error::Unavailable)
}

fn content_type(name: &str) -> Option<&'static str> {
    if name.contains('/') {
        return None;
    }
    match name.rsplit_once('.')?.1 {
        "js" => Some("text/javascript; charset=utf-8"),
        "wasm" => Some("application/wasm"),
        "css" => Some("text/css; charset=utf-8"),
        "txt" => Some("text/plain; charset=utf-8"),
        _ => None,
    }
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("br") && parts.all(|part| part != "q=0")
    })
}

fn entity_tag(file: &EmbeddedFile, brotli: bool) -> String {
    let hash: String = file.metadata.sha256_hash()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hash}{}\"", if brotli { "-br" } else { "" })
}
