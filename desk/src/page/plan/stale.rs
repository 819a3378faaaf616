use super::draft::Draft;
use crate::desk::Desk;
use crate::rules::{Changed, changed_parts, merged};
use crate::words;
use curtain_up_protocol::desk::DeskEvent;
use leptos::prelude::*;

/// Says what somebody else has saved meanwhile, and how one can go on.
#[component]
pub fn Stale(draft: Draft, save: Callback<()>) -> impl IntoView {
    let desk = Desk::here();
    let line = |changed: Changed| {
        let before = (!changed.before.is_empty()).then(|| view! { <del>{changed.before}</del> " → " });
        let after = if changed.after.is_empty() { words::NONE.to_owned() } else { changed.after };
        view! { <li><strong>{words::plan_part(&changed.part)} ": "</strong>{before}<ins>{after}</ins></li> }
    };
    let over = move |theirs: &DeskEvent| {
        draft.version.set(Some(theirs.version));
        draft.base.set(theirs.plan.clone());
        draft.theirs.set(None);
        save.run(());
    };
    let both = move |theirs: &DeskEvent| {
        let plan = draft.base.with_untracked(|base| draft.plan.with_untracked(|mine| merged(base, mine, &theirs.plan)));
        // Where the parts do not fit together, nothing is decided for anybody: the other two ways are left.
        let Some(plan) = plan else { return desk.fails(words::STALE_NO_FIT) };
        draft.base.set(theirs.plan.clone());
        draft.version.set(Some(theirs.version));
        draft.rewrite(plan);
        save.run(());
    };
    let shown = move |theirs: DeskEvent| {
        let changed = draft.base.with_untracked(|base| changed_parts(base, &theirs.plan));
        let nothing = changed.is_empty().then(|| view! { <p>{words::STALE_NOTHING}</p> });
        let theirs = StoredValue::new(theirs);
        let take = move |_| theirs.with_value(|theirs| draft.begin_again(theirs.version, theirs.plan.clone()));
        view! {
            <section class="note wait" id="stale" tabindex="-1" role="alert" aria-labelledby="stale-title">
                <h2 id="stale-title">{words::STALE_TITLE}</h2>
                <p>{words::STALE_TEXT}</p>
                <ul class="changes">{changed.into_iter().map(line).collect_view()}</ul>
                {nothing}
                <div class="actions">
                    <button type="button" class="primary" on:click=move |_| theirs.with_value(both)>{words::KEEP_MINE_PARTS}</button>
                    <button type="button" on:click=move |_| theirs.with_value(over)>{words::KEEP_MINE}</button>
                    <button type="button" on:click=take>{words::TAKE_THEIRS}</button>
                </div>
            </section>
        }
    };
    move || draft.theirs.get().map(shown)
}
