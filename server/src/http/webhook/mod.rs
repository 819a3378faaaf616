//! Reports of bounces by those who send mail for this server. A file a sender: what proves that a report is theirs, and
//! what it says. A report without proof is refused; one that says nothing of bounces is taken and forgotten.

mod generic;
mod mailgun;
mod postmark;
mod sendgrid;
mod ses;
mod sns;

pub use sns::{Fetch, Sns, by_https};

use super::{body::read, context::Context, error::Error};
use crate::{config::WebhookFlags, mail::bounce::Bounce, store::address::BounceKind};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use chrono::TimeDelta;
use curtain_up_protocol::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// How old a report may be: who has caught one cannot send it again next month. Senders try for a day or so.
const WINDOW: TimeDelta = TimeDelta::days(2);

/// The largest report, in bytes: senders gather a thousand bounces in one.
const LARGEST: usize = 2 * 1024 * 1024;

/// Reads a report with the key of its sender; nothing where it is not theirs.
type Reader = fn(&Report<'_>, &str) -> Option<Vec<Bounce>>;

/// A report, as it came.
struct Report<'a> {
    headers: &'a HeaderMap,
    body: &'a [u8],
    now: Timestamp,
}

/// Takes a report in.
pub async fn take(State(context): State<Context>, Path(sender): Path<String>, headers: HeaderMap, body: Body) -> Result<StatusCode, Error> {
    let body = read(body, LARGEST).await?;
    let report = Report { headers: &headers, body: &body, now: context.clock.now() };
    let bounces = match sender.as_str() {
        "ses" => ses::read(&context, &body).await?,
        _ => report.read(&sender, &context.config.webhooks)?,
    };
    for bounce in &bounces {
        context.store.take_bounce(bounce, report.now).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

impl Report<'_> {
    fn read(&self, sender: &str, flags: &WebhookFlags) -> Result<Vec<Bounce>, Error> {
        let (key, read): (_, Reader) = match sender {
            "generic" => (&flags.webhook_secret, generic::read),
            "mailgun" => (&flags.mailgun_key, mailgun::read),
            "postmark" => (&flags.postmark_password, postmark::read),
            "sendgrid" => (&flags.sendgrid_key, sendgrid::read),
            _ => return Err(Error::NotFound),
        };
        key.as_deref().filter(|key| !key.is_empty()).and_then(|key| read(self, key)).ok_or(Error::PassRefused)
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    fn is_recent(&self, seconds: &str) -> bool {
        seconds.parse::<i64>().is_ok_and(|seconds| (self.now.0 - seconds.saturating_mul(1000)).abs() <= WINDOW.num_milliseconds())
    }
}

/// Whether `signature` is the HMAC-SHA-256 of `parts` in hex. In constant time.
fn is_signed(key: &str, parts: &[&[u8]], signature: &str) -> bool {
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_bytes()) else { return false };
    parts.iter().for_each(|part| mac.update(part));
    from_hex(signature).is_some_and(|signature| mac.verify_slice(&signature).is_ok())
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect()
}

/// A bounce of an address.
fn of_address(email: &str, kind: BounceKind) -> Bounce {
    Bounce { of: crate::mail::bounce::Returned::Address(email.to_owned()), kind }
}

#[cfg(test)]
mod tests {
    use super::*;
    use BounceKind::{Complaint, Hard, Soft};
    use base64::{Engine, engine::general_purpose::STANDARD};
    use ring::{
        rand::SystemRandom,
        signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
    };
    use serde_json::{Value, json};

    const NOW: Timestamp = Timestamp(1_800_000_000_000);
    const SECONDS: &str = "1800000000";

    fn hex_hmac(key: &str, text: &str) -> String {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_bytes()).expect("a key");
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value"))).collect()
    }

    /// What a report says; nothing where it is refused.
    fn said(sender: &str, flags: &WebhookFlags, headers: &HeaderMap, body: &str) -> Option<Vec<BounceKind>> {
        let report = Report { headers, body: body.as_bytes(), now: NOW };
        report.read(sender, flags).ok().map(|bounces| bounces.into_iter().map(|bounce| bounce.kind).collect())
    }

    #[test]
    fn mailgun_signs_time_and_token() {
        let flags = WebhookFlags { mailgun_key: Some("key".into()), ..Default::default() };
        let body = |time: &str, signature: &str, event: &Value| {
            json!({ "signature": { "timestamp": time, "token": "abc", "signature": signature }, "event-data": event }).to_string()
        };
        let failed = |severity: &str, message: &str| json!({ "event": "failed", "severity": severity, "recipient": "ada@example.com", "delivery-status": { "code": 550, "message": message } });
        for (event, expected) in [
            (failed("permanent", "550 5.1.1 no such user"), &[Hard][..]),
            (failed("permanent", "550 5.7.1 looks like spam"), &[Soft]),
            (failed("temporary", "451 4.7.1 greylisted"), &[]),
            (json!({ "event": "complained", "recipient": "ada@example.com" }), &[Complaint]),
            (json!({ "event": "delivered", "recipient": "ada@example.com" }), &[]),
        ] {
            let good = hex_hmac("key", &format!("{SECONDS}abc"));
            assert_eq!(said("mailgun", &flags, &HeaderMap::new(), &body(SECONDS, &good, &event)).as_deref(), Some(expected), "{event}");
            assert_eq!(said("mailgun", &flags, &HeaderMap::new(), &body(SECONDS, &good.replace('a', "b"), &event)), None);
            let old = hex_hmac("key", "1700000000abc");
            assert_eq!(said("mailgun", &flags, &HeaderMap::new(), &body("1700000000", &old, &event)), None, "an old report");
        }
    }

    #[test]
    fn postmark_knows_the_password() {
        let flags = WebhookFlags { postmark_password: Some("curtain:up".into()), ..Default::default() };
        let basic = |password: &str| headers(&[("authorization", &format!("Basic {}", STANDARD.encode(password)))]);
        for (kind, expected) in [
            ("HardBounce", &[Hard][..]),
            ("BadEmailAddress", &[Hard]),
            ("SoftBounce", &[Soft]),
            ("SpamComplaint", &[Complaint]),
            ("Transient", &[]),
            ("AutoResponder", &[]),
            ("ChallengeVerification", &[]),
        ] {
            let body = json!({ "RecordType": "Bounce", "Type": kind, "Email": "ada@example.com" }).to_string();
            assert_eq!(said("postmark", &flags, &basic("curtain:up"), &body).as_deref(), Some(expected), "{kind}");
            assert_eq!(said("postmark", &flags, &basic("curtain:down"), &body), None);
            assert_eq!(said("postmark", &flags, &HeaderMap::new(), &body), None);
        }
        let complaint = json!({ "RecordType": "SpamComplaint", "Email": "ada@example.com" }).to_string();
        assert_eq!(said("postmark", &flags, &basic("curtain:up"), &complaint), Some(vec![Complaint]));
    }

    #[test]
    fn sendgrid_signs_with_a_key_of_its_own() {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).expect("a key");
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random).expect("a key");
        // SubjectPublicKeyInfo of a P-256 key: a fixed head, then the point.
        let head =
            [0x30, 0x59, 0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7, 3, 0x42, 0];
        let key = STANDARD.encode([&head[..], pair.public_key().as_ref()].concat());
        let flags = WebhookFlags { sendgrid_key: Some(key), ..Default::default() };
        let body = json!([
            { "event": "processed", "email": "a@example.com" },
            { "event": "bounce", "type": "bounce", "status": "5.1.1", "email": "a@example.com" },
            { "event": "bounce", "type": "blocked", "status": "5.7.1", "email": "b@example.com" },
            { "event": "deferred", "email": "c@example.com" },
            { "event": "spamreport", "email": "d@example.com" },
        ])
        .to_string();
        let signed = |time: &str, body: &str| {
            let signature = pair.sign(&random, format!("{time}{body}").as_bytes()).expect("a signature");
            headers(&[
                ("x-twilio-email-event-webhook-signature", &STANDARD.encode(signature.as_ref())),
                ("x-twilio-email-event-webhook-timestamp", time),
            ])
        };
        assert_eq!(said("sendgrid", &flags, &signed(SECONDS, &body), &body), Some(vec![Hard, Soft, Complaint]));
        assert_eq!(said("sendgrid", &flags, &signed(SECONDS, &body), &body.replace("a@", "z@")), None, "another body");
        assert_eq!(said("sendgrid", &flags, &signed("1700000000", &body), &body), None, "an old report");
        assert_eq!(said("sendgrid", &flags, &HeaderMap::new(), &body), None);
    }

    #[test]
    fn the_generic_report_is_signed_whole() {
        let flags = WebhookFlags { webhook_secret: Some("secret".into()), ..Default::default() };
        let body = r#"{"bounces":[{"email":"a@example.com","kind":"hard"},{"email":"b@example.com","kind":"soft"},{"email":"c@example.com","kind":"complaint"}],"at":1800000000}"#;
        let signed = |secret: &str, body: &str| headers(&[("curtain-up-signature", &hex_hmac(secret, body))]);
        assert_eq!(said("generic", &flags, &signed("secret", body), body), Some(vec![Hard, Soft, Complaint]));
        assert_eq!(said("generic", &flags, &signed("guess", body), body), None);
        assert_eq!(said("generic", &flags, &signed("secret", body), &body.replace("soft", "hard")), None);
        let old = body.replace("1800000000", "1700000000");
        assert_eq!(said("generic", &flags, &signed("secret", &old), &old), None, "an old report");
        assert_eq!(said("generic", &WebhookFlags::default(), &signed("", body), body), None, "no secret, no reports");
        assert_eq!(said("pigeon", &flags, &signed("secret", body), body), None);
    }
}
