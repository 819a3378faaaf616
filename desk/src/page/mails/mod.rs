//! What an event's mails say: read, written, seen and tried.

mod form;
mod preview;
mod writing;

use super::event::Shown;
use crate::desk::{Desk, Loaded};
use crate::parts::{Bound, SelectField, loaded};
use crate::rules::MailDrafts;
use crate::{api, words};
use curtain_up_protocol::desk::{MailKind, WordsAnswer};
use form::WordsForm;
use leptos::prelude::*;
use preview::MailPreview;
use writing::Writing;

/// The words of an event's mails, a kind and a language at a time.
#[component]
pub fn MailsPage() -> impl IntoView {
    let desk = Desk::here();
    let shown = Shown::here();
    let writing = Writing::new();
    desk.guards(move || writing.drafts.with(MailDrafts::are_unsaved));
    let loading = RwSignal::new(Loaded::Loading);
    let fetch = move |language: String| {
        let path = shown.path(&format!("/words?language={language}"));
        loading.set(Loaded::Loading);
        desk.loads(loading, async move {
            let answer = api::get::<WordsAnswer>(&path).await?;
            writing.opens(answer.words);
            Ok(())
        });
    };
    fetch(String::new());
    let kind = Bound {
        value: Signal::derive(move || name_of(writing.kind.get())),
        set: Callback::new(move |name: String| {
            if let Ok(kind) = serde_json::from_value(name.into()) {
                writing.turns_to(|| writing.kind.set(kind));
            }
        }),
    };
    let language = Bound {
        value: writing.language.into(),
        set: Callback::new(move |language: String| {
            writing.turns_to(|| writing.language.set(language.clone()));
            fetch(language);
        }),
    };
    let named = |kind: MailKind| (name_of(kind), words::mail_kind(&name_of(kind)));
    // While another language is on its way, the mails that can be chosen stay as they are.
    let kinds = Memo::new(move |before: Option<&Vec<(String, String)>>| {
        let kinds = writing.drafts.with(|drafts| writing.language.with(|language| drafts.kinds(language)));
        if kinds.is_empty() { before.cloned().unwrap_or_default() } else { kinds.into_iter().map(named).collect() }
    });
    let languages = Signal::stored(words::MAIL_LANGUAGES.map(|(tag, name)| (tag.to_owned(), name.to_owned())).to_vec());
    let is_known = Memo::new(move |_| !writing.language.with(String::is_empty));
    let chosen = Memo::new(move |_| writing.line(|line| (line.words.kind, line.words.language.clone())));
    let body = move || match chosen.get() {
        Some(_) => view! {
            <div class="plan">
                <WordsForm writing />
                <Show when=move || desk.may_change()>
                    <MailPreview writing />
                </Show>
            </div>
        }
        .into_any(),
        None => loaded(loading, |()| ()).into_any(),
    };
    view! {
        <h2 id="mail-words" tabindex="-1">{words::MAILS_HEADING}</h2>
        <p class="soft">{words::MAILS_TEXT}</p>
        <Show when=move || is_known.get()>
            <div class="grid narrow">
                <SelectField label=words::MAIL_KIND bound=kind choices=kinds />
                <SelectField label=words::MAIL_LANGUAGE bound=language choices=languages />
            </div>
        </Show>
        {body}
    }
}

/// A kind's name on the wire.
fn name_of(kind: MailKind) -> String {
    serde_json::to_value(kind).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}
