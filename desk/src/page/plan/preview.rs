use super::draft::Draft;
use crate::parts::SelectField;
use crate::{browser, words};
use curtain_up_protocol::desk::EventPlanDocument;
use curtain_up_protocol::{Consent, Field, KeyFormat};
use leptos::{html, prelude::*};
use serde::Serialize;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// How long somebody may pause while typing.
const PAUSE: Duration = Duration::from_millis(400);

/// The states that the element can be shown in, by its own names.
const STATES: [&str; 8] = ["scheduled", "not-yet-open", "full", "closed", "waiting", "live", "ended", "cancelled"];

/// What of a plan the element shows.
#[derive(Clone, PartialEq, Serialize)]
struct Sample {
    title: String,
    description: String,
    language: String,
    key_format: KeyFormat,
    fields: Vec<Field>,
    consents: Vec<Consent>,
    #[serde(skip)]
    accent: Option<String>,
}

impl From<&EventPlanDocument> for Sample {
    fn from(plan: &EventPlanDocument) -> Self {
        // A heading must not be empty, in the preview of a plan that has no title yet either.
        let title = Some(&plan.title).filter(|title| !title.trim().is_empty());
        Self {
            title: title.map_or_else(|| words::PREVIEW_TITLE.to_owned(), String::clone),
            description: plan.description.clone(),
            language: plan.language.clone(),
            key_format: plan.key_format,
            fields: plan.fields.clone(),
            consents: plan.consents.clone(),
            accent: plan.accent.clone(),
        }
    }
}

/// The element itself, as it would look.
#[component]
pub fn Preview(draft: Draft) -> impl IntoView {
    browser::load_element();
    let place = NodeRef::<html::Div>::new();
    let state = RwSignal::new(STATES[0].to_owned());
    let states = Signal::stored(STATES.map(|state| (state.to_owned(), words::preview_state(state).to_owned())).to_vec());
    let sample = Memo::new(move |_| draft.plan.with(|plan| Sample::from(plan)));
    Effect::new(move || {
        let (sample_now, state) = (sample.get(), state.get());
        let draw = move || {
            let still = sample.try_with_untracked(|sample| *sample == sample_now) == Some(true);
            if let Some(place) = place.try_get_untracked().flatten().filter(|_| still) {
                show(&place, &state, &sample_now);
            }
        };
        set_timeout(draw, PAUSE);
    });
    view! {
        <aside class="card preview" aria-labelledby="preview">
            <h2 id="preview">{words::PREVIEW}</h2>
            <p class="soft small">{words::PREVIEW_TEXT}</p>
            <SelectField label=words::PREVIEW_STATE bound=state choices=states />
            <div class="blank" node_ref=place></div>
        </aside>
    }
}

/// Puts an element there that shows the sample. It takes all it needs when it is put into the page.
fn show(place: &HtmlElement, state: &str, sample: &Sample) {
    let element = document().create_element("curtain-up").ok().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let (Some(element), Ok(json)) = (element, serde_json::to_string(sample)) else { return };
    let Ok(object) = js_sys::JSON::parse(&json) else { return };
    // An element that was just made takes any property and attribute.
    let _ = js_sys::Reflect::set(&element, &"sample".into(), &object);
    let _ = element.set_attribute("preview", state);
    if let Some(accent) = &sample.accent {
        let _ = element.style().set_property("--curtain-up-accent", accent);
    }
    place.replace_children_with_node_1(&element);
}
