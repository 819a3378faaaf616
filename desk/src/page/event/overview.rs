use super::Shown;
use super::change::ChangeButtons;
use super::dates::DatesButton;
use super::duplicate::DuplicateButton;
use super::embed::Embed;
use super::numbers::{MailCard, NumbersCard};
use crate::desk::{Desk, Question};
use crate::{api, browser, words};
use curtain_up_protocol::Phase;
use curtain_up_protocol::desk::ArchiveRequest;
use gloo_net::http::Method;
use leptos::prelude::*;
use std::time::Duration;

/// How an event stands, and what one does with it.
#[component]
pub fn Overview() -> impl IntoView {
    let desk = Desk::here();
    view! {
        <div class="cards">
            <When />
            <NumbersCard />
            <MailCard />
            <Embed />
        </div>
        <Show when=move || desk.may_change()>
            <div class="actions">
                <DuplicateButton />
                <DatesButton />
                <ArchiveButton />
            </div>
        </Show>
    }
}

/// When it starts, and what moves it.
#[component]
fn When() -> impl IntoView {
    let desk = Desk::here();
    let shown = Shown::here();
    let now = RwSignal::new(browser::now());
    // How far the server's clock is ahead of the browser's.
    let ahead = shown.event.with_untracked(|event| event.here().map(|event| event.numbers.now.0 - browser::now()).unwrap_or_default());
    if let Ok(ticking) = set_interval_with_handle(move || now.set(browser::now()), Duration::from_secs(1)) {
        on_cleanup(move || ticking.clear());
    }
    let start = move || shown.with(|event| browser::moment(event.starts_at.0, Some(&event.plan.zone)));
    let zone = move || shown.with(|event| event.plan.zone.clone());
    let mine = move || {
        let elsewhere = shown.with(|event| event.plan.zone != browser::zone());
        elsewhere.then(
            || view! { <p class="soft small">{shown.with(|event| browser::moment(event.starts_at.0, None))} " · " {browser::zone()}</p> },
        )
    };
    let countdown = move || {
        let scheduled = shown.event.with(|event| event.here().is_some_and(|event| event.phase == Phase::Scheduled));
        scheduled.then(|| words::until((shown.with(|event| event.starts_at.0) - now.get() - ahead).div_euclid(1_000)))
    };
    view! {
        <section class="card" aria-labelledby="run">
            <h2 id="run">{words::RUN_HEADING}</h2>
            <div>
                <p>{start} <span class="soft small">" · " {zone}</span></p>
                {mine}
                <p class="soft" role="timer" aria-live="off">{countdown}</p>
            </div>
            <Show when=move || desk.may_change()>
                <ChangeButtons />
            </Show>
        </section>
    }
}

#[component]
fn ArchiveButton() -> impl IntoView {
    let desk = Desk::here();
    let shown = Shown::here();
    let archived = move || shown.with(|event| event.archived);
    let archive = move |archived: bool| {
        let path = shown.path("/archive");
        let done = if archived { words::EVENT_ARCHIVED } else { words::EVENT_UNARCHIVED };
        desk.attempts(async move { api::tell(Method::POST, &path, &ArchiveRequest { archived }).await }, move |()| {
            desk.says(done);
            shown.reload(desk);
        });
    };
    let ask = move |_| {
        if archived() {
            return archive(false);
        }
        desk.question.set(Some(Question {
            title: words::ARCHIVE_TITLE.to_owned(),
            text: words::ARCHIVE_TEXT.to_owned(),
            yes: words::ARCHIVE.to_owned(),
            danger: false,
            then: std::sync::Arc::new(move || archive(true)),
        }));
    };
    view! {
        <button type="button" on:click=ask>
            {move || if archived() { words::UNARCHIVE } else { words::ARCHIVE }}
        </button>
    }
}
