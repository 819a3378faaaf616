use super::Shown;
use crate::{browser, words};
use leptos::{html, prelude::*};

/// The element on a blank page, as visitors see it.
#[component]
pub fn TryIt() -> impl IntoView {
    let shown = Shown::here();
    let place = NodeRef::<html::Div>::new();
    browser::load_element();
    let address = Memo::new(move |_| shown.with(|event| event.hosted_page.clone()));
    Effect::new(move || {
        let (Some(place), address) = (place.get(), address.get()) else { return };
        let Ok(element) = document().create_element("curtain-up") else { return };
        if address.is_empty() {
            return;
        }
        // An element that was just made takes any attribute.
        let _ = element.set_attribute("event", &address);
        place.replace_children_with_node_1(&element);
    });
    view! {
        <p class="soft">{words::TRY_TEXT}</p>
        <div class="blank" node_ref=place></div>
    }
}
