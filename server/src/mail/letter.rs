//! What a mail says: one template for all kinds, as text and as HTML, in the words of its reader.

use super::{
    calendar,
    headers::{AutoSubmitted, ListUnsubscribe, ListUnsubscribePost},
    paint::{Paint, paint},
    when::{When, when},
    words::{Opening, Words, fill, in_language},
};
use crate::{
    store::{
        event::Event,
        outbox::{LeasedMail, MailKind},
        registrant::{Registrant, Seat},
    },
    trust::{access_keys::AccessKey, link_signature, mail_signature, secrets::Secrets},
};
use askama::Template;
use curtain_up_protocol::{AccessLink, Timestamp, desk::LinkStyle};
use lettre::{
    Address, Message,
    address::Envelope,
    message::{Attachment, Mailbox, MultiPart, SinglePart, dkim::DkimConfig, header},
};
use std::sync::Arc;

/// What every letter needs to know of this server.
#[derive(Clone)]
pub struct Letterhead {
    /// Whom mails are from.
    pub from: Mailbox,
    /// The server's own address, without a slash at its end.
    pub public_url: String,
    /// The host in Message-IDs.
    pub host: String,
    /// What links are signed and keys are opened with.
    pub secrets: Secrets,
    /// The domain of Return-Paths, where bounces are taken in.
    pub bounce_domain: Option<String>,
    /// How mails are signed, where they are.
    pub signing: Option<Arc<DkimConfig>>,
}

