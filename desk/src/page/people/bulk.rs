use super::list::List;
use super::toolbar::how_many_are_selected;
use crate::api;
use crate::desk::Desk;
use crate::parts::{Dialog, SelectField};
use crate::rules::{EVERY, Selection, look_again_in};
use crate::words;
use curtain_up_protocol::desk::{BulkAnswer, BulkKind, BulkRequest, BulkTo, JobDocument, JobState};
use gloo_net::http::Method;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use std::time::Duration;

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
    let selection = some.then(|| ("selection".to_owned(), words::bulk_selection(&untrack(|| how_many_are_selected(list)))));
    let others = [("bounced", words::BULK_BOUNCED), ("never_opened", words::BULK_NEVER_OPENED), ("filter", words::BULK_FILTER)];
    let others = others.map(|(value, words)| (value.to_owned(), words.to_owned()));
    let choices: Vec<_> = selection.into_iter().chain(others).collect();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let to = match to.get_untracked().as_str() {
            "selection" => BulkTo::Ids(list.selected.with_untracked(Selection::ids)),
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

/// What is being done for many: a note each. What was begun before this page was opened, here or by somebody else, goes on
/// and can be stopped too.
#[component]
pub fn JobNotes() -> impl IntoView {
    let desk = Desk::here();
    let list = List::here();
    let path = list.shown.path("/jobs");
    desk.attempts(async move { api::get::<Vec<JobDocument>>(&path).await }, move |jobs| {
        for job in jobs {
            watch(desk, list, job.id);
        }
    });
    let ids = move || list.jobs.with(|jobs| jobs.iter().map(|job| job.id.clone()).collect::<Vec<_>>());
    view! { <For each=ids key=Clone::clone children=|id| view! { <JobNote id /> } /> }
}

/// How far a job is, and a way to stop it.
#[component]
fn JobNote(id: String) -> impl IntoView {
    let desk = Desk::here();
    let list = List::here();
    let id = StoredValue::new(id);
    let part = move |part: fn(&JobDocument) -> i64| {
        list.jobs.with(|jobs| id.with_value(|id| jobs.iter().find(|job| job.id == *id).map(part).unwrap_or_default()))
    };
    let progress = move || words::progress(part(|job| job.done), part(|job| job.total));
    let stop = move |_| {
        let path = format!("/jobs/{}", id.get_value());
        desk.attempts(async move { api::act(Method::DELETE, &path).await }, |()| ());
    };
    let button = desk.may_change().then(|| view! { <button type="button" on:click=stop>{words::STOP}</button> });
    view! {
        <div class="note">
            <div class="spread">
                <span>{progress}</span>
                {button}
            </div>
            <progress
                aria-label=words::BULK_TITLE
                prop:max=move || part(|job| job.total.max(1)).to_string()
                prop:value=move || part(|job| job.done).to_string()
            ></progress>
        </div>
    }
}

/// Looks at a job until it ends, then shows people as they are.
fn watch(desk: Desk, list: List, id: String) {
    let path = format!("/jobs/{id}");
    spawn_local(async move {
        let job = match api::get::<JobDocument>(&path).await {
            Ok(job) => job,
            Err(failure) => {
                if let Some(after) = look_again_in(failure.code(), failure.retry_after()) {
                    return look_again(desk, list, id, after);
                }
                let shown = list.jobs.try_update(|jobs| jobs.retain(|known| known.id != id));
                // Where the page was left, nobody asks for it any more.
                if shown.is_some() {
                    desk.regrets(&failure);
                }
                return;
            }
        };
        let state = job.state;
        let shown = list.jobs.try_update(|jobs| match jobs.iter_mut().find(|known| known.id == id) {
            _ if state != JobState::Running => jobs.retain(|known| known.id != id),
            Some(known) => *known = job,
            None => jobs.push(job),
        });
        // Where the page was left, the job goes on.
        if shown.is_none() {
            return;
        }
        match state {
            JobState::Running => look_again(desk, list, id, EVERY),
            JobState::Done | JobState::Stopped => {
                desk.says(if state == JobState::Done { words::BULK_DONE } else { words::BULK_STOPPED });
                list.query.update(|_| {});
            }
        }
    });
}

fn look_again(desk: Desk, list: List, id: String, after: Duration) {
    let again = move || {
        if !list.jobs.is_disposed() {
            watch(desk, list, id);
        }
    };
    set_timeout(again, after);
}
