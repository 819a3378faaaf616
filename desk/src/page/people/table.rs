use super::list::{List, column_words, ids};
use super::row::Row;
use crate::desk::Desk;
use crate::rules::{Column, rows_in_sight};
use crate::words;
use curtain_up_protocol::desk::{PeopleFilter, Sort};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// How many rows before the last one more are asked for.
const AHEAD: usize = 100;

/// The people, of whom only those in sight are in the page, however many there are.
#[component]
pub fn PeopleTable() -> impl IntoView {
    let desk = Desk::here();
    let list = List::here();
    let scroller = NodeRef::<html::Div>::new();
    let scrolled = RwSignal::new(0.0);
    let height = RwSignal::new(800.0);
    let row = RwSignal::new(44.0);
    let measure = move || {
        // A frame may come after the page was left.
        let Some(scroller) = scroller.try_get_untracked().flatten() else { return };
        scrolled.set(f64::from(scroller.scroll_top()));
        height.set(f64::from(scroller.client_height()));
        let first = scroller.query_selector("tbody tr[aria-rowindex]").ok().flatten();
        if let Some(measured) = first.map(|first| first.get_bounding_client_rect().height()).filter(|height| *height > 1.0) {
            row.set(measured);
        }
    };
    let resized = window_event_listener(ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    let count = move || list.rows.with(Vec::len);
    let range = Memo::new(move |_| rows_in_sight(scrolled.get(), height.get(), row.get(), count()));
    Effect::new(move || {
        list.edition.track();
        request_animation_frame(measure);
    });
    Effect::new(move || {
        if !list.asking.get() && range.get().end + AHEAD > count() {
            list.ask_more(desk);
        }
    });
    // Other people begin at the top.
    Effect::new(move || {
        list.query.track();
        if let Some(scroller) = scroller.get_untracked() {
            scroller.set_scroll_top(0);
        }
    });
    let rows = move || {
        let edition = list.edition.get();
        let range = range.get();
        list.rows.with(|rows| {
            let shown = rows.get(range.clone()).unwrap_or_default();
            range.zip(shown).map(|(index, person)| (index, edition, person.clone())).collect::<Vec<_>>()
        })
    };
    let above = move || format!("{}px", range.get().start as f64 * row.get());
    let below = move || format!("{}px", count().saturating_sub(range.get().end) as f64 * row.get());
    let columns = move || list.columns.with(Vec::len) + 2;
    let heads = move || list.columns.get().into_iter().map(|column| head(list, column)).collect_view();
    let keys = move |event: KeyboardEvent| step(&event, scroller.get_untracked(), row.get_untracked());
    let nobody = move || {
        let nobody = !list.asking.get() && list.rows.with(Vec::is_empty) && list.failure.with(Option::is_none);
        let filtered = list.query.with(|query| query.filter() != PeopleFilter::default());
        nobody.then(|| view! { <p class="empty">{if filtered { words::NOBODY_FOUND } else { words::NOBODY }}</p> })
    };
    view! {
        <div class="scroller" node_ref=scroller tabindex="0" role="region" aria-label=words::PEOPLE on:scroll=move |_| measure() on:keydown=keys>
            <table aria-rowcount=move || (list.total.get() + 1).to_string() aria-busy=move || list.asking.get().to_string()>
                <thead>
                    <tr aria-rowindex="1">
                        <td>{desk.may_change().then(|| view! { <SelectAll /> })}</td>
                        {sortable(list, words::NAME, Sort::Name, "name")} {heads}
                    </tr>
                </thead>
                <tbody>
                    <tr class="spacer" aria-hidden="true"><td colspan=columns style:height=above></td></tr>
                    <For each=rows key=|(_, edition, person)| (*edition, person.id.clone()) children=|(index, _, person)| view! { <Row index person /> } />
                    <tr class="spacer" aria-hidden="true"><td colspan=columns style:height=below></td></tr>
                </tbody>
            </table>
            {nobody}
            {move || list.asking.get().then(|| view! { <p class="empty">{words::LOADING}</p> })}
        </div>
    }
}

/// Selects everybody who came so far, or none of them.
#[component]
fn SelectAll() -> impl IntoView {
    let list = List::here();
    let all = move || list.rows.with(|rows| list.selected.with(|selected| selected.holds_all(ids(rows))));
    let select = move |_| list.rows.with_untracked(|rows| list.selected.update(|selected| selected.turn_all(ids(rows))));
    view! { <input type="checkbox" aria-label=words::SELECT prop:checked=all on:change=select /> }
}

fn head(list: List, column: Column) -> AnyView {
    let words = column_words(&column, list.shown);
    match column {
        Column::Email => sortable(list, words::EMAIL, Sort::Email, "").into_any(),
        Column::RegisteredAt => sortable(list, words::REGISTERED_AT, Sort::RegisteredAt, "").into_any(),
        _ => view! { <th scope="col">{words}</th> }.into_any(),
    }
}

/// The head of a column by which people are sorted.
fn sortable(list: List, words: &'static str, sort: Sort, class: &'static str) -> impl IntoView {
    let mine = move || list.query.with(|query| (query.sort == sort).then_some(query.descending));
    let order = move || match mine() {
        Some(true) => "descending",
        Some(false) => "ascending",
        None => "none",
    };
    let mark = move || match mine() {
        Some(true) => " ↓",
        Some(false) => " ↑",
        None => "",
    };
    let turn = move |_| {
        list.query.update(|query| {
            query.descending = query.sort == sort && !query.descending;
            query.sort = sort;
        });
    };
    view! {
        <th scope="col" class=class aria-sort=order>
            <button type="button" class="sort" on:click=turn>{words}<span aria-hidden="true">{mark}</span></button>
        </th>
    }
}

/// The arrow keys lead from row to row, to the same button or box.
fn step(event: &KeyboardEvent, scroller: Option<web_sys::HtmlDivElement>, row: f64) {
    let by = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let place = target.and_then(|target| Some((target.closest("tr[aria-rowindex]").ok()??, target)));
    let (Some((line, target)), Some(scroller)) = (place, scroller) else { return };
    let index: i64 = line.get_attribute("aria-rowindex").and_then(|index| index.parse().ok()).unwrap_or_default();
    if index < 2 {
        return;
    }
    event.prevent_default();
    let control = target.get_attribute("data-control").unwrap_or_else(|| "more".to_owned());
    let control = if control == "more" { ".more".to_owned() } else { format!("[data-control={control}]") };
    let selector = format!("tr[aria-rowindex=\"{}\"] {control}", index + by);
    let go = move || {
        let found = document().query_selector(&selector).ok().flatten().and_then(|found| found.dyn_into::<HtmlElement>().ok());
        found.map(|found| found.focus())
    };
    if go().is_none() {
        // It may not be drawn yet.
        scroller.scroll_by_with_x_and_y(0.0, by as f64 * row * 2.0);
        request_animation_frame(move || {
            request_animation_frame(move || {
                go();
            })
        });
    }
}
