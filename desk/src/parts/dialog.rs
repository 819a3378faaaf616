use super::unique_id;
use leptos::{html, prelude::*};

/// The browser's own dialog: it keeps the focus, gives it back, and closes on Escape.
#[component]
pub fn Dialog(
    /// Whether it is open; closing it says so.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// What it holds, made anew whenever it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let id = unique_id("dialog");
    let labelled = id.clone();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // It stands in the page and is not open: it can be opened.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog node_ref=dialog aria-labelledby=labelled on:close=move |_| open.set(false)>
            <div class="body">
                <h2 id=id>{title}</h2>
                {move || open.get().then(|| children())}
            </div>
        </dialog>
    }
}
