use super::cell::answer;
use super::deeds::deeds;
use super::list::{List, name_of};
use crate::desk::{Desk, Loaded};
use crate::parts::{MailChip, MoreButton, SeatChip, loaded};
use crate::{api, browser, words};
use curtain_up_protocol::desk::{PersonDocument, SentMail};
use leptos::prelude::*;

/// Somebody's profile, mails and answers, beside the table.
#[component]
pub fn SidePane(id: String) -> impl IntoView {
    let desk = Desk::here();
    let list = List::here();
    let known = RwSignal::new(Loaded::Loading);
    let path = StoredValue::new(list.path(&format!("/{id}")));
    // Somebody for whom something was done has another mail.
    Effect::new(move || {
        list.edition.track();
        let path = path.get_value();
        desk.loads(known, async move { api::get::<PersonDocument>(&path).await });
    });
    view! {
        <aside class="side" aria-label=words::PROFILE>
            <div class="spread">
                <h3>{words::PROFILE}</h3>
                <button type="button" class="quiet icon" aria-label=words::CLOSE_PANE on:click=move |_| list.open(None)>"✕"</button>
            </div>
            {loaded(known, move |document| profile(desk, list, document))}
        </aside>
    }
}

fn profile(desk: Desk, list: List, document: &PersonDocument) -> impl IntoView + use<> {
    let person = document.person.clone();
    let name = name_of(&person);
    let zone = list.shown.with(|event| event.plan.zone.clone());
    let menu = desk.may_change().then(|| {
        let person = person.clone();
        view! { <MoreButton about=name.clone() deeds=move || deeds(desk, list, &person) /> }
    });
    let pair = |label: String, text: String| (!text.is_empty()).then(|| view! { <dt>{label}</dt><dd>{text}</dd> });
    let fixed = |label: &str, text: String| pair(label.to_owned(), text);
    let fields = list.shown.with(|event| event.plan.fields.clone());
    let answers: Vec<_> = fields.into_iter().map(|field| (answer(&person, &field.id), field.label)).collect();
    let answered = answers.iter().any(|(answer, _)| !answer.is_empty()).then(|| {
        let answers = answers.into_iter().map(|(answer, label)| pair(label, answer)).collect_view();
        view! {
            <h3>{words::ANSWERS}</h3>
            <dl class="pairs">{answers}</dl>
        }
    });
    let consents: Vec<_> = person
        .consents
        .iter()
        .map(|given| format!("{} ({}), {}", given.id, given.version, browser::moment(given.at.0, Some(&zone))))
        .collect();
    let utm: Vec<_> = person.source.utm.iter().map(|utm| format!("{}={}", utm.name, utm.value)).collect();
    let mails = document.mails.iter().map(|mail| sent(mail, &zone)).collect_view();
    view! {
        <div class="spread">
            <h2>{name}</h2>
            {menu}
        </div>
        <div class="actions">
            <SeatChip seat=person.seat /> <MailChip status=person.mail />
            {document.reminders_off.then(|| view! { <span class="chip">{words::REMINDERS_OFF}</span> })}
        </div>
        <dl class="pairs">
            {fixed(words::EMAIL, person.email.clone())}
            {fixed(words::REGISTERED_AT, browser::moment(person.registered_at.0, Some(&zone)))}
            {fixed(words::ATTENDED, person.attended_at.map(|at| browser::moment(at.0, Some(&zone))).unwrap_or_default())}
            {fixed(words::EXTERNAL_ID, person.external_id.clone().unwrap_or_default())}
            {fixed(words::SOURCE, [vec![person.source_name.clone()], utm].concat().join(" "))}
            {fixed(words::REFERRER, person.source.referrer.clone())}
            {fixed(words::CONSENTS, consents.join("; "))}
            {fixed(words::LANGUAGE, document.language.clone().unwrap_or_default())}
            {fixed(words::ZONE, document.zone.clone().unwrap_or_default())}
        </dl>
        {answered}
        <h3>{words::TIMELINE}</h3>
        <ol class="timeline">{mails}</ol>
    }
}

/// A mail with what became of it.
fn sent(mail: &SentMail, zone: &str) -> impl IntoView + use<> {
    let at = |at: i64| browser::moment(at, Some(zone));
    let also = |words: &str, time: Option<curtain_up_protocol::Timestamp>| time.map(|time| format!(" · {words} {}", at(time.0)));
    view! {
        <li>
            <span class="spread"><span>{words::mail_kind(&mail.kind)}</span><MailChip status=mail.state /></span>
            <span class="soft small">
                {at(mail.settled_at.unwrap_or(mail.due_at).0)} {also(words::OPENED_AT, mail.opened_at)} {also(words::CLICKED_AT, mail.clicked_at)}
            </span>
            {mail.problem.clone().map(|problem| view! { <span class="problem">{problem}</span> })}
        </li>
    }
}
