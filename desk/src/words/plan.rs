use curtain_up_protocol::{FieldKind, KeyFormat};

pub const EDIT_HEADING: &str = "Edit the event";
pub const CREATE: &str = "Create the event";
pub const CREATED: &str = "The event is there.";
pub const SAVED: &str = "Saved.";
pub const WRONG: &str = "Something will not do. Look at the marked fields.";

pub const BASICS: &str = "The event";
pub const TITLE: &str = "Title";
pub const SLUG: &str = "Name in addresses";
pub const SLUG_HELP: &str = "a–z, 0–9 and hyphens. It never changes.";
pub const DESCRIPTION: &str = "Description";
pub const COVER: &str = "Cover picture";
pub const COVER_HELP: &str = "https: address of a picture above the title";
pub const HELD_IN: &str = "Language it is held in";
pub const HELD_IN_HELP: &str = "Such as en, de or pt-BR";
pub const HOST_EMAIL: &str = "Your address for replies";

pub const WHEN: &str = "When";
pub const DURATION: &str = "Duration in minutes";
pub const STARTS_BY_ITSELF: &str = "Starts by itself";
pub const STARTS_BY_ITSELF_HELP: &str = "Otherwise it is live when you say so.";
pub const IMPOSSIBLE: &str = "The clocks go forward over this time: it does not exist. Which one do you mean?";
pub const AMBIGUOUS: &str = "The clocks go back over this time: it comes twice. Which one do you mean?";
pub const OPENS: &str = "Registration opens";
pub const CLOSES: &str = "Registration closes";
pub const ALWAYS: &str = "Empty: no limit";

pub const WHERE: &str = "Where";
pub const ROOM_KIND: &str = "The room is";
pub const ROOM_ADDRESS_KIND: &str = "a page to go to";
pub const ROOM_FRAME_KIND: &str = "shown in a frame on the page";
pub const ROOM_ADDRESS: &str = "Address of the room";
pub const ROOM_HELP: &str = "https: only; told to people with a link, only while the event is live";
pub const ROOM_HOSTS: &str = "Allowed hosts of the room";
pub const ROOM_HOSTS_HELP: &str = "One a line, such as meet.example.com. Empty: any.";
pub const REPLAY: &str = "Replay";
pub const REPLAY_HELP: &str = "https: address, offered after the end";
pub const PERMALINK_HELP: &str = "The page on which the element stands. Empty: the page of its own.";
pub const ORIGINS: &str = "Allowed origins";
pub const ORIGINS_HELP: &str = "Pages that may embed it, one a line, such as https://www.example.com. Empty: any.";

pub const REGISTRATION: &str = "Registration";
pub const CAPACITY: &str = "Seats";
pub const CAPACITY_HELP: &str = "Empty: no limit. Whoever comes later joins the waiting list.";
pub const KEY_FORMAT: &str = "Access keys";
pub const LINK_STYLE: &str = "Access links";
pub const LINK_SIGNED: &str = "Signed: they work even while somebody guesses at keys";
pub const LINK_SHORT: &str = "Short: address and key, as one would type them";
pub const INSTANT: &str = "Let new people in at once";
pub const INSTANT_HELP: &str = "It tells who is registered already, and anybody can come in under any address. For open events only.";
pub const TRACK_OPENS: &str = "Find out who opens their mails";
pub const TRACK_OPENS_HELP: &str = "A picture that nobody sees is put into mails, and fetched when they are opened. Say so in your privacy notice; in some countries people must agree first. It is a guess: many mail programs fetch all pictures by themselves, or none.";
pub const REMINDERS: &str = "Reminders, in minutes before the start";
pub const REMINDERS_HELP: &str = "Up to five, with commas between. Empty: none.";

pub const CODES: &str = "Access codes";
pub const REQUIRE_CODES: &str = "Require custom access codes";
pub const REQUIRE_CODES_ON: &str = "ON: only people on the list come in, by the code that you chose for them";
pub const REQUIRE_CODES_OFF: &str = "OFF: people enter without a code, as “Anonymous”";
pub const REQUIRE_CODES_UNUSED: &str = "No codes: people register and get an access link";
pub const ANONYMIZE: &str = "Anonymize attendees";
pub const ANONYMIZE_HELP: &str = "Nobody is known by name in the event, even where codes are required.";
pub const ONE_DEVICE: &str = "One device at a time";
pub const ONE_DEVICE_HELP: &str =
    "Whoever types a code that is in use on another device is asked to continue here; the other one is told. Where codes are required.";
pub const CARRY_OVER: &str = "For people to go from one event to another without typing their code again, “Require custom access codes” is ON and “Anonymize attendees” OFF in both.";

