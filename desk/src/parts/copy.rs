use crate::{browser, desk::Desk, words};
use leptos::{prelude::*, task::spawn_local};

/// A button that copies a text.
#[component]
pub fn CopyButton(#[prop(into)] text: Signal<String>, #[prop(default = words::COPY)] label: &'static str) -> impl IntoView {
    let desk = Desk::here();
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            match browser::copy(&text).await {
                true => desk.says(words::COPIED),
                false => desk.says(words::NOT_COPIED),
            }
        });
    };
    view! { <button type="button" on:click=copy>{label}</button> }
}
