use super::list::List;
use crate::desk::Desk;
use crate::parts::{Dialog, Tick, unique_id};
use crate::rules::exported;
use crate::{api, browser, words};
use curtain_up_protocol::desk::{ExportFormat, ExportRequest, PeopleFilter};
use gloo_net::http::Method;
use leptos::{ev::SubmitEvent, prelude::*};

/// The name by which the server knows all columns there are.
const ALL: &str = "all";

/// Takes the list along, as a file.
#[component]
pub fn ExportDialog() -> impl IntoView {
    let list = List::here();
    view! {
        <Dialog open=list.exporting title=words::EXPORT_TITLE>
            <Export />
        </Dialog>
    }
}

#[component]
fn Export() -> impl IntoView {
    let desk = Desk::here();
    let list = List::here();
    let all = RwSignal::new(false);
    let lines = RwSignal::new(false);
    let bom = RwSignal::new(true);
    let at_once = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let filter = list.query.with_untracked(curtain_up_protocol::desk::PeopleQuery::filter);
        let consents = list.shown.with(|event| event.plan.consents.clone());
        let shown = list.columns.with_untracked(|columns| exported(columns, &consents));
        let request = ExportRequest {
            format: if lines.get_untracked() { ExportFormat::Jsonl } else { ExportFormat::Csv },
            columns: if all.get_untracked() { ALL.to_owned() } else { shown },
            bom: bom.get_untracked() && !lines.get_untracked(),
            search: filter.search,
            mail: filter.mail,
            attended: filter.attended,
            source: filter.source,
            seat: filter.seat,
        };
        if at_once.get_untracked() {
            browser::save(&api::address(&format!("{}?{}", list.shown.path("/export"), request.to_query())));
            return list.exporting.set(false);
        }
        let path = list.shown.path("/exports");
        desk.attempts(async move { api::tell(Method::POST, &path, &request).await }, move |()| {
            list.exporting.try_set(false);
            desk.says(words::EXPORT_PROMISED);
        });
    };
    let filtered = list.query.with_untracked(|query| query.filter() != PeopleFilter::default());
    view! {
        <form on:submit=submit>
            {filtered.then(|| view! { <p class="note wait">{words::EXPORT_FILTERED}</p> })}
            <Either legend=words::COLUMNS of=[words::THESE_COLUMNS, words::ALL_COLUMNS] second=all />
            <p class="soft small">{words::ALL_COLUMNS} ": " {words::ALL_COLUMNS_HELP}</p>
            <Either legend=words::FORMAT of=[words::CSV, words::JSON_LINES] second=lines />
            <Show when=move || !lines.get()>
                <Tick label=words::BOM help=words::BOM_HELP checked=bom set=move |on| bom.set(on) />
            </Show>
            <Either legend=words::DELIVERY of=[words::BY_MAIL, words::AT_ONCE] second=at_once />
            <div class="actions">
                <button type="button" on:click=move |_| list.exporting.set(false)>{words::NO}</button>
                <button type="submit" class="primary">{words::RUN_EXPORT}</button>
            </div>
        </form>
    }
}

/// One of two.
#[component]
fn Either(legend: &'static str, of: [&'static str; 2], second: RwSignal<bool>) -> impl IntoView {
    let group = unique_id("either");
    let option = |words: &'static str, value: bool| {
        view! {
            <label class="tick">
                <input type="radio" name=group.clone() prop:checked=move || second.get() == value on:change=move |_| second.set(value) />
                <span>{words}</span>
            </label>
        }
    };
    let [first, other] = of;
    view! { <fieldset><legend>{legend}</legend>{option(first, false)} {option(other, true)}</fieldset> }
}
