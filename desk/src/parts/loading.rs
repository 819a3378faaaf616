use crate::{desk::Loaded, words};
use leptos::prelude::*;

/// Shows what comes from the server: that it is on its way, what it is, or why it did not come.
pub fn loaded<T: Send + Sync + 'static, V: IntoView + 'static>(
    signal: RwSignal<Loaded<T>>,
    show: impl Fn(&T) -> V + Send + Sync + 'static,
) -> impl IntoView {
    move || {
        signal.with(|loaded| match loaded {
            Loaded::Loading => view! { <p class="empty" role="status">{words::LOADING}</p> }.into_any(),
            Loaded::Here(answer) => show(answer).into_any(),
            Loaded::Failed(failure) => view! { <p class="note bad" role="alert">{words::failure(failure)}</p> }.into_any(),
        })
    }
}
