//! The registration form, or the waiting list's.

use super::Stage;
use super::blocks::{ENTRANCES, description, paragraph, title, ways, when};
use super::form::form;
use super::piece::Piece;
use crate::core::form::all_fields;
use crate::core::journey::Input;
use crate::i18n::Text;
use crate::platform::intl;
use curtain_up_protocol::{Admission, Phase};
use leptos::prelude::*;

/// Asks for what the event asks for.
pub fn registration(stage: Stage) -> Vec<Piece> {
    let full = stage.event(|event| event.admission == Admission::Full);
    let live = stage.event(|event| event.state.phase == Phase::Live);
    let said = |is: bool, text: Text| paragraph("note", if is { stage.text(text) } else { String::new() });
    let label = stage.text(if full { Text::ActionWait } else { Text::ActionRegister });
    vec![
        title(stage),
        when(stage),
        said(live, Text::FormLive),
        description(stage),
        said(full, Text::FormFull),
        form(stage, stage.form, stage.event(all_fields), label, Box::new(move |wrong| submit(stage, wrong))),
        ways(stage, &ENTRANCES),
    ]
}

fn submit(stage: Stage, wrong: Option<String>) -> Option<String> {
    if wrong.is_none() {
        let (language, source) = (stage.language(str::to_owned), stage.source());
        let request = stage.form.with_untracked(|form| stage.event(|event| form.request(event, intl::zone(), language, source)));
        stage.tell(Input::Register(request));
    }
    wrong
}
