use super::bind::{change_at, entries};
use super::draft::Draft;
use super::place::Place;
use crate::parts::{Bound, Lines, SelectField, TextField, Tick};
use crate::rules::slug_of;
use crate::words;
use curtain_up_protocol::{Field, FieldKind};
use leptos::prelude::*;

const KINDS: [(&str, FieldKind); 9] = [
    ("text", FieldKind::Text),
    ("long_text", FieldKind::LongText),
    ("choice", FieldKind::Choice),
    ("choices", FieldKind::Choices),
    ("checkbox", FieldKind::Checkbox),
    ("email", FieldKind::Email),
    ("telephone", FieldKind::Telephone),
    ("country", FieldKind::Country),
    ("number", FieldKind::Number),
];

/// The event's own questions.
#[component]
pub fn Fields(draft: Draft) -> impl IntoView {
    let shape = RwSignal::new(());
    let add = move |_| {
        draft.plan.update(|plan| plan.fields.push(Field { required: false, ..Field::plain("", FieldKind::Text) }));
        shape.set(());
        let last = draft.plan.with_untracked(|plan| plan.fields.len());
        crate::browser::focus_later(format!("#question-{last} input"));
    };
    let all = move || {
        shape.track();
        let count = draft.plan.with_untracked(|plan| plan.fields.len());
        (0..count).map(|index| view! { <Question draft index count shape /> }).collect_view()
    };
    view! {
        {all}
        <div class="actions">
            <button type="button" on:click=add>{words::ADD_FIELD}</button>
        </div>
    }
}

#[component]
fn Question(draft: Draft, index: usize, count: usize, shape: RwSignal<()>) -> impl IntoView {
    let part = move |get: fn(&Field) -> String, set: fn(&mut Field, String)| {
        Bound::part(
            draft.plan,
            move |plan| plan.fields.get(index).map(get).unwrap_or_default(),
            move |plan, text| change_at(&mut plan.fields, index, |field| set(field, text)),
        )
    };
    // What is typed stays as it is typed, though a part of it is no choice and no number yet.
    let typed = move |get: fn(&Field) -> String, set: fn(&mut Field, &str)| {
        let text = RwSignal::new(draft.plan.with_untracked(|plan| plan.fields.get(index).map(get).unwrap_or_default()));
        let set = Callback::new(move |now: String| {
            draft.plan.update(|plan| change_at(&mut plan.fields, index, |field| set(field, &now)));
            text.set(now);
        });
        Bound { value: text.into(), set }
    };
    // Until somebody writes an id of their own, it follows the question.
    let label = part(
        |field| field.label.clone(),
        |field, label| {
            if field.id == id_of(&field.label) {
                field.id = id_of(&label);
            }
            field.label = label;
        },
    );
    let kind = part(
        |field| KINDS.iter().find(|(_, kind)| *kind == field.kind).map(|(name, _)| *name).unwrap_or_default().to_owned(),
        |field, name| {
            field.kind = KINDS.iter().find(|(known, _)| *known == name).map_or(FieldKind::Text, |(_, kind)| *kind);
            if !matches!(field.kind, FieldKind::Choice | FieldKind::Choices) {
                field.choices = Vec::new();
            }
            if field.kind != FieldKind::Number {
                (field.min, field.max) = (None, None);
            }
        },
    );
    let kinds = Signal::stored(KINDS.map(|(name, kind)| (name.to_owned(), words::field_kind(kind).to_owned())).to_vec());
    let now = Memo::new(move |_| draft.plan.with(|plan| plan.fields.get(index).map(|field| field.kind)));
    let required = Signal::derive(move || draft.plan.with(|plan| plan.fields.get(index).is_some_and(|field| field.required)));
    let require = move |on: bool| draft.plan.update(|plan| change_at(&mut plan.fields, index, |field| field.required = on));
    let problem = draft.problem_at(move |plan| plan.fields.get(index).map(|field| format!("fields.{}", field.id)).unwrap_or_default());
    let more = move || match now.get() {
        Some(FieldKind::Choice | FieldKind::Choices) => {
            let choices = typed(|field| field.choices.join("\n"), |field, text| field.choices = entries(text, '\n'));
            view! { <Lines label=words::CHOICES bound=choices help=words::CHOICES_HELP /> }.into_any()
        }
        Some(FieldKind::Number) => {
            let min = typed(|field| written(field.min), |field, text| field.min = limit(text, field.min));
            let max = typed(|field| written(field.max), |field, text| field.max = limit(text, field.max));
            view! {
                <div class="grid">
                    <TextField label=words::SMALLEST bound=min kind="number" />
                    <TextField label=words::LARGEST bound=max kind="number" />
                </div>
            }
            .into_any()
        }
        _ => ().into_any(),
    };
    let swap = move |with: usize| {
        draft.plan.update(|plan| plan.fields.swap(index, with));
        shape.set(());
        crate::browser::focus_later(format!("#question-{} legend", with + 1));
    };
    let remove = move |()| {
        draft.plan.update(|plan| drop(plan.fields.remove(index)));
        shape.set(());
        crate::browser::focus_later("#questions");
    };
    view! {
        <fieldset class="item" id=format!("question-{}", index + 1)>
            <legend tabindex="-1">{words::question_number(index)}</legend>
            <div class="grid">
                <TextField label=words::QUESTION bound=label problem required=true />
                <SelectField label=words::KIND bound=kind choices=kinds />
                <TextField label=words::ID bound=part(|field| field.id.clone(), |field, id| field.id = id) help=words::ID_HELP required=true />
            </div>
            <TextField label=words::HELP_TEXT bound=part(|field| field.help.clone(), |field, help| field.help = help) />
            {more}
            <div class="spread">
                <Tick label=words::REQUIRED checked=required set=require />
                <Place index count swap remove />
            </div>
        </fieldset>
    }
}

fn written(number: Option<i64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// An id that a question suggests.
fn id_of(label: &str) -> String {
    let id: String = slug_of(label).replace('-', "_").chars().take(40).collect();
    id.trim_end_matches('_').to_owned()
}

/// The limit that somebody typed: none where nothing stands there, and as it was where that is no whole number.
fn limit(text: &str, before: Option<i64>) -> Option<i64> {
    if text.trim().is_empty() { None } else { text.trim().parse().ok().or(before) }
}
