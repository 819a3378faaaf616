//! The materials of an event: links beside its room, and their order.

mod form;
mod line;
mod list;
mod stale;
mod writing;

use super::event::Shown;
use crate::desk::Desk;
use crate::parts::{Dialog, loaded};
use crate::words;
use curtain_up_protocol::desk::MaterialsAnswer;
use form::MaterialForm;
use leptos::prelude::*;
use line::line;
use list::Materials;

/// An event's materials.
#[component]
pub fn MaterialsPage() -> impl IntoView {
    let desk = Desk::here();
    let materials = Materials::new(desk, Shown::here());
    provide_context(materials);
    let table = move |answer: &MaterialsAnswer| {
        let count = answer.materials.len();
        if count == 0 {
            return view! { <p class="empty">{words::NO_MATERIALS}</p> }.into_any();
        }
        let lines = answer.materials.iter().enumerate().map(|(at, material)| line(materials, at, count, material)).collect_view();
        view! { <ol class="stack">{lines}</ol> }.into_any()
    };
    let title = Signal::derive(move || {
        let new = materials.edited.with(Option::is_none);
        if new { words::ADD_MATERIAL } else { words::EDIT_MATERIAL }.to_owned()
    });
    // What is added is added at the version that is shown, so there has to be one.
    let may_add = Memo::new(move |_| desk.may_change() && materials.list.with(|list| list.here().is_some()));
    view! {
        <div class="spread">
            <h2 id="materials" tabindex="-1">{words::MATERIALS}</h2>
            <Show when=move || may_add.get()>
                <button type="button" class="primary" on:click=move |_| materials.write(None)>{words::ADD_MATERIAL}</button>
            </Show>
        </div>
        <p class="soft">{words::MATERIALS_TEXT}</p>
        {loaded(materials.list, table)}
        <Dialog open=materials.writing title>
            <MaterialForm />
        </Dialog>
    }
}
