//! The waiting page of somebody with a pass, up to the door.

use super::Stage;
use super::blocks::{heading, hosts, paragraph, when};
use super::calendar::calendar;
use super::countdown::clock;
use super::piece::Piece;
use crate::i18n::Text;
use curtain_up_protocol::Phase;
use leptos::prelude::*;

/// Counts down, and says when the door opens.
pub fn waiting(stage: Stage) -> Vec<Piece> {
    let name = stage.journey.with_untracked(|journey| journey.pass().map(|pass| pass.first_name.clone())).unwrap_or_default();
    let greeting = if name.is_empty() { stage.text(Text::WaitingHeading) } else { stage.fill(Text::WaitingHeadingName, "name", &name) };
    let mut pieces = vec![heading(greeting), hosts(stage, paragraph("title", stage.title()))];
    if stage.event(|event| event.state.phase == Phase::Live) {
        pieces.push(paragraph("note", stage.text(Text::WaitingDoors)));
    } else {
        pieces.extend(clock(stage));
        pieces.extend([when(stage), paragraph("text", stage.text(Text::WaitingText)), calendar(stage)]);
    }
    pieces
}
