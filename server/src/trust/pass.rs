//! The pass: a signed bearer token that names event and registrant and ends 12 h after the event.

use super::secrets::{Secrets, authenticate};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use curtain_up_protocol::Timestamp;
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// How long after the event's planned end a pass still holds.
pub const AFTERLIFE: TimeDelta = TimeDelta::hours(12);

/// What a pass says, once its signature has been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// The event it lets into.
    pub event: Uuid,
    /// Whose it is.
    pub registrant: Uuid,
    /// The device that it was given to, by a random number. A ticket takes it along to the next event.
    pub device: u64,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Pass {
    /// The token: 48 bytes that say it and 32 bytes of HMAC-SHA-256 that prove it, base64url.
    pub fn token(&self, secrets: &Secrets) -> String {
        let claims = self.claims();
        URL_SAFE_NO_PAD.encode([&claims[..], &authenticate(secrets.passes(), &[&claims])].concat())
    }

    /// Reads a token; `None` where it is malformed, forged or over.
    pub fn check(token: &str, secrets: &Secrets, now: Timestamp) -> Option<Self> {
        let bytes: [u8; 80] = URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()?;
        let (claims, mac) = bytes.split_at(48);
        let authentic: bool = authenticate(secrets.passes(), &[claims]).ct_eq(mac).into();
        let pass = Self {
            event: Uuid::from_slice(&claims[..16]).ok()?,
            registrant: Uuid::from_slice(&claims[16..32]).ok()?,
            expires_at: Timestamp(i64::from_be_bytes(claims[32..40].try_into().ok()?)),
            device: u64::from_be_bytes(claims[40..].try_into().ok()?),
        };
        (authentic && now < pass.expires_at).then_some(pass)
    }

    fn claims(&self) -> [u8; 48] {
        let mut claims = [0; 48];
        claims[..16].copy_from_slice(self.event.as_bytes());
        claims[16..32].copy_from_slice(self.registrant.as_bytes());
        claims[32..40].copy_from_slice(&self.expires_at.0.to_be_bytes());
        claims[40..].copy_from_slice(&self.device.to_be_bytes());
        claims
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);

    fn pass() -> Pass {
        Pass { event: Uuid::from_u128(1), registrant: Uuid::from_u128(2), device: 3, expires_at: NOW + TimeDelta::hours(1) }
    }

    #[test]
    fn a_pass_holds_until_its_end_and_not_a_millisecond_longer() {
        let secrets = Secrets::derive(&[1; 32]);
        let token = pass().token(&secrets);
        assert_eq!(Pass::check(&token, &secrets, NOW), Some(pass()));
        assert_eq!(Pass::check(&token, &secrets, pass().expires_at - TimeDelta::milliseconds(1)), Some(pass()));
        assert_eq!(Pass::check(&token, &secrets, pass().expires_at), None);
    }

    #[test]
    fn no_bit_of_a_pass_can_be_changed() {
        let secrets = Secrets::derive(&[1; 32]);
        let token = URL_SAFE_NO_PAD.decode(pass().token(&secrets)).expect("base64");
        for bit in 0..token.len() * 8 {
            let mut forged = token.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Pass::check(&URL_SAFE_NO_PAD.encode(forged), &secrets, NOW), None, "bit {bit}");
        }
        assert_eq!(Pass::check(&pass().token(&Secrets::derive(&[2; 32])), &secrets, NOW), None);
        assert_eq!(Pass::check("", &secrets, NOW), None);
    }
}
