//! The door of an event that nobody registers for: it asks for the access code before anything else, or for nothing.

use super::Stage;
use super::blocks::{description, paragraph, title, ways, when};
use super::form::form;
use super::piece::Piece;
use crate::core::journey::{Input, Place, Way};
use crate::i18n::Text;
use curtain_up_protocol::{AccessLink, Door, DoorRequest, Field, FieldKind};
use leptos::prelude::*;

/// Asks for the code; a whole link may be pasted in its stead.
pub fn code(stage: Stage) -> Vec<Piece> {
    let open = stage.event(|event| event.door == Door::Open);
    let (fields, text) = if open { (Vec::new(), Text::OpenText) } else { (vec![Field::plain("code", FieldKind::Text)], Text::CodeText) };
    let submit = move |wrong: Option<String>| {
        if wrong.is_none() {
            let typed = stage.entry.with_untracked(|entry| entry.value("code").trim().to_owned());
            stage.tell(Input::Enter(match AccessLink::parse(&typed) {
                Some(link) => Way::Link(link),
                None if open => Way::Door(DoorRequest::Anonymous),
                None => Way::Door(DoorRequest::Code(typed)),
            }));
        }
        wrong
    };
    let mut pieces = vec![
        title(stage),
        when(stage),
        description(stage),
        paragraph("text", stage.text(text)),
        form(stage, stage.entry, fields, stage.text(Text::ActionEnter), submit),
    ];
    if !open {
        pieces.push(ways(stage, &[(Text::ActionLostLink, Place::LostLink)]));
    }
    pieces
}
