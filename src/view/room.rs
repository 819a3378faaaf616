//! The room: a frame on the page, or the way there.

use super::Stage;
use super::blocks::{actions, button, link, paragraph, title};
use super::countdown::hidden;
use super::piece::{Piece, element, live};
use crate::core::journey::Input;
use crate::i18n::Text;
use curtain_up_protocol::RoomKind;
use leptos::prelude::*;

/// What a room in a frame may use; the rest stays shut.
const ALLOWED: &str = "camera; microphone; fullscreen; display-capture; autoplay";

/// Lets the person in.
pub fn room(stage: Stage) -> Vec<Piece> {
    let mut pieces = vec![title(stage)];
    if let Some(room) = stage.journey.with_untracked(|journey| journey.room().cloned()) {
        match room.kind {
            RoomKind::Frame => pieces.push(frame(stage, room.address)),
            RoomKind::Address => pieces.extend(elsewhere(stage, room.address)),
        }
    }
    pieces
}

fn frame(stage: Stage, address: String) -> Piece {
    element("iframe")
        .kind("frame")
        .put("title", stage.with_title(Text::RoomTitle))
        .set("allow", ALLOWED)
        .set("referrerpolicy", "no-referrer")
        .put("src", address)
}

/// The way to a room on another page; one is taken there by itself, unless one would rather stay.
fn elsewhere(stage: Stage, address: String) -> [Piece; 2] {
    let going = move || stage.journey.with(|journey| journey.is_going());
    let words = live(move || stage.text(if going() { Text::RoomElsewhere } else { Text::RoomOpen }));
    let join = link("primary", stage.text(Text::ActionJoin), address).set("target", "_self");
    let stays = move || {
        stage.tell(Input::Stay);
        // The button goes away, and the focus must not go with it.
        stage.focus(".primary");
    };
    let stay = button("quiet", stage.text(Text::ActionStay), stays).put("hidden", hidden(move || !going()));
    [paragraph("text", words), actions(vec![join, stay])]
}
