//! Links that an organisation's own system signs, to send in people whom it knows: `i={payload}.{signature}`.
//!
//! The payload is JSON in base64url, the signature the HMAC-SHA-256 (RFC 2104) of the payload's text with the organisation's
//! secret, in base64url too. Both as they stand in the address, so that every language needs five lines for it.

use super::{
    sealed::{open_text, seal_text},
    secrets::Secrets,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use curtain_up_protocol::{Email, MAX_TEXT, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// How long a link may be good for at the most.
const LONGEST: TimeDelta = TimeDelta::days(31);

/// What an organisation signs with. It has no `Debug`: it cannot be logged by accident.
pub struct LinkSecret(String);

impl LinkSecret {
    /// A new one: 256 bits in base64url.
    pub fn random() -> Self {
        Self(URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()))
    }

    /// Encrypts it for its organisation.
    pub fn seal(&self, secrets: &Secrets, organisation: &str) -> String {
        seal_text(&self.0, secrets, organisation)
    }

    /// Decrypts it.
    pub fn open(sealed: &str, secrets: &Secrets, organisation: &str) -> Option<Self> {
        open_text(sealed, secrets, organisation).map(Self)
    }

    /// The secret, for the organisation and for nobody else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Signs a payload, as a platform does: what stands behind `i=`.
    pub fn sign(&self, json: &str) -> String {
        let payload = URL_SAFE_NO_PAD.encode(json);
        let signature = URL_SAFE_NO_PAD.encode(self.signature(&payload));
        format!("{payload}.{signature}")
    }

    fn signature(&self, payload: &str) -> [u8; 32] {
        // HMAC takes a key of any length; where it did not, nothing would be signed with an empty one by anybody.
        let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(self.0.as_bytes()) else { return [0; 32] };
        mac.update(payload.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// Reads what this secret signed; `None` where it is malformed, forged, altered or over.
    pub fn read(&self, token: &str, now: Timestamp) -> Option<SignedPerson> {
        let (payload, signature) = token.split_once('.')?;
        let given = URL_SAFE_NO_PAD.decode(signature.trim_end_matches('=')).unwrap_or_default();
        let authentic: bool = self.signature(payload).ct_eq(given.as_slice()).into();
        if !authentic {
            return None;
        }
        let json = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
        let signed: Payload = serde_json::from_slice(&json).ok()?;
        let expires_at = Timestamp(signed.expires.checked_mul(1000)?);
        let name = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_TEXT).collect::<String>();
        let (first, last) = match signed.name {
            Some(whole) => {
                whole.trim().rsplit_once(' ').map_or((whole.clone(), String::new()), |(first, last)| (first.into(), last.into()))
            }
            None => (signed.first_name.unwrap_or_default(), signed.last_name.unwrap_or_default()),
        };
        let person = SignedPerson {
            id: signed.id.trim().to_owned(),
            email: Email::parse(&signed.email).ok()?,
            first_name: name(first),
            last_name: name(last),
            event: signed.event,
            once: signed.once,
            expires_at,
        };
        let good = now < expires_at && expires_at <= now + LONGEST && !person.first_name.is_empty();
        (good && person.id.chars().count() <= MAX_TEXT && !person.id.contains('\0')).then_some(person)
    }
}

/// Somebody whom a platform sends in.
pub struct SignedPerson {
    /// What the platform calls them; may be empty.
    pub id: String,
    /// Their address.
    pub email: Email,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The one event that the link is for, where it is for one.
    pub event: Option<String>,
    /// Whether the link is good once only.
    pub once: bool,
    /// When it is over.
    pub expires_at: Timestamp,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    #[serde(default)]
    id: String,
    email: String,
    name: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    /// Seconds since 1970.
    expires: i64,
    event: Option<String>,
    #[serde(default)]
    once: bool,
    /// Tells apart links that would be alike: nothing reads it.
    #[serde(rename = "nonce")]
    _nonce: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_803_891_600_000);

    fn signed(secret: &LinkSecret, payload: &str) -> String {
        secret.sign(payload)
    }

    #[test]
    fn a_link_is_read_until_its_end_and_by_its_secret_only() {
        let secret = LinkSecret::random();
        let seconds = NOW.0 / 1000 + 60;
        let token = signed(&secret, &format!(r#"{{"id":"7","email":"ada@example.com","name":"Ada King Lovelace","expires":{seconds}}}"#));
        let person = secret.read(&token, NOW).expect("a person");
        assert_eq!((person.id.as_str(), person.first_name.as_str(), person.last_name.as_str()), ("7", "Ada King", "Lovelace"));
        assert!(secret.read(&token, Timestamp(seconds * 1000 - 1)).is_some());
        assert!(secret.read(&token, Timestamp(seconds * 1000)).is_none(), "stale");
        assert!(LinkSecret::random().read(&token, NOW).is_none(), "forged");
        assert!(secret.read(&format!("{token}="), NOW).is_some(), "with padding too");
    }

    #[test]
    fn no_character_of_a_link_can_be_changed() {
        let secret = LinkSecret::random();
        let token =
            signed(&secret, &format!(r#"{{"id":"7","email":"ada@example.com","first_name":"Ada","expires":{}}}"#, NOW.0 / 1000 + 60));
        for at in 0..token.len() - 1 {
            let mut altered = token.clone().into_bytes();
            altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
            assert!(secret.read(&String::from_utf8(altered).expect("ASCII"), NOW).is_none(), "at {at}");
        }
        let soon = NOW.0 / 1000 + 60;
        for payload in [
            "no JSON".to_owned(),
            format!(r#"{{"id":"7","email":"nobody","first_name":"Ada","expires":{soon}}}"#),
            format!(r#"{{"id":"7","email":"ada@example.com","expires":{soon}}}"#),
            format!(r#"{{"id":"7","email":"ada@example.com","first_name":"Ada","expires":{}}}"#, soon + 40 * 86_400),
            format!(r#"{{"id":"7","email":"ada@example.com","first_name":"Ada","expires":{}}}"#, i64::MAX),
            format!(r#"{{"id":"7","email":"ada@example.com","first_name":"Ada","expires":{soon},"admin":true}}"#),
        ] {
            assert!(secret.read(&signed(&secret, &payload), NOW).is_none(), "{payload}");
        }
        assert!(["", ".", "a.b", "é.é"].iter().all(|none| secret.read(none, NOW).is_none()));
    }
}
