use super::list::{About, List, name_of};
use crate::desk::{Desk, Loaded};
use crate::parts::{CopyButton, Dialog, SelectField, TextField, loaded};
use crate::{api, words};
use curtain_up_protocol::desk::{CorrectRequest, EventList, MoveRequest, Person, PersonDocument, Revealed};
use gloo_net::http::Method;
use leptos::{ev::SubmitEvent, prelude::*};

/// The dialogs about somebody. One for the whole page.
#[component]
pub fn PersonDialogs() -> impl IntoView {
    let list = List::here();
    let open = RwSignal::new(false);
    Effect::new(move || {
        let asked = list.about.with(Option::is_some);
        if asked != open.get_untracked() {
            open.set(asked);
        }
    });
    Effect::new(move || {
        if !open.get() && list.about.with_untracked(Option::is_some) {
            list.about.set(None);
        }
    });
    let title = Signal::derive(move || {
        list.about.with(|about| match about {
            Some(About::Key(person, _)) => format!("{}: {}", words::KEY_TITLE, name_of(person)),
            Some(About::Correct(_)) => words::CORRECT.to_owned(),
            Some(About::Move(_)) => words::MOVE_PERSON.to_owned(),
            None => String::new(),
        })
    });
    let content = move || match list.about.get() {
        Some(About::Key(_, revealed)) => view! { <Key open revealed /> }.into_any(),
        Some(About::Correct(person)) => view! { <Correct open person /> }.into_any(),
        Some(About::Move(person)) => view! { <Move open person /> }.into_any(),
        None => ().into_any(),
    };
    view! { <Dialog open title>{content}</Dialog> }
}

#[component]
fn Key(open: RwSignal<bool>, revealed: Revealed) -> impl IntoView {
    let code = revealed.code.map(|code| view! { <dt>{words::CODE}</dt><dd><code>{code}</code></dd> });
    let link = revealed.access_link;
    view! {
        <p class="key mono">{revealed.key}</p>
        <p class="soft small">{words::KEY_TEXT}</p>
        <dl class="pairs">
            <dt>{words::ACCESS_LINK}</dt>
            <dd><code>{link.clone()}</code></dd>
            {code}
        </dl>
        <div class="actions">
            <CopyButton text=Signal::stored(link) label=words::COPY_LINK />
            <button type="button" class="primary" on:click=move |_| open.set(false)>{words::CLOSE}</button>
        </div>
    }
}

#[component]
fn Correct(open: RwSignal<bool>, person: Person) -> impl IntoView {
    let desk = Desk::here();
    let list = List::here();
    let email = RwSignal::new(person.email.clone());
    let (id, seat) = (StoredValue::new(person.id), person.seat);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let id = id.get_value();
        let (path, request) = (list.path(&format!("/{id}")), CorrectRequest { email: email.get_untracked() });
        let corrected = async move { api::send_for::<PersonDocument>(Method::PATCH, &path, &request).await };
        desk.attempts(corrected, move |now| {
            open.try_set(false);
            desk.says(words::corrected(now.person.seat));
            list.refresh(desk, id, now.person);
        });
    };
    view! {
        <form on:submit=submit>
            <p class="soft">{words::correct_text(seat)}</p>
            <TextField label=words::NEW_ADDRESS bound=email kind="email" required=true />
            <div class="actions">
                <button type="button" on:click=move |_| open.set(false)>{words::NO}</button>
                <button type="submit" class="primary">{words::CORRECT}</button>
            </div>
        </form>
    }
}

#[component]
fn Move(open: RwSignal<bool>, person: Person) -> impl IntoView {
    let desk = Desk::here();
    let list = List::here();
    let to = RwSignal::new(String::new());
    let events = RwSignal::new(Loaded::Loading);
    desk.loads(events, async move { api::get::<EventList>("/events?archived=false").await });
    let id = StoredValue::new(person.id);
    let here = list.shown.slug();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let id = id.get_value();
        let (path, request) = (list.path(&format!("/{id}/move")), MoveRequest { to: to.get_untracked() });
        desk.attempts(async move { api::tell(Method::POST, &path, &request).await }, move |()| {
            open.try_set(false);
            desk.says(words::PERSON_MOVED);
            if list.opened(desk).is_some_and(|opened| opened == id) {
                list.open(None);
            }
            list.forget(&id);
        });
    };
    let choose = move |events: &EventList| {
        let others = events.events.iter().filter(|event| event.slug != here);
        let choices: Vec<_> = others
            .map(|event| {
                let start = crate::browser::moment(event.starts_at.0, Some(&event.zone));
                (event.slug.clone(), format!("{}, {start}", event.title))
            })
            .collect();
        let Some((first, _)) = choices.first() else { return view! { <p class="note wait">{words::NO_OTHER_EVENT}</p> }.into_any() };
        to.set(first.clone());
        view! {
            <SelectField label=words::MOVE_TO bound=to choices=Signal::stored(choices) />
            <div class="actions">
                <button type="button" on:click=move |_| open.set(false)>{words::NO}</button>
                <button type="submit" class="primary">{words::MOVE_PERSON}</button>
            </div>
        }
        .into_any()
    };
    view! {
        <form on:submit=submit>
            <p class="soft">{words::MOVE_TEXT_PERSON}</p>
            {loaded(events, choose)}
        </form>
    }
}
