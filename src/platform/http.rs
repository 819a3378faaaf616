//! Requests to the event's own server: no cookies, no cache of the browser's, never longer than twenty seconds.

use super::clock;
use crate::core::server_clock::Timing;
use gloo_net::http::{Method, RequestBuilder};
use web_sys::{AbortSignal, RequestCache, RequestCredentials};

const TIMEOUT: u32 = 20_000;

/// What came back.
pub struct Response {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: String,
    /// When it was asked for and came.
    pub timing: Timing,
    /// The `Retry-After` header, where it is in seconds.
    pub retry_after: Option<i64>,
}

/// Sends a request; POST where there is a body. `None` where no whole answer came.
pub async fn send(address: &str, pass: Option<&str>, body: Option<String>) -> Option<Response> {
    let mut request = RequestBuilder::new(address)
        .credentials(RequestCredentials::Omit)
        // Waiting people must see what the server says now, not what it told them five seconds ago.
        .cache(RequestCache::NoStore)
        .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT)));
    if let Some(pass) = pass {
        request = request.header("Authorization", &["Bearer ", pass].concat());
    }
    let request = match body {
        Some(body) => request.method(Method::POST).header("Content-Type", "application/json").body(body),
        None => request.build(),
    };
    let sent = clock::now().monotonic;
    let response = request.ok()?.send().await.ok()?;
    // The head has come, not yet the body: that is when the server's clock was read.
    let received = clock::now().monotonic;
    let seconds = |name: &str| response.headers().get(name)?.parse::<i64>().ok();
    Some(Response {
        status: response.status(),
        timing: Timing { sent, received, age: seconds("Age") },
        retry_after: seconds("Retry-After"),
        body: response.text().await.ok()?,
    })
}
