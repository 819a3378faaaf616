use super::Shown;
use crate::parts::CopyButton;
use crate::words;
use curtain_up_protocol::desk::SeriesPage;
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
    // Numbers that change draw nothing of this anew.
    let series = Memo::new(move |_| shown.with(|event| event.series.clone()));
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
            {move || series.get().map(|series| view! { <SeriesEmbed series /> })}
        </section>
    }
}

/// Where people choose among the dates of a series, and what puts it on a page.
#[component]
pub fn SeriesEmbed(series: SeriesPage) -> impl IntoView {
    view! {
        <div class="spread">
            <h2>{words::SERIES_HEADING}</h2>
            <CopyButton text=Signal::stored(series.snippet.clone()) label=words::COPY_SNIPPET />
        </div>
        <p class="soft small">{words::SERIES_TEXT}</p>
        <pre><code>{series.snippet.clone()}</code></pre>
        <dl class="pairs">
            <dt>{words::SERIES_PAGE}</dt>
            <dd><a href=series.address.clone() target="_blank" rel="noopener">{series.address.clone()}</a></dd>
        </dl>
    }
}
