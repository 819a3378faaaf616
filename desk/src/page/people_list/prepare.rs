use crate::{api, words};
use leptos::prelude::*;

/// What a list has to hold.
#[component]
pub fn Prepare() -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="prepare">
            <h2 id="prepare">{words::PREPARE}</h2>
            <p>{words::PREPARE_COLUMNS}</p>
            <p class="soft small">{words::PREPARE_CODES}</p>
            <p class="soft small">{words::PREPARE_EXTERNAL_ID}</p>
            <div class="actions">
                <a class="button" href=api::address("/people-list-template") download>{words::TEMPLATE}</a>
            </div>
        </section>
    }
}
