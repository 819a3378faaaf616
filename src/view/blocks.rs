//! The pieces that views are made of.

use super::Stage;
use super::piece::{Piece, Words, element, live};
use crate::core::journey::Place;
use crate::i18n::Text;
use leptos::prelude::With;

/// Ways into the room for whoever has registered before.
pub const ENTRANCES: [(Text, Place); 2] = [(Text::ActionHaveLink, Place::Enter), (Text::ActionLostLink, Place::LostLink)];

/// The heading of a view; it takes the focus when the view changes.
pub fn heading(text: String) -> Piece {
    element("h2").kind("heading").set("tabindex", "-1").words(text)
}

/// What the host wrote, in the event's language and its direction, whatever the reader's are.
pub fn hosts(stage: Stage, piece: Piece) -> Piece {
    piece.put("lang", stage.event(|event| event.language.clone())).set("dir", "auto")
}

/// The event's title as the heading of a view.
pub fn title(stage: Stage) -> Piece {
    hosts(stage, heading(stage.title()))
}

/// What the event is about.
pub fn description(stage: Stage) -> Piece {
    hosts(stage, paragraph("description", stage.event(|event| event.description.clone())))
}

/// A paragraph of a kind that the style sheet knows. An empty one is not shown.
pub fn paragraph(kind: &'static str, text: impl Into<Words>) -> Piece {
    element("p").kind(kind).words(text)
}

/// A button that does something in the page.
pub fn button(kind: &'static str, label: String, press: impl Fn() + 'static) -> Piece {
    element("button").kind(kind).set("type", "button").words(label).on("click", move |_| press())
}

/// A link to another page, which learns nothing of this one.
pub fn link(kind: &'static str, label: String, address: impl Into<Words>) -> Piece {
    element("a").kind(kind).put("href", address).set("target", "_blank").set("rel", "noopener noreferrer").words(label)
}

/// Things to do, side by side.
pub fn actions(children: Vec<Piece>) -> Piece {
    element("div").kind("actions").children(children)
}

/// Ways to other views.
pub fn ways(stage: Stage, ways: &[(Text, Place)]) -> Piece {
    let way = |&(label, place): &(Text, Place)| button("quiet", stage.text(label), move || stage.show(place));
    actions(ways.iter().map(way).collect())
}

/// When the event starts, in words that move with it.
pub fn when(stage: Stage) -> Piece {
    let start = live(move || {
        let (start, zone) = stage.journey.with(|journey| (journey.event().state.starts_at, journey.event().zone.clone()));
        stage.date(start, &zone)
    });
    paragraph("when", start)
}
