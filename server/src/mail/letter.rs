//! What a mail says: one letter a kind, as text and as HTML, from the templates in `templates/`.

use super::calendar;
use crate::{
    store::{
        event::Event,
        outbox::{LeasedMail, MailKind},
        registrant::Registrant,
    },
    trust::{access_keys::AccessKey, link_signature, secrets::Secrets},
};
use askama::Template;
use chrono::DateTime;
use chrono_tz::Tz;
use curtain_up_protocol::{AccessLink, Timestamp};
use lettre::{
    Message,
    message::{Attachment, Mailbox, MultiPart, SinglePart, header},
};

/// What every letter needs to know of this server.
#[derive(Clone)]
pub struct Letterhead {
    /// Whom mails are from.
    pub from: Mailbox,
    /// The server's own address, without a slash at its end.
    pub public_url: String,
    /// The host in Message-IDs and calendar UIDs.
    pub host: String,
    /// What links are signed and keys are opened with.
    pub secrets: Secrets,
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
#[template(path = "link_mail.txt")]
struct LinkText<'a>(&'a LinkMail);

#[derive(Template)]
#[template(path = "link_mail.html")]
struct LinkHtml<'a>(&'a LinkMail);

/// What the mails that hold an access link say.
struct LinkMail {
    opening: String,
    greeting: String,
    title: String,
    link: String,
    key: String,
    when: When,
    google: String,
    outlook: String,
}

#[derive(Template)]
#[template(path = "notice_mail.txt")]
struct NoticeText<'a>(&'a NoticeMail);

#[derive(Template)]
#[template(path = "notice_mail.html")]
struct NoticeHtml<'a>(&'a NoticeMail);

/// What the mails without a link say.
struct NoticeMail {
    greeting: String,
    title: String,
    words: String,
    when: When,
}

/// The start as its reader tells the time, and as the event's host does where that differs.
struct When {
    yours: String,
    theirs: Option<String>,
}

/// Writes the message of an outbox row.
///
/// # Errors
/// [`LetterError`].
pub fn write(mail: &LeasedMail, head: &Letterhead, now: Timestamp) -> Result<Message, LetterError> {
    let event = &mail.event;
    let title = &event.plan.title;
    match (mail.kind, &mail.registrant) {
        (MailKind::Confirmation, Some(person)) => link_mail(mail, person, head, now, format!("You are registered for {title}.")),
        (MailKind::Resend, Some(person)) => link_mail(mail, person, head, now, format!("Here is your access link for {title} again.")),
        (MailKind::WaitingList, Some(person)) => notice_mail(mail, person, head, WAITING_LIST),
        (MailKind::GuessingAlarm, _) => {
            let host = event.plan.host_email.as_deref().ok_or(LetterError::NoRecipient)?;
            let to = Mailbox::new(None, host.parse().map_err(|_| LetterError::Address)?);
            let notice = NoticeMail { greeting: "Hello,".into(), title: title.clone(), words: GUESSING.into(), when: when(event, None) };
            let body = alternative(NoticeText(&notice).render()?, NoticeHtml(&notice).render()?);
            Ok(envelope(mail, head, to, format!("Somebody guesses access keys: {title}"))?.multipart(body)?)
        }
        (_, None) => Err(LetterError::NoRecipient),
    }
}

const WAITING_LIST: &str = "All seats are taken, so you are on the waiting list. As soon as a seat is free, we send you your access link.";
const GUESSING: &str = "Too many wrong access keys were tried at your event. From now on only the links that were mailed let people in; \
     keys that are typed by hand do not. Whoever has lost their link gets it again from the registration page.";

