use super::{Bound, TextField, unique_id};
use crate::desk::Desk;
use crate::{api, browser, words};
use curtain_up_protocol::desk::{CivilTimeAnswer, CivilTimeChoice, CivilTimeKind, CivilTimeRequest, TimeChoice};
use gloo_net::http::Method;
use leptos::prelude::*;

/// Which of two instants is meant, where the clocks show a civil time twice.
#[derive(Clone, Copy)]
pub struct BoundChoice {
    /// What was chosen.
    pub value: Signal<Option<TimeChoice>>,
    /// Chooses.
    pub set: Callback<Option<TimeChoice>>,
}

impl From<RwSignal<Option<TimeChoice>>> for BoundChoice {
    fn from(signal: RwSignal<Option<TimeChoice>>) -> Self {
        Self { value: signal.into(), set: Callback::new(move |choice| signal.set(choice)) }
    }
}

/// A civil time in a zone. Where the clocks skip or repeat it, one chooses what is meant.
#[component]
pub fn CivilTimeField(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] civil: Bound,
    #[prop(into)] zone: Signal<String>,
    #[prop(into)] choice: BoundChoice,
    #[prop(into, optional)] help: String,
    #[prop(into, optional)] problem: Signal<String>,
    #[prop(optional)] required: bool,
    /// Whether it says in words which moment it is.
    #[prop(optional)]
    in_words: bool,
) -> impl IntoView {
    let desk = Desk::here();
    let answer = RwSignal::new(None::<CivilTimeAnswer>);
    let ask = move || {
        let request = CivilTimeRequest { civil: civil.value.get_untracked(), zone: zone.get_untracked() };
        if request.civil.is_empty() {
            return answer.set(None);
        }
        let asked = async move { api::send_for::<CivilTimeAnswer>(Method::POST, "/civil-time", &request).await };
        // What is no time at all, the server says when it is saved.
        leptos::task::spawn_local(async move {
            answer.try_set(asked.await.ok());
        });
    };
    Effect::new(move |_| {
        zone.track();
        ask();
    });
    let changed = move || {
        choice.set.run(None);
        ask();
    };
    let pick = move |chosen: CivilTimeChoice| {
        civil.set.run(minutes(&chosen.civil));
        choice.set.run(chosen.choice);
        desk.said.set(None);
        if chosen.choice.is_none() {
            answer.set(Some(CivilTimeAnswer { kind: CivilTimeKind::Exact, choices: vec![chosen] }));
        }
    };
    let group = unique_id("choice");
    let moment = move |at: &CivilTimeChoice| format!("{} {}", browser::moment(at.at.0, Some(&zone.get_untracked())), at.label);
    let understood = move || {
        let exact = answer.get().filter(|answer| in_words && answer.kind == CivilTimeKind::Exact)?;
        exact.choices.first().map(|at| view! { <p class="small">{moment(at)}</p> })
    };
    let choices = move || {
        answer.get().filter(|answer| answer.kind != CivilTimeKind::Exact).map(|answer| {
            let asked = if answer.kind == CivilTimeKind::Impossible { words::IMPOSSIBLE } else { words::AMBIGUOUS };
            let group = group.clone();
            let option = move |offered: CivilTimeChoice| {
                let words = moment(&offered);
                let mine = offered.choice;
                let chosen = move || mine.is_some() && choice.value.get() == mine;
                view! {
                    <label class="tick">
                        <input type="radio" name=group.clone() prop:checked=chosen on:change=move |_| pick(offered.clone()) />
                        <span>{words}</span>
                    </label>
                }
            };
            view! {
                <fieldset class="note wait" role="alert">
                    <legend class="heard">{asked}</legend>
                    <p aria-hidden="true">{asked}</p>
                    {answer.choices.into_iter().map(option).collect_view()}
                </fieldset>
            }
        })
    };
    view! {
        <div class="stack">
            <TextField label bound=civil help problem kind="datetime-local" required on_change=Callback::new(move |()| changed()) />
            {understood} {choices}
        </div>
    }
}

/// A civil time as the browser's field writes it: without its seconds.
fn minutes(civil: &str) -> String {
    civil.chars().take("2027-03-10T18:00".len()).collect()
}

/// A time zone, by its IANA name.
#[component]
pub fn ZoneField(
    #[prop(into)] label: String,
    #[prop(into)] bound: Bound,
    #[prop(into, optional)] problem: Signal<String>,
) -> impl IntoView {
    view! {
        <div>
            <TextField label bound problem list="zones" required=true />
            <datalist id="zones">{browser::zones().into_iter().map(|zone| view! { <option value=zone></option> }).collect_view()}</datalist>
        </div>
    }
}
