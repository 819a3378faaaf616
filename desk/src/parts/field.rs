use super::unique_id;
use leptos::prelude::*;

/// A text that a field shows and changes.
#[derive(Clone, Copy)]
pub struct Bound {
    /// What it is.
    pub value: Signal<String>,
    /// Changes it.
    pub set: Callback<String>,
}

impl Bound {
    /// A part of something larger.
    pub fn part<T: Send + Sync + 'static>(
        whole: RwSignal<T>,
        get: impl Fn(&T) -> String + Send + Sync + 'static,
        set: impl Fn(&mut T, String) + Send + Sync + 'static,
    ) -> Self {
        Self { value: Signal::derive(move || whole.with(&get)), set: Callback::new(move |text| whole.update(|whole| set(whole, text))) }
    }
}

impl From<RwSignal<String>> for Bound {
    fn from(signal: RwSignal<String>) -> Self {
        Self { value: signal.into(), set: Callback::new(move |text| signal.set(text)) }
    }
}

/// One of several things to choose from: its value and its words.
pub type Choice = (String, String);

/// A line of text with its label.
#[component]
pub fn TextField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] bound: Bound,
    #[prop(into, optional)] help: String,
    /// What is wrong with it; empty where nothing is.
    #[prop(into, optional)]
    problem: Signal<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] required: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] readonly: bool,
    /// Suggestions: the id of a list.
    #[prop(optional)]
    list: &'static str,
    #[prop(optional)] class: &'static str,
    #[prop(optional)] placeholder: &'static str,
    /// Called when the field is left after a change.
    #[prop(optional, into)]
    on_change: Option<Callback<()>>,
) -> impl IntoView {
    let id = unique_id("field");
    let (help_id, problem_id) = (format!("{id}-help"), format!("{id}-problem"));
    let described = format!("{help_id} {problem_id}");
    view! {
        <div class=format!("field {class}")>
            <label for=id.clone()>{label}</label>
            <input
                id=id
                type=kind
                dir="auto"
                autocomplete=autocomplete
                placeholder=(!placeholder.is_empty()).then_some(placeholder)
                required=required
                autofocus=autofocus
                readonly=readonly
                list=(!list.is_empty()).then_some(list)
                aria-describedby=described
                aria-invalid=move || (!problem.with(String::is_empty)).then_some("true")
                prop:value=bound.value
                on:input=move |event| bound.set.run(event_target_value(&event))
                on:change=move |_| { on_change.inspect(|changed| changed.run(())); }
            />
            {(!help.is_empty()).then(|| view! { <span class="help" id=help_id>{help}</span> })}
            <Problem id=problem_id problem />
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn Lines(
    #[prop(into)] label: String,
    #[prop(into)] bound: Bound,
    #[prop(into, optional)] help: String,
    #[prop(into, optional)] problem: Signal<String>,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] readonly: bool,
) -> impl IntoView {
    let id = unique_id("field");
    let (help_id, problem_id) = (format!("{id}-help"), format!("{id}-problem"));
    let described = format!("{help_id} {problem_id}");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <textarea
                id=id
                dir="auto"
                rows=rows.to_string()
                readonly=readonly
                aria-describedby=described
                aria-invalid=move || (!problem.with(String::is_empty)).then_some("true")
                prop:value=bound.value
                on:input=move |event| bound.set.run(event_target_value(&event))
            ></textarea>
            {(!help.is_empty()).then(|| view! { <span class="help" id=help_id>{help}</span> })}
            <Problem id=problem_id problem />
        </div>
    }
}

/// One of several.
#[component]
pub fn SelectField(
    #[prop(into)] label: String,
    #[prop(into)] bound: Bound,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(into, optional)] help: String,
    #[prop(into, optional)] problem: Signal<String>,
) -> impl IntoView {
    let id = unique_id("field");
    let (help_id, problem_id) = (format!("{id}-help"), format!("{id}-problem"));
    let described = format!("{help_id} {problem_id}");
    let options = move || {
        let option = move |(value, words): Choice| {
            let mine = value.clone();
            view! { <option value=value prop:selected=move || bound.value.with(|chosen| *chosen == mine)>{words}</option> }
        };
        choices.get().into_iter().map(option).collect_view()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id aria-describedby=described on:change=move |event| bound.set.run(event_target_value(&event))>{options}</select>
            {(!help.is_empty()).then(|| view! { <span class="help" id=help_id>{help}</span> })}
            <Problem id=problem_id problem />
        </div>
    }
}

/// Yes or no.
#[component]
pub fn Tick(
    #[prop(into)] label: String,
    #[prop(into)] checked: Signal<bool>,
    #[prop(into)] set: Callback<bool>,
    #[prop(into, optional)] help: String,
) -> impl IntoView {
    let help_id = unique_id("help");
    let described = (!help.is_empty()).then(|| help_id.clone());
    view! {
        <div class="tick-line">
            <label class="tick">
                <input
                    type="checkbox"
                    aria-describedby=described
                    prop:checked=checked
                    on:change=move |event| set.run(event_target_checked(&event))
                />
                <span>{label}</span>
            </label>
            {(!help.is_empty()).then(|| view! { <span class="help" id=help_id>{help}</span> })}
        </div>
    }
}

#[component]
fn Problem(id: String, problem: Signal<String>) -> impl IntoView {
    view! { <span class="problem" id=id hidden=move || problem.with(String::is_empty)>{problem}</span> }
}
