//! A form of any kind: it hears of all its fields at once, and says what went wrong with it.

use super::countdown::hidden;
use super::field::{self, field, field_selector, name, truth};
use super::piece::{Piece, element, live};
use super::{Stage, blocks};
use crate::core::form::FormState;
use crate::core::journey::Trouble;
use crate::i18n::Text;
use curtain_up_protocol::{Door, Field, FieldKind};
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

/// A form of `fields` whose button says `label`. `submit` is called for every try with the first field that will not do,
/// and says which one to go to.
pub fn form(
    stage: Stage,
    state: RwSignal<FormState>,
    fields: Vec<Field>,
    label: String,
    // Behind a pointer: with a type each, every form would bring a copy of all this.
    submit: Box<dyn Fn(Option<String>) -> Option<String>>,
) -> Piece {
    let many: Vec<String> = fields.iter().filter(|field| field.kind == FieldKind::Choices).map(|field| field.id.clone()).collect();
    let fields = Rc::new(fields);
    let checked = fields.clone();
    let trouble = move || match stage.journey.with(|journey| journey.trouble()) {
        Some(trouble) if trouble != Trouble::Fields => words(stage, trouble),
        _ if state.with(|state| state.is_wrong(&checked)) => stage.text(Text::TroubleFields),
        _ => String::new(),
    };
    let fine = trouble.clone();
    let busy = move || stage.journey.with(|journey| truth(journey.is_busy()));
    let controls = fields.iter().map(|asked| field(stage, state, asked.clone())).collect();
    let list = fields.iter().map(|asked| entry(stage, state, asked.clone())).collect();
    element("form")
        .kind("form")
        .set("novalidate", "")
        .put("aria-busy", live(busy))
        .on("input", move |event| hear(&event, &many, state))
        // Fired when a field that was changed is left.
        .on("change", move |event| {
            if let Some(control) = control(&event) {
                state.update(|state| state.leave(&control.name()));
            }
        })
        .on("submit", move |event| {
            event.prevent_default();
            let wrong = state.try_update(|state| state.submit(&fields)).flatten();
            if let Some(field) = submit(wrong) {
                stage.focus(&field_selector(&field));
            }
        })
        .children(vec![
            element("div")
                .kind("alert")
                .set("role", "alert")
                .put("hidden", hidden(move || fine().is_empty()))
                .children(vec![blocks::paragraph("trouble", live(trouble)), element("ul").children(list)]),
            element("div").set("class", "fields").children(controls),
            element("button").kind("primary").set("type", "submit").put("aria-disabled", live(busy)).words(label),
        ])
}

/// What the list of problems says of a field: a way to it.
fn entry(stage: Stage, state: RwSignal<FormState>, asked: Field) -> Piece {
    let (id, question) = (asked.id.clone(), name(stage, &asked));
    let code = move || state.with(|state| state.listed(&asked));
    let said = code.clone();
    let words = live(move || said().map_or_else(String::new, |code| [&question, " – ", &stage.text(field::words(code))].concat()));
    let go = blocks::button("quiet", String::new(), move || stage.focus(&field_selector(&id))).words(words);
    element("li").put("hidden", hidden(move || code().is_none())).children(vec![go])
}

/// Every control answers to the properties that are used here; other kinds of elements do not fire these events.
fn control(event: &Event) -> Option<HtmlInputElement> {
    event.target().map(JsCast::unchecked_into)
}

fn hear(event: &Event, many: &[String], state: RwSignal<FormState>) {
    let Some(control) = control(event) else { return };
    let (name, value, ticks) = (control.name(), control.value(), control.type_() == "checkbox");
    state.update(|state| match ticks {
        true if many.contains(&name) => state.tick(&name, &value, control.checked()),
        true => state.set(&name, if control.checked() { vec![value] } else { Vec::new() }),
        false => state.set(&name, vec![value]),
    });
}

fn words(stage: Stage, trouble: Trouble) -> String {
    stage.text(match trouble {
        Trouble::Unreachable => Text::TroubleUnreachable,
        Trouble::Busy(Some(seconds)) => {
            return stage.fill_time(Text::TroubleBusySeconds, seconds);
        }
        Trouble::Busy(None) => Text::TroubleBusy,
        Trouble::Fields => Text::TroubleFields,
        Trouble::AccessRefused if stage.event(|event| event.door == Door::Code) => Text::TroubleCode,
        Trouble::AccessRefused | Trouble::LinkRefused => Text::TroubleAccess,
        Trouble::PassRefused => Text::TroublePass,
        Trouble::Other => Text::TroubleOther,
    })
}
