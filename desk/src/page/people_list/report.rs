use super::refused::RefusedRows;
use super::upload::Upload;
use crate::api::NoReport;
use crate::rules::{EventTab, Route, accented_words, row_groups};
use crate::{browser, words};
use curtain_up_protocol::desk::{Encoding, EventReport, UploadAnswer, UploadKind, UploadReport};
use leptos::prelude::*;

/// How many words with accents are shown.
const WORDS: usize = 8;

/// How many groups of rows are written out.
const GROUPS: usize = 12;

/// What an upload did, or would do.
#[component]
pub fn ReportCard(kind: UploadKind, answer: UploadAnswer) -> impl IntoView {
    let upload = Upload::here();
    let UploadAnswer { encoding, separator, left_out, report, refused_file } = answer;
    let heading = match (kind, report.done) {
        (UploadKind::DryRun, _) => words::WOULD_HAPPEN,
        (_, true) => words::WAS_DONE,
        (_, false) => words::NOTHING_DONE,
    };
    let accents = (encoding == Encoding::Windows1252).then(|| view! { <Accents /> });
    let changes = changes(&report);
    let done = report.done.then(|| view! { <p class="note good">{words::DONE}</p> });
    let next = match (report.done, report.refused.is_empty()) {
        (true, _) => view! { <SeePeople /> }.into_any(),
        (false, false) => ().into_any(),
        (false, true) if changes => {
            let go = move |_| upload.run(UploadKind::AllOrNothing);
            view! { <div class="actions"><button type="button" class="primary" on:click=go>{words::UPLOAD}</button></div> }.into_any()
        }
        (false, true) => view! { <p class="note">{words::NOTHING_DIFFERS}</p> }.into_any(),
    };
    let count = report.refused.len();
    let may_go_on = !report.done && changes;
    let refused = (count > 0).then(|| view! { <RefusedRows refused=report.refused file=refused_file done=report.done may_go_on /> });
    let left_out = (!left_out.is_empty()).then(|| view! { <p class="soft small">{words::left_out(&left_out)}</p> });
    let events = report.events.iter().map(|event| one_event(upload, event)).collect_view();
    view! {
        <section class="card" aria-labelledby="upload-report">
            <h2 id="upload-report" tabindex="-1">{heading}</h2>
            {done}
            <p class="soft small">{words::read_as(encoding, separator)}</p>
            {accents}
            {left_out}
            {events}
            {refused}
            {next}
        </section>
    }
}

/// Why an upload did nothing.
#[component]
pub fn FailedCard(why: NoReport) -> impl IntoView {
    let class = if why == NoReport::Stopped { "note wait" } else { "note bad" };
    let said = words::no_report(&why).into_iter().map(|said| view! { <p>{said}</p> }).collect_view();
    view! { <div class=class id="upload-report" tabindex="-1" role="alert">{said}</div> }
}

fn changes(report: &UploadReport) -> bool {
    report.events.iter().any(|event| !event.added.is_empty() || !event.changed.is_empty())
}

/// What becomes of one event's list.
fn one_event(upload: Upload, event: &EventReport) -> impl IntoView + use<> {
    let line = |name: &'static str, count: usize, rows: Vec<String>| {
        let rows = rows.into_iter().map(|rows| view! { <div class="soft small">{rows}</div> }).collect_view();
        view! {
            <dt>{name}</dt>
            <dd><strong>{words::number(count as i64)}</strong>{rows}</dd>
        }
    };
    let rows = |rows: &[u64]| (!rows.is_empty()).then(|| words::rows(rows)).into_iter().collect::<Vec<_>>();
    let groups = row_groups(event.changed.iter().map(|changed| (changed.row, changed.columns.clone())));
    let more = groups.len().checked_sub(GROUPS).filter(|more| *more > 0).map(words::and_more);
    let changed = groups.iter().take(GROUPS).map(|(columns, rows)| words::changed_rows(columns, rows)).chain(more).collect();
    let fields = (!event.new_fields.is_empty()).then(|| {
        view! {
            <dt>{words::NEW_FIELDS}</dt>
            <dd>{event.new_fields.join(", ")}</dd>
        }
    });
    let made = (event.codes_made > 0).then(|| line(words::CODES_MADE, event.codes_made, Vec::new()));
    let weak = event.guesses.filter(|_| event.weak).map(|guesses| view! { <p class="note wait">{words::weak_codes(guesses)}</p> });
    view! {
        <section class="item">
            <h3 class="strong">{title(upload, &event.slug)}</h3>
            <dl class="pairs">
                {line(words::ADDED, event.added.len(), rows(&event.added))}
                {line(words::CHANGED, event.changed.len(), changed)}
                {line(words::UNCHANGED, event.unchanged.len(), rows(&event.unchanged))}
                {made}
                {fields}
            </dl>
            {weak}
        </section>
    }
}

/// An event's title, by its slug.
fn title(upload: Upload, slug: &str) -> String {
    upload.events.with_untracked(|events| {
        let known = events.here().and_then(|list| list.events.iter().find(|event| event.slug == slug));
        known.map_or_else(|| slug.to_owned(), |event| event.title.clone())
    })
}

/// What was guessed about the letters, to be looked at.
#[component]
fn Accents() -> impl IntoView {
    let upload = Upload::here();
    let text = upload.file.with_untracked(|file| file.as_ref().map(|file| browser::as_windows_1252(&file.content)).unwrap_or_default());
    let found = accented_words(&text, WORDS);
    let found = (!found.is_empty()).then(|| view! { <p>{words::IN_THE_FILE} ": " <strong>{found.join(", ")}</strong></p> });
    view! {
        <div class="note wait">
            <p>{words::LOOK_AT_ACCENTS}</p>
            {found}
        </div>
    }
}

#[component]
fn SeePeople() -> impl IntoView {
    let people = Route::Event(Upload::here().shown.slug(), EventTab::People(None)).address();
    view! { <div class="actions"><a class="button" href=people>{words::SEE_PEOPLE}</a></div> }
}
