//! "Check your mail": after registering, with the countdown, and after asking for a lost link.

use super::Stage;
use super::blocks::{ENTRANCES, heading, hosts, paragraph, ways, when};
use super::calendar::calendar;
use super::countdown::clock;
use super::piece::{Piece, element};
use crate::core::journey::Place;
use crate::i18n::{Text, fill};
use curtain_up_protocol::{Admission, Phase};

/// After registering.
pub fn registered(stage: Stage) -> Vec<Piece> {
    let text = match stage.event(|event| event.admission) {
        Admission::Full => fill(&stage.with_title(Text::MailWaitingList), "email", &stage.email()),
        _ => stage.fill(Text::MailRegistered, "email", &stage.email()),
    };
    let mut pieces = vec![
        heading(stage.text(Text::MailHeading)),
        paragraph("text", text),
        paragraph("hint", stage.text(Text::MailSpam)),
        // What the page itself has to say now.
        element("slot").set("name", "success"),
    ];
    if stage.event(|event| event.state.phase == Phase::Live) {
        pieces.push(paragraph("note", stage.text(Text::MailLive)));
    } else {
        pieces.push(hosts(stage, paragraph("title", stage.title())));
        pieces.push(when(stage));
        pieces.extend(clock(stage));
        pieces.push(calendar(stage));
    }
    pieces.push(ways(stage, &ENTRANCES));
    pieces
}

/// After asking for a lost link. It does not tell who is registered.
pub fn resent(stage: Stage) -> Vec<Piece> {
    vec![
        heading(stage.text(Text::MailHeading)),
        paragraph("text", stage.fill(Text::MailResent, "email", &stage.email())),
        paragraph("hint", stage.text(Text::MailSpam)),
        ways(stage, &[(Text::ActionHaveLink, Place::Enter), (Text::ActionBack, Place::Form)]),
    ]
}