pub const FORM: &str = "Questions and consents";
pub const FORM_HELP: &str = "First name, last name and email are always asked for.";
pub const ADD_FIELD: &str = "Add a question";
pub const ADD_CONSENT: &str = "Add a consent";
pub const QUESTION: &str = "Question";
pub const KIND: &str = "Kind of answer";
pub const HELP_TEXT: &str = "Help below it";
pub const ID: &str = "Id";
pub const ID_HELP: &str = "a–z, 0–9 and _; the name of its column";
pub const REQUIRED: &str = "Needed to register";
pub const CHOICES: &str = "Choices";
pub const CHOICES_HELP: &str = "One a line";
pub const SMALLEST: &str = "Smallest number";
pub const LARGEST: &str = "Largest number";
pub const UP: &str = "Move up";
pub const DOWN: &str = "Move down";
pub const CONSENT: &str = "Consent";
pub const CONSENT_TEXT: &str = "Text to agree to";
pub const CONSENT_CHANGED: &str = "A changed text gets a new version: who agreed to the old one has not agreed to this one.";

pub const LOOK: &str = "Look";
pub const ACCENT: &str = "Accent colour";
pub const ACCENT_HELP: &str = "Such as #4338ca. Empty: the usual one.";
pub const LOGO: &str = "Logo";
pub const LOGO_HELP: &str = "https: address of a picture above the words of mails";
pub const LANGUAGES: &str = "Languages of mails";
pub const LANGUAGES_HELP: &str = "With commas between, such as en, de. Empty: all ten.";
pub const SERIES_SLUG_HELP: &str = "Dates of one series have the same word here. Empty: it stands alone.";

pub const PREVIEW: &str = "Preview";
pub const PREVIEW_STATE: &str = "Shown as";
pub const PREVIEW_TEXT: &str = "The element itself, with your questions. Nothing is sent.";
pub const PREVIEW_TITLE: &str = "Title of the event";

pub const STALE_TITLE: &str = "Somebody else has saved this event meanwhile.";
pub const STALE_TEXT: &str = "Nothing of yours is lost, and nothing was saved. They changed:";
pub const STALE_NO_FIT: &str = "Their changes and yours do not fit together. Keep yours, or take theirs.";
pub const STALE_NOTHING: &str = "They changed nothing that stands in this form.";
pub const KEEP_MINE: &str = "Save mine over theirs";
pub const KEEP_MINE_PARTS: &str = "Keep both: their changes where I changed nothing";
pub const TAKE_THEIRS: &str = "Drop mine and show theirs";

/// What a question asks for.
pub fn field_kind(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "One line of text",
        FieldKind::LongText => "Several lines of text",
        FieldKind::Email => "Email address",
        FieldKind::Choice => "One of several choices",
        FieldKind::Choices => "Any of several choices",
        FieldKind::Checkbox => "A box to tick",
        FieldKind::Telephone => "Telephone number",
        FieldKind::Country => "Country",
        FieldKind::Number => "Number",
    }
}

/// The shape of keys.
pub fn key_format(format: KeyFormat) -> &'static str {
    match format {
        KeyFormat::FourDigits => "Four digits",
        KeyFormat::SixDigits => "Six digits",
        KeyFormat::EightBase32 => "Eight letters and digits",
    }
}

/// A state of the preview, by the element's name for it.
pub fn preview_state(state: &str) -> &'static str {
    match state {
        "scheduled" => "Registration is open",
        "waiting" => "Waiting for the start",
        "live" => "Live",
        "ended" => "Ended",
        "full" => "Full",
        "cancelled" => "Cancelled",
        "not-yet-open" => "Not yet open",
        _ => "Closed",
    }
}

/// Question number so and so.
pub fn question_number(index: usize) -> String {
    format!("{QUESTION} {}", index + 1)
}

/// Consent number so and so.
pub fn consent_number(index: usize) -> String {
    format!("{CONSENT} {}", index + 1)
}

/// What a part of a plan is called, by its name in the plan.
pub fn plan_part(part: &str) -> String {
    match part {
        "title" => TITLE,
        "description" => DESCRIPTION,
        "language" => HELD_IN,
        "host_email" => HOST_EMAIL,
        "start" | "start_choice" => super::START,
        "zone" => super::ZONE,
        "duration_minutes" => DURATION,
        "starts_by_itself" => STARTS_BY_ITSELF,
        "permalink" => super::PERMALINK,
        "room" => ROOM_ADDRESS,
        "replay" => REPLAY,
        "capacity" => CAPACITY,
        "opens_at" | "opens_choice" => OPENS,
        "closes_at" | "closes_choice" => CLOSES,
        "key_format" => KEY_FORMAT,
        "instant_entry" => INSTANT,
        "origins" => ORIGINS,
        "fields" => FORM,
        "consents" => CONSENT,
        "reminders_minutes" => REMINDERS,
        "accent" => ACCENT,
        "logo" => LOGO,
        "settings.cover" => COVER,
        "settings.link_style" => LINK_STYLE,
        "settings.room_hosts" => ROOM_HOSTS,
        "settings.languages" => LANGUAGES,
        "settings.require_codes" => REQUIRE_CODES,
        "settings.anonymize" => ANONYMIZE,
        "settings.one_device" => ONE_DEVICE,
        "settings.track_opens" => TRACK_OPENS,
        "settings.words" => super::MAILS_HEADING,
        "series" => super::SERIES,
        other => return other.to_owned(),
    }
    .to_owned()
}
