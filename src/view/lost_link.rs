//! "Lost your access link?"

use super::Stage;
use super::blocks::{heading, paragraph, ways};
use super::form::form;
use super::piece::Piece;
use crate::core::journey::{Input, Place};
use crate::i18n::Text;
use curtain_up_protocol::{Door, Field, FieldKind};
use leptos::prelude::*;

/// Asks for the address to send the link to.
pub fn lost_link(stage: Stage) -> Vec<Piece> {
    let fields = vec![Field::plain("email", FieldKind::Email)];
    let submit = move |wrong: Option<String>| {
        if wrong.is_none() {
            stage.tell(Input::Resend(stage.entry.with_untracked(|entry| entry.value("email").trim().to_owned())));
        }
        wrong
    };
    // Where nobody registers there is no way back to it.
    let back = stage.event(|event| event.door == Door::Registration);
    vec![
        heading(stage.text(Text::LostHeading)),
        paragraph("text", stage.text(Text::LostText)),
        form(stage, stage.entry, fields, stage.text(Text::ActionResend), Box::new(submit)),
        ways(stage, &[(Text::ActionHaveLink, Place::Enter), (Text::ActionBack, Place::Form)][..1 + usize::from(back)]),
    ]
}
