use super::list::List;
use crate::desk::Desk;
use crate::parts::{Dialog, SelectField};
use crate::{api, words};
use curtain_up_protocol::desk::{BulkAnswer, BulkKind, BulkRequest, BulkTo, JobDocument, JobState};
use gloo_net::http::Method;
use leptos::{ev::SubmitEvent, prelude::*};
use std::time::Duration;

/// How often a job is looked at.
const EVERY: Duration = Duration::from_secs(1);

/// Sends many people their link again.
#[component]
pub fn BulkDialog() -> impl IntoView {
    let list = List::here();
    view! {
        <Dialog open=list.resending title=words::BULK_TITLE>
            <Bulk />
        </Dialog>
    }
}

#[component]
fn Bulk() -> impl IntoView {
    let desk = Desk::here();
    let list = List::here();
    let some = list.selected.with_untracked(|selected| !selected.is_empty());
    let to = RwSignal::new(if some { "selection" } else { "bounced" }.to_owned());
    let selection = some.then_some(("selection", words::BULK_SELECTION));
    let others = [("bounced", words::BULK_BOUNCED), ("never_opened", words::BULK_NEVER_OPENED), ("filter", words::BULK_FILTER)];
    let choices: Vec<_> = selection.into_iter().chain(others).map(|(value, words)| (value.to_owned(), words.to_owned())).collect();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let to = match to.get_untracked().as_str() {
            "selection" => BulkTo::Ids(list.selected.with_untracked(|selected| selected.iter().cloned().collect())),
            "never_opened" => BulkTo::NeverOpened,
            "filter" => BulkTo::Filter(list.query.with_untracked(curtain_up_protocol::desk::PeopleQuery::filter)),
            "bounced" => BulkTo::Bounced,
            // No choice that is offered: nothing is sent to anybody.
            _ => return,
        };
        let (path, request) = (list.shown.path("/bulk"), BulkRequest { kind: BulkKind::Resend, to });
        list.resending.set(false);
        desk.attempts(async move { api::send_for::<BulkAnswer>(Method::POST, &path, &request).await }, move |answer| {
            watch(desk, list, answer.job);
        });
    };
    view! {
        <form on:submit=submit>
            <p class="soft">{words::BULK_TEXT}</p>
            <SelectField label=words::MOVE_TO bound=to choices=Signal::stored(choices) />
            <div class="actions">
                <button type="button" on:click=move |_| list.resending.set(false)>{words::NO}</button>
                <button type="submit" class="primary">{words::BULK_GO}</button>
            </div>
        </form>
    }
}

/// How far the job is, and a way to stop it.
#[component]
pub fn JobNote() -> impl IntoView {
    let desk = Desk::here();
    let list = List::here();
    let running = Memo::new(move |_| list.job.with(|job| job.as_ref().is_some_and(|job| job.state == JobState::Running)));
    let part = move |part: fn(&JobDocument) -> i64| list.job.with(|job| job.as_ref().map(part).unwrap_or_default());
    let progress = move || words::progress(part(|job| job.done), part(|job| job.total));
    let stop = move |_| {
        let Some(id) = list.job.with_untracked(|job| job.as_ref().map(|job| job.id.clone())) else { return };
        desk.attempts(async move { api::act(Method::DELETE, &format!("/jobs/{id}")).await }, |()| ());
    };
    view! {
        <Show when=move || running.get()>
            <div class="note">
                <div class="spread">
                    <span>{progress}</span>
                    <button type="button" on:click=stop>{words::STOP}</button>
                </div>
                <progress
                    aria-label=words::BULK_TITLE
                    prop:max=move || part(|job| job.total.max(1)).to_string()
                    prop:value=move || part(|job| job.done).to_string()
                ></progress>
            </div>
        </Show>
    }
}

/// Looks at a job until it ends, then shows people as they are.
fn watch(desk: Desk, list: List, id: String) {
    let path = format!("/jobs/{id}");
    desk.attempts(async move { api::get::<JobDocument>(&path).await }, move |job| {
        let state = job.state;
        if list.job.try_set(Some(job)).is_some() {
            // The page was left; the job goes on.
            return;
        }
        match state {
            JobState::Running => set_timeout(move || watch(desk, list, id), EVERY),
            JobState::Done | JobState::Stopped => {
                desk.says(if state == JobState::Done { words::BULK_DONE } else { words::BULK_STOPPED });
                list.query.update(|_| {});
            }
        }
    });
}
