//! What the loader does for the widget: it keeps the pass in the tab, leaves the page, and in a preview answers in the
//! server's stead.

use super::http::{self, Response};
use super::json::Json;
use crate::core::Monotonic;
use crate::core::server_clock::Timing;
use curtain_up_protocol::Answer;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What the loader hands over; `#deliver` in `curtain-up.js` makes it.
    #[derive(Clone)]
    pub type Loader;

    /// What a sample event's server answers; nothing where the event is a real one.
    #[wasm_bindgen(method)]
    fn rehearse(this: &Loader, path: &str) -> JsValue;

    /// Keeps the pass for a reload of this tab, or nothing any longer.
    #[wasm_bindgen(method)]
    pub fn keep(this: &Loader, pass: Option<String>);

    /// From now on it is this date of the series that is asked about.
    #[wasm_bindgen(method)]
    pub fn choose(this: &Loader, slug: &str);

    /// Takes the focus to where the person goes on: where they type, in a view that only has other words now, or to the
    /// heading of another one.
    #[wasm_bindgen(method)]
    pub fn attend(this: &Loader, same: bool);

    /// Hands on what the server has told of the room, and of what is around it.
    #[wasm_bindgen(method)]
    pub fn around(this: &Loader, room: &str);

    /// Leaves the page.
    #[wasm_bindgen(method)]
    pub fn go(this: &Loader, address: &str);
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
        match Json::from(self.rehearse(path)).some() {
            None => http::send(&[&self.delivery().text("api"), path].concat(), pass.as_deref(), body).await,
            Some(sample) => Some(Response {
                status: sample.number("status")? as u16,
                body: sample.text("text"),
                timing: timing(&sample)?,
                retry_after: None,
            }),
        }
    }
}

/// When an answer was asked for, when it came, and how long a cache had kept it, by `performance.now()`.
pub fn timing(answer: &Json) -> Option<Timing> {
    Some(Timing { sent: Monotonic(answer.number("sent")?), received: Monotonic(answer.number("received")?), age: answer.number("age") })
}
