use super::Shown;
use crate::desk::Desk;
use crate::parts::{CivilTimeField, Dialog, TextField, Tick};
use crate::rules::{EventTab, Route, next_slug};
use crate::{api, browser, words};
use curtain_up_protocol::desk::{DeskEvent, DuplicateRequest};
use gloo_net::http::Method;
use leptos::{ev::SubmitEvent, prelude::*};

/// Makes another event from this one: a copy, or another date of its series.
#[component]
pub fn DuplicateButton() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <button type="button" on:click=move |_| open.set(true)>{words::DUPLICATE}</button>
        <Dialog open title=words::DUPLICATE_TITLE>
            <Duplicate open />
        </Dialog>
    }
}

#[component]
fn Duplicate(open: RwSignal<bool>) -> impl IntoView {
    let desk = Desk::here();
    let shown = Shown::here();
    let known = shown.event.with_untracked(|event| event.here().map(|event| event.plan.clone()));
    let Some(plan) = known else { return ().into_any() };
    let title = RwSignal::new(plan.title.clone());
    let slug = RwSignal::new(next_slug(&plan.slug));
    let start = RwSignal::new(plan.start.chars().take(16).collect::<String>());
    let choice = RwSignal::new(None);
    let of_series = RwSignal::new(plan.series.is_some());
    let series = plan.series.clone().unwrap_or_else(|| plan.slug.clone());
    let zone = RwSignal::new(plan.zone);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let request = DuplicateRequest {
            slug: slug.get_untracked(),
            title: Some(title.get_untracked()),
            start: start.get_untracked(),
            choice: choice.get_untracked(),
            series: of_series.get_untracked().then(|| series.clone()),
        };
        let path = shown.path("/duplicate");
        desk.attempts(async move { api::send_for::<DeskEvent>(Method::POST, &path, &request).await }, move |copy| {
            open.try_set(false);
            desk.says(words::DUPLICATED);
            browser::go(&Route::Event(copy.plan.slug, EventTab::Overview).address());
        });
    };
    view! {
        <form on:submit=submit>
            <p class="soft">{words::DUPLICATE_TEXT}</p>
            <TextField label=words::TITLE bound=title required=true />
            <TextField label=words::SLUG bound=slug help=words::SLUG_HELP required=true />
            <CivilTimeField label=words::START civil=start zone choice help=zone.get_untracked() required=true />
            <Tick label=words::ANOTHER_DATE help=words::SERIES_HELP checked=of_series set=move |yes| of_series.set(yes) />
            <div class="actions">
                <button type="button" on:click=move |_| open.set(false)>{words::NO}</button>
                <button type="submit" class="primary">{words::DUPLICATE}</button>
            </div>
        </form>
    }
    .into_any()
}
