pub const NEW_EVENT: &str = "New event";
pub const NO_EVENTS: &str = "No event yet. Make the first one.";
pub const NO_EVENTS_FOR_VIEWERS: &str = "No event yet.";
pub const SHOW_ARCHIVED: &str = "Show archived events";
pub const ARCHIVED: &str = "Archived";
pub const TITLE_COLUMN: &str = "Event";
pub const START: &str = "Start";
pub const PHASE: &str = "Phase";
pub const REGISTERED: &str = "Registered";
pub const ATTENDED: &str = "Attended";

pub const OVERVIEW: &str = "Overview";
pub const PEOPLE: &str = "People";
pub const EDIT: &str = "Edit";
pub const TRY_IT: &str = "Try it";
pub const EVENT_PAGES: &str = "Pages of this event";

pub const NOW_HEADING: &str = "Right now";
pub const WAITING_NOW: &str = "Waiting now";
pub const PRESENT_NOW: &str = "In the room";
pub const CONFIRMED: &str = "Confirmed";
pub const WAITING_LIST: &str = "Waiting list";
pub const CANCELLED: &str = "Cancelled";
pub const MAIL_HEADING: &str = "Mail";
pub const NO_MAIL: &str = "No mail yet.";
pub const BOUNCE_RATE: &str = "Bounce rate";
pub const FAILED_GUESSES: &str = "Failed guesses of keys and codes";

pub const START_NOW: &str = "Start now";
pub const END: &str = "End";
pub const RESCHEDULE: &str = "Reschedule";
pub const POSTPONE: &str = "Postpone";
pub const CANCEL_EVENT: &str = "Cancel the event";
pub const DUPLICATE: &str = "Duplicate";
pub const ARCHIVE: &str = "Archive";
pub const UNARCHIVE: &str = "Take out of the archive";
pub const RUN_HEADING: &str = "Run the event";

pub const START_TITLE: &str = "Start the event now?";
pub const START_TEXT: &str = "Everybody who waits is let into the room, and everybody else gets a mail that it is live.";
pub const END_TITLE: &str = "End the event?";
pub const END_TEXT: &str = "Nobody is let into the room any more. People get a mail of thanks, with the replay where there is one.";
pub const CANCEL_TITLE: &str = "Cancel the event?";
pub const CANCEL_TEXT: &str = "Everybody on the list gets a mail that it will not take place. This cannot be taken back.";
pub const MOVE_TEXT: &str = "Every countdown moves at once, and everybody gets a mail with a new calendar entry.";
pub const POSTPONE_BY: &str = "Later by";
pub const NEW_START: &str = "New start";
pub const STARTED: &str = "The event is live.";
pub const ENDED: &str = "The event has ended.";
pub const EVENT_CANCELLED: &str = "The event is cancelled.";
pub const MOVED: &str = "The event has moved. Everybody gets a mail.";
pub const ARCHIVE_TITLE: &str = "Archive the event?";
pub const ARCHIVE_TEXT: &str = "It leaves the list of events. Nobody is told, and every link works as before.";
pub const EVENT_ARCHIVED: &str = "The event is in the archive.";
pub const EVENT_UNARCHIVED: &str = "The event is back.";

pub const EMBED_HEADING: &str = "Put it on your page";
pub const EMBED_TEXT: &str = "Paste this where the form shall be.";
pub const COPY_SNIPPET: &str = "Copy the snippet";
pub const PERMALINK: &str = "Permalink";
pub const HOSTED_PAGE: &str = "Page of its own";
pub const TRY_TEXT: &str = "The element on a blank page, as visitors see it. What you do here is real: a registration is one.";

pub const DUPLICATE_TITLE: &str = "Duplicate the event";
pub const DUPLICATE_TEXT: &str = "Everything but people and times is copied.";
pub const ANOTHER_DATE: &str = "It is another date of the same series";
pub const SERIES_HELP: &str = "Dates of one series; people can be moved between them.";
pub const DUPLICATED: &str = "The copy is made.";
pub const SERIES: &str = "Series";

/// How long it is until the start, or how long ago that was.
pub fn until(seconds: i64) -> String {
    let (ahead, seconds) = (seconds >= 0, seconds.abs());
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    let words = match (days, hours, minutes) {
        (0, 0, 0) => format!("{} s", seconds % 60),
        (0, 0, minutes) => format!("{minutes} min {:02} s", seconds % 60),
        (0, hours, minutes) => format!("{hours} h {minutes:02} min"),
        (days, hours, _) => format!("{days} d {hours} h"),
    };
    if ahead { format!("Starts in {words}") } else { format!("Start was {words} ago") }
}

/// A share as hosts read it.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// Seats that are taken, of those there are.
pub fn seats(taken: i64, capacity: Option<i64>) -> String {
    match capacity {
        Some(capacity) => format!("{} of {}", number(taken), number(capacity)),
        None => number(taken),
    }
}

/// A number with its thousands apart.
pub fn number(number: i64) -> String {
    let digits = number.abs().to_string();
    let mut written = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    if number < 0 { format!("-{written}") } else { written }
}
