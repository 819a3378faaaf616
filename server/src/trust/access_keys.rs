//! Access keys: made at random, sealed at rest, compared in constant time.

use super::{
    sealed::{open_text, seal_text},
    secrets::Secrets,
};
use curtain_up_protocol::KeyFormat;
use rand::RngExt;
use subtle::ConstantTimeEq;

/// A registrant's access key in the clear. It has no `Debug` and no `Display`: it cannot be logged by accident.
#[derive(Clone)]
pub struct AccessKey(String);

impl AccessKey {
    /// A key of the given shape, every key equally likely.
    pub fn random(format: KeyFormat) -> Self {
        let alphabet = format.alphabet();
        let mut random = rand::rng();
        Self((0..format.length()).map(|_| alphabet[random.random_range(0..alphabet.len())] as char).collect())
    }

    /// Encrypts the key (XChaCha20-Poly1305) for one registrant: moved to another's row it does not open.
    pub fn seal(&self, secrets: &Secrets, registrant: &str) -> String {
        seal_text(&self.0, secrets, registrant)
    }

    /// Decrypts a sealed key; `None` where it was sealed for somebody else, with another secret, or is damaged.
    pub fn open(sealed: &str, secrets: &Secrets, registrant: &str) -> Option<Self> {
        open_text(sealed, secrets, registrant).map(Self)
    }

    /// Compares with what somebody typed, in constant time for keys of the same length.
    pub fn is(&self, typed: &str) -> bool {
        self.0.as_bytes().ct_eq(typed.as_bytes()).into()
    }

    /// The key, for the mail to its owner and for nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_key_opens_for_its_registrant_and_secret_only() {
        let secrets = Secrets::derive(&[1; 32]);
        let key = AccessKey::random(KeyFormat::FourDigits);
        let sealed = key.seal(&secrets, "ada");
        assert!(!sealed.contains(key.reveal()));
        assert!(AccessKey::open(&sealed, &secrets, "ada").is_some_and(|opened| opened.is(key.reveal())));
        assert!(AccessKey::open(&sealed, &secrets, "eve").is_none());
        assert!(AccessKey::open(&sealed, &Secrets::derive(&[2; 32]), "ada").is_none());
        assert!(AccessKey::open("", &secrets, "ada").is_none());
    }

    #[test]
    fn random_keys_have_the_shape_that_the_host_chose() {
        for format in [KeyFormat::FourDigits, KeyFormat::SixDigits, KeyFormat::EightBase32] {
            let key = AccessKey::random(format);
            assert_eq!(key.reveal().len(), format.length());
            assert!(key.reveal().bytes().all(|byte| format.alphabet().contains(&byte)));
        }
    }
}
