//! What the page is told.

use js_sys::{Object, Reflect};
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

/// Fires an event that bubbles out of every shadow root. Its detail is versioned, and names the view where there is one.
pub fn dispatch(host: &HtmlElement, name: &str, view: &str) {
    let detail = Object::new();
    // An object that was made here takes any property.
    let _ = Reflect::set(&detail, &"version".into(), &1.into());
    if !view.is_empty() {
        let _ = Reflect::set(&detail, &"view".into(), &view.into());
    }
    let options = CustomEventInit::new();
    options.set_bubbles(true);
    options.set_composed(true);
    options.set_detail(&detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &options) {
        let _ = host.dispatch_event(&event);
    }
}
