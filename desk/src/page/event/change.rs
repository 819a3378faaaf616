use super::Shown;
use crate::desk::{Desk, Question};
use crate::parts::{CivilTimeField, Dialog, SelectField, ZoneField};
use crate::{api, words};
use curtain_up_protocol::Phase;
use curtain_up_protocol::desk::{ChangeKind, ChangeRequest};
use gloo_net::http::Method;
use leptos::{ev::SubmitEvent, prelude::*};

/// By how many minutes an event may be postponed.
const LATER: [i64; 6] = [5, 10, 15, 30, 60, 120];

/// Starts, ends, moves and cancels an event. All of it is asked for first.
#[component]
pub fn ChangeButtons() -> impl IntoView {
    let desk = Desk::here();
    let shown = Shown::here();
    let is = move |phase: Phase| shown.event.with(|event| event.here().is_some_and(|event| event.phase == phase));
    let (moving, postponing) = (RwSignal::new(false), RwSignal::new(false));
    let ask = move |title: &str, text: &str, yes: &str, danger: bool, kind: ChangeKind, done: &'static str| {
        desk.question.set(Some(Question {
            title: title.to_owned(),
            text: text.to_owned(),
            yes: yes.to_owned(),
            danger,
            then: std::sync::Arc::new(move || change(desk, shown, request(shown, kind), done)),
        }));
    };
    let start = move |_| ask(words::START_TITLE, words::START_TEXT, words::START_NOW, false, ChangeKind::Start, words::STARTED);
    let end = move |_| ask(words::END_TITLE, words::END_TEXT, words::END, true, ChangeKind::End, words::ENDED);
    let cancel = move |_| {
        ask(words::CANCEL_TITLE, words::CANCEL_TEXT, words::CANCEL_EVENT, true, ChangeKind::Cancel, words::EVENT_CANCELLED);
    };
    view! {
        <div class="actions">
            <Show when=move || is(Phase::Scheduled)>
                <button type="button" class="primary" on:click=start>{words::START_NOW}</button>
                <button type="button" on:click=move |_| moving.set(true)>{words::RESCHEDULE}</button>
                <button type="button" on:click=move |_| postponing.set(true)>{words::POSTPONE}</button>
                <button type="button" class="danger" on:click=cancel>{words::CANCEL_EVENT}</button>
            </Show>
            <Show when=move || is(Phase::Live)>
                <button type="button" class="primary danger" on:click=end>{words::END}</button>
            </Show>
        </div>
        <Dialog open=moving title=words::RESCHEDULE>
            <Reschedule open=moving />
        </Dialog>
        <Dialog open=postponing title=words::POSTPONE>
            <Postpone open=postponing />
        </Dialog>
    }
}

fn request(shown: Shown, kind: ChangeKind) -> ChangeRequest {
    let version = shown.event.with_untracked(|event| event.here().map(|event| event.version).unwrap_or_default());
    ChangeRequest { kind, version, start: None, zone: None, choice: None, minutes: None }
}

/// Does it, and shows the event as it is then, done or not.
fn change(desk: Desk, shown: Shown, request: ChangeRequest, done: &'static str) {
    let path = shown.path("/change");
    leptos::task::spawn_local(async move {
        match api::tell(Method::POST, &path, &request).await {
            Ok(()) => desk.says(done),
            Err(failure) => desk.regrets(&failure),
        }
        shown.reload(desk);
    });
}

#[component]
fn Reschedule(open: RwSignal<bool>) -> impl IntoView {
    let desk = Desk::here();
    let shown = Shown::here();
    let plan = |part: fn(&curtain_up_protocol::desk::EventPlanDocument) -> String| {
        RwSignal::new(shown.event.with_untracked(|event| event.here().map(|event| part(&event.plan)).unwrap_or_default()))
    };
    let civil = plan(|plan| plan.start.chars().take(16).collect());
    let zone = plan(|plan| plan.zone.clone());
    let choice = RwSignal::new(None);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let moved = ChangeRequest {
            start: Some(civil.get_untracked()),
            zone: Some(zone.get_untracked()),
            choice: choice.get_untracked(),
            ..request(shown, ChangeKind::Move)
        };
        open.set(false);
        change(desk, shown, moved, words::MOVED);
    };
    view! {
        <form on:submit=submit>
            <p class="soft">{words::MOVE_TEXT}</p>
            <CivilTimeField label=words::NEW_START civil zone choice required=true />
            <ZoneField label=words::ZONE bound=zone />
            <div class="actions">
                <button type="button" on:click=move |_| open.set(false)>{words::NO}</button>
                <button type="submit" class="primary">{words::RESCHEDULE}</button>
            </div>
        </form>
    }
}

#[component]
fn Postpone(open: RwSignal<bool>) -> impl IntoView {
    let desk = Desk::here();
    let shown = Shown::here();
    let minutes = RwSignal::new(LATER[2].to_string());
    let choices = Signal::derive(|| LATER.map(|minutes| (minutes.to_string(), format!("{minutes} minutes"))).to_vec());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let minutes = minutes.get_untracked().parse().ok();
        open.set(false);
        change(desk, shown, ChangeRequest { minutes, ..request(shown, ChangeKind::Postpone) }, words::MOVED);
    };
    view! {
        <form on:submit=submit>
            <p class="soft">{words::MOVE_TEXT}</p>
            <SelectField label=words::POSTPONE_BY bound=minutes choices />
            <div class="actions">
                <button type="button" on:click=move |_| open.set(false)>{words::NO}</button>
                <button type="submit" class="primary">{words::POSTPONE}</button>
            </div>
        </form>
    }
}
