//! "Add to calendar".

use super::Stage;
use super::blocks::{actions, link};
use super::piece::{Piece, live};
use crate::core::calendar::Entry;
use crate::i18n::Text;
use crate::platform::clock;
use leptos::prelude::*;

/// A file for every calendar, and links to two of them.
pub fn calendar(stage: Stage) -> Piece {
    let way = move |kind, label, address: fn(&Entry<'_>) -> String| link(kind, stage.text(label), live(move || with_entry(stage, address)));
    let name = stage.event(|event| [&event.slug, ".ics"].concat());
    actions(vec![
        way("secondary", Text::ActionCalendar, |entry| entry.address_of_file()).put("download", name),
        way("quiet", Text::ActionGoogle, |entry| entry.google()),
        way("quiet", Text::ActionOutlook, |entry| entry.outlook()),
    ])
}

fn with_entry(stage: Stage, read: fn(&Entry<'_>) -> String) -> String {
    stage.journey.with(|journey| {
        let event = journey.event();
        let host = event.permalink.split('/').nth(2).unwrap_or_default();
        read(&Entry {
            uid: &[&event.slug, "@", host].concat(),
            title: &event.title,
            description: &event.description,
            address: &[&event.permalink, "/live"].concat(),
            starts_at: event.state.starts_at,
            ends_at: event.state.ends_at,
            now: journey.server_time(clock::now()),
        })
    })
}
