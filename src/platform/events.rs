//! What the page is told.

use js_sys::{Object, Reflect};
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

/// Fires an event that bubbles out of every shadow root. Its detail is versioned, and may say one thing more: which, and
/// what. Whether the page, where it may, prevents what would come next.
pub fn dispatch(host: &HtmlElement, name: &str, detail: Option<(&str, &str)>, cancelable: bool) -> bool {
    let object = Object::new();
    // An object that was made here takes any property.
    let _ = Reflect::set(&object, &"version".into(), &1.into());
    if let Some((name, value)) = detail {
        let _ = Reflect::set(&object, &name.into(), &value.into());
    }
    let options = CustomEventInit::new();
    options.set_bubbles(true);
    options.set_composed(true);
    options.set_cancelable(cancelable);
    options.set_detail(&object);
    let event = CustomEvent::new_with_event_init_dict(&["curtain-up:", name].concat(), &options);
    event.is_ok_and(|event| host.dispatch_event(&event) == Ok(false))
}
