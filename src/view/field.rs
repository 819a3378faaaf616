//! One question of a form, whatever it asks for.

use super::Stage;
use super::blocks::{hosts, paragraph};
use super::piece::{Piece, element, live};
use crate::core::form::FormState;
use crate::i18n::Text;
use crate::platform::intl;
use curtain_up_protocol::{Field, FieldCode, FieldKind};
use leptos::prelude::*;

/// What finds the first control of a field.
pub fn field_selector(id: &str) -> String {
    ["[name=\"", id, "\"]"].concat()
}

/// A field with its label, help and problem.
pub fn field(stage: Stage, state: RwSignal<FormState>, field: Field) -> Piece {
    let id = ["field-", &field.id].concat();
    let (help_id, problem_id) = ([&id, "-help"].concat(), [&id, "-problem"].concat());
    let asked = field.clone();
    let code = move || state.with(|state| state.problem(&asked));
    let problem = {
        let code = code.clone();
        live(move || code().map_or_else(String::new, |code| stage.text(words(code))))
    };
    let invalid = live(move || truth(code().is_some()));

    let (many, boxed) = (field.kind == FieldKind::Choices, field.kind == FieldKind::Checkbox);
    let described_by = [&help_id, " ", &problem_id].concat();
    let values = state.with_untracked(|state| state.values(&field.id).to_vec());
    let dress = |control: Piece| {
        let control = control
            .put("name", field.id.clone())
            .set("part", "control")
            .put("aria-describedby", described_by.clone())
            .put("aria-invalid", invalid.clone());
        if many { control } else { control.put("id", id.clone()).put("aria-required", truth(field.required)) }
    };
    // Several choices are a group with a legend, anything else is a control with a label.
    let title = if many { element("legend") } else { element("label").put("for", id.clone()) }.children(label(stage, &field));
    let help = hosts(stage, paragraph("help", field.help.clone())).put("id", help_id.clone());
    let problem = paragraph("problem", problem).put("id", problem_id.clone());
    let mut children = Vec::new();
    match field.kind {
        FieldKind::Checkbox => children.extend([dress(tick("yes", &values)), title, help]),
        FieldKind::Choices => {
            children.extend([title, help]);
            children.extend(field.choices.iter().map(|choice| {
                let text = hosts(stage, element("span").words(choice.clone()));
                element("label").set("class", "choice").children(vec![dress(tick(choice, &values)), text])
            }));
        }
        _ => children.extend([title, help, dress(control(stage, &field, values.into_iter().next().unwrap_or_default()))]),
    }
    children.push(problem);
    let kind = ["field ", if boxed { "box" } else { &field.id }].concat();
    element(if many { "fieldset" } else { "div" }).put("class", kind).set("part", "field").children(children)
}

/// What a field is called: by the host, or by the reader's language.
pub fn name(stage: Stage, field: &Field) -> String {
    match field.id.as_str() {
        _ if !field.label.is_empty() => field.label.clone(),
        "first_name" => stage.text(Text::FieldFirstName),
        "last_name" => stage.text(Text::FieldLastName),
        "email" => stage.text(Text::FieldEmail),
        "key" => stage.text(Text::FieldKey),
        other => other.to_owned(),
    }
}

/// The question; what need not be answered says so.
fn label(stage: Stage, field: &Field) -> Vec<Piece> {
    let text = element("span").words(name(stage, field));
    let mut label = vec![if field.label.is_empty() { text } else { hosts(stage, text) }];
    if !field.required {
        label.push(element("span").set("class", "optional").words([" ", &stage.text(Text::FieldOptional)].concat()));
    }
    label
}

/// The control of a field that has one.
fn control(stage: Stage, field: &Field, value: String) -> Piece {
    let typed = |kind: &'static str, autocomplete: &'static str, mode: &'static str, value: String| {
        element("input").set("type", kind).set("autocomplete", autocomplete).set("inputmode", mode).put("value", value)
    };
    let choose = |autocomplete: &'static str, choices: Vec<(String, String)>, value: &str| {
        let none = (String::new(), stage.text(Text::FieldChoose));
        let options = std::iter::once(none).chain(choices).map(|(code, text)| {
            let option = element("option").words(text);
            if code == value { option.set("selected", "") } else { option }.put("value", code)
        });
        element("select").set("autocomplete", autocomplete).children(options.collect())
    };
    match field.kind {
        FieldKind::Email => typed("email", "email", "email", value),
        FieldKind::Telephone => typed("tel", "tel", "tel", value),
        FieldKind::Number => typed("text", "off", "decimal", value),
        FieldKind::LongText => element("textarea").set("rows", "4").words(value),
        FieldKind::Country => choose("country", stage.language(intl::countries), &value),
        FieldKind::Choice => choose("off", field.choices.iter().map(|choice| (choice.clone(), choice.clone())).collect(), &value),
        _ => typed("text", autocomplete(&field.id), "text", value),
    }
}

fn tick(value: &str, values: &[String]) -> Piece {
    let control = element("input").set("type", "checkbox").put("value", value.to_owned());
    if values.iter().any(|ticked| ticked == value) { control.set("checked", "") } else { control }
}

/// What the browser may fill in by itself.
fn autocomplete(id: &str) -> &'static str {
    match id {
        "first_name" => "given-name",
        "last_name" => "family-name",
        _ => "off",
    }
}

/// What to say about a problem; of a code from the future, that there is one.
pub fn words(code: FieldCode) -> Text {
    match code {
        FieldCode::Required => Text::ProblemRequired,
        FieldCode::TooLong => Text::ProblemTooLong,
        FieldCode::InvalidEmail => Text::ProblemEmail,
        FieldCode::InvalidTelephone => Text::ProblemTelephone,
        FieldCode::NotAChoice => Text::ProblemChoice,
        FieldCode::NotANumber => Text::ProblemNumber,
        FieldCode::OutOfRange => Text::ProblemRange,
        FieldCode::ConsentNeeded => Text::ProblemConsent,
        FieldCode::Undeliverable => Text::ProblemBounced,
        _ => Text::ProblemOther,
    }
}

/// The value of an attribute that says whether something is so.
pub fn truth(is: bool) -> String {
    if is { "true" } else { "false" }.to_owned()
}
