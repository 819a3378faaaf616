use super::Shown;
use super::embed::SeriesEmbed;
use super::new_dates::NewDates;
use crate::desk::Desk;
use crate::parts::{CivilTimeField, Dialog, SelectField, TextField};
use crate::rules::{EventTab, Route};
use crate::{api, browser, words};
use curtain_up_protocol::desk::{DatesAnswer, Rhythm};
use gloo_net::http::Method;
use leptos::{ev::SubmitEvent, prelude::*};

const RHYTHMS: [(&str, Rhythm); 5] = [
    ("day", Rhythm::Day),
    ("week", Rhythm::Week),
    ("two_weeks", Rhythm::TwoWeeks),
    ("month_weekday", Rhythm::MonthWeekday),
    ("month_day", Rhythm::MonthDay),
];

/// Makes several dates of this event at once.
#[component]
pub fn DatesButton() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <button type="button" on:click=move |_| open.set(true)>{words::MORE_DATES}</button>
        <Dialog open title=words::MORE_DATES>
            <Dates open />
        </Dialog>
    }
}

#[component]
fn Dates(open: RwSignal<bool>) -> impl IntoView {
    let made = RwSignal::new(None::<DatesAnswer>);
    move || match made.get() {
        Some(answer) => view! { <Made answer open /> }.into_any(),
        None => view! { <DatesForm made open /> }.into_any(),
    }
}

#[component]
fn DatesForm(made: RwSignal<Option<DatesAnswer>>, open: RwSignal<bool>) -> impl IntoView {
    let desk = Desk::here();
    let shown = Shown::here();
    let zone = RwSignal::new(shown.event.with_untracked(|event| event.here().map(|event| event.plan.zone.clone()).unwrap_or_default()));
    let dates = NewDates::of(shown);
    let rhythm = RwSignal::new("week".to_owned());
    let how_many = RwSignal::new("4".to_owned());
    let one_by_one = move || rhythm.with(String::is_empty);
    Effect::new(move || {
        let chosen = rhythm.with(|rhythm| RHYTHMS.iter().find(|(name, _)| name == rhythm).map(|(_, rhythm)| *rhythm));
        dates.follow(chosen, how_many.with(|number| number.trim().parse().unwrap_or_default()));
    });
    let choices = RHYTHMS.map(|(name, rhythm)| (name.to_owned(), words::rhythm(rhythm).to_owned()));
    let choices: Vec<_> = choices.into_iter().chain([(String::new(), words::ONE_BY_ONE.to_owned())]).collect();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (path, request) = (shown.path("/dates"), dates.request());
        leptos::task::spawn_local(async move {
            match api::send_for::<DatesAnswer>(Method::POST, &path, &request).await {
                Ok(answer) => {
                    made.try_set(Some(answer));
                    shown.reload(desk);
                }
                Err(failure) if dates.marks(failure.fields()) => browser::focus_later("dialog[open] [aria-invalid=true]"),
                Err(failure) => desk.regrets(&failure),
            }
        });
    };
    let add = move |_| {
        dates.add();
        browser::focus_later("#new-dates li:last-child input");
    };
    let line = move |date: super::new_dates::Date| {
        let place = Signal::derive(move || dates.place(date));
        let slug = move || dates.slug(place.get());
        let remove = move |_| {
            dates.remove(date);
            browser::focus_later("#new-dates");
        };
        view! {
            <li class="item">
                <CivilTimeField
                    label=Signal::derive(move || words::date_number(place.get()))
                    civil=date.start
                    zone
                    choice=date.choice
                    problem=date.problem
                    in_words=true
                    required=true
                />
                <div class="spread">
                    <code class="small">{slug}</code>
                    <button type="button" class="quiet" aria-label=move || words::remove_date(place.get()) on:click=remove>
                        {words::REMOVE}
                    </button>
                </div>
            </li>
        }
    };
    view! {
        <form on:submit=submit>
            <p class="soft">{words::DATES_TEXT}</p>
            <SelectField label=words::HOW_OFTEN bound=rhythm choices=Signal::stored(choices) />
            <Show when=move || !one_by_one()>
                <TextField label=words::HOW_MANY bound=how_many kind="number" />
            </Show>
            <TextField label=words::NAMES_BEGIN bound=dates.stem help=words::SLUG_HELP required=true />
            <h3 id="new-dates-heading">{words::NEW_DATES} " · " {zone}</h3>
            <ol class="stack" id="new-dates" tabindex="-1" aria-labelledby="new-dates-heading">
                <For each=move || dates.all.get() key=|date| date.key children=line />
            </ol>
            <Show when=move || dates.all.with(Vec::is_empty)>
                <p class="soft">{words::NO_DATES}</p>
            </Show>
            <div><button type="button" on:click=add>{words::ADD_DATE}</button></div>
            <div class="actions">
                <button type="button" on:click=move |_| open.set(false)>{words::NO}</button>
                <button type="submit" class="primary" disabled=move || dates.all.with(Vec::is_empty)>
                    {move || words::make_dates(dates.all.with(Vec::len))}
                </button>
            </div>
        </form>
    }
}

/// The dates that were made, and where people choose among them.
#[component]
fn Made(answer: DatesAnswer, open: RwSignal<bool>) -> impl IntoView {
    let line = |date: curtain_up_protocol::desk::EventLine| {
        let address = Route::Event(date.slug.clone(), EventTab::Overview).address();
        view! {
            <li>
                <a href=address>{browser::moment(date.starts_at.0, Some(&date.zone))}</a>
                <span class="soft small">" · " {date.slug}</span>
            </li>
        }
    };
    browser::focus_later("dialog[open] .actions .primary");
    view! {
        <p class="note good" role="status">{words::DATES_MADE}</p>
        <ol class="stack">{answer.dates.into_iter().map(line).collect_view()}</ol>
        <SeriesEmbed series=answer.series />
        <div class="actions">
            <button type="button" class="primary" on:click=move |_| open.set(false)>{words::CLOSE}</button>
        </div>
    }
}
