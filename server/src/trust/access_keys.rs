//! Access keys: made at random, sealed at rest, compared in constant time.

use super::secrets::Secrets;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
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
        seal(&self.0, secrets, registrant)
    }

    /// Decrypts a sealed key; `None` where it was sealed for somebody else, with another secret, or is damaged.
    pub fn open(sealed: &str, secrets: &Secrets, registrant: &str) -> Option<Self> {
        open(sealed, secrets, registrant).map(Self)
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

/// Encrypts a secret for its owner.
pub(super) fn seal(secret: &str, secrets: &Secrets, owner: &str) -> String {
    let nonce: [u8; 24] = rand::random();
    let payload = Payload { msg: secret.as_bytes(), aad: owner.as_bytes() };
    // Encryption fails for messages beyond 256 GB only; an empty text then opens as nobody's.
    let sealed = cipher(secrets).encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
    URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat())
}

/// Decrypts what was encrypted for this owner.
pub(super) fn open(sealed: &str, secrets: &Secrets, owner: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let (nonce, message) = bytes.split_first_chunk::<24>()?;
    let payload = Payload { msg: message, aad: owner.as_bytes() };
    let secret = cipher(secrets).decrypt(&XNonce::from(*nonce), payload).ok()?;
    String::from_utf8(secret).ok()
}

fn cipher(secrets: &Secrets) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(secrets.sealing().into())
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
