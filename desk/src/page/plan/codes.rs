use super::bind::flag;
use super::draft::Draft;
use crate::parts::{Tick, unique_id};
use crate::words;
use leptos::prelude::*;

/// Who comes in by a code, and what it is good for.
#[component]
pub fn Codes(draft: Draft) -> impl IntoView {
    const STATES: [(Option<bool>, &str); 3] =
        [(None, words::REQUIRE_CODES_UNUSED), (Some(true), words::REQUIRE_CODES_ON), (Some(false), words::REQUIRE_CODES_OFF)];
    let group = unique_id("require-codes");
    let state = move |(required, words): (Option<bool>, &'static str)| {
        let chosen = move || draft.plan.with(|plan| plan.settings.require_codes == required);
        let choose = move |_| draft.plan.update(|plan| plan.settings.require_codes = required);
        view! {
            <label class="tick">
                <input type="radio" name=group.clone() prop:checked=chosen on:change=choose />
                <span>{words}</span>
            </label>
        }
    };
    let (anonymize, set_anonymize) = flag(draft, |plan| &mut plan.settings.anonymize);
    let (one_device, set_one_device) = flag(draft, |plan| &mut plan.settings.one_device);
    view! {
        <section class="card" aria-labelledby="codes">
            <h2 id="codes" tabindex="-1">{words::CODES}</h2>
            <fieldset aria-describedby="carry-over">
                <legend>{words::REQUIRE_CODES}</legend>
                {STATES.map(state).collect_view()}
            </fieldset>
            <Tick label=words::ANONYMIZE help=words::ANONYMIZE_HELP checked=anonymize set=set_anonymize />
            <Tick label=words::ONE_DEVICE help=words::ONE_DEVICE_HELP checked=one_device set=set_one_device />
            <p class="note" id="carry-over">{words::CARRY_OVER}</p>
        </section>
    }
}
