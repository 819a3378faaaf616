//! The boundary to `curtain-up.js`: what the element hands over, and what it gets back.

use crate::app::{self, Page};
use crate::core::Monotonic;
use crate::core::server_clock::Timing;
use crate::platform::{address, json::Json};
use crate::wire;
use curtain_up_protocol::AccessLink;
use leptos::mount::UnmountHandle;
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// A widget on the page. Freeing it takes it away with everything it holds.
#[wasm_bindgen]
pub struct Mounted {
    _handle: UnmountHandle<AnyViewState>,
}

/// Mounts a widget into `container`, which stands in the shadow root of `host`. Nothing is mounted where the event
/// document is none.
///
/// `delivery` is an object of what the loader has fetched and found out before the module was there: `address` and `api`,
/// where people and programs find the event; `event`, its document as text, with `sent`, `received` (by
/// `performance.now()`) and `age`, in seconds, where a cache told it; `texts` and `language`, the packed catalogue; `query`, the
/// page's without secrets; `link`, the query of an access link, where the page was opened by one.
#[wasm_bindgen]
pub fn mount(container: HtmlElement, host: HtmlElement, delivery: JsValue) -> Option<Mounted> {
    let delivery = Json::from(delivery);
    let timing = Timing {
        sent: Monotonic(delivery.number("sent")?),
        received: Monotonic(delivery.number("received")?),
        age: delivery.number("age"),
    };
    let page = Page {
        event: *wire::event(&Json::read(&delivery.text("event"))?)?,
        timing,
        address: delivery.text("address"),
        api: delivery.text("api"),
        source: address::source(&delivery.text("query")),
        link: AccessLink::parse(&delivery.text("link")),
        texts: delivery.text("texts"),
        language: delivery.text("language"),
        container,
        host,
    };
    Some(Mounted { _handle: app::mount(page) })
}
