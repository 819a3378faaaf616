use super::cell::cell;
use super::deeds::deeds;
use super::list::{List, name_of};
use crate::desk::Desk;
use crate::parts::MoreButton;
use crate::words;
use curtain_up_protocol::desk::Person;
use leptos::{ev::MouseEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Somebody in the table.
#[component]
pub fn Row(index: usize, person: Person) -> impl IntoView {
    let desk = Desk::here();
    let list = List::here();
    let name = name_of(&person);
    let id = StoredValue::new(person.id.clone());
    let person = StoredValue::new(person);
    let selected = move || list.selected.with(|selected| id.with_value(|id| selected.holds(id)));
    let select = move |_| list.selected.update(|selected| id.with_value(|id| selected.turn(id)));
    let open = move || list.open(Some(id.get_value()));
    // A click beside a button or box of the row is one on the row.
    let click = move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let control = target.and_then(|target| target.closest("button, input, a").ok().flatten());
        if control.is_none() {
            open();
        }
    };
    let cells = move || {
        let columns = list.columns.get();
        person.with_value(|person| columns.iter().map(|column| view! { <td>{cell(list, column, person)}</td> }).collect_view())
    };
    let menu = desk.may_change().then(|| {
        let deeds = move || person.with_value(|person| deeds(desk, list, person));
        view! { <MoreButton about=name.clone() deeds /> }
    });
    let is_open = move || (list.opened(desk) == Some(id.get_value())).then_some("true");
    let box_ = desk.may_change().then(|| {
        view! {
            <input type="checkbox" data-control="select" aria-label=words::select_person(&name) prop:checked=selected on:change=select />
        }
    });
    view! {
        <tr aria-rowindex=(index + 2).to_string() aria-selected=is_open on:click=click>
            <td>{box_}</td>
            <td class="name">
                <span class="whole">
                    <button type="button" class="person" data-control="open" on:click=move |_| open()>{name}</button>
                    {menu}
                </span>
            </td>
            {cells}
        </tr>
    }
}
