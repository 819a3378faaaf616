use super::Shown;
use crate::desk::Desk;
use crate::parts::MailChip;
use crate::{api, words};
use curtain_up_protocol::desk::EventNumbers;
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// How often the numbers are asked for.
const EVERY: Duration = Duration::from_secs(5);

/// How many people, now.
#[component]
pub fn NumbersCard() -> impl IntoView {
    let desk = Desk::here();
    let shown = Shown::here();
    if let Ok(polling) = set_interval_with_handle(move || poll(desk, shown), EVERY) {
        on_cleanup(move || polling.clear());
    }
    let figure = move |label: &'static str, part: fn(&EventNumbers) -> i64| {
        let number = move || words::number(shown.with(|event| part(&event.numbers)));
        view! {
            <div>
                <dt>{label}</dt>
                <dd>{number}</dd>
            </div>
        }
    };
    view! {
        <section class="card" aria-labelledby="numbers">
            <h2 id="numbers">{words::NOW_HEADING}</h2>
            <dl class="figures">
                {figure(words::WAITING_NOW, |numbers| numbers.waiting)} {figure(words::PRESENT_NOW, |numbers| numbers.present)}
                {figure(words::CONFIRMED, |numbers| numbers.confirmed)} {figure(words::WAITING_LIST, |numbers| numbers.waiting_list)}
                {figure(words::ATTENDED, |numbers| numbers.attended)} {figure(words::CANCELLED, |numbers| numbers.cancelled)}
            </dl>
        </section>
    }
}

/// The outbox by state, and how many mails came back.
#[component]
pub fn MailCard() -> impl IntoView {
    let shown = Shown::here();
    let states = move || {
        let mails = shown.with(|event| event.numbers.mails.clone());
        let line = |(status, count)| {
            view! {
                <div class="spread">
                    <dt><MailChip status /></dt>
                    <dd>{words::number(count)}</dd>
                </div>
            }
        };
        match mails.is_empty() {
            true => view! { <p class="soft">{words::NO_MAIL}</p> }.into_any(),
            false => view! { <dl class="stack">{mails.into_iter().map(line).collect_view()}</dl> }.into_any(),
        }
    };
    view! {
        <section class="card" aria-labelledby="mail">
            <h2 id="mail">{words::MAIL_HEADING}</h2>
            {states}
            <dl class="pairs">
                <dt>{words::BOUNCE_RATE}</dt>
                <dd>{move || words::percent(shown.with(|event| event.numbers.bounce_rate))}</dd>
                <dt>{words::FAILED_GUESSES}</dt>
                <dd>{move || words::number(shown.with(|event| event.numbers.failed_guesses))}</dd>
            </dl>
        </section>
    }
}

/// Asks for the numbers while somebody looks; an event that was changed elsewhere is fetched anew.
fn poll(desk: Desk, shown: Shown) {
    if document().visibility_state() == web_sys::VisibilityState::Hidden {
        return;
    }
    let path = shown.path("/numbers");
    spawn_local(async move {
        // An answer that does not come is asked for again soon.
        let Ok(numbers) = api::get::<EventNumbers>(&path).await else { return };
        let version = shown.event.try_with_untracked(|event| event.here().map(|event| event.version)).flatten();
        let Some(version) = version else { return };
        if version != numbers.version {
            return shown.reload(desk);
        }
        shown.event.try_update(|event| {
            if let Some(event) = event.here_mut() {
                event.phase = numbers.phase;
                event.numbers = numbers;
            }
        });
    });
}
