//! The plain registration form: its fields as they are shown, and what it sends as the registration that it is.

use super::words::{Words, countries};
use crate::{http::body::FormBody, store::event::Event};
use axum::http::{HeaderMap, header};
use curtain_up_protocol::{Agreement, Answer, Field, FieldCode, FieldKind, FieldProblem, RegistrationRequest, ResendRequest, Source, Utm};
use std::collections::{HashMap, HashSet};

/// What stands before a consent's id where a field is named. No field's id has a colon.
const CONSENT: &str = "consent:";
/// What stands before the names that tell where somebody came from.
const SOURCE: &str = "source:";

/// One control of a form, with all that its template shows.
#[derive(Default)]
pub struct Control {
    /// The name that it is sent by.
    pub name: String,
    /// Which control: `text`, `long`, `choose`, `tick` or `ticks`.
    pub shape: &'static str,
    /// The `type` of an input.
    pub kind: &'static str,
    /// What the browser may fill in.
    pub autocomplete: &'static str,
    /// The question.
    pub label: String,
    /// A sentence of help.
    pub help: String,
    /// Whether one cannot go on without it.
    pub required: bool,
    /// What stands in it.
    pub value: String,
    /// What one may choose from.
    pub options: Vec<Choice>,
    /// What is wrong with it, in words.
    pub problem: String,
    /// Whether the cursor goes here first.
    pub first: bool,
}

/// One thing to choose.
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// Whether it is chosen.
    pub on: bool,
}

impl Control {
    /// The ids of what describes it.
    pub fn described_by(&self) -> String {
        let help = (!self.help.is_empty()).then(|| format!("help-{}", self.name));
        let problem = (!self.problem.is_empty()).then(|| format!("problem-{}", self.name));
        [help, problem].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// An address, as every form but the registration asks for it.
    pub fn email(words: &Words, value: &str, problem: Option<FieldCode>) -> Self {
        let mut control = Self::of(&Field::plain("email", FieldKind::Email), words, &[value.to_owned()]);
        control.problem = problem.map(|code| says(words, code)).unwrap_or_default();
        control.first = problem.is_some();
        control
    }

    /// An access key. What was typed is not shown again.
    pub fn key(words: &Words) -> Self {
        Self { autocomplete: "one-time-code", ..Self::of(&Field::plain("key", FieldKind::Text), words, &[]) }
    }

    /// An access code, which is not shown again either.
    pub fn code(words: &Words) -> Self {
        Self { autocomplete: "off", ..Self::of(&Field::plain("code", FieldKind::Text), words, &[]) }
    }

    fn of(field: &Field, words: &Words, values: &[String]) -> Self {
        let (shape, kind, autocomplete) = match field.kind {
            FieldKind::Text => ("text", "text", autocomplete(&field.id)),
            FieldKind::Email => ("text", "email", "email"),
            FieldKind::Telephone => ("text", "tel", "tel"),
            FieldKind::Number => ("text", "text", "off"),
            FieldKind::LongText => ("long", "", "off"),
            FieldKind::Choice => ("choose", "", "off"),
            FieldKind::Country => ("choose", "", "country"),
            FieldKind::Choices => ("ticks", "", "off"),
            FieldKind::Checkbox => ("tick", "", "off"),
        };
        let value = values.first().cloned().unwrap_or_default();
        let choices = match field.kind {
            FieldKind::Country => countries(&words.language),
            FieldKind::Checkbox => vec![("yes".to_owned(), String::new())],
            _ => field.choices.iter().map(|choice| (choice.clone(), choice.clone())).collect(),
        };
        let chosen = |choice: &String| values.iter().any(|value| value == choice);
        let label = match field.id.as_str() {
            _ if !field.label.is_empty() => &field.label,
            "first_name" => words.say("field_first_name"),
            "last_name" => words.say("field_last_name"),
            "email" => words.say("field_email"),
            "key" => words.say("field_key"),
            "code" => words.say("field_code"),
            other => other,
        };
        Self {
            name: field.id.clone(),
            shape,
            kind,
            autocomplete,
            label: label.to_owned(),
            help: field.help.clone(),
            required: field.required,
            options: choices.into_iter().map(|(value, text)| Choice { on: chosen(&value), value, text }).collect(),
            value,
            problem: String::new(),
            first: false,
        }
    }
}

/// The controls of an event's registration form, holding what was typed, with what is wrong at its place.
pub fn controls(event: &Event, words: &Words, typed: &RegistrationRequest, problems: &[FieldProblem]) -> Vec<Control> {
    let plain = [("first_name", FieldKind::Text), ("last_name", FieldKind::Text), ("email", FieldKind::Email)];
    let fields = plain.into_iter().map(|(id, kind)| Field::plain(id, kind)).chain(event.plan.fields.iter().cloned());
    let mut controls: Vec<Control> = fields.map(|field| Control::of(&field, words, typed.answers_to(&field.id))).collect();
    controls.extend(event.plan.consents.iter().map(|consent| Control {
        name: format!("{CONSENT}{}", consent.id),
        shape: "tick",
        label: consent.text.clone(),
        required: consent.required,
        options: vec![Choice {
            value: consent.version.to_string(),
            text: String::new(),
            on: typed.consents.iter().any(|given| given.id == consent.id && given.version == consent.version),
        }],
        ..Control::default()
    }));
    for control in &mut controls {
        let problem = problems.iter().find(|problem| problem.field == control.name);
        control.problem = problem.map(|problem| says(words, problem.code)).unwrap_or_default();
    }
    if let Some(first) = controls.iter_mut().find(|control| !control.problem.is_empty()) {
        first.first = true;
    }
    controls
}

/// The registration that a plain form sends. Every name that is neither a consent nor a source is an answer, so that an
/// unknown one is refused as in JSON; what was left empty was not answered.
pub fn registration(form: &FormBody, headers: &HeaderMap) -> RegistrationRequest {
    let mut request = RegistrationRequest { language: language(headers), ..RegistrationRequest::default() };
    // Anybody may send as many names as fit: none is looked for among all others.
    let (mut answered, mut consented) = (HashMap::new(), HashSet::new());
    for (name, value) in &form.0 {
        if let Some(id) = name.strip_prefix(CONSENT) {
            // What is no version is none that was shown.
            let version = value.parse().unwrap_or(0);
            if consented.insert(id) {
                request.consents.push(Agreement { id: id.to_owned(), version });
            }
        } else if let Some(name) = name.strip_prefix(SOURCE) {
            add_source(&mut request.source, name, value);
        } else if !value.trim().is_empty() {
            let at = *answered.entry(name).or_insert(request.answers.len());
            match request.answers.get_mut(at) {
                Some(answer) => answer.values.push(value.clone()),
                None => request.answers.push(Answer { field: name.clone(), values: vec![value.clone()] }),
            }
        }
    }
    request
}

/// What the form for a lost link sends.
pub fn resend(form: &FormBody) -> ResendRequest {
    ResendRequest { email: form.value("email").to_owned() }
}

/// Where somebody came from, as the page's own address tells.
pub fn source(query: &str) -> Source {
    let mut source = Source::default();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        add_source(&mut source, &name, &value);
    }
    source
}

