//! The boundary to `curtain-up.js`: what the element hands over, and what it gets back.

use crate::app::{self, App, Page};
use crate::core::journey::{Input, Place, Way};
use crate::platform::json::Json;
use crate::platform::loader::{Loader, timing};
use crate::wire;
use curtain_up_protocol::{AccessLink, DoorRequest};
use leptos::mount::UnmountHandle;
use leptos::tachys::view::any_view::AnyViewState;
use std::rc::Weak;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// A widget on the page. Freeing it takes it away with everything it holds.
#[wasm_bindgen]
pub struct Mounted {
    app: Weak<App>,
    _handle: UnmountHandle<AnyViewState>,
}

#[wasm_bindgen]
impl Mounted {
    /// Shows the view that the page names.
    pub fn show(&self, view: &str) {
        if let Some(app) = self.app.upgrade() {
            app.step(Input::Show(Place::named(view)));
        }
    }

    /// Draws the view anew: the delivery has another language, other texts or other answers that the page knows.
    pub fn redraw(&self) {
        if let Some(app) = self.app.upgrade() {
            app.redraw();
        }
    }
}

/// Mounts a widget into `container`, which stands in the shadow root of `host`. Nothing is mounted where the event
/// document is none.
///
/// `loader` has what the loader has fetched and found out before the module was there: `api`, where programs find the
/// event; `event`, its document as text, and `dates`, those of the series that it is a date of, with `sent`, `received` (by `performance.now()`) and `age`, in seconds, where a
/// cache told it; `texts` and `language`, the packed catalogue; `view`, which one the page wants first; `query`, the page's
/// without secrets; `prefill`, what the page knows; `seconds`, whether it wants them; `link`, the query of an access link, `ticket` or `signed`, where the page
/// was opened by one of them; `pass`, which this tab kept.
#[wasm_bindgen]
pub fn mount(container: HtmlElement, host: HtmlElement, loader: Loader) -> Option<Mounted> {
    let delivery = loader.delivery();
    let page = Page {
        event: *wire::delivered(&delivery)?,
        timing: timing(&delivery)?,
        place: Place::named(&delivery.text("view")),
        link: AccessLink::parse(&delivery.text("link"))
            .map(Way::Link)
            .or_else(|| delivery.get("ticket").as_text().map(DoorRequest::Ticket).map(Way::Door))
            .or_else(|| delivery.get("signed").as_text().map(DoorRequest::Signed).map(Way::Door)),
        pass: Json::read(&delivery.text("pass")).and_then(|kept| wire::pass(&kept)),
        loader,
        container,
        host,
    };
    let (handle, app) = app::mount(page);
    Some(Mounted { app, _handle: handle })
}
