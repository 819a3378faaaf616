use super::upload::Upload;
use crate::words;
use curtain_up_protocol::desk::UploadKind;
use leptos::prelude::*;

/// How far an upload is, and the way to stop it.
#[component]
pub fn RunningCard(kind: UploadKind) -> impl IntoView {
    let upload = Upload::here();
    let heading = if kind == UploadKind::DryRun { words::CHECKING } else { words::UPLOADING };
    let part = move |part: fn(&curtain_up_protocol::desk::UploadProgress) -> usize| {
        upload.progress.with(|progress| progress.as_ref().map(|progress| part(progress).to_string()))
    };
    let said = move || upload.progress.get().map(words::rows_done);
    view! {
        <section class="card" aria-labelledby="running">
            <h2 id="running" role="status">{heading}</h2>
            <progress aria-labelledby="running" max=move || part(|progress| progress.total) value=move || part(|progress| progress.done)></progress>
            <div class="spread">
                <span class="soft small">{said}</span>
                <button type="button" id="stop-upload" on:click=move |_| upload.stop()>{words::STOP}</button>
            </div>
        </section>
    }
}