fn add_source(source: &mut Source, name: &str, value: &str) {
    if let Some(utm) = name.strip_prefix("utm_").filter(|_| source.utm.len() < 20) {
        source.utm.push(Utm { name: utm.to_owned(), value: value.to_owned() });
    } else if name == "ref" {
        source.reference = value.to_owned();
    }
}

/// A source as names and values: what its hidden inputs hold.
pub fn source_pairs(source: &Source) -> Vec<(String, String)> {
    let utm = source.utm.iter().map(|utm| (format!("utm_{}", utm.name), utm.value.clone()));
    let reference = (!source.reference.is_empty()).then(|| ("ref".to_owned(), source.reference.clone()));
    utm.chain(reference).collect()
}

/// The first language that the browser asks for.
fn language(headers: &HeaderMap) -> String {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    asked.split([',', ';']).next().unwrap_or_default().trim().to_owned()
}

fn autocomplete(id: &str) -> &'static str {
    match id {
        "first_name" => "given-name",
        "last_name" => "family-name",
        _ => "off",
    }
}

fn says(words: &Words, code: FieldCode) -> String {
    let text = match code {
        FieldCode::Required => words.say("problem_required"),
        FieldCode::TooLong => words.say("problem_too_long"),
        FieldCode::InvalidEmail => words.say("problem_email"),
        FieldCode::InvalidTelephone => words.say("problem_telephone"),
        FieldCode::NotAChoice => words.say("problem_choice"),
        FieldCode::NotANumber => words.say("problem_number"),
        FieldCode::OutOfRange => words.say("problem_range"),
        FieldCode::ConsentNeeded => words.say("problem_consent"),
        _ => words.say("problem_other"),
    };
    text.to_owned()
}
