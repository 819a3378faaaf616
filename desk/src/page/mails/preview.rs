use super::writing::Writing;
use crate::desk::Desk;
use crate::page::event::Shown;
use crate::{api, words};
use curtain_up_protocol::desk::WordsPreview;
use gloo_net::http::Method;
use leptos::{prelude::*, task::spawn_local};

/// The mail as somebody gets it, as text: the styles of its HTML stand in it, and this page takes none but the server's own.
#[component]
pub fn MailPreview(writing: Writing) -> impl IntoView {
    let desk = Desk::here();
    let shown = Shown::here();
    let show = move |_| {
        let Some(own) = writing.words() else { return };
        let path = shown.path("/words/preview");
        spawn_local(async move {
            let answer = api::send_for::<WordsPreview>(Method::POST, &path, &own).await;
            // Who wrote on meanwhile, or turned to another mail, is not shown words that are none any more.
            if !writing.drafts.is_disposed() && writing.words().as_ref() != Some(&own) {
                return;
            }
            match answer {
                Ok(preview) => {
                    writing.problems.try_set(Vec::new());
                    writing.preview.try_set(Some(preview));
                }
                Err(failure) => writing.refused(desk, &failure),
            }
        });
    };
    let mail = move || {
        let language = writing.language.get_untracked();
        let WordsPreview { subject, text, .. } = writing.preview.get()?;
        Some(view! {
            <div class="stack" lang=language dir="auto">
                <p><strong>{subject}</strong></p>
                <pre class="mail-text">{text}</pre>
            </div>
        })
    };
    view! {
        <section class="card preview" aria-labelledby="mail-preview">
            <h3 id="mail-preview">{words::MAIL_PREVIEW}</h3>
            <p class="soft small">{words::MAIL_PREVIEW_TEXT}</p>
            <div class="actions">
                <button type="button" on:click=show>{words::SHOW_MAIL_PREVIEW}</button>
            </div>
            <div role="status">{mail}</div>
        </section>
    }
}
