//! The signature in links that the server sends: nobody's guessing can lock out somebody who holds a mailed link.

use super::secrets::{Secrets, authenticate};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq;

/// Signs an event, a canonical address and the current key: 128 bits of HMAC-SHA-256, base64url. A new key ends old links.
pub fn sign(secrets: &Secrets, event: &str, canonical_email: &str, key: &str) -> String {
    URL_SAFE_NO_PAD.encode(signature(secrets, event, canonical_email, key))
}

/// Whether the server itself wrote this link. In constant time.
pub fn holds(secrets: &Secrets, event: &str, canonical_email: &str, key: &str, sig: &str) -> bool {
    let given = URL_SAFE_NO_PAD.decode(sig).unwrap_or_default();
    signature(secrets, event, canonical_email, key).ct_eq(given.as_slice()).into()
}

fn signature(secrets: &Secrets, event: &str, canonical_email: &str, key: &str) -> [u8; 16] {
    let mac = authenticate(secrets.links(), &[event.as_bytes(), canonical_email.as_bytes(), key.as_bytes()]);
    let mut short = [0; 16];
    short.copy_from_slice(&mac[..16]);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_event_address_key_and_secret_only() {
        let secrets = Secrets::derive(&[1; 32]);
        let sig = sign(&secrets, "launch", "ada@example.com", "0042");
        assert_eq!(sig.len(), 22);
        assert!(holds(&secrets, "launch", "ada@example.com", "0042", &sig));
        for (event, email, key, sig) in [
            ("other", "ada@example.com", "0042", sig.as_str()),
            ("launch", "eve@example.com", "0042", &sig),
            ("launch", "ada@example.com", "0043", &sig),
            ("launch", "ada@example.com0042", "", &sig),
            ("launch", "ada@example.com", "0042", &sig[1..]),
            ("launch", "ada@example.com", "0042", ""),
            ("launch", "ada@example.com", "0042", "no base64!"),
        ] {
            assert!(!holds(&secrets, event, email, key, sig), "{event} {email} {key} {sig}");
        }
        assert!(!holds(&Secrets::derive(&[2; 32]), "launch", "ada@example.com", "0042", &sig));
    }
}
