//! Takes the focus to where the person should go on.

use super::window;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Focuses the first element that `selector` finds in `container`, once the view has been drawn.
pub fn later(container: &HtmlElement, selector: &str) {
    let (container, selector) = (container.clone(), selector.to_owned());
    leptos::prelude::request_animation_frame(move || {
        if let Ok(Some(found)) = container.query_selector(&selector) {
            // Fails for nothing that a selector finds.
            let _ = found.unchecked_into::<HtmlElement>().focus();
        }
    });
}

/// Focuses the heading of a new view, unless the person is busy elsewhere on the page.
pub fn heading_later(host: &HtmlElement, container: &HtmlElement) {
    let document = window().document();
    let active = document.as_ref().and_then(|document| document.active_element());
    let body = document.and_then(|document| document.body());
    if active.is_none_or(|active| active == **host || body.is_some_and(|body| active == *body)) {
        later(container, ".heading");
    }
}
