use super::Dialog;
use crate::{desk::Desk, words};
use leptos::prelude::*;

/// Asks what must be answered before something is done. One for the whole desk.
#[component]
pub fn QuestionLayer() -> impl IntoView {
    let desk = Desk::here();
    let open = RwSignal::new(false);
    Effect::new(move || {
        let asked = desk.question.with(Option::is_some);
        if asked != open.get_untracked() {
            open.set(asked);
        }
    });
    Effect::new(move || {
        if !open.get() && desk.question.with_untracked(Option::is_some) {
            desk.question.set(None);
        }
    });
    let part =
        move |part: fn(&crate::desk::Question) -> String| desk.question.with(|question| question.as_ref().map(part).unwrap_or_default());
    let yes = move |_| {
        let then = desk.question.with_untracked(|question| question.as_ref().map(|question| question.then.clone()));
        open.set(false);
        if let Some(then) = then {
            then();
        }
    };
    let danger = move || desk.question.with(|question| question.as_ref().is_some_and(|question| question.danger));
    view! {
        <Dialog open title=Signal::derive(move || part(|question| question.title.clone()))>
            <p>{move || part(|question| question.text.clone())}</p>
            <div class="actions">
                <button type="button" on:click=move |_| open.set(false)>{words::NO}</button>
                <button type="button" class="primary" class:danger=danger on:click=yes>
                    {move || part(|question| question.yes.clone())}
                </button>
            </div>
        </Dialog>
    }
}
