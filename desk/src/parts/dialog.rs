use super::unique_id;
use crate::desk::Desk;
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
    let desk = Desk::here();
    let dialog = NodeRef::<html::Dialog>::new();
    let id = unique_id("dialog");
    let labelled = id.clone();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // It stands in the page and is not open: it can be opened.
            (true, false) => {
                // What went wrong before has nothing to do with it.
                desk.said.update(|said| *said = said.take().filter(|said| !said.bad));
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    // While it is open, everything else is inert: what goes wrong is neither heard nor closed beyond it.
    let regret = move || desk.said.get().filter(|said| said.bad && open.get()).map(|said| said.words);
    view! {
        <dialog node_ref=dialog aria-labelledby=labelled on:close=move |_| open.set(false)>
            <div class="body">
                <h2 id=id>{title}</h2>
                {move || open.get().then(|| children())}
                <div role="alert">{move || regret().map(|words| view! { <p class="note bad">{words}</p> })}</div>
            </div>
        </dialog>
    }
}
