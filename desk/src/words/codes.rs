use crate::api::Failure;
use crate::rules::OutOfRange;
use curtain_up_protocol::desk::{MailStatus, Role, Scope, Seat};
use curtain_up_protocol::{FieldCode, FieldProblem, Phase, ProblemCode};

/// Why something was not done, and what to do.
pub fn failure(failure: &Failure) -> String {
    let Failure::Refused { problem, retry_after, .. } = failure else {
        return "The server cannot be reached. Check your connection and try again.".to_owned();
    };
    match problem.code {
        ProblemCode::SignInRefused => "This address and password sign nobody in. Check both, or have a link mailed to you.".to_owned(),
        ProblemCode::NotSignedIn => "You are not signed in any more.".to_owned(),
        ProblemCode::NotAllowed => super::NOT_FOR_VIEWERS.to_owned(),
        ProblemCode::NotFound | ProblemCode::EventNotFound => "It is not there, or not there any more.".to_owned(),
        ProblemCode::Stale => "Somebody else has changed this meanwhile. Reload the page to see how it is now.".to_owned(),
        ProblemCode::LastHost => "An organisation needs one host at least. Make somebody else a host first.".to_owned(),
        ProblemCode::TooManyRequests => match retry_after {
            Some(seconds) => format!("That was too often. Try again in {}.", wait(*seconds)),
            None => "That was too often. Try again later.".to_owned(),
        },
        ProblemCode::InvalidFields | ProblemCode::InvalidRequest => match problem.fields.first() {
            Some(problem) => format!("“{}”: {}", problem.field, field_problem(problem)),
            None => "The server did not understand this. Reload the page and try again.".to_owned(),
        },
        ProblemCode::TooLarge => "This is larger than the server takes.".to_owned(),
        ProblemCode::RegistrationClosed => {
            "This cannot be done any more: the event is over or cancelled, or this person has no seat.".to_owned()
        }
        ProblemCode::Unavailable => "The server is busy. Try again in a moment.".to_owned(),
        _ => "It did not work. Try again.".to_owned(),
    }
}

fn wait(seconds: u64) -> String {
    match seconds {
        0..=90 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}

/// What is wrong with a field.
pub fn field_problem(problem: &FieldProblem) -> &'static str {
    match problem.code {
        FieldCode::Required => "Please fill this in.",
        FieldCode::TooLong => "This is too long.",
        FieldCode::InvalidEmail => "This is no email address.",
        FieldCode::InvalidTelephone => "This is no telephone number.",
        FieldCode::NotAChoice => "This is none of the choices.",
        FieldCode::NotANumber => "This is no number.",
        FieldCode::OutOfRange => match OutOfRange::of(&problem.field) {
            OutOfRange::Number => "This number is too small or too large.",
            OutOfRange::Past => "This time is over. Choose one that is to come.",
            OutOfRange::BeforeItsBeginning => "This is before its beginning. Choose a later time.",
        },
        FieldCode::Taken => "This is taken already. Choose another one.",
        FieldCode::ImpossibleTime => "The clocks skip this time. Choose one before or after.",
        FieldCode::AmbiguousTime => "The clocks show this time twice. Say which one is meant.",
        FieldCode::Undeliverable => "Mail to this address came back.",
        FieldCode::UnknownPlaceholder => "Something in braces is not filled in here. Choose from the list.",
        FieldCode::MissingPlaceholder => "{link} is missing: without their access link people do not get in.",
        _ => "This will not do. Check it.",
    }
}

/// Where an event stands.
pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Scheduled => "Scheduled",
        Phase::Live => "Live",
        Phase::Ended => "Ended",
        Phase::Cancelled => "Cancelled",
    }
}

/// Where a mail stands.
pub fn mail_status(status: MailStatus) -> &'static str {
    match status {
        MailStatus::Scheduled => "Scheduled",
        MailStatus::Processing => "Processing",
        MailStatus::Delivered => "Delivered",
        MailStatus::Opened => "Opened",
        MailStatus::Clicked => "Clicked",
        MailStatus::Deferred => "Deferred",
        MailStatus::Bounced => "Bounced",
        MailStatus::Dropped => "Dropped",
        MailStatus::Unsubscribed => "Unsubscribed",
        MailStatus::NotSent => "Not sent",
    }
}

/// Whether somebody has a seat.
pub fn seat(seat: Seat) -> &'static str {
    match seat {
        Seat::Confirmed => "Confirmed",
        Seat::WaitingList => "Waiting list",
        Seat::Cancelled => "Cancelled",
        Seat::Anonymous => "Anonymous",
    }
}

/// What a host may do.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Host => "Host: sees and changes everything",
        Role::Viewer => "Viewer: sees events and people, but no keys; changes nothing",
    }
}

/// What a token is good for.
pub fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => "Read events and people",
        Scope::Write => "Change events and people, resend links",
        Scope::Keys => "Read keys, links and codes",
    }
}

/// What a mail is for, by the outbox's name for it.
pub fn mail_kind(kind: &str) -> String {
    match kind {
        "confirmation" => "Confirmation",
        "resend" => "Access link, sent again",
        "waiting_list" => "You are on the waiting list",
        "seat" | "seated" => "You have a seat",
        "reminder" => "Reminder",
        "live" => "The event is live",
        "moved" => "The event has moved",
        "cancelled" => "The event is cancelled",
        "thank_you" | "thanks" => "Thank you",
        other => return in_words(other),
    }
    .to_owned()
}

/// What somebody did, by the audit trail's name for it.
pub fn action(code: &str) -> String {
    in_words(code)
}

/// A code that has no words of its own: `key_shown` is “Key shown”.
fn in_words(code: &str) -> String {
    let words = code.replace(['_', '.', '-'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
