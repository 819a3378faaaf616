//! Requests to the event's own server: no cookies, no cache of the browser's, never longer than twenty seconds.

use gloo_net::http::{Method, RequestBuilder};
use web_sys::{AbortSignal, RequestCache, RequestCredentials};

const TIMEOUT: u32 = 20_000;

/// What came back.
pub struct Response {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: String,
    /// The `Age` header, in seconds.
    pub age: Option<i64>,
    /// The `Retry-After` header, where it is in seconds.
    pub retry_after: Option<i64>,
}

/// Sends a request; POST where there is a body. `None` where no whole answer came. `head_came` is called before the body
/// is read: that is when the server's clock was read, too.
pub async fn send(address: &str, pass: Option<&str>, body: Option<String>, head_came: impl FnOnce()) -> Option<Response> {
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
    let response = request.ok()?.send().await.ok()?;
    head_came();
    let seconds = |name: &str| response.headers().get(name)?.parse::<i64>().ok();
    Some(Response {
        status: response.status(),
        age: seconds("Age"),
        retry_after: seconds("Retry-After"),
        body: response.text().await.ok()?,
    })
}
