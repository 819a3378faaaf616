use super::Shown;
use crate::parts::CopyButton;
use crate::words;
use leptos::prelude::*;

/// What to copy into a page.
#[component]
pub fn Embed() -> impl IntoView {
    let shown = Shown::here();
    let snippet = Signal::derive(move || shown.with(|event| event.snippet.clone()));
    let link = move |address: fn(&curtain_up_protocol::desk::DeskEvent) -> String| {
        let address = Signal::derive(move || shown.with(address));
        view! { <a href=address target="_blank" rel="noopener">{address}</a> }
    };
    view! {
        <section class="card whole-row" aria-labelledby="embed">
            <div class="spread">
                <h2 id="embed">{words::EMBED_HEADING}</h2>
                <CopyButton text=snippet label=words::COPY_SNIPPET />
            </div>
            <p class="soft small">{words::EMBED_TEXT}</p>
            <pre><code>{snippet}</code></pre>
            <dl class="pairs">
                <dt>{words::PERMALINK}</dt>
                <dd>{link(|event| event.permalink.clone())}</dd>
                <dt>{words::HOSTED_PAGE}</dt>
                <dd>{link(|event| event.hosted_page.clone())}</dd>
            </dl>
        </section>
    }
}
