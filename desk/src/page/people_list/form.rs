use super::upload::Upload;
use crate::desk::Loaded;
use crate::parts::{FileField, Tick};
use crate::words;
use curtain_up_protocol::desk::{EventLine, UploadKind};
use leptos::{ev::SubmitEvent, prelude::*};

/// What is uploaded, and to which events. It is checked first.
#[component]
pub fn UploadForm() -> impl IntoView {
    let upload = Upload::here();
    let chosen = Signal::derive(move || {
        let named = |file: &super::upload::ListFile| words::chosen_file(&file.name, f64::from(file.content.byte_length()));
        upload.file.with(|file| file.as_ref().map_or_else(|| words::FILE_HELP.to_owned(), named))
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        upload.run(UploadKind::DryRun);
    };
    view! {
        <form class="card" aria-labelledby="upload" on:submit=submit>
            <h2 id="upload">{words::UPLOAD_LIST}</h2>
            <fieldset class="stack" prop:disabled=move || upload.is_running()>
                <legend class="heard">{words::UPLOAD_LIST}</legend>
                <FileField label=words::CHOOSE_FILE help=chosen accept=".csv,.tsv,.txt,text/csv" take=Callback::new(move |file| upload.choose(file)) />
                <Others />
                <div class="actions">
                    <button type="submit" class="primary">{words::CHECK_LIST}</button>
                    <span class="soft small">{words::CHECK_LIST_HELP}</span>
                </div>
            </fieldset>
        </form>
    }
}

/// Further events that get the same list.
#[component]
fn Others() -> impl IntoView {
    let upload = Upload::here();
    let slug = upload.shown.slug();
    let tick = move |event: EventLine| {
        let own = event.slug.clone();
        let checked = Signal::derive(move || upload.with.with(|with| with.contains(&own)));
        let slug = event.slug;
        view! { <Tick label=event.title checked set=move |on| upload.also(&slug, on) /> }
    };
    move || {
        let others = upload.events.with(|events| match events {
            Loaded::Here(list) => list.events.iter().filter(|event| event.slug != slug).cloned().collect::<Vec<_>>(),
            _ => Vec::new(),
        });
        (!others.is_empty()).then(|| {
            view! {
                <fieldset aria-describedby="also-help">
                    <legend>{words::ALSO_FOR}</legend>
                    <span class="soft small" id="also-help">{words::ALSO_FOR_HELP}</span>
                    <div class="choices">{others.into_iter().map(tick).collect_view()}</div>
                </fieldset>
            }
        })
    }
}
