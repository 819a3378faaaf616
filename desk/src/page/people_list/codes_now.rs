use super::upload::Upload;
use crate::desk::Desk;
use crate::parts::loaded;
use crate::rules::{EventTab, Route};
use crate::{browser, words};
use curtain_up_protocol::Door;
use curtain_up_protocol::desk::CodesDocument;
use leptos::prelude::*;

/// How the event's codes stand.
#[component]
pub fn CodesNow() -> impl IntoView {
    let desk = Desk::here();
    let upload = Upload::here();
    // Whoever has codes and does not ask for them has forgotten something.
    let are_asked_for = Memo::new(move |_| upload.shown.with(|event| Some(event.plan.settings.door() == Door::Code)));
    let has_codes = Memo::new(move |_| upload.codes.with(|codes| codes.here().is_some_and(|codes| codes.people > 0)));
    let settings = Route::Event(upload.shown.slug(), EventTab::Edit).address();
    let forgotten = move || {
        (has_codes.get() && are_asked_for.get() == Some(false)).then(|| {
            let way = desk.may_change().then(|| view! { <a href=settings.clone()>{words::TO_THE_SETTINGS}</a> });
            view! { <div class="note wait"><p>{words::CODES_NOT_REQUIRED}</p>{way}</div> }
        })
    };
    view! {
        <section class="card" aria-labelledby="codes-now">
            <h2 id="codes-now">{words::CODES_NOW}</h2>
            {loaded(upload.codes, figures)}
            {forgotten}
        </section>
    }
}

fn figures(codes: &CodesDocument) -> AnyView {
    if codes.people == 0 {
        return view! { <p class="soft">{words::NO_CODES}</p> }.into_any();
    }
    let uploaded = codes.uploaded_at.map_or_else(|| words::NEVER.to_owned(), |at| browser::moment(at.0, None));
    let guesses = codes.guesses.map_or_else(|| words::NONE.to_owned(), words::guesses);
    let weak = codes.guesses.filter(|_| codes.weak).map(|guesses| view! { <p class="note wait">{words::weak_codes(guesses)}</p> });
    view! {
        <dl class="figures">
            <div>
                <dt>{words::PEOPLE_WITH_CODE}</dt>
                <dd>{words::number(codes.people)}</dd>
            </div>
            <div>
                <dt>{words::GUESSES}</dt>
                <dd>{guesses}</dd>
            </div>
        </dl>
        <p class="soft small">{words::LIST_UPLOADED_AT} ": " {uploaded}</p>
        {weak}
    }
    .into_any()
}
