use crate::words;
use curtain_up_protocol::Phase;
use curtain_up_protocol::desk::{MailStatus, Seat};
use leptos::prelude::*;

/// Where an event stands, at a glance; the word says it, the colour only helps.
#[component]
pub fn PhaseChip(phase: Phase) -> impl IntoView {
    let class = match phase {
        Phase::Scheduled => "chip",
        Phase::Live => "chip good live",
        Phase::Ended => "chip",
        Phase::Cancelled => "chip bad",
    };
    view! { <span class=class>{words::phase(phase)}</span> }
}

/// Where somebody's mail stands.
#[component]
pub fn MailChip(status: MailStatus) -> impl IntoView {
    let class = match status {
        MailStatus::Delivered | MailStatus::Opened | MailStatus::Clicked => "chip good",
        MailStatus::Scheduled | MailStatus::Processing | MailStatus::Deferred => "chip wait",
        MailStatus::Bounced | MailStatus::Dropped => "chip bad",
        MailStatus::Unsubscribed | MailStatus::NotSent => "chip",
    };
    view! { <span class=class>{words::mail_status(status)}</span> }
}

/// Whether somebody has a seat.
#[component]
pub fn SeatChip(seat: Seat) -> impl IntoView {
    let class = match seat {
        Seat::Confirmed => "chip good",
        Seat::WaitingList => "chip wait",
        Seat::Cancelled | Seat::Anonymous => "chip",
    };
    view! { <span class=class>{words::seat(seat)}</span> }
}
