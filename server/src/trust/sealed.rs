//! Sealing (XChaCha20-Poly1305): what is sealed for one owner opens for no other, with no other key, and not when damaged.

use super::secrets::Secrets;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};

/// Seals bytes for their owner, in base64url.
pub(super) fn seal(message: &[u8], key: &[u8; 32], owner: &str) -> String {
    let nonce: [u8; 24] = rand::random();
    let payload = Payload { msg: message, aad: owner.as_bytes() };
    // Encryption fails for messages beyond 256 GB only; an empty text then opens as nobody's.
    let sealed = XChaCha20Poly1305::new(key.into()).encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
    URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat())
}

/// Opens what was sealed for this owner.
pub(super) fn open(sealed: &str, key: &[u8; 32], owner: &str) -> Option<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let (nonce, message) = bytes.split_first_chunk::<24>()?;
    let payload = Payload { msg: message, aad: owner.as_bytes() };
    XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(*nonce), payload).ok()
}

/// Seals a text for the database.
pub(super) fn seal_text(secret: &str, secrets: &Secrets, owner: &str) -> String {
    seal(secret.as_bytes(), secrets.sealing(), owner)
}

/// Opens a text from the database.
pub(super) fn open_text(sealed: &str, secrets: &Secrets, owner: &str) -> Option<String> {
    String::from_utf8(open(sealed, secrets.sealing(), owner)?).ok()
}
