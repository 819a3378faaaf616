use curtain_up_protocol::desk::Seat;

pub const SEARCH: &str = "Search";
pub const SEARCH_HELP: &str = "Name, email or external id";
pub const MAIL_STATUS: &str = "Mail status";
pub const SOURCE: &str = "Source";
pub const SEAT: &str = "Seat";
pub const ANY: &str = "Any";
pub const DID_ATTEND: &str = "Attended";
pub const DID_NOT_ATTEND: &str = "Did not attend";
pub const ACTIVE_COLUMNS: &str = "Active columns";
pub const COLUMNS_TEXT: &str = "Your choice is kept. Access keys and links are shown to hosts only, and showing them is written down.";
pub const EXPORT: &str = "Export";
pub const RESEND_TO_MANY: &str = "Resend to many";

pub const NAME: &str = "Name";
pub const REGISTERED_AT: &str = "Registered at";
pub const ACCESS_KEY: &str = "Access key";
pub const ACCESS_LINK: &str = "Access link";
pub const CODE: &str = "Code";
pub const EXTERNAL_ID: &str = "External id";
pub const CONSENTS: &str = "Consents";

pub const NOBODY: &str = "Nobody here yet.";
pub const NOBODY_FOUND: &str = "Nobody matches. Search for less, or take a filter away.";
pub const SELECT: &str = "Select";
pub const SELECT_NONE: &str = "Select nobody";

pub const RESEND: &str = "Resend access link";
pub const RESEND_HINT: &str = "Open in my mail program";
pub const SEND_NOW: &str = "Send now";
pub const SEND_NOW_HINT: &str = "Curtain Up mails the access link";
pub const SEND_WAITING_HINT: &str = "Curtain Up mails that they are on the waiting list";
pub const COPY_LINK: &str = "Copy access link";
pub const LINK_COPIED: &str = "The access link is copied.";
pub const SHOW_KEY: &str = "Show access key";
pub const CORRECT: &str = "Correct the address";
pub const REPLACE_KEY: &str = "Replace the key";
pub const MOVE_PERSON: &str = "Move to another date";
pub const CANCEL_PERSON: &str = "Cancel the registration";
pub const ERASE: &str = "Erase";

pub const LINK_SENT_AGAIN: &str = "The access link is on its way.";
pub const WAITING_SENT_AGAIN: &str = "A mail is on its way that says they are on the waiting list.";
pub const MAIL_PROGRAM: &str = "Your mail program opens with the access link.";
pub const KEY_TITLE: &str = "Access key";
pub const KEY_TEXT: &str = "Read it aloud digit by digit; it works with the email address. That you saw it is written down.";
pub const NEW_ADDRESS: &str = "New email address";
pub const REPLACE_TITLE: &str = "Replace the key?";
pub const MOVE_TEXT_PERSON: &str = "They leave this event's list, join the other one's, and get a mail with a new link.";
pub const MOVE_TO: &str = "To";
pub const PERSON_MOVED: &str = "They are on the other list now.";
pub const NO_OTHER_EVENT: &str = "There is no other event to move to. Duplicate this one first.";
pub const CANCEL_PERSON_TITLE: &str = "Cancel the registration?";
pub const CANCEL_PERSON_TEXT: &str = "Their link lets nobody in, and their seat is free. They may register again.";
pub const PERSON_CANCELLED: &str = "The registration is cancelled.";
pub const ERASE_TITLE: &str = "Erase this person?";
pub const ERASE_TEXT: &str = "Everything about them at this event is gone: answers, mails, links, exports to come. At other events they stay until you erase them there too. No list brings them back; they themselves can register again. This cannot be taken back.";
pub const ERASED: &str = "The person is erased.";

pub const PROFILE: &str = "Profile";
pub const TIMELINE: &str = "Mails";
pub const ANSWERS: &str = "Answers";
pub const LANGUAGE: &str = "Language";
pub const ZONE: &str = "Time zone";
pub const REMINDERS_OFF: &str = "Wants no reminders";
pub const REFERRER: &str = "Came from";
pub const CLOSE_PANE: &str = "Close the side pane";
pub const OPENED_AT: &str = "opened";
pub const CLICKED_AT: &str = "clicked";

