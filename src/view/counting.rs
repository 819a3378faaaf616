//! The countdown of somebody who has not registered: all that some pages want to show at first.

use super::Stage;
use super::blocks::{ENTRANCES, actions, button, heading, paragraph, ways, when};
use super::calendar::calendar;
use super::countdown::clock;
use super::piece::Piece;
use crate::core::journey::Place;
use crate::i18n::Text;
use curtain_up_protocol::Phase;

/// Counts down, and leads to the form.
pub fn counting(stage: Stage) -> Vec<Piece> {
    let mut pieces = vec![heading(stage.title()), when(stage)];
    if stage.event(|event| event.state.phase == Phase::Live) {
        pieces.push(paragraph("note", stage.text(Text::FormLive)));
    } else {
        pieces.extend(clock(stage));
        pieces.push(calendar(stage));
    }
    pieces.push(actions(vec![button("primary", stage.text(Text::ActionRegister), move || stage.show(Place::Form))]));
    pieces.push(ways(stage, &ENTRANCES));
    pieces
}
