//! The People dashboard of an event.

mod bulk;
mod cell;
mod columns;
mod deeds;
mod export;
mod list;
mod person_dialogs;
mod row;
mod side_pane;
mod table;
mod toolbar;

use super::event::Shown;
use crate::desk::Desk;
use crate::words;
use bulk::{BulkDialog, JobNotes};
use columns::ColumnsDialog;
use export::ExportDialog;
use leptos::prelude::*;
use list::List;
use person_dialogs::PersonDialogs;
use side_pane::SidePane;
use table::PeopleTable;
use toolbar::{Buttons, Toolbar};

/// The People dashboard.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let desk = Desk::here();
    let list = List::new(desk, Shown::here());
    provide_context(list);
    list.begin(desk);
    let count = move || words::people(list.total.get());
    let pane = move || list.opened(desk).map(|id| view! { <SidePane id /> });
    let opened = Memo::new(move |_| list.opened(desk).is_some());
    view! {
        <div class="spread">
            <div class="title-line">
                <h2>{words::PEOPLE}</h2>
                <span class="soft" role="status">{count}</span>
            </div>
            <Buttons />
        </div>
        <Toolbar />
        <JobNotes />
        <div class="people" class:with-side=opened>
            <PeopleTable />
            {pane}
        </div>
        <ColumnsDialog />
        <ExportDialog />
        <BulkDialog />
        <PersonDialogs />
    }
}
