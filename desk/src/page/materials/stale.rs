use super::list::Materials;
use super::writing::Writing;
use crate::rules::{Changed, changed_in_material};
use crate::words;
use curtain_up_protocol::desk::{MaterialLine, MaterialsAnswer};
use leptos::prelude::*;

/// Says what somebody else has saved meanwhile, and how one can go on.
#[component]
pub fn Stale(writing: Writing, save: Callback<()>) -> impl IntoView {
    let materials = Materials::here();
    let shown = move |theirs: MaterialsAnswer| {
        let base = writing.base.get_untracked();
        let now = base.as_ref().map(|base| theirs.materials.iter().find(|line| line.id == base.id).cloned());
        let said = said(base.as_ref(), now.as_ref().map(Option::as_ref));
        let is_gone = matches!(now, Some(None));
        let version = theirs.version;
        let mine = move |_| {
            writing.version.set(version);
            writing.theirs.set(None);
            // What is gone is none to be written anew.
            if let Some(now) = now.clone() {
                writing.base.set(now);
            }
            save.run(());
        };
        view! {
            <section class="note wait" id="material-stale" tabindex="-1" role="alert" aria-labelledby="material-stale-title">
                <h3 class="strong" id="material-stale-title">{words::STALE_TITLE}</h3>
                {said}
                <div class="actions">
                    <button type="button" class="primary" on:click=mine>{if is_gone { words::ADD_AGAIN } else { words::KEEP_MINE }}</button>
                    <button type="button" on:click=move |_| materials.writing.set(false)>{words::TAKE_THEIRS}</button>
                </div>
            </section>
        }
    };
    move || writing.theirs.get().map(shown)
}

/// What they did with the material that is being written: nothing to one that is new.
fn said(base: Option<&MaterialLine>, now: Option<Option<&MaterialLine>>) -> AnyView {
    let changed = match (base, now) {
        (Some(base), Some(Some(now))) => changed_in_material(&base.material, &now.material),
        (_, Some(None)) => return view! { <p>{words::MATERIAL_STALE_GONE}</p> }.into_any(),
        _ => Vec::new(),
    };
    if changed.is_empty() {
        return view! { <p>{words::MATERIAL_STALE_NOTHING}</p> }.into_any();
    }
    let line = |changed: Changed| {
        let before = (!changed.before.is_empty()).then(|| view! { <del>{changed.before}</del> " → " });
        let after = if changed.after.is_empty() { words::NONE.to_owned() } else { changed.after };
        view! { <li><strong>{words::material_part(&changed.part).to_owned()} ": "</strong>{before}<ins>{after}</ins></li> }
    };
    view! {
        <p>{words::STALE_TEXT}</p>
        <ul class="changes">{changed.into_iter().map(line).collect_view()}</ul>
    }
    .into_any()
}
