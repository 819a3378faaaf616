//! Whom a mail is to. Each has exactly one recipient.

use super::letter::LetterError;
use crate::store::{event::Event, outbox::LeasedMail, registrant::Registrant};
use lettre::message::Mailbox;

/// The one recipient of a mail.
pub(super) fn recipient(mail: &LeasedMail) -> Result<Mailbox, LetterError> {
    match (&mail.sample, &mail.registrant) {
        (Some(sample), _) => nameless(&sample.to),
        (None, _) if mail.kind.is_to_host() => host(&mail.event),
        (None, Some(person)) => registrant(person),
        (None, None) => Err(LetterError::NoRecipient),
    }
}

/// The host, where they have told an address.
pub(super) fn host(event: &Event) -> Result<Mailbox, LetterError> {
    nameless(event.plan.host_email.as_deref().ok_or(LetterError::NoRecipient)?)
}

fn nameless(address: &str) -> Result<Mailbox, LetterError> {
    Ok(Mailbox::new(None, with_ascii_domain(address).parse().map_err(|_| LetterError::Address)?))
}

fn registrant(person: &Registrant) -> Result<Mailbox, LetterError> {
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
pub(super) fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control()).collect::<Vec<_>>().join(" ").trim().to_owned()
}
