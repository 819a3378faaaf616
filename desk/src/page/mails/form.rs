use super::writing::Writing;
use crate::desk::{Desk, Question};
use crate::page::event::Shown;
use crate::parts::{Lines, TextField};
use crate::{api, browser, words};
use curtain_up_protocol::desk::{OwnWords, WordsAnswer, WordsTest};
use gloo_net::http::Method;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

/// The words of one mail. Viewers read them.
#[component]
pub fn WordsForm(writing: Writing) -> impl IntoView {
    let desk = Desk::here();
    let shown = Shown::here();
    let readonly = !desk.may_change();
    let in_subject = untrack(|| writing.line(|line| words::placeholders(&line.in_subject))).unwrap_or_default();
    let in_text = untrack(|| writing.line(|line| words::placeholders(&line.in_text))).unwrap_or_default();
    let is_own = Memo::new(move |_| writing.line(|line| line.own).unwrap_or_default());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(own) = writing.words() {
            save(desk, shown, writing, own);
        }
    };
    let back = move |_| {
        let Some(own) = writing.words() else { return };
        desk.question.set(Some(Question {
            title: words::BUILT_IN_TITLE.to_owned(),
            text: words::BUILT_IN_TEXT.to_owned(),
            yes: words::BUILT_IN_AGAIN.to_owned(),
            danger: true,
            then: std::sync::Arc::new(move || reset(desk, shown, writing, own.clone())),
        }));
    };
    let test = move |_| {
        if writing.is_unsaved() {
            return desk.fails(words::TEST_MAIL_SAVE_FIRST);
        }
        let Some(OwnWords { kind, language, .. }) = writing.words() else { return };
        let (path, asked) = (shown.path("/words/test"), WordsTest { kind, language });
        desk.attempts(async move { api::tell(Method::POST, &path, &asked).await }, move |()| desk.says(words::TEST_MAIL_SENT));
    };
    view! {
        <form class="card" novalidate on:submit=submit>
            <p><span class="chip">{move || if is_own.get() { words::MAIL_WORDS_OWN } else { words::MAIL_WORDS_BUILT_IN }}</span></p>
            <TextField label=words::MAIL_SUBJECT bound=writing.part(|words| &mut words.subject) help=in_subject problem=writing.problem("subject") readonly />
            <Lines label=words::MAIL_WORDS bound=writing.part(|words| &mut words.text) help=in_text problem=writing.problem("text") rows=12 readonly />
            {(!readonly)
                .then(|| {
                    view! {
                        <div class="actions">
                            <button type="submit" class="primary">{words::SAVE}</button>
                            <button type="button" on:click=test>{words::TEST_MAIL}</button>
                            <Show when=move || is_own.get()>
                                <button type="button" class="danger" on:click=back>{words::BUILT_IN_AGAIN}</button>
                            </Show>
                        </div>
                    }
                })}
        </form>
    }
}

fn save(desk: Desk, shown: Shown, writing: Writing, own: OwnWords) {
    let path = shown.path("/words");
    spawn_local(async move {
        match api::send_for::<WordsAnswer>(Method::PUT, &path, &own).await {
            Ok(answer) => {
                desk.says(words::MAIL_WORDS_SAVED);
                writing.begins_again(&own, answer.words);
                // The event has another version now, which its other tabs must know.
                shown.reload(desk);
            }
            Err(failure) => writing.refused(desk, &failure),
        }
    });
}

fn reset(desk: Desk, shown: Shown, writing: Writing, own: OwnWords) {
    let path = shown.path(&format!("/words?kind={}&language={}", super::name_of(own.kind), own.language));
    desk.attempts(async move { api::act_for::<WordsAnswer>(Method::DELETE, &path).await }, move |answer| {
        desk.says(words::BUILT_IN_DONE);
        writing.begins_again(&own, answer.words);
        shown.reload(desk);
        // The button that was pressed is gone.
        browser::focus_later("#mail-words");
    });
}
