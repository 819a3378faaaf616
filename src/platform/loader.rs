//! What the loader does for the widget: it sends requests, keeps the pass in the tab, and leaves the page. All that is
//! shorter in JavaScript, and a page's preview can do without a server.

use super::json::Json;
use crate::core::Monotonic;
use crate::core::server_clock::Timing;
use curtain_up_protocol::Answer;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// What the loader hands over; `#deliver` in `curtain-up.js` makes it.
    #[derive(Clone)]
    pub type Loader;

    #[wasm_bindgen(method, js_name = send)]
    fn start_sending(this: &Loader, path: &str, pass: Option<String>, body: Option<String>) -> Promise;

    /// Keeps the pass for a reload of this tab, or nothing any longer.
    #[wasm_bindgen(method)]
    pub fn keep(this: &Loader, pass: Option<String>);

    /// Leaves the page.
    #[wasm_bindgen(method)]
    pub fn go(this: &Loader, address: &str);
}

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

impl Loader {
    /// What was handed over, to be read. The page may change some of it while the widget runs.
    pub fn delivery(&self) -> Json {
        Json::from(JsValue::from(self))
    }

    /// What the page knows of the person's answers.
    pub fn prefill(&self) -> Vec<Answer> {
        self.delivery().list("prefill", |json| Some(Answer { field: json.text("field"), values: vec![json.text("value")] }))
    }

    /// Sends a request to what lies at `path` below the event; POST where there is a body. `None` where no whole answer
    /// came.
    pub async fn send(&self, path: &str, pass: Option<String>, body: Option<String>) -> Option<Response> {
        let response = Json::from(JsFuture::from(self.start_sending(path, pass, body)).await.ok()?).some()?;
        Some(Response {
            status: response.number("status")? as u16,
            body: response.text("text"),
            timing: timing(&response)?,
            retry_after: response.number("retryAfter"),
        })
    }
}

/// When an answer was asked for, when it came, and how long a cache had kept it, by `performance.now()`.
pub fn timing(answer: &Json) -> Option<Timing> {
    Some(Timing { sent: Monotonic(answer.number("sent")?), received: Monotonic(answer.number("received")?), age: answer.number("age") })
}
