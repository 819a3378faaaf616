use crate::desk::Desk;
use crate::parts::{Head, Table};
use crate::{api, browser, words};
use curtain_up_protocol::desk::{AuditEntry, AuditPage};
use leptos::prelude::*;

const HEADS: [Head; 5] =
    [Head::Words(words::AT), Head::Words(words::WHO), Head::Words(words::WHAT), Head::Words(words::ABOUT), Head::Words(words::DETAIL)];

/// Who did what.
#[component]
pub fn Audit() -> impl IntoView {
    let desk = Desk::here();
    let entries = RwSignal::new(None::<Vec<AuditEntry>>);
    let next = RwSignal::new(None::<String>);
    let ask = move || {
        let path = match next.get_untracked() {
            Some(cursor) => format!("/audit?cursor={}", curtain_up_protocol::percent_encode(&cursor)),
            None => "/audit".to_owned(),
        };
        desk.attempts(async move { api::get::<AuditPage>(&path).await }, move |page| {
            next.try_set(page.next);
            entries.try_update(|entries| entries.get_or_insert_default().extend(page.entries));
        });
    };
    ask();
    let table = move || match entries.get() {
        None => view! { <p class="empty" role="status">{words::LOADING}</p> }.into_any(),
        Some(entries) if entries.is_empty() => view! { <p class="empty">{words::NOTHING_YET}</p> }.into_any(),
        Some(entries) => {
            let lines = entries.iter().map(line).collect_view();
            view! {
                <Table label=words::AUDIT heads=HEADS>{lines}</Table>
            }
            .into_any()
        }
    };
    view! {
        <p class="soft">{words::AUDIT_TEXT}</p>
        {table}
        <Show when=move || next.with(Option::is_some)>
            <button type="button" on:click=move |_| ask()>{words::MORE}</button>
        </Show>
    }
}

fn line(entry: &AuditEntry) -> impl IntoView + use<> {
    let person = entry.person.as_ref().map(|person| person.email.clone().unwrap_or_else(|| words::ERASED_PERSON.to_owned()));
    let about: Vec<String> = person.into_iter().chain(entry.event.clone()).collect();
    view! {
        <tr>
            <td>{browser::moment(entry.at.0, None)}</td>
            <td>{entry.actor.clone()}</td>
            <td>{words::action(&entry.action)}</td>
            <td>{about.join(" · ")}</td>
            <td class="soft">{entry.detail.clone()}</td>
        </tr>
    }
}
