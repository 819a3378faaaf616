//! "I already have a link", or the door of an event that nobody registers for: it asks for the access code before anything
//! else, or for nothing.

use super::Stage;
use super::blocks::{description, heading, paragraph, title, ways, when};
use super::form::form;
use super::piece::Piece;
use crate::core::journey::{Input, Place, Way};
use crate::i18n::Text;
use curtain_up_protocol::{AccessLink, Door, DoorRequest, Field, FieldKind};
use leptos::prelude::*;

const WAYS: [(Text, Place); 2] = [(Text::ActionLostLink, Place::LostLink), (Text::ActionBack, Place::Form)];

/// Asks for address and key, or for the code; a whole link may be pasted into any field.
pub fn enter(stage: Stage) -> Vec<Piece> {
    let door = stage.event(|event| event.door);
    let mut pieces = vec![heading(stage.text(Text::EnterHeading))];
    let (text, fields, ways_on) = match door {
        Door::Registration => (Text::EnterText, &["email", "key"][..], &WAYS[..]),
        Door::Code => (Text::CodeText, &["code"][..], &WAYS[..1]),
        Door::Open => (Text::OpenText, &[][..], &WAYS[..0]),
    };
    if door != Door::Registration {
        pieces = vec![title(stage), when(stage), description(stage)];
    }
    let kind = |id: &&str| Field::plain(id, if *id == "email" { FieldKind::Email } else { FieldKind::Text });
    let fields = fields.iter().map(kind).collect();
    pieces.extend([
        paragraph("text", stage.text(text)),
        form(stage, stage.entry, fields, stage.text(Text::ActionEnter), Box::new(move |wrong| submit(stage, door, wrong))),
        ways(stage, ways_on),
    ]);
    pieces
}

fn submit(stage: Stage, door: Door, wrong: Option<String>) -> Option<String> {
    let typed = |field: &str| stage.entry.with_untracked(|entry| entry.value(field).trim().to_owned());
    let (email, key, code) = (typed("email"), typed("key"), typed("code"));
    let pasted = [&code, &key, &email].into_iter().find_map(|typed| AccessLink::parse(typed));
    let way = match pasted {
        Some(link) => {
            stage.fill_entry("email", &link.email);
            stage.fill_entry("key", &link.key);
            Way::Link(link)
        }
        None if wrong.is_some() => return wrong,
        None => match door {
            Door::Registration => Way::Link(AccessLink { email, key, sig: None }),
            Door::Code => Way::Door(DoorRequest::Code(code)),
            Door::Open => Way::Door(DoorRequest::Anonymous),
        },
    };
    stage.tell(Input::Enter(way));
    None
}
