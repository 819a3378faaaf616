use super::list::{List, ids};
use crate::desk::Desk;
use crate::parts::{Bound, SelectField, TextField};
use crate::rules::Selection;
use crate::words;
use curtain_up_protocol::desk::{MailStatus, PeopleQuery, Seat};
use leptos::prelude::*;
use std::time::Duration;

/// How long somebody may pause while typing what they search for.
const PAUSE: Duration = Duration::from_millis(250);

/// Searches and filters.
#[component]
pub fn Toolbar() -> impl IntoView {
    let list = List::here();
    let search = typed(list, |query, text| query.search = text.trim().to_owned());
    let source = typed(list, |query, text| query.source = Some(text.trim().to_owned()).filter(|text| !text.is_empty()));
    let some = Memo::new(move |_| list.selected.with(|selected| !selected.is_empty()));
    view! {
        <div class="toolbar" role="search">
            <TextField label=words::SEARCH bound=search kind="search" class="search" placeholder=words::SEARCH_HELP />
            <SelectField label=words::MAIL_STATUS bound=filter(list, mail, set_mail) choices=Signal::stored(mail_choices()) />
            <SelectField label=words::ATTENDED bound=filter(list, attended, set_attended) choices=Signal::stored(attended_choices()) />
            <SelectField label=words::SEAT bound=filter(list, seat, set_seat) choices=Signal::stored(seat_choices()) />
            <TextField label=words::SOURCE bound=source />
        </div>
        <Show when=move || some.get()>
            <p class="actions">
                <span role="status">{move || how_many_are_selected(list)}</span>
                <button type="button" class="link" on:click=move |_| list.selected.update(Selection::clear)>
                    {words::SELECT_NONE}
                </button>
            </p>
        </Show>
    }
}

/// How many are selected, and how many of them the host does not see now.
pub fn how_many_are_selected(list: List) -> String {
    list.selected.with(|selected| words::selected(selected.len(), list.rows.with(|rows| selected.beyond(ids(rows)))))
}

/// Opens what is done with many.
#[component]
pub fn Buttons() -> impl IntoView {
    let desk = Desk::here();
    let list = List::here();
    view! {
        <div class="actions">
            <button type="button" on:click=move |_| list.choosing_columns.set(true)>{words::ACTIVE_COLUMNS}</button>
            <Show when=move || desk.may_change()>
                <button type="button" on:click=move |_| list.exporting.set(true)>{words::EXPORT}</button>
                <button type="button" on:click=move |_| list.resending.set(true)>{words::RESEND_TO_MANY}</button>
            </Show>
        </div>
    }
}

/// A part of what is filtered by that is typed; what one types stays as it is typed, and is asked for once one pauses.
fn typed(list: List, set: fn(&mut PeopleQuery, &str)) -> Bound {
    let typed = RwSignal::new(String::new());
    let typing = move |text: String| {
        typed.set(text.clone());
        let settled = move || {
            if typed.try_with_untracked(|now| *now == text) != Some(true) {
                return;
            }
            let mut query = list.query.get_untracked();
            set(&mut query, &text);
            if list.query.with_untracked(|before| *before != query) {
                list.query.set(query);
            }
        };
        set_timeout(settled, PAUSE);
    };
    Bound { value: typed.into(), set: Callback::new(typing) }
}

/// A part of what is filtered by; asked for only when it is another one.
fn filter(list: List, get: fn(&PeopleQuery) -> String, set: fn(&mut PeopleQuery, &str)) -> Bound {
    Bound {
        value: Signal::derive(move || list.query.with(get)),
        set: Callback::new(move |text: String| {
            if list.query.with_untracked(get) != text {
                list.query.update(|query| set(query, &text));
            }
        }),
    }
}

fn mail(query: &PeopleQuery) -> String {
    query.mail.map(MailStatus::name).unwrap_or_default().to_owned()
}

fn set_mail(query: &mut PeopleQuery, name: &str) {
    query.mail = MailStatus::ALL.into_iter().find(|status| status.name() == name);
}

fn mail_choices() -> Vec<(String, String)> {
    let statuses = MailStatus::ALL.into_iter().map(|status| (status.name().to_owned(), words::mail_status(status).to_owned()));
    any().chain(statuses).collect()
}

fn attended(query: &PeopleQuery) -> String {
    query.attended.map(|attended| attended.to_string()).unwrap_or_default()
}

fn set_attended(query: &mut PeopleQuery, name: &str) {
    query.attended = name.parse().ok();
}

fn attended_choices() -> Vec<(String, String)> {
    any().chain([("true", words::DID_ATTEND), ("false", words::DID_NOT_ATTEND)].map(own)).collect()
}

fn seat(query: &PeopleQuery) -> String {
    query.seat.map(Seat::name).unwrap_or_default().to_owned()
}

fn set_seat(query: &mut PeopleQuery, name: &str) {
    query.seat = Seat::named(name);
}

fn seat_choices() -> Vec<(String, String)> {
    any().chain(Seat::ALL.map(|seat| own((seat.name(), words::seat(seat))))).collect()
}

fn any() -> impl Iterator<Item = (String, String)> {
    std::iter::once(own(("", words::ANY)))
}

fn own((value, words): (&str, &str)) -> (String, String) {
    (value.to_owned(), words.to_owned())
}
