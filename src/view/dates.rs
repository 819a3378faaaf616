//! The dates of a series, of which people choose one.

use super::Stage;
use super::countdown::hidden;
use super::piece::{Piece, element};
use crate::i18n::Text;
use crate::platform::intl;
use crate::wire::Date;
use curtain_up_protocol::Admission;
use leptos::prelude::With;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The name of the control by which a date is chosen. No field of an event has such a name.
pub const DATES: &str = "date:";

/// Every date in the person's own zone, with what keeps people from a seat.
pub fn dates(stage: Stage, dates: Vec<Date>) -> Piece {
    let chosen = stage.event(|event| event.slug.clone());
    let option = |date: Date| {
        let mut text = stage.language(|language| intl::date(date.starts_at, language));
        let shut = match date.admission {
            Admission::Open => None,
            Admission::Full => Some(Text::ActionWait),
            Admission::Closed => Some(Text::ClosedText),
            Admission::NotYetOpen => Some(Text::NotYetOpen),
        };
        if let Some(shut) = shut {
            text = [&text, " – ", &stage.text(shut)].concat();
        }
        let option = element("option").words(text);
        if date.slug == chosen { option.set("selected", "") } else { option }.put("value", date.slug)
    };
    let select = element("select")
        .set("id", DATES)
        .set("name", DATES)
        .set("part", "control")
        // What has been sent is about the date that is chosen now.
        .put("disabled", hidden(move || stage.journey.with(|journey| journey.is_busy())))
        .on("change", move |event| {
            if let Some(control) = event.target() {
                stage.choose(&control.unchecked_into::<HtmlInputElement>().value());
            }
        })
        .children(dates.into_iter().map(option).collect());
    let label = element("label").set("for", DATES).words(stage.text(Text::FieldDate));
    element("div").set("class", "field").set("part", "field").children(vec![label, select])
}
