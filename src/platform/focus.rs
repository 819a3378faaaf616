//! Takes the focus to where the person should go on.

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
