//! "I already have a link".

use super::Stage;
use super::blocks::{heading, paragraph, ways};
use super::form::form;
use super::piece::Piece;
use crate::core::journey::{Input, Place, Way};
use crate::i18n::Text;
use curtain_up_protocol::{AccessLink, Field, FieldKind};
use leptos::prelude::*;

/// Asks for address and key; a whole link may be pasted into either.
pub fn enter(stage: Stage) -> Vec<Piece> {
    let fields = vec![Field::plain("email", FieldKind::Email), Field::plain("key", FieldKind::Text)];
    vec![
        heading(stage.text(Text::EnterHeading)),
        paragraph("text", stage.text(Text::EnterText)),
        form(stage, stage.entry, fields, stage.text(Text::ActionEnter), move |wrong| submit(stage, wrong)),
        ways(stage, &[(Text::ActionLostLink, Place::LostLink), (Text::ActionBack, Place::Form)]),
    ]
}

fn submit(stage: Stage, wrong: Option<String>) -> Option<String> {
    let typed = |field: &str| stage.entry.with_untracked(|entry| entry.value(field).trim().to_owned());
    let (email, key) = (typed("email"), typed("key"));
    let link = match AccessLink::parse(&key).or_else(|| AccessLink::parse(&email)) {
        Some(link) => {
            stage.fill_entry("email", &link.email);
            stage.fill_entry("key", &link.key);
            link
        }
        None if wrong.is_some() => return wrong,
        None => AccessLink { email, key, sig: None },
    };
    stage.tell(Input::Enter(Way::Link(link)));
    None
}
