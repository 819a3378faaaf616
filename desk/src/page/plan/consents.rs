use super::bind::change_at;
use super::draft::Draft;
use super::place::Place;
use crate::parts::{Bound, Lines, TextField, Tick};
use crate::words;
use curtain_up_protocol::Consent;
use leptos::prelude::*;

/// What people agree to.
#[component]
pub fn Consents(draft: Draft) -> impl IntoView {
    let shape = RwSignal::new(());
    let add = move |_| {
        draft.plan.update(|plan| {
            let id = format!("consent_{}", plan.consents.len() + 1);
            plan.consents.push(Consent { id, version: 1, text: String::new(), required: false });
        });
        shape.set(());
        let last = draft.plan.with_untracked(|plan| plan.consents.len());
        crate::browser::focus_later(format!("#consent-{last} textarea"));
    };
    let all = move || {
        shape.track();
        let count = draft.plan.with_untracked(|plan| plan.consents.len());
        (0..count).map(|index| view! { <One draft index count shape /> }).collect_view()
    };
    view! {
        {all}
        <div class="actions">
            <button type="button" on:click=add>{words::ADD_CONSENT}</button>
        </div>
    }
}

#[component]
fn One(draft: Draft, index: usize, count: usize, shape: RwSignal<()>) -> impl IntoView {
    let part = move |get: fn(&Consent) -> String, set: fn(&mut Consent, String)| {
        Bound::part(
            draft.plan,
            move |plan| plan.consents.get(index).map(get).unwrap_or_default(),
            move |plan, text| change_at(&mut plan.consents, index, |consent| set(consent, text)),
        )
    };
    let required = Signal::derive(move || draft.plan.with(|plan| plan.consents.get(index).is_some_and(|consent| consent.required)));
    let require = move |on: bool| draft.plan.update(|plan| change_at(&mut plan.consents, index, |consent| consent.required = on));
    let swap = move |with: usize| {
        draft.plan.update(|plan| plan.consents.swap(index, with));
        shape.set(());
        crate::browser::focus_later(format!("#consent-{} legend", with + 1));
    };
    let remove = move |()| {
        draft.plan.update(|plan| drop(plan.consents.remove(index)));
        shape.set(());
        crate::browser::focus_later("#questions");
    };
    let text = part(|consent| consent.text.clone(), |consent, text| consent.text = text);
    let problem =
        draft.problem_at(move |plan| plan.consents.get(index).map(|consent| format!("consents.{}", consent.id)).unwrap_or_default());
    view! {
        <fieldset class="item" id=format!("consent-{}", index + 1)>
            <legend tabindex="-1">{words::consent_number(index)}</legend>
            <Lines label=words::CONSENT_TEXT bound=text help=words::CONSENT_CHANGED problem />
            <TextField label=words::ID bound=part(|consent| consent.id.clone(), |consent, id| consent.id = id) help=words::ID_HELP required=true />
            <div class="spread">
                <Tick label=words::REQUIRED checked=required set=require />
                <Place index count swap remove />
            </div>
        </fieldset>
    }
}
