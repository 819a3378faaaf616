//! Access codes: chosen by hosts, or made where the host left them blank; sealed at rest like keys, found by a keyed hash.

use super::{
    sealed::{open_text, seal_text},
    secrets::{Secrets, authenticate},
};
use curtain_up_protocol::{KeyFormat, plain_key};

/// The longest code, in characters.
const LONGEST: usize = 64;

/// An access code in the clear. It has no `Debug` and no `Display`: it cannot be logged by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessCode(String);

impl AccessCode {
    /// A code as a host writes it: text, so that `0042` stays. `None` where nothing is left without blanks and hyphens, or too much.
    pub fn parse(text: &str) -> Option<Self> {
        let code = Self(text.trim().to_owned());
        let is_code = (1..=LONGEST).contains(&code.normalised().chars().count()) && !text.contains('\0');
        is_code.then_some(code)
    }

    /// A code of eight base-32 characters. The same person gets the same one at all events of an organisation, so that they
    /// type it once; `attempt` makes another where it is somebody else's.
    pub fn made(secrets: &Secrets, organisation: &str, canonical_email: &str, attempt: u8) -> Self {
        let mac = authenticate(secrets.codes(), &[b"made", organisation.as_bytes(), canonical_email.as_bytes(), &[attempt]]);
        let alphabet = KeyFormat::EightBase32.alphabet();
        Self(mac[..8].iter().map(|byte| alphabet[usize::from(byte % 32)] as char).collect())
    }

    /// The form by which codes are compared: without blanks and hyphens, whatever the case and the keyboard.
    pub fn normalised(&self) -> String {
        plain_key(&self.0).flat_map(char::to_uppercase).collect()
    }

    /// The name under which an event's list finds the code without holding it.
    pub fn hash(&self, secrets: &Secrets, event: &str) -> String {
        secrets.scope("code", &[event, &self.normalised()])
    }

    /// Encrypts the code for one registrant.
    pub fn seal(&self, secrets: &Secrets, registrant: &str) -> String {
        seal_text(&self.0, secrets, registrant)
    }

    /// Decrypts a sealed code.
    pub fn open(sealed: &str, secrets: &Secrets, registrant: &str) -> Option<Self> {
        open_text(sealed, secrets, registrant).map(Self)
    }

    /// The code, for the host's list and for nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_text_and_found_however_it_is_typed() {
        let secrets = Secrets::derive(&[1; 32]);
        let code = AccessCode::parse(" 0042-ab ").expect("a code");
        assert_eq!(code.reveal(), "0042-ab");
        for typed in ["0042AB", "00 42 ab", "００４２ab", "0042‑ab".replace('‑', "-").as_str()] {
            assert_eq!(AccessCode::parse(typed).map(|code| code.hash(&secrets, "e")), Some(code.hash(&secrets, "e")), "{typed}");
        }
        assert!(code.hash(&secrets, "e") != code.hash(&secrets, "f"));
        assert!(["", "  ", "-", &"x".repeat(65)].iter().all(|none| AccessCode::parse(none).is_none()));
        assert!(AccessCode::open(&code.seal(&secrets, "ada"), &secrets, "ada") == Some(code));
    }

    #[test]
    fn a_made_code_is_the_same_at_every_event_of_an_organisation() {
        let secrets = Secrets::derive(&[1; 32]);
        let made = |organisation, email, attempt| AccessCode::made(&secrets, organisation, email, attempt).0;
        assert_eq!(made("o", "ada@example.com", 0), made("o", "ada@example.com", 0));
        assert_eq!(made("o", "ada@example.com", 0).len(), 8);
        let others = [made("p", "ada@example.com", 0), made("o", "eve@example.com", 0), made("o", "ada@example.com", 1)];
        assert!(!others.contains(&made("o", "ada@example.com", 0)));
    }
}
