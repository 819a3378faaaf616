//! A mail as it leaves: envelope, headers, the page as text and HTML, and the calendar entry.

use super::{
    calendar,
    headers::{AutoSubmitted, ListUnsubscribe, ListUnsubscribePost},
    page::{self, Page},
    recipient::{host, one_line, recipient},
    sample,
    words::{Words, in_language},
};
use crate::{
    store::{
        event::Event,
        outbox::{LeasedMail, MailKind},
        registrant::{Registrant, Seat},
    },
    trust::{access_keys::AccessKey, link_signature, mail_signature, secrets::Secrets},
};
use curtain_up_protocol::{AccessLink, Door, Timestamp, desk::LinkStyle};
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

impl Letterhead {
    /// Of letters that are looked at and not sent.
    ///
    /// # Errors
    /// [`LetterError::Address`], never: the address is a fixed one.
    pub fn of_preview(public_url: &str, secrets: Secrets) -> Result<Self, LetterError> {
        let from = "curtain-up@localhost.localdomain".parse().map_err(|_| LetterError::Address)?;
        Ok(Self { from, public_url: public_url.to_owned(), host: String::new(), secrets, bounce_domain: None, signing: None })
    }
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

/// Writes the message of an outbox row.
///
/// # Errors
/// [`LetterError`].
pub fn write(mail: &LeasedMail, head: &Letterhead, now: Timestamp) -> Result<Message, LetterError> {
    let event = &mail.event;
    let to = recipient(mail)?;
    let nobody = mail.sample.as_ref().map(|sample| sample::person(event, &sample.language, &head.secrets));
    let person = nobody.as_ref().or(mail.registrant.as_ref()).filter(|_| !mail.kind.is_to_host());
    let Page { mut subject, text, html, link, stop } = page::write(mail.kind, event, person, picture(mail, head).as_deref(), head)?;
    if mail.sample.is_some() {
        subject.insert_str(0, "[Test] ");
    }
    let body = MultiPart::alternative().singlepart(SinglePart::plain(text)).singlepart(SinglePart::html(html));
    let is_seated = person.is_some_and(|person| person.seat == Seat::Confirmed);
    let has_entry = is_seated || mail.kind == MailKind::RegistrationCancelled;
    let mut files = Vec::new();
    if has_entry && mail.kind.has_calendar_entry() {
        let permalink = event.permalink(&head.public_url);
        let link = link.as_deref().unwrap_or(permalink.as_str());
        files.push(calendar_file("event.ics", event, calendar::method(event, mail.kind), link, head, now)?);
    }
    if let Some(former) = &mail.moved_from {
        files.push(calendar_file("moved.ics", former, calendar::CANCEL, former.permalink(&head.public_url).as_str(), head, now)?);
    }
    let whole = if files.is_empty() { body } else { files.into_iter().fold(MultiPart::mixed().multipart(body), MultiPart::singlepart) };
    let mut message = envelope(mail, head, to, subject, stop)?.multipart(whole)?;
    if let Some(signing) = &head.signing {
        message.sign(signing);
    }
    Ok(message)
}

/// The link that lets a registrant in, in the style that the host chose.
pub fn access_link(event: &Event, person: &Registrant, key: &AccessKey, public_url: &str, secrets: &Secrets) -> String {
    let sign = || link_signature::sign(secrets, &event.id, &person.canonical_email, key.reveal());
    let settings = &event.plan.settings;
    // Where a code is required, only a signed link lets in without one.
    let sig = (settings.link_style == LinkStyle::Signed || settings.door() == Door::Code).then(sign);
    event.access_link(public_url, &AccessLink { email: person.email.clone(), key: key.reveal().to_owned(), sig })
}

/// The words that a registrant reads: in their own language, where the event is offered in it, else in the event's.
pub fn words_for(event: &Event, person: Option<&Registrant>) -> &'static Words {
    let offered = &event.plan.settings.languages;
    let language = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let is_offered = |tag: &&str| offered.is_empty() || offered.iter().any(|other| language(other) == language(tag));
    let own = person.and_then(|person| person.language.as_deref()).filter(is_offered);
    in_language(own.into_iter().chain([event.plan.language.as_str()]))
}

/// The address of the picture by which a mail to somebody on the list tells that it was opened, where the host wants to know.
fn picture(mail: &LeasedMail, head: &Letterhead) -> Option<String> {
    let is_wanted = mail.event.plan.settings.track_opens && mail.registrant.is_some() && mail.sample.is_none();
    is_wanted.then(|| format!("{}/opened.gif?mail={}", head.public_url, mail_signature::of_picture(&head.secrets, &mail.id)))
}

fn calendar_file(
    name: &str,
    event: &Event,
    method: &str,
    link: &str,
    head: &Letterhead,
    now: Timestamp,
) -> Result<SinglePart, LetterError> {
    let organizer = event.plan.host_email.clone().unwrap_or_else(|| head.from.email.to_string());
    let permalink = event.permalink(&head.public_url);
    let host = permalink.as_str().split('/').nth(2).unwrap_or_default();
    let entry = calendar::ics(event, method, link, &organizer, host, now);
    let kind = format!("text/calendar; charset=utf-8; method={method}");
    let kind = header::ContentType::parse(&kind).map_err(|_| LetterError::Address)?;
    Ok(Attachment::new(name.to_owned()).body(entry, kind))
}

/// The headers that all letters share. The Message-ID is made from the row and stays the same however often the mail
/// is tried, so that a mailbox can tell a second delivery from a second mail (RFC 5322, 3.6.4).
fn envelope(
    mail: &LeasedMail,
    head: &Letterhead,
    to: Mailbox,
    subject: String,
    stop: Option<String>,
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
    if mail.event.plan.host_email.is_some() {
        builder = builder.reply_to(host(&mail.event)?);
    }
    if let Some(stop) = stop {
        builder = builder.header(ListUnsubscribe(stop)).header(ListUnsubscribePost);
    }
    Ok(builder)
}
