//! English.

use super::{Opening, Words};
use chrono::Locale;

pub(super) const WORDS: Words = Words {
    tag: "en",
    is_right_to_left: false,
    locale: Locale::en_US,
    date_and_time: "%A, %-d %B %Y, %H:%M",
    hello: "Hello {name},",
    hello_host: "Hello,",
    confirmation: Opening { subject: "You are registered: {title}", sentence: "You are registered for {title}." },
    resend: Opening { subject: "Your access link: {title}", sentence: "Here is your access link for {title} again." },
    waiting_list: Opening {
        subject: "You are on the waiting list: {title}",
        sentence: "All seats of {title} are taken, so you are on the waiting list. As soon as a seat is free, we send you your access link.",
    },
    reminder: Opening { subject: "At {time}: {title}", sentence: "{title} starts soon." },
    live: Opening { subject: "Live now: {title}", sentence: "{title} is live. Come in." },
    moved: Opening { subject: "New time: {title}", sentence: "{title} takes place at another time. Everything else stays as it was." },
    cancelled: Opening { subject: "Cancelled: {title}", sentence: "{title} will not take place. We are sorry." },
    thank_you: Opening { subject: "Thank you: {title}", sentence: "{title} is over. Thank you for your interest." },
    registration_cancelled: Opening {
        subject: "Registration cancelled: {title}",
        sentence: "Your registration for {title} was cancelled. Your access link does not work any more.",
    },
    guessing_alarm: Opening {
        subject: "Somebody guesses access keys: {title}",
        sentence: "Too many wrong access keys were tried at {title}. From now on only the links that were mailed let people in; keys that are typed by hand do not. Whoever has lost their link gets it again from the registration page.",
    },
    bounce_alarm: Opening {
        subject: "Reminders pause: {title}",
        sentence: "More than one in twenty of the last thousand mails came back, so reminders of {title} pause until fewer do. People still get their access links. The list of people shows which addresses take no mail.",
    },
    when: "When:",
    your_link: "Your access link. It is yours alone, and it works as often as you like:",
    how_it_works: "Before the start it opens the waiting page with a countdown; from the start on it takes you straight in.",
    open_link: "Open my access link",
    your_key: "Your access key:",
    key_use: "You need it only where the link does not work.",
    calendar: "Add to your calendar:",
    attached: "Others: open the attached file event.ics",
    no_button: "If the button does not work, copy this address into your browser:",
    replay: "Watch the replay",
    stop_reminders: "No more reminders of this event:",
    stop_question: "No more reminders of {title}?",
    stop_button: "Stop reminders",
    stopped: "Done. You get no more reminders of {title}. Your access link works as before.",
};
