//! The whole widget: one view at a time, between what is said to everybody and what is said to those who listen.

use super::blocks::paragraph;
use super::check_mail::{registered, resent};
use super::counting::counting;
use super::dates::dates;
use super::enter::enter;
use super::lost_link::lost_link;
use super::notice::notice;
use super::piece::{element, live};
use super::registration::registration;
use super::room::room;
use super::waiting::waiting;
use super::{Scene, Stage};
use crate::core::journey::{Happening, Saying, Screen};
use crate::i18n::Text;
use leptos::prelude::*;

/// Shows the view that the journey asks for.
pub fn curtain(stage: Stage) -> AnyView {
    let offline = live(move || said(stage.journey.with(|journey| journey.is_offline()), || stage.text(Text::Offline)));
    let moved = live(move || said(stage.journey.with(|journey| journey.has_moved()), || announcement(stage, Happening::Moved)));
    let heard = live(move || match stage.journey.with(|journey| journey.said()) {
        Some(Saying::Change(happening)) => announcement(stage, happening),
        Some(Saying::Soon(seconds)) => stage.fill_time(Text::StatusSoon, seconds),
        Some(Saying::Going) => stage.text(Text::RoomElsewhere),
        Some(Saying::Offline) => stage.text(Text::Offline),
        None => String::new(),
    });
    vec![
        paragraph("banner", offline).view(),
        paragraph("banner moved", moved).view(),
        (move || scene(stage, stage.scene.get())).into_any(),
        paragraph("heard", heard).set("role", "status").view(),
    ]
    .into_any()
}

fn scene(stage: Stage, (screen, _): Scene) -> AnyView {
    stage.prefill();
    let mut pieces = match screen {
        Screen::Form => registration(stage),
        Screen::Enter | Screen::Code => enter(stage),
        Screen::LostLink => lost_link(stage),
        Screen::Resent => resent(stage),
        Screen::Registered => registered(stage),
        Screen::Countdown => counting(stage),
        Screen::Waiting => waiting(stage),
        Screen::Room => room(stage),
        _ => notice(stage, screen),
    };
    let all = stage.dates();
    if all.len() > 1 && stage.journey.with_untracked(|journey| journey.may_choose()) {
        // Behind the heading.
        pieces.insert(1, dates(stage, all));
    }
    element("section").put("class", ["view view-", screen.name()].concat()).set("part", "view").children(pieces).view()
}

fn said(is: bool, words: impl FnOnce() -> String) -> String {
    if is { words() } else { String::new() }
}

/// What is said when something happens; the heading of the next view says the rest.
fn announcement(stage: Stage, happening: Happening) -> String {
    match happening {
        Happening::Live => stage.text(Text::StatusLive),
        Happening::Ended => stage.text(Text::EndedHeading),
        Happening::Cancelled => stage.text(Text::CancelledHeading),
        Happening::Moved => {
            let (start, zone) = stage.event(|event| (event.state.starts_at, event.zone.clone()));
            stage.fill(Text::Moved, "date", &stage.date(start, &zone))
        }
        Happening::Registered | Happening::Resent | Happening::Entered => String::new(),
    }
}
