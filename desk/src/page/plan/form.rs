use super::codes::Codes;
use super::consents::Consents;
use super::draft::Draft;
use super::fields::Fields;
use super::preview::Preview;
use super::sections::{Basics, Look, Place, Registration, Time};
use super::stale::Stale;
use crate::desk::Desk;
use crate::words;
use leptos::{ev::SubmitEvent, prelude::*};

/// The whole plan.
#[component]
pub fn PlanForm(draft: Draft, save: Callback<()>) -> impl IntoView {
    Desk::here().guards(move || draft.is_unsaved());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !draft.saving.get_untracked() {
            save.run(());
        }
    };
    let sections = move || {
        draft.edition.track();
        view! {
            <Basics draft />
            <Time draft />
            <Place draft />
            <Registration draft />
            <Codes draft />
            <section class="card" aria-labelledby="questions">
                <h2 id="questions">{words::FORM}</h2>
                <p class="soft small">{words::FORM_HELP}</p>
                <Fields draft />
                <Consents draft />
            </section>
            <Look draft />
        }
    };
    view! {
        <div class="plan">
            <form class="stack" novalidate on:submit=submit aria-busy=move || draft.saving.get().to_string()>
                <Stale draft save />
                {sections}
                <div class="actions">
                    <button type="submit" class="primary" aria-disabled=move || draft.saving.get().to_string()>
                        {move || if draft.is_new() { words::CREATE } else { words::SAVE }}
                    </button>
                </div>
            </form>
            <Preview draft />
        </div>
    }
}
