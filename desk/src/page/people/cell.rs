use super::list::List;
use crate::parts::{MailChip, SeatChip};
use crate::rules::Column;
use crate::{browser, words};
use curtain_up_protocol::desk::Person;
use leptos::prelude::*;

/// What stands in a column about somebody.
pub fn cell(list: List, column: &Column, person: &Person) -> AnyView {
    let text = |text: &str| text.to_owned().into_any();
    let mono = |text: &Option<String>| view! { <code>{text.clone()}</code> }.into_any();
    let zone = list.shown.with(|event| event.plan.zone.clone());
    match column {
        Column::Email => text(&person.email),
        Column::RegisteredAt => browser::moment(person.registered_at.0, Some(&zone)).into_any(),
        Column::MailStatus => view! { <MailChip status=person.mail /> }.into_any(),
        Column::Seat => view! { <SeatChip seat=person.seat /> }.into_any(),
        Column::AccessKey => mono(&person.key),
        Column::AccessLink => mono(&person.link),
        Column::Code => mono(&person.code),
        Column::ExternalId => text(person.external_id.as_deref().unwrap_or_default()),
        Column::Source => text(&person.source_name),
        Column::Attended => match person.attended_at {
            Some(at) => browser::moment(at.0, Some(&zone)).into_any(),
            None => view! { <span class="soft">{words::NONE}</span> }.into_any(),
        },
        Column::Consents => text(&person.consents.iter().map(|given| given.id.clone()).collect::<Vec<_>>().join(", ")),
        Column::Answer(id) => text(&answer(person, id)),
    }
}

/// Somebody's answer to a field; empty where there is none.
pub fn answer(person: &Person, field: &str) -> String {
    let given = person.answers.iter().find(|answer| answer.field == field);
    given.map(|answer| answer.values.join(", ")).unwrap_or_default()
}
