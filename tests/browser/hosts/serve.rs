//! The web server of the host pages: an origin of its own.

use super::page::HostPage;
use axum::{
    Router,
    extract::Path,
    http::{HeaderName, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use tokio::net::TcpListener;

/// Serves these pages for as long as the test runs, and returns their origin.
pub async fn pages(pages: &'static [HostPage], server: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let host = format!("http://localhost:{}", listener.local_addr().expect("an address").port());
    let mut router = Router::new()
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .route(
            "/hanging/{file}",
            get(async |Path(name): Path<String>| if name.ends_with(".wasm") { std::future::pending().await } else { copied(&name) }),
        )
        .route("/missing/curtain-up.js", get(async || copied("curtain-up.js")))
        .route("/copied/{file}", get(async |Path(name): Path<String>| copied(&name)));
    for page in pages {
        let (server, origin) = (server.to_owned(), host.clone());
        let document = get(async move |uri: Uri| {
            let policy = page.policy(&server, &origin);
            let policy = (!policy.is_empty()).then_some([(HeaderName::from_static("content-security-policy"), policy)]);
            (policy, Html(page.html(&server, &origin, uri.query() != Some("without"))))
        });
        router = router
            .route(&format!("/{}", page.name), document.clone())
            .route(&format!("/{}/live", page.name), document)
            .route(&format!("/{}/style.css", page.name), get(async || ([(header::CONTENT_TYPE, "text/css")], page.style())))
            .route(&format!("/{}/script.js", page.name), get(async || ([(header::CONTENT_TYPE, "text/javascript")], page.script())));
    }
    tokio::spawn(async move { axum::serve(listener, router).await });
    host
}

/// A file of the widget.
fn copied(name: &str) -> Response {
    let kind = match name.rsplit_once('.') {
        Some((_, "wasm")) => "application/wasm",
        Some((_, "js")) => "text/javascript",
        Some((_, "css")) => "text/css",
        _ => "text/plain",
    };
    match std::fs::read(dist().join(name)) {
        Ok(bytes) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

fn dist() -> std::path::PathBuf {
    std::env::var("CURTAIN_UP_DIST").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/dist").to_owned()).into()
}

/// What `integrity` says of a file, with this at its end, as the README has it made.
pub fn hash_of(name: &str, more: &[u8]) -> String {
    use base64::Engine;
    use sha2::{Digest, Sha384};
    let bytes = std::fs::read(dist().join(name)).unwrap_or_else(|error| panic!("{name}: {error}; run `cargo xtask build`"));
    format!("sha384-{}", base64::engine::general_purpose::STANDARD.encode(Sha384::new().chain_update(bytes).chain_update(more).finalize()))
}
