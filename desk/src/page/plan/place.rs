use crate::words;
use leptos::prelude::*;

/// Moves an entry of a list up and down, and takes it out.
#[component]
pub fn Place(
    index: usize,
    count: usize,
    /// Changes places with the entry there.
    #[prop(into)]
    swap: Callback<usize>,
    #[prop(into)] remove: Callback<()>,
) -> impl IntoView {
    let move_to =
        move |words: &'static str, to: usize| view! { <button type="button" class="quiet" on:click=move |_| swap.run(to)>{words}</button> };
    view! {
        <div class="actions">
            {(index > 0).then(|| move_to(words::UP, index - 1))}
            {(index + 1 < count).then(|| move_to(words::DOWN, index + 1))}
            <button type="button" class="quiet" on:click=move |_| remove.run(())>{words::REMOVE}</button>
        </div>
    }
}
