use super::list::{List, column_words};
use crate::desk::Desk;
use crate::parts::{Dialog, Tick};
use crate::words;
use leptos::prelude::*;

/// Which columns are shown.
#[component]
pub fn ColumnsDialog() -> impl IntoView {
    let list = List::here();
    let desk = Desk::here();
    let ticks = move || {
        let all = list.all_columns(desk);
        let every = StoredValue::new(all.clone());
        let tick = move |column: crate::rules::Column| {
            let (mine, this) = (column.clone(), column.clone());
            let checked = Signal::derive(move || list.columns.with(|columns| columns.contains(&mine)));
            let set = move |on: bool| {
                let shown = list.columns.get_untracked();
                let is_on = |other: &crate::rules::Column| if *other == this { on } else { shown.contains(other) };
                list.choose(desk, every.get_value().into_iter().filter(is_on).collect());
            };
            view! { <Tick label=column_words(&column, list.shown) checked set /> }
        };
        all.into_iter().map(tick).collect_view()
    };
    view! {
        <Dialog open=list.choosing_columns title=words::ACTIVE_COLUMNS>
            <p class="soft small">{words::COLUMNS_TEXT}</p>
            <div class="grid">{ticks}</div>
            <div class="actions">
                <button type="button" class="primary" on:click=move |_| list.choosing_columns.set(false)>{words::CLOSE}</button>
            </div>
        </Dialog>
    }
}
