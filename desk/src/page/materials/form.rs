use super::list::Materials;
use super::stale::Stale;
use super::writing::{ADDRESS, EVENT, Writing};
use crate::api;
use crate::desk::Desk;
use crate::parts::{CivilTimeField, Lines, SelectField, TextField};
use crate::{browser, words};
use curtain_up_protocol::ProblemCode;
use curtain_up_protocol::desk::MaterialsAnswer;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

/// A material, to be written.
#[component]
pub fn MaterialForm() -> impl IntoView {
    let desk = Desk::here();
    let materials = Materials::here();
    let writing = Writing::new(materials);
    desk.guards(move || writing.is_unsaved());
    let zone = Signal::derive(move || materials.shown.with(|event| event.plan.zone.clone()));
    let save = Callback::new(move |()| save(desk, materials, writing));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        save.run(());
    };
    view! {
        <form novalidate on:submit=submit>
            <Stale writing save />
            <TextField label=words::MATERIAL_TITLE bound=writing.title problem=writing.problem("title") required=true />
            <Lines label=words::MATERIAL_DESCRIPTION bound=writing.description problem=writing.problem("description") rows=2 />
            <Target writing />
            <CivilTimeField label=words::VISIBLE_FROM civil=writing.from zone choice=writing.from_choice help=words::VISIBLE_FROM_HELP problem=writing.problem("visible_from") />
            <CivilTimeField label=words::VISIBLE_TO civil=writing.to zone choice=writing.to_choice help=words::VISIBLE_TO_HELP problem=writing.problem("visible_to") />
            <p class="soft small">{words::ZONE} ": " {zone}</p>
            <div class="actions">
                <button type="button" on:click=move |_| materials.writing.set(false)>{words::NO}</button>
                <button type="submit" class="primary">{words::SAVE}</button>
            </div>
        </form>
    }
}

/// Where it leads.
#[component]
fn Target(writing: Writing) -> impl IntoView {
    let materials = Materials::here();
    let kinds = [(EVENT, words::TO_AN_EVENT), (ADDRESS, words::TO_AN_ADDRESS)].map(|(kind, words)| (kind.to_owned(), words.to_owned()));
    let events = Signal::derive(move || {
        let own = materials.shown.slug();
        let listed = |events: &curtain_up_protocol::desk::EventList| {
            events.events.iter().filter(|event| event.slug != own).map(|event| (event.slug.clone(), event.title.clone())).collect()
        };
        let mut choices: Vec<(String, String)> = materials.events.with(|events| events.here().map(listed).unwrap_or_default());
        // One that is in the archive is not in the list, and stays what was chosen.
        let chosen = writing.event.get_untracked();
        if !chosen.is_empty() && !choices.iter().any(|(slug, _)| *slug == chosen) {
            choices.push((chosen.clone(), chosen));
        }
        choices
    });
    // The list shows its first event as chosen, so it is.
    Effect::new(move || {
        let first = events.with(|events| events.first().map(|(slug, _)| slug.clone()));
        if let Some(first) = first {
            writing.offers(first);
        }
    });
    let are_here = Memo::new(move |_| materials.events.with(|events| events.here().is_some()));
    let field = move || {
        match writing.kind.get().as_str() {
        EVENT if !are_here.get() => ().into_any(),
        EVENT if events.with(Vec::is_empty) => view! { <p class="note wait">{words::NO_TARGET_EVENT}</p> }.into_any(),
        EVENT => {
            view! { <SelectField label=words::TARGET_EVENT bound=writing.event choices=events problem=writing.problem("target") /> }.into_any()
        }
        _ => view! {
            <TextField label=words::TARGET_ADDRESS bound=writing.address kind="url" help=words::TARGET_ADDRESS_HELP problem=writing.problem("target") />
        }
        .into_any(),
    }
    };
    view! {
        <SelectField label=words::LEADS_TO bound=writing.kind choices=Signal::stored(kinds.to_vec()) />
        {field}
    }
}

fn save(desk: Desk, materials: Materials, writing: Writing) {
    let request = writing.request();
    let edited = writing.base.with_untracked(|base| base.as_ref().map(|line| line.id.clone()));
    let is_new = edited.is_none();
    // When the answer comes, the page may have been left.
    let path = materials.path("");
    spawn_local(async move {
        match materials.save(edited, &request).await {
            Ok(answer) => {
                materials.writing.try_set(false);
                desk.says(if is_new { words::MATERIAL_ADDED } else { words::SAVED });
                materials.takes(answer);
                browser::focus_later("#materials");
            }
            Err(failure) if failure.code() == Some(ProblemCode::Stale) => {
                desk.attempts(async move { api::get::<MaterialsAnswer>(&path).await }, move |theirs| {
                    materials.takes(theirs.clone());
                    writing.theirs.try_set(Some(theirs));
                    browser::focus_later("#material-stale");
                });
            }
            Err(failure) => {
                writing.problems.try_set(failure.fields().to_vec());
                match failure.fields() {
                    [] => desk.regrets(&failure),
                    _ => browser::focus_later("dialog[open] [aria-invalid=true]"),
                }
            }
        }
    });
}
