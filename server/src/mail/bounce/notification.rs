//! A mail that came to a Return-Path of this server: a delivery status notification (RFC 3464), a complaint (RFC 5965),
//! or something that is neither, such as a vacation reply, which says nothing of the address.

use super::{Bounce, Returned, status};
use crate::{
    store::address::BounceKind,
    trust::{mail_signature::returned_mail, secrets::Secrets},
};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders};

/// What a mail turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A bounce or a complaint.
    Bounce(Bounce),
    /// Something else: delays, vacation replies, news of a delivery. It is taken and forgotten.
    NoBounce,
    /// Not to a Return-Path that this server wrote.
    Forged,
}

/// The mail of the outbox that this address is the Return-Path of.
pub fn mail_at(address: &str, secrets: &Secrets) -> Option<String> {
    let (local, _) = address.trim().trim_matches(['<', '>']).rsplit_once('@')?;
    returned_mail(secrets, local)
}

/// Reads a mail that came to `recipient`; where that is not known, its headers tell.
pub fn read(raw: &[u8], recipient: Option<&str>, secrets: &Secrets) -> Finding {
    let Some(message) = MessageParser::default().parse(raw) else { return Finding::Forged };
    let to = match recipient {
        Some(recipient) => mail_at(recipient, secrets),
        None => ["X-Original-To", "Delivered-To", "Envelope-To", "To"].iter().find_map(|name| mail_in_header(&message, name, secrets)),
    };
    if is_report(&message, "feedback-report") {
        return complaint(raw, &message, to, secrets);
    }
    let Some(mail) = to else { return Finding::Forged };
    let kind = if is_report(&message, "delivery-status") { of_report(&message) } else { of_plain_text(&message) };
    match kind {
        Some(kind) => Finding::Bounce(Bounce { of: Returned::Mail(mail), kind }),
        None => Finding::NoBounce,
    }
}

fn mail_in_header(message: &Message<'_>, name: &str, secrets: &Secrets) -> Option<String> {
    let value = message.header_raw(name)?;
    value.split([',', ' ', '\t', '\r', '\n']).find_map(|word| mail_at(word, secrets))
}

fn is_report(message: &Message<'_>, kind: &str) -> bool {
    let is_multipart = message.content_type().is_some_and(|found| {
        found.ctype().eq_ignore_ascii_case("multipart") && found.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"))
    });
    let of_type = message.content_type().and_then(|found| found.attribute("report-type"));
    is_multipart && (of_type.is_some_and(|found| found.eq_ignore_ascii_case(kind)) || (of_type.is_none() && part(message, kind).is_some()))
}

fn part<'a>(message: &'a Message<'_>, subtype: &str) -> Option<&'a MessagePart<'a>> {
    let is_wanted = |part: &&MessagePart<'_>| {
        part.content_type().is_some_and(|found| {
            found.ctype().eq_ignore_ascii_case("message")
                && found
                    .subtype()
                    .is_some_and(|found| found.eq_ignore_ascii_case(subtype) || found.eq_ignore_ascii_case(&format!("global-{subtype}")))
        })
    };
    message.parts.iter().find(is_wanted)
}

/// The worst that a notification says of any recipient; each mail has one.
fn of_report(message: &Message<'_>) -> Option<BounceKind> {
    let part = part(message, "delivery-status")?;
    let text = String::from_utf8_lossy(part.contents()).replace("\r\n", "\n");
    // Long fields go on in the next line, behind a blank (RFC 5322, 2.2.3).
    let text = text.replace("\n ", " ").replace("\n\t", " ");
    let failed = text.split("\n\n").filter(|group| field(group, "Action").is_some_and(|action| action.eq_ignore_ascii_case("failed")));
    let kinds: Vec<BounceKind> = failed.map(|group| status::of_failure(status_of(group))).collect();
    if kinds.contains(&BounceKind::Hard) { Some(BounceKind::Hard) } else { kinds.first().copied() }
}

/// The status of one recipient. `5.0.0` says nothing; what the other server said may say more.
fn status_of(group: &str) -> &str {
    let said = field(group, "Status").and_then(status::in_text).unwrap_or_default();
    let is_vague = said.is_empty() || said.ends_with(".0.0");
    let diagnosed = field(group, "Diagnostic-Code").and_then(status::in_text);
    if is_vague { diagnosed.unwrap_or(said) } else { said }
}

fn field<'a>(group: &'a str, name: &str) -> Option<&'a str> {
    let fields = group.lines().filter_map(|line| line.split_once(':'));
    // Some write a comment behind the value.
    fields.into_iter().find(|(found, _)| found.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// Old mail servers (qmail, some Exchange) write in words. Believed only if a mail server wrote it, as a failure, with a status.
fn of_plain_text(message: &Message<'_>) -> Option<BounceKind> {
    let from = message.from().and_then(|from| from.first()?.address()).unwrap_or_default().to_ascii_lowercase();
    let is_mail_server = ["mailer-daemon@", "postmaster@"].iter().any(|name| from.starts_with(name)) || from == "mailer-daemon";
    let is_reply = message.header_raw("Auto-Submitted").is_some_and(|value| value.trim().to_ascii_lowercase().starts_with("auto-replied"));
    let body = message.body_text(0)?;
    let subject = message.subject().unwrap_or_default().to_ascii_lowercase();
    let is_failure =
        ["undeliver", "failure", "returned mail", "failed"].iter().any(|word| subject.contains(word)) && !subject.contains("delay");
    let status = status::in_text(&body).filter(|status| status.starts_with('5'))?;
    (is_mail_server && !is_reply && is_failure).then(|| status::of_failure(status))
}

/// A complaint comes to an address that the mailbox's provider was told; the mail that it is about is in it, and that
/// mail's Return-Path is signed.
fn complaint(raw: &[u8], message: &Message<'_>, to: Option<String>, secrets: &Secrets) -> Finding {
    let report = part(message, "feedback-report").map(|part| String::from_utf8_lossy(part.contents()).into_owned()).unwrap_or_default();
    let whole = String::from_utf8_lossy(raw);
    let inside = || {
        let of_original = whole
            .lines()
            .filter_map(|line| line.split_once(':'))
            .filter(|(name, _)| ["return-path", "original-mail-from"].contains(&name.trim().to_ascii_lowercase().as_str()));
        of_original.into_iter().find_map(|(_, address)| mail_at(address, secrets))
    };
    let Some(mail) = to.or_else(inside) else { return Finding::Forged };
    let is_complaint = field(&report, "Feedback-Type").is_some_and(|kind| ["abuse", "fraud"].contains(&kind.to_ascii_lowercase().as_str()));
    if is_complaint { Finding::Bounce(Bounce { of: Returned::Mail(mail), kind: BounceKind::Complaint }) } else { Finding::NoBounce }
}
