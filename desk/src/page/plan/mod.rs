//! Making and editing an event: its plan in a form, with the element itself beside it.

mod bind;
mod codes;
mod consents;
mod draft;
mod fields;
mod form;
mod place;
mod preview;
mod sections;
mod stale;

use super::event::Shown;
use crate::desk::{Desk, Loaded};
use crate::parts::loaded;
use crate::rules::{EventTab, Route};
use crate::{api, browser, words};
use curtain_up_protocol::desk::{DeskEvent, EditRequest, EventPlanDocument, EventSettings};
use curtain_up_protocol::{KeyFormat, ProblemCode};
use draft::Draft;
use form::PlanForm;
use gloo_net::http::Method;
use leptos::{prelude::*, task::spawn_local};

/// A new event.
#[component]
pub fn NewEventPage() -> impl IntoView {
    let desk = Desk::here();
    if !desk.may_change() {
        return view! { <p class="note wait">{words::NOT_FOR_VIEWERS}</p> }.into_any();
    }
    let draft = Draft::new(None, blank());
    let save = move || {
        let new = draft.written();
        draft.saving.set(true);
        spawn_local(async move {
            let answer = api::send_for::<DeskEvent>(Method::POST, "/events", &new).await;
            let is_here = draft.saving.try_set(false).is_none();
            match answer {
                Ok(event) => {
                    desk.says(words::CREATED);
                    if is_here {
                        // What was written is saved: nothing is lost by leaving.
                        desk.under_way.set(None);
                    }
                    browser::go(&Route::Event(event.plan.slug, EventTab::Overview).address());
                }
                Err(failure) => draft.refused(desk, &failure),
            }
        });
    };
    view! {
        <h1>{words::NEW_EVENT}</h1>
        <PlanForm draft save=Callback::new(move |()| save()) />
    }
    .into_any()
}

/// An event's plan, to be changed.
#[component]
pub fn EditPage() -> impl IntoView {
    let desk = Desk::here();
    let shown = Shown::here();
    if !desk.may_change() {
        return view! { <p class="note wait">{words::NOT_FOR_VIEWERS}</p> }.into_any();
    }
    // A form of its own copy: what others change while one types shows when one saves, not before.
    let own = RwSignal::new(Loaded::Loading);
    let path = shown.path("");
    desk.loads(own, async move { api::get::<DeskEvent>(&path).await });
    view! {
        <h2>{words::EDIT_HEADING}</h2>
        {loaded(own, move |event| view! { <Edit event=event.clone() /> })}
    }
    .into_any()
}

#[component]
fn Edit(event: DeskEvent) -> impl IntoView {
    let desk = Desk::here();
    let shown = Shown::here();
    let draft = Draft::new(Some(event.version), event.plan);
    let save = move || {
        let edit = EditRequest { plan: draft.written(), version: draft.version.get_untracked().unwrap_or_default() };
        let path = shown.path("");
        draft.saving.set(true);
        spawn_local(async move {
            let answer = api::send_for::<DeskEvent>(Method::PUT, &path, &edit).await;
            let is_here = draft.saving.try_set(false).is_none();
            match answer {
                Ok(event) => {
                    desk.says(words::SAVED);
                    if is_here {
                        draft.begin_again(event.version, event.plan);
                    }
                    // Its other tabs may be there still.
                    shown.reload(desk);
                }
                Err(failure) if is_here && failure.code() == Some(ProblemCode::Stale) => {
                    desk.attempts(async move { api::get::<DeskEvent>(&path).await }, move |theirs| {
                        draft.theirs.try_set(Some(theirs));
                        browser::focus_later("#stale");
                    });
                }
                Err(failure) => draft.refused(desk, &failure),
            }
        });
    };
    view! { <PlanForm draft save=Callback::new(move |()| save()) /> }
}

/// The plan that a host begins with: an evening in a week.
fn blank() -> EventPlanDocument {
    EventPlanDocument {
        slug: String::new(),
        title: String::new(),
        description: String::new(),
        language: "en".to_owned(),
        host_email: None,
        start: format!("{}T18:00", browser::date_ahead(7)),
        start_choice: None,
        zone: browser::zone(),
        duration_minutes: 60,
        starts_by_itself: false,
        permalink: None,
        room: None,
        replay: None,
        capacity: None,
        opens_at: None,
        opens_choice: None,
        closes_at: None,
        closes_choice: None,
        key_format: KeyFormat::default(),
        instant_entry: false,
        origins: Vec::new(),
        fields: Vec::new(),
        consents: Vec::new(),
        reminders_minutes: vec![60, 5],
        accent: None,
        logo: None,
        series: None,
        settings: EventSettings::default(),
    }
}
