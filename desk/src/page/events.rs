use crate::desk::{Desk, Loaded};
use crate::parts::{Head, PhaseChip, Table, Tick, loaded};
use crate::rules::{EventTab, Route};
use crate::{api, browser, words};
use curtain_up_protocol::desk::{EventLine, EventList};
use leptos::prelude::*;

const HEADS: [Head; 5] = [
    Head::Words(words::TITLE_COLUMN),
    Head::Words(words::PHASE),
    Head::Words(words::START),
    Head::Number(words::REGISTERED),
    Head::Number(words::ATTENDED),
];

/// All events.
#[component]
pub fn EventsPage() -> impl IntoView {
    let desk = Desk::here();
    let archived = RwSignal::new(false);
    let list = RwSignal::new(Loaded::Loading);
    Effect::new(move || {
        let archived = archived.get();
        desk.loads(list, async move { api::get::<EventList>(&format!("/events?archived={archived}")).await });
    });
    view! {
        <div class="heading">
            <h1>{words::EVENTS}</h1>
            <div class="end">
                <Tick label=words::SHOW_ARCHIVED checked=archived set=move |shown| archived.set(shown) />
                <Show when=move || desk.may_change()>
                    <a class="button primary" href=Route::NewEvent.address()>{words::NEW_EVENT}</a>
                </Show>
            </div>
        </div>
        {loaded(list, move |list| table(desk, list))}
    }
}

fn table(desk: Desk, list: &EventList) -> AnyView {
    if list.events.is_empty() {
        let words = if desk.may_change() { words::NO_EVENTS } else { words::NO_EVENTS_FOR_VIEWERS };
        return view! { <p class="empty">{words}</p> }.into_any();
    }
    let lines = list.events.iter().map(line).collect_view();
    view! {
        <Table label=words::EVENTS heads=HEADS>{lines}</Table>
    }
    .into_any()
}

fn line(event: &EventLine) -> impl IntoView + use<> {
    let address = Route::Event(event.slug.clone(), EventTab::Overview).address();
    let archived = event.archived.then(|| view! { <span class="chip">{words::ARCHIVED}</span> });
    let series = event.series.clone().map(|series| view! { <span class="chip">{series}</span> });
    view! {
        <tr>
            <td>
                <a class="title" href=address>{event.title.clone()}</a>
                " " {archived} " " {series}
            </td>
            <td><PhaseChip phase=event.phase /></td>
            <td>
                {browser::moment(event.starts_at.0, Some(&event.zone))}
                <span class="soft small">" " {event.zone.clone()}</span>
            </td>
            <td class="end">{words::seats(event.confirmed, event.capacity)}</td>
            <td class="end">{words::number(event.attended)}</td>
        </tr>
    }
}
