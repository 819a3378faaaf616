//! Plain words where there is nothing to do, or little: not yet open, closed, entering, ended, cancelled.

use super::Stage;
use super::blocks::{ENTRANCES, actions, description, heading, link, paragraph, title, ways, when};
use super::piece::Piece;
use crate::core::journey::Screen;
use crate::i18n::Text;
use leptos::prelude::*;

/// The words for a screen.
pub fn notice(stage: Stage, screen: Screen) -> Vec<Piece> {
    match screen {
        Screen::NotYetOpen => shut(stage, opening(stage)),
        Screen::Closed => shut(stage, stage.text(Text::ClosedText)),
        Screen::Ended => ended(stage),
        Screen::Cancelled => vec![heading(stage.text(Text::CancelledHeading)), paragraph("text", stage.with_title(Text::CancelledText))],
        _ => vec![heading(stage.text(Text::EnteringHeading)), paragraph("text", stage.text(Text::EnteringText))],
    }
}

fn shut(stage: Stage, why: String) -> Vec<Piece> {
    vec![title(stage), when(stage), description(stage), paragraph("note", why), ways(stage, &ENTRANCES)]
}

fn opening(stage: Stage) -> String {
    let (opens_at, zone) = stage.event(|event| (event.opens_at, event.zone.clone()));
    match opens_at {
        Some(time) => stage.fill(Text::NotYetOpenUntil, "date", &stage.date(time, &zone)),
        None => stage.text(Text::NotYetOpen),
    }
}

fn ended(stage: Stage) -> Vec<Piece> {
    let (entered, replay) = stage.journey.with_untracked(|journey| (journey.pass().is_some(), journey.replay().map(str::to_owned)));
    let text = stage.with_title(if replay.is_some() { Text::EndedReplay } else { Text::EndedNoReplay });
    let mut pieces = vec![heading(stage.text(Text::EndedHeading)), when(stage), paragraph("text", text)];
    if let Some(replay) = replay {
        pieces.push(actions(vec![link("primary", stage.text(Text::ActionReplay), replay)]));
    } else if !entered {
        pieces.push(ways(stage, &ENTRANCES));
    }
    pieces
}