pub const BULK_TITLE: &str = "Resend access links";
pub const BULK_TEXT: &str = "Everybody gets the access link by mail, one after another. You can stop it at any time.";
pub const BULK_BOUNCED: &str = "Everybody whose mail bounced";
pub const BULK_NEVER_OPENED: &str = "Everybody who never opened the mail";
pub const BULK_SELECTION: &str = "Those I have selected";
pub const BULK_FILTER: &str = "Everybody the filter shows";
pub const BULK_GO: &str = "Resend";
pub const STOP: &str = "Stop";
pub const BULK_DONE: &str = "Access links are resent.";
pub const BULK_STOPPED: &str = "Stopped. What was sent is sent.";

pub const EXPORT_TITLE: &str = "Export people";
pub const ALL_COLUMNS: &str = "All columns";
pub const ALL_COLUMNS_HELP: &str = "With access keys and access links. It is written down.";
pub const THESE_COLUMNS: &str = "The active columns";
pub const COLUMNS: &str = "Columns";
pub const FORMAT: &str = "Format";
pub const CSV: &str = "CSV, for spreadsheets";
pub const JSON_LINES: &str = "JSON Lines, for programs";
pub const BOM: &str = "With a byte order mark";
pub const BOM_HELP: &str = "Excel needs it to read accents.";
pub const DELIVERY: &str = "How you get it";
pub const BY_MAIL: &str = "By email, as a link";
pub const AT_ONCE: &str = "Download now";
pub const RUN_EXPORT: &str = "Run the export";
pub const EXPORT_PROMISED: &str = "The export comes to you by email.";
pub const EXPORT_FILTERED: &str = "Only people the filter shows are exported.";

/// What correcting an address does to somebody with this seat.
pub fn correct_text(seat: Seat) -> &'static str {
    match seat {
        Seat::Confirmed => "The link and key of before stop working at once. A mail with a new link goes to the new address.",
        Seat::WaitingList => {
            "The link and key of before stop working at once. A mail to the new address says that they are on the waiting list."
        }
        Seat::Cancelled | Seat::Anonymous => "Nothing is mailed.",
    }
}

/// That an address is corrected.
pub fn corrected(seat: Seat) -> &'static str {
    match seat {
        Seat::Confirmed => "The address is corrected, and a new link is on its way.",
        Seat::WaitingList => "The address is corrected, and a mail is on its way that says they are on the waiting list.",
        Seat::Cancelled | Seat::Anonymous => "The address is corrected.",
    }
}

/// What replacing the key does to somebody with this seat.
pub fn replace_text(seat: Seat) -> &'static str {
    match seat {
        Seat::WaitingList => "The link and key of before stop working at once. A mail goes out that says they are on the waiting list.",
        _ => "The link and key of before stop working at once. A mail with a new link goes out.",
    }
}

/// That a key is replaced.
pub fn replaced(seat: Seat) -> &'static str {
    match seat {
        Seat::WaitingList => "The key is replaced, and a mail is on its way that says they are on the waiting list.",
        _ => "The key is replaced, and a new link is on its way.",
    }
}

/// How many people there are.
pub fn people(count: i64) -> String {
    match count {
        1 => "1 person".to_owned(),
        count => format!("{} people", super::number(count)),
    }
}

/// How many are selected, and how many of them are not among those that are shown.
pub fn selected(count: usize, beyond: usize) -> String {
    match beyond {
        0 => format!("{count} selected"),
        beyond => format!("{count} selected, {beyond} of them out of sight"),
    }
}

/// Sends many their link: those who are selected.
pub fn bulk_selection(selected: &str) -> String {
    format!("{BULK_SELECTION}: {selected}")
}

/// How far a job is.
pub fn progress(done: i64, total: i64) -> String {
    format!("{} of {} resent", super::number(done), super::number(total))
}

/// Whose key is shown.
pub fn select_person(name: &str) -> String {
    format!("{SELECT} {name}")
}
