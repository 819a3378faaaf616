use crate::{api, words};
use leptos::prelude::*;

/// Where the link in the mail of an export leads.
#[component]
pub fn ExportPage(id: String) -> impl IntoView {
    let file = api::address(&format!("/exports/{id}"));
    view! {
        <section class="card">
            <h1>{words::EXPORT_HERE}</h1>
            <p class="soft">{words::EXPORT_READY}</p>
            <div class="actions">
                <a class="button primary" href=file download>{words::DOWNLOAD}</a>
            </div>
        </section>
    }
}