fn link_mail(mail: &LeasedMail, person: &Registrant, head: &Letterhead, now: Timestamp, opening: String) -> Result<Message, LetterError> {
    let event = &mail.event;
    let key = AccessKey::open(&person.sealed_key, &head.secrets, &person.id).ok_or(LetterError::Key)?;
    let link = access_link(event, person, &key, head);
    let page = event.permalink(&head.public_url);
    let letter = LinkMail {
        opening,
        greeting: greeting(person),
        title: event.plan.title.clone(),
        key: key.reveal().to_owned(),
        when: when(event, person.zone.as_deref()),
        // These calendars belong to somebody else, so they are told the page and not the access link.
        google: calendar::google(event, page.as_str()),
        outlook: calendar::outlook(event, page.as_str()),
        link,
    };
    let body = alternative(LinkText(&letter).render()?, LinkHtml(&letter).render()?);
    let entry = calendar::ics(event, &letter.link, &head.host, now);
    let calendar_type = header::ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH").map_err(|_| LetterError::Address)?;
    let attachment = Attachment::new("event.ics".to_owned()).body(entry, calendar_type);
    let subject = match mail.kind {
        MailKind::Resend => format!("Your access link: {}", letter.title),
        _ => format!("You are registered: {}", letter.title),
    };
    let whole = MultiPart::mixed().multipart(body).singlepart(attachment);
    Ok(envelope(mail, head, mailbox(person)?, subject)?.multipart(whole)?)
}

fn notice_mail(mail: &LeasedMail, person: &Registrant, head: &Letterhead, words: &str) -> Result<Message, LetterError> {
    let title = mail.event.plan.title.clone();
    let subject = format!("You are on the waiting list: {title}");
    let notice = NoticeMail { greeting: greeting(person), title, words: words.to_owned(), when: when(&mail.event, person.zone.as_deref()) };
    let body = alternative(NoticeText(&notice).render()?, NoticeHtml(&notice).render()?);
    Ok(envelope(mail, head, mailbox(person)?, subject)?.multipart(body)?)
}

/// The link that lets a registrant in, signed.
pub fn access_link(event: &Event, person: &Registrant, key: &AccessKey, head: &Letterhead) -> String {
    let sig = link_signature::sign(&head.secrets, &event.id, &person.canonical_email, key.reveal());
    let access = AccessLink { email: person.email.clone(), key: key.reveal().to_owned(), sig: Some(sig) };
    event.permalink(&head.public_url).link(&access)
}

/// The headers that all letters share. The Message-ID is made from the row and stays the same however often the mail
/// is tried, so that a mailbox can tell a second delivery from a second mail (RFC 5322, 3.6.4).
fn envelope(mail: &LeasedMail, head: &Letterhead, to: Mailbox, subject: String) -> Result<lettre::message::MessageBuilder, LetterError> {
    let mut builder = Message::builder()
        .from(head.from.clone())
        .to(to)
        .subject(one_line(&subject))
        .message_id(Some(format!("<{}@{}>", mail.id, head.host)))
        .header(AutoSubmitted);
    if let Some(host) = &mail.event.plan.host_email {
        builder = builder.reply_to(Mailbox::new(None, host.parse().map_err(|_| LetterError::Address)?));
    }
    Ok(builder)
}

/// `Auto-Submitted: auto-generated` (RFC 3834): holiday replies stay away.
#[derive(Clone)]
struct AutoSubmitted;

impl header::Header for AutoSubmitted {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
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

fn greeting(person: &Registrant) -> String {
    format!("Hello {},", person.first_name)
}

fn alternative(text: String, html: String) -> MultiPart {
    MultiPart::alternative().singlepart(SinglePart::plain(text)).singlepart(SinglePart::html(html))
}

/// Host text in a header stays on its line.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control()).collect::<Vec<_>>().join(" ").trim().to_owned()
}

fn when(event: &Event, zone: Option<&str>) -> When {
    let start = &event.plan.start;
    let utc = start.at.to_utc().unwrap_or_default();
    let yours = utc.with_timezone(&zone.and_then(|zone| zone.parse().ok()).unwrap_or(start.zone));
    let theirs = utc.with_timezone(&start.zone);
    let in_words = |time: DateTime<Tz>| time.format("%A, %-d %B %Y, %H:%M (%Z, ").to_string() + time.timezone().name() + ")";
    When { theirs: (yours.naive_local() != theirs.naive_local()).then(|| in_words(theirs)), yours: in_words(yours) }
}
