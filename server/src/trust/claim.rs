//! What somebody holds who has just registered: the right to learn that mail to the address they typed came back, and to
//! correct it. It is sealed, so that it looks alike whoever was on the list before, and tells nobody anything by itself.

use super::{
    sealed::{open, seal},
    secrets::Secrets,
};
use chrono::TimeDelta;
use curtain_up_protocol::Timestamp;
use uuid::Uuid;

/// How long a claim holds: mail that comes back later than this finds the tab closed.
pub const LIFETIME: TimeDelta = TimeDelta::hours(1);

/// In characters: [`curtain_up_protocol::Email`] takes no longer ones.
const LONGEST_EMAIL: usize = 254;

/// What a registration gives the right to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Who was registered.
    pub registrant: Uuid,
    /// Whether it was this registration that put them on the list. Only then may it be corrected.
    pub is_new: bool,
    /// The canonical address that was typed.
    pub email: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Claim {
    /// Seals a claim for one event.
    pub fn seal(&self, secrets: &Secrets, event: &str) -> String {
        // As long as the longest address, whatever the address.
        let email = format!("{:LONGEST_EMAIL$}", self.email);
        let message =
            [&[u8::from(self.is_new)][..], self.registrant.as_bytes(), &self.expires_at.0.to_be_bytes(), email.as_bytes()].concat();
        seal(&message, secrets.claims(), event)
    }

    /// Opens a claim; nothing where it is another event's, forged, damaged or over.
    pub fn open(sealed: &str, secrets: &Secrets, event: &str, now: Timestamp) -> Option<Self> {
        let message = open(sealed, secrets.claims(), event)?;
        let (is_new, rest) = message.split_first()?;
        let (registrant, rest) = rest.split_first_chunk::<16>()?;
        let (expires_at, email) = rest.split_first_chunk::<8>()?;
        let expires_at = Timestamp(i64::from_be_bytes(*expires_at));
        let email = std::str::from_utf8(email).ok()?.trim_end().to_owned();
        (now < expires_at).then_some(Self { registrant: Uuid::from_bytes(*registrant), is_new: *is_new == 1, email, expires_at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_opens_at_its_event_in_its_time_and_with_its_secret_only() {
        let secrets = Secrets::derive(&[1; 32]);
        let claim = Claim { registrant: Uuid::from_u128(7), is_new: true, email: "ada@example.com".into(), expires_at: Timestamp(1_000) };
        let sealed = claim.seal(&secrets, "launch");
        assert_eq!(Claim::open(&sealed, &secrets, "launch", Timestamp(999)), Some(claim.clone()));
        assert_eq!(Claim::open(&sealed, &secrets, "launch", Timestamp(1_000)), None, "over");
        assert_eq!(Claim::open(&sealed, &secrets, "talk", Timestamp(0)), None);
        assert_eq!(Claim::open(&sealed, &Secrets::derive(&[2; 32]), "launch", Timestamp(0)), None);
        for damaged in ["", "x", &sealed[1..], &format!("{sealed}A")] {
            assert_eq!(Claim::open(damaged, &secrets, "launch", Timestamp(0)), None, "{damaged}");
        }
        let known = Claim { is_new: false, email: "b@example.org".into(), ..claim };
        assert_eq!(known.seal(&secrets, "launch").len(), sealed.len(), "nobody can tell who was on the list before");
    }
}
