use leptos::prelude::*;

/// Around a table that may be wider than the window: it scrolls within, by keyboard too.
#[component]
pub fn TableFrame(label: &'static str, children: Children) -> impl IntoView {
    view! { <div class="plain" tabindex="0" role="region" aria-label=label>{children()}</div> }
}
