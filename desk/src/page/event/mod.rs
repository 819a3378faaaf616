//! One event: its heading, and a file a tab.

mod change;
mod dates;
mod duplicate;
mod embed;
mod new_dates;
mod numbers;
mod overview;
mod try_it;

use crate::desk::{Desk, Loaded};
use crate::page::mails::MailsPage;
use crate::page::materials::MaterialsPage;
use crate::page::people::PeoplePage;
use crate::page::people_list::ListPage;
use crate::page::plan::EditPage;
use crate::parts::{PhaseChip, loaded};
use crate::rules::{EventTab, Route};
use crate::{api, browser, words};
use curtain_up_protocol::desk::DeskEvent;
use leptos::prelude::*;
use overview::Overview;
use try_it::TryIt;

/// The event whose page is shown.
#[derive(Clone, Copy)]
pub struct Shown {
    slug: StoredValue<String>,
    /// What is known of it.
    pub event: RwSignal<Loaded<DeskEvent>>,
}

impl Shown {
    /// The event that this component is about.
    pub fn here() -> Self {
        expect_context()
    }

    /// Its name in addresses.
    pub fn slug(self) -> String {
        self.slug.get_value()
    }

    /// Where its interface is.
    pub fn path(self, rest: &str) -> String {
        format!("/events/{}{rest}", self.slug.get_value())
    }

    /// A part of what is known of it.
    pub fn with<T: Default>(self, part: impl FnOnce(&DeskEvent) -> T) -> T {
        self.event.with(|event| event.here().map(part).unwrap_or_default())
    }

    /// Fetches it anew, unless its pages were left: what was done for it may come off later than that.
    pub fn reload(self, desk: Desk) {
        if self.slug.is_disposed() {
            return;
        }
        let path = self.path("");
        desk.loads(self.event, async move { api::get::<DeskEvent>(&path).await });
    }
}

/// The pages of one event.
#[component]
pub fn EventPage(slug: String) -> impl IntoView {
    let desk = Desk::here();
    let shown = Shown { slug: StoredValue::new(slug), event: RwSignal::new(Loaded::Loading) };
    provide_context(shown);
    shown.reload(desk);
    // Another side pane is no other tab.
    let tab = Memo::new(move |_| match desk.route.get() {
        Route::Event(_, EventTab::People(_)) => EventTab::People(None),
        Route::Event(_, tab) => tab,
        _ => EventTab::Overview,
    });
    let title = move || shown.with(|event| event.plan.title.clone());
    Effect::new(move || browser::name_page(&words::page_name(&title())));
    let chip = move || shown.event.with(|event| event.here().map(|event| view! { <PhaseChip phase=event.phase /> }));
    let archived = move || shown.with(|event| event.archived).then(|| view! { <span class="chip">{words::ARCHIVED}</span> });
    let link = move |to: EventTab, words: &'static str| {
        let address = Route::Event(shown.slug(), to.clone()).address();
        view! { <a href=address aria-current=move || (tab.get() == to).then_some("page")>{words}</a> }
    };
    // Numbers that change draw no page anew, or a dialog would be gone every few seconds.
    let is_here = Memo::new(move |_| shown.event.with(|event| event.here().is_some()));
    let body = move || match tab.get() {
        EventTab::Overview if is_here.get() => view! { <Overview /> }.into_any(),
        EventTab::Overview => loaded(shown.event, |_| ()).into_any(),
        EventTab::People(_) => view! { <PeoplePage /> }.into_any(),
        EventTab::List => view! { <ListPage /> }.into_any(),
        EventTab::Materials => view! { <MaterialsPage /> }.into_any(),
        EventTab::Edit => view! { <EditPage /> }.into_any(),
        EventTab::Mails => view! { <MailsPage /> }.into_any(),
        EventTab::TryIt => view! { <TryIt /> }.into_any(),
    };
    view! {
        <div class="heading">
            <h1>{title}</h1>
            {chip} {archived}
        </div>
        <nav class="tabs" aria-label=words::EVENT_PAGES>
            {link(EventTab::Overview, words::OVERVIEW)} {link(EventTab::People(None), words::PEOPLE)}
            {link(EventTab::List, words::LIST)} {link(EventTab::Materials, words::MATERIALS)}
            <Show when=move || desk.may_change()>{link(EventTab::Edit, words::EDIT)}</Show>
            {link(EventTab::Mails, words::MAILS)} {link(EventTab::TryIt, words::TRY_IT)}
        </nav>
        {body}
    }
}
