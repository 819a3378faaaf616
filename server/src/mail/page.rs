//! What stands in a mail, as text and as HTML: one page for all kinds, in the words of its reader or of the host.

use super::{
    calendar,
    letter::{LetterError, Letterhead, access_link, words_for},
    paint::{Paint, paint},
    when::{When, when},
    words::{Opening, Words, fill},
};
use crate::{
    store::{
        event::Event,
        outbox::MailKind,
        registrant::{Registrant, Seat},
    },
    trust::{access_keys::AccessKey, mail_signature},
};
use askama::Template;

/// A mail without its envelope.
pub struct Page {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// Its HTML.
    pub html: String,
    /// The access link in it, where there is one.
    pub(super) link: Option<String>,
    /// The address that ends reminders, where there is one.
    pub(super) stop: Option<String>,
}

/// What both templates show.
struct Contents<'a> {
    words: &'static Words,
    title: &'a str,
    /// What the mail says first, with the link as an address where the host has put it there.
    opening: String,
    paragraphs: Vec<Paragraph>,
    when: &'a When,
    access: Option<&'a Access>,
    /// Whether the link has its place among the host's words.
    has_link_in_words: bool,
    replay: Option<&'a str>,
    calendars: Option<Calendars>,
    stop: Option<&'a str>,
    paint: Paint,
    logo: Option<&'a str>,
    /// The address of the picture that tells that the mail was opened, where it has one.
    picture: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct Text<'a>(&'a Contents<'a>);

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a>(&'a Contents<'a>);

/// A paragraph of the opening.
enum Paragraph {
    /// The button by itself.
    Button,
    /// Lines, each of texts between which the link stands.
    Lines(Vec<Vec<String>>),
}

/// What lets somebody in.
struct Access {
    link: String,
    key: String,
}

/// Addresses that add the event to a calendar.
struct Calendars {
    google: String,
    outlook: String,
}

/// Writes the page of a mail to `person`, or to the host where that is nobody. `picture` is the address of one that nobody
/// sees and that tells that the mail was opened.
///
/// # Errors
/// [`LetterError`].
pub fn write(
    kind: MailKind,
    event: &Event,
    person: Option<&Registrant>,
    picture: Option<&str>,
    head: &Letterhead,
) -> Result<Page, LetterError> {
    let words = words_for(event, person);
    let when = when(&event.plan.start, person.and_then(|person| person.zone.as_deref()), words);
    let seated = person.filter(|person| person.seat == Seat::Confirmed);
    let access = match seated {
        Some(person) if kind.has_link() => Some(access(event, person, head)?),
        _ => None,
    };
    let (first_name, last_name) = person.map_or(("", ""), |person| (&person.first_name, &person.last_name));
    let title = event.plan.title.as_str();
    let key = access.as_ref().map_or("", |access| &access.key);
    let values = [
        ("title", title),
        ("time", &when.hour),
        ("start", &when.yours),
        ("first_name", first_name),
        ("last_name", last_name),
        ("key", key),
    ];

    // Who waits for a seat has no link yet, so the host's words about it are not for them.
    let own = event.plan.settings.words.iter().find(|own| own.kind == kind && own.language == words.tag);
    let own = own.filter(|_| access.is_some() || !kind.has_link());
    let built_in = opening(words, kind);
    let (subject, pattern) = match own {
        Some(own) => (own.subject.as_str(), own.text.replace("\r\n", "\n").trim().to_owned()),
        None => (built_in.subject, format!("{}\n\n{}", greeting(words, person), built_in.sentence)),
    };
    let link = access.as_ref().map(|access| access.link.clone());
    let with_link: Vec<(&str, &str)> = values.into_iter().chain(link.as_deref().map(|link| ("link", link))).collect();

    let page = event.permalink(&head.public_url);
    // These calendars belong to somebody else, so they are told the page and not the access link.
    let has_calendars = access.is_some() && kind.has_calendar_entry();
    let stop = seated.filter(|_| kind == MailKind::Reminder).map(|person| stop_address(person, head));
    let contents = Contents {
        words,
        title,
        opening: fill(&pattern, &with_link),
        paragraphs: paragraphs(&pattern, &values),
        when: &when,
        has_link_in_words: own.is_some() && kind.has_link(),
        access: access.as_ref(),
        replay: event.plan.replay.as_deref().filter(|_| kind == MailKind::ThankYou),
        calendars: has_calendars
            .then(|| Calendars { google: calendar::google(event, page.as_str()), outlook: calendar::outlook(event, page.as_str()) }),
        stop: stop.as_deref(),
        paint: paint(&event.plan.look),
        logo: event.plan.look.logo.as_deref(),
        picture,
    };
    let (text, html) = (Text(&contents).render()?, Html(&contents).render()?);
    Ok(Page { subject: fill(subject, &values), text, html, link, stop })
}

/// The greeting still has its placeholder: what is filled in is filled in once.
fn greeting(words: &Words, person: Option<&Registrant>) -> String {
    match person {
        Some(_) => fill(words.hello, &[("name", "{first_name}")]),
        None => words.hello_host.to_owned(),
    }
}

fn paragraphs(pattern: &str, values: &[(&str, &str)]) -> Vec<Paragraph> {
    let line = |line: &str| line.split("{link}").map(|words| fill(words, values)).collect();
    let paragraph = |paragraph: &str| match paragraph.trim() {
        "{link}" => Paragraph::Button,
        text => Paragraph::Lines(text.lines().map(line).collect()),
    };
    pattern.split("\n\n").filter(|text| !text.trim().is_empty()).map(paragraph).collect()
}

pub(super) fn opening(words: &Words, kind: MailKind) -> &Opening {
    match kind {
        MailKind::Confirmation => &words.confirmation,
        MailKind::Resend => &words.resend,
        MailKind::WaitingList => &words.waiting_list,
        MailKind::Reminder => &words.reminder,
        MailKind::Live => &words.live,
        MailKind::Moved => &words.moved,
        MailKind::Cancelled => &words.cancelled,
        MailKind::ThankYou => &words.thank_you,
        MailKind::RegistrationCancelled => &words.registration_cancelled,
        MailKind::GuessingAlarm => &words.guessing_alarm,
        MailKind::BounceAlarm => &words.bounce_alarm,
    }
}

fn access(event: &Event, person: &Registrant, head: &Letterhead) -> Result<Access, LetterError> {
    let key = AccessKey::open(&person.sealed_key, &head.secrets, &person.id).ok_or(LetterError::Key)?;
    Ok(Access { link: access_link(event, person, &key, &head.public_url, &head.secrets), key: key.reveal().to_owned() })
}

fn stop_address(person: &Registrant, head: &Letterhead) -> String {
    format!("{}/unsubscribe?person={}&sig={}", head.public_url, person.id, mail_signature::of_unsubscribing(&head.secrets, &person.id))
}
