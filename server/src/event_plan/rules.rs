//! The rules that the parts of a plan keep.

use super::{EventPlanError, Settings};
use curtain_up_protocol::{Consent, Field, FieldKind};
use url::Url;

/// Whether a text can be a slug. What cannot is not looked up either.
pub fn is_slug(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// Whether an address is an absolute `https:` one. Room addresses are checked when saved and again when followed.
pub fn is_https(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| url.scheme() == "https" && url.username().is_empty() && url.password().is_none())
}

/// A page that an element can stand on: `https:`, or `http:` on this very machine, for development.
pub(super) fn is_web(address: &str) -> bool {
    is_https(address)
        || Url::parse(address).is_ok_and(|url| url.scheme() == "http" && matches!(url.host_str(), Some("localhost" | "127.0.0.1")))
}

/// Whether a room may be where it is: at `https:`, and at one of the hosts that are allowed, where some are named.
pub(super) fn is_room(address: &str, allowed: &[String]) -> bool {
    let host = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned));
    is_https(address) && (allowed.is_empty() || host.is_some_and(|host| allowed.iter().any(|allowed| allowed.eq_ignore_ascii_case(&host))))
}

pub(super) fn check_settings(settings: &Settings) -> Result<(), EventPlanError> {
    if settings.cover.as_deref().is_some_and(|address| !is_https(address)) {
        return Err(EventPlanError::Address("settings.cover"));
    }
    if let Some(host) = settings.room_hosts.iter().find(|host| !is_host(host)) {
        return Err(EventPlanError::RoomHost(host.clone()));
    }
    if let Some(tag) = settings.languages.iter().find(|tag| !is_language_tag(tag)) {
        return Err(EventPlanError::Language("settings.languages", tag.clone()));
    }
    Ok(())
}

fn is_host(text: &str) -> bool {
    Url::parse(&format!("https://{text}/")).is_ok_and(|url| url.host_str().is_some_and(|host| host.eq_ignore_ascii_case(text)))
}

pub(super) fn is_origin(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == text)
}

pub(super) fn check_text(part: &'static str, text: &str, shortest: usize, longest: usize) -> Result<(), EventPlanError> {
    let fits = (shortest..=longest).contains(&text.trim().chars().count()) && !text.contains('\0');
    if fits { Ok(()) } else { Err(EventPlanError::Text(part, longest)) }
}

fn is_id(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

/// Whether an own field may have this id.
pub fn is_field_id(id: &str) -> bool {
    is_id(id) && !["first_name", "last_name", "email"].contains(&id)
}

pub(super) fn check_fields(fields: &[Field]) -> Result<(), EventPlanError> {
    for (index, field) in fields.iter().enumerate() {
        let taken = fields[..index].iter().any(|other| other.id == field.id);
        let chooses = matches!(field.kind, FieldKind::Choice | FieldKind::Choices);
        if !is_field_id(&field.id) || taken || field.label.trim().is_empty() || chooses == field.choices.is_empty() {
            return Err(EventPlanError::Field(field.id.clone()));
        }
    }
    Ok(())
}

pub(super) fn check_consents(consents: &[Consent]) -> Result<(), EventPlanError> {
    for (index, consent) in consents.iter().enumerate() {
        if !is_id(&consent.id) || consents[..index].iter().any(|other| other.id == consent.id) || consent.text.trim().is_empty() {
            return Err(EventPlanError::Consent(consent.id.clone()));
        }
    }
    Ok(())
}

/// The earliest reminder first, each once.
///
/// # Errors
/// [`EventPlanError::Reminders`].
pub fn in_order(mut minutes: Vec<i64>) -> Result<Vec<i64>, EventPlanError> {
    minutes.sort_unstable_by(|a, b| b.cmp(a));
    minutes.dedup();
    let are_fine = minutes.len() <= 5 && minutes.iter().all(|minutes| (1..=43_200).contains(minutes));
    if are_fine { Ok(minutes) } else { Err(EventPlanError::Reminders) }
}

/// Whether a text can be a BCP 47 tag.
pub fn is_language_tag(text: &str) -> bool {
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (2..=35).contains(&text.len()) && text.split('-').all(is_part)
}

pub(super) fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
