//! The countdown: silent, and never saying that the event is live.

use super::Stage;
use super::blocks::paragraph;
use super::piece::{NONE, Piece, element, live};
use crate::core::countdown::{Countdown, countdown, whole_minutes};
use crate::i18n::Text;
use crate::platform::intl;
use leptos::prelude::*;

/// The time until the event starts; at its end, that one waits for the host. A page that hides the seconds, by
/// `seconds="hide"`, is shown minutes that have begun as whole ones, or it would show nothing but zeros for the last one.
pub fn clock(stage: Stage) -> [Piece; 2] {
    let left = move || {
        let until = stage.journey.with(|journey| journey.event().state.starts_at) - stage.now.get();
        countdown(if stage.hides_seconds() { whole_minutes(until) } else { until })
    };
    let unit = |part: fn(&Countdown) -> i64, name: Text| {
        let number = live(move || {
            let number = left().map_or(0, |left| part(&left));
            stage.language(|language| intl::two_digits(number, language))
        });
        element("div").set("class", "unit").children(vec![
            element("span").set("class", "number").words(number),
            element("span").set("class", "name").words(stage.text(name)),
        ])
    };
    let days = unit(|left| left.days, Text::CountdownDays).put("hidden", hidden(move || left().is_none_or(|left| left.days == 0)));
    let units = vec![
        days,
        unit(|left| left.hours, Text::CountdownHours),
        unit(|left| left.minutes, Text::CountdownMinutes),
        unit(|left| left.seconds, Text::CountdownSeconds).set("class", "unit seconds"),
    ];
    let timer = element("div")
        .kind("countdown")
        .set("role", "timer")
        .set("aria-live", "off")
        .put("aria-label", stage.text(Text::CountdownLabel))
        .put("hidden", hidden(move || left().is_none()))
        .children(units);
    let zero = live(move || if left().is_none() { stage.text(Text::CountdownZero) } else { String::new() });
    [timer, paragraph("zero", zero)]
}

/// The value of an attribute `hidden`.
pub fn hidden(when: impl Fn() -> bool + 'static) -> super::piece::Words {
    live(move || if when() { String::new() } else { NONE.to_owned() })
}