/// Why a letter cannot be written. None of these goes away by trying again.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// The row names nobody to write to.
    #[error("nobody to write to")]
    NoRecipient,
    /// The address is none that lettre takes.
    #[error("the recipient's address cannot be written to")]
    Address,
    /// The key was sealed with another secret.
    #[error("the access key cannot be opened; was the secret file replaced?")]
    Key,
    /// A template failed.
    #[error("the template failed: {0}")]
    Template(#[from] askama::Error),
    /// The message could not be put together.
    #[error("the message could not be put together: {0}")]
    Message(#[from] lettre::error::Error),
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct Text<'a> {
    words: &'a Words,
    greeting: &'a str,
    opening: &'a str,
    when: &'a When,
    access: Option<&'a Access>,
    replay: Option<&'a str>,
    calendars: Option<&'a Calendars>,
    stop: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    words: &'a Words,
    title: &'a str,
    greeting: &'a str,
    opening: &'a str,
    when: &'a When,
    access: Option<&'a Access>,
    replay: Option<&'a str>,
    calendars: Option<&'a Calendars>,
    stop: Option<&'a str>,
    paint: Paint,
    logo: Option<&'a str>,
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

/// Writes the message of an outbox row.
///
/// # Errors
/// [`LetterError`].
pub fn write(mail: &LeasedMail, head: &Letterhead, now: Timestamp) -> Result<Message, LetterError> {
    let (event, person) = (&mail.event, mail.registrant.as_ref());
    let is_to_host = matches!(mail.kind, MailKind::GuessingAlarm | MailKind::BounceAlarm);
    let (to, person) = match (is_to_host, person) {
        (true, _) => (host_mailbox(event)?, None),
        (false, Some(person)) => (mailbox(person)?, Some(person)),
        (false, None) => return Err(LetterError::NoRecipient),
    };
    let words = words_for(event, person);
    let when = when(&event.plan.start, person.and_then(|person| person.zone.as_deref()), words);
    let title = event.plan.title.as_str();
    let Opening { subject, sentence } = opening(words, mail.kind);
    let values = [("title", title), ("time", when.hour.as_str())];

    let seated = person.filter(|person| person.seat == Seat::Confirmed);
    let access = match seated {
        Some(person) if has_link(mail.kind) => Some(access(event, person, head)?),
        _ => None,
    };
    let page = event.permalink(&head.public_url);
    // These calendars belong to somebody else, so they are told the page and not the access link.
    let has_calendars = access.is_some() && has_calendar_entry(mail.kind);
    let calendars = has_calendars
        .then(|| Calendars { google: calendar::google(event, page.as_str()), outlook: calendar::outlook(event, page.as_str()) });
    let stop = seated.filter(|_| mail.kind == MailKind::Reminder).map(|person| stop_address(person, head));
    let replay = event.plan.replay.as_deref().filter(|_| mail.kind == MailKind::ThankYou);
    let greeting = match person {
        Some(person) => fill(words.hello, &[("name", &person.first_name)]),
        None => words.hello_host.to_owned(),
    };
    let sentence = fill(sentence, &values);

    let (access, calendars, stop) = (access.as_ref(), calendars.as_ref(), stop.as_deref());
    let (greeting, opening, when) = (greeting.as_str(), sentence.as_str(), &when);
    let text = Text { words, greeting, opening, when, access, replay, calendars, stop }.render()?;
    let (paint, logo) = (paint(&event.plan.look), event.plan.look.logo.as_deref());
    let html = Html { words, title, greeting, opening, when, access, replay, calendars, stop, paint, logo }.render()?;
    let body = MultiPart::alternative().singlepart(SinglePart::plain(text)).singlepart(SinglePart::html(html));
    let whole = match seated.filter(|_| has_calendar_entry(mail.kind)) {
        Some(_) => MultiPart::mixed().multipart(body).singlepart(calendar_file(
            event,
            access.map_or(page.as_str(), |access| &access.link),
            head,
            now,
        )?),
        None => body,
    };
    let mut message = envelope(mail, head, to, fill(subject, &values), stop)?.multipart(whole)?;
    if let Some(signing) = &head.signing {
        message.sign(signing);
    }
    Ok(message)
}

fn opening(words: &Words, kind: MailKind) -> &Opening {
    match kind {
        MailKind::Confirmation => &words.confirmation,
        MailKind::Resend => &words.resend,
        MailKind::WaitingList => &words.waiting_list,
        MailKind::Reminder => &words.reminder,
        MailKind::Live => &words.live,
        MailKind::Moved => &words.moved,
        MailKind::Cancelled => &words.cancelled,
        MailKind::ThankYou => &words.thank_you,
        MailKind::GuessingAlarm => &words.guessing_alarm,
        MailKind::BounceAlarm => &words.bounce_alarm,
    }
}

fn has_link(kind: MailKind) -> bool {
    matches!(kind, MailKind::Confirmation | MailKind::Resend | MailKind::Reminder | MailKind::Live | MailKind::Moved)
}

fn has_calendar_entry(kind: MailKind) -> bool {
    matches!(kind, MailKind::Confirmation | MailKind::Resend | MailKind::Moved | MailKind::Cancelled)
}

fn access(event: &Event, person: &Registrant, head: &Letterhead) -> Result<Access, LetterError> {
    let key = AccessKey::open(&person.sealed_key, &head.secrets, &person.id).ok_or(LetterError::Key)?;
    Ok(Access { link: access_link(event, person, &key, &head.public_url, &head.secrets), key: key.reveal().to_owned() })
}

/// The link that lets a registrant in, in the style that the host chose.
pub fn access_link(event: &Event, person: &Registrant, key: &AccessKey, public_url: &str, secrets: &Secrets) -> String {
    let sign = || link_signature::sign(secrets, &event.id, &person.canonical_email, key.reveal());
    let sig = (event.plan.settings.link_style == LinkStyle::Signed).then(sign);
    event.permalink(public_url).link(&AccessLink { email: person.email.clone(), key: key.reveal().to_owned(), sig })
}

/// The words that a registrant reads: in their own language, where the event is offered in it, else in the event's.
pub fn words_for(event: &Event, person: Option<&Registrant>) -> &'static Words {
    let offered = &event.plan.settings.languages;
    let language = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let is_offered = |tag: &&str| offered.is_empty() || offered.iter().any(|other| language(other) == language(tag));
    let own = person.and_then(|person| person.language.as_deref()).filter(is_offered);
    in_language(own.into_iter().chain([event.plan.language.as_str()]))
}

fn stop_address(person: &Registrant, head: &Letterhead) -> String {
    format!("{}/unsubscribe?person={}&sig={}", head.public_url, person.id, mail_signature::of_unsubscribing(&head.secrets, &person.id))
}

fn calendar_file(event: &Event, link: &str, head: &Letterhead, now: Timestamp) -> Result<SinglePart, LetterError> {
    let organizer = event.plan.host_email.clone().unwrap_or_else(|| head.from.email.to_string());
    let permalink = event.permalink(&head.public_url);
    let host = permalink.as_str().split('/').nth(2).unwrap_or_default();
    let entry = calendar::ics(event, link, &organizer, host, now);
    let kind = format!("text/calendar; charset=utf-8; method={}", calendar::method(event));
    let kind = header::ContentType::parse(&kind).map_err(|_| LetterError::Address)?;
    Ok(Attachment::new("event.ics".to_owned()).body(entry, kind))
}

/// The headers that all letters share. The Message-ID is made from the row and stays the same however often the mail
/// is tried, so that a mailbox can tell a second delivery from a second mail (RFC 5322, 3.6.4).
fn envelope(
    mail: &LeasedMail,
    head: &Letterhead,
    to: Mailbox,
    subject: String,
    stop: Option<&str>,
) -> Result<lettre::message::MessageBuilder, LetterError> {
    let mut builder = Message::builder();
    if let Some(domain) = &head.bounce_domain {
        let local = mail_signature::return_path(&head.secrets, &mail.id);
        let back = Address::new(local, domain).map_err(|_| LetterError::Address)?;
        builder = builder.envelope(Envelope::new(Some(back), vec![to.email.clone()])?);
    }
    builder = builder
        .from(head.from.clone())
        .to(to)
        .subject(one_line(&subject))
        .message_id(Some(format!("<{}@{}>", mail.id, head.host)))
        .header(AutoSubmitted);
    if let Some(host) = &mail.event.plan.host_email {
        builder = builder.reply_to(Mailbox::new(None, host.parse().map_err(|_| LetterError::Address)?));
    }
    if let Some(stop) = stop {
        builder = builder.header(ListUnsubscribe(stop.to_owned())).header(ListUnsubscribePost);
    }
    Ok(builder)
}

fn host_mailbox(event: &Event) -> Result<Mailbox, LetterError> {
    let host = event.plan.host_email.as_deref().ok_or(LetterError::NoRecipient)?;
    Ok(Mailbox::new(None, host.parse().map_err(|_| LetterError::Address)?))
}

fn mailbox(person: &Registrant) -> Result<Mailbox, LetterError> {
    let name = one_line(&format!("{} {}", person.first_name, person.last_name));
    Ok(Mailbox::new(Some(name), with_ascii_domain(&person.email).parse().map_err(|_| LetterError::Address)?))
}

/// The address with its domain as the domain name system knows it (RFC 5891): few mail servers take `ada@bücher.example`.
fn with_ascii_domain(email: &str) -> String {
    match email.rsplit_once('@').map(|(local, domain)| (local, domain, url::Host::parse(domain))) {
        Some((local, domain, Ok(url::Host::Domain(ascii)))) if !domain.is_ascii() => format!("{local}@{ascii}"),
        _ => email.to_owned(),
    }
}

/// Host text in a header stays on its line.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control()).collect::<Vec<_>>().join(" ").trim().to_owned()
}
