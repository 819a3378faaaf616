//! A file a page. Which one is shown, the route says.

mod event;
mod events;
mod export;
mod mails;
mod materials;
mod people;
mod people_list;
mod plan;
mod settings;
mod sign_in;
mod sign_in_link;

pub use sign_in::SignInPage;
pub use sign_in_link::SignInLinkPage;

use crate::desk::Desk;
use crate::rules::{Route, SettingsTab};
use crate::{browser, words};
use event::EventPage;
use events::EventsPage;
use export::ExportPage;
use leptos::prelude::*;
use plan::NewEventPage;
use settings::SettingsPage;

/// What a page is made anew for: another side pane or another tab is no other page.
#[derive(Clone, PartialEq)]
enum Place {
    Events,
    NewEvent,
    Event(String),
    Export(String),
    Settings(SettingsTab),
    Lost,
}

/// The page that the route names.
#[component]
pub fn Page() -> impl IntoView {
    let desk = Desk::here();
    let place = Memo::new(move |_| match desk.route.get() {
        Route::Events => Place::Events,
        Route::NewEvent => Place::NewEvent,
        Route::Event(slug, _) => Place::Event(slug),
        Route::Export(id) => Place::Export(id),
        Route::Settings(tab) => Place::Settings(tab),
        Route::Lost => Place::Lost,
    });
    Effect::new(move |before: Option<Place>| {
        let place = place.get();
        // The first page takes no focus: whoever reads aloud begins at its top.
        if before.is_some_and(|before| before != place) {
            browser::focus("main");
        }
        place
    });
    move || {
        let name = match place.get() {
            Place::Events => words::EVENTS,
            Place::NewEvent => words::NEW_EVENT,
            Place::Export(_) => words::EXPORT_HERE,
            Place::Settings(_) => words::SETTINGS,
            Place::Event(_) | Place::Lost => "",
        };
        browser::name_page(&words::page_name(name));
        match place.get() {
            Place::Events => view! { <EventsPage /> }.into_any(),
            Place::NewEvent => view! { <NewEventPage /> }.into_any(),
            Place::Event(slug) => view! { <EventPage slug /> }.into_any(),
            Place::Export(id) => view! { <ExportPage id /> }.into_any(),
            Place::Settings(tab) => view! { <SettingsPage tab /> }.into_any(),
            Place::Lost => view! { <Lost /> }.into_any(),
        }
    }
}

#[component]
fn Lost() -> impl IntoView {
    view! {
        <div class="empty">
            <h1>{words::NO_PAGE}</h1>
            <a href=Route::Events.address()>{words::TO_EVENTS}</a>
        </div>
    }
}
