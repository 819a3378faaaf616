//! SendGrid: ECDSA over P-256 of time and body, with a key whose public half its page shows
//! (<https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features>).

use super::{Report, of_address};
use crate::{
    mail::bounce::{Bounce, status},
    store::address::BounceKind,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Event {
    event: String,
    r#type: String,
    status: String,
    reason: String,
    email: String,
}

/// How long an uncompressed point of P-256 is. It ends the key's SubjectPublicKeyInfo.
const POINT: usize = 65;

pub(super) fn read(report: &Report<'_>, key: &str) -> Option<Vec<Bounce>> {
    let key = STANDARD.decode(key.trim()).ok()?;
    let point = key.get(key.len().checked_sub(POINT)?..)?;
    let signature = STANDARD.decode(report.header("x-twilio-email-event-webhook-signature")?).ok()?;
    let time = report.header("x-twilio-email-event-webhook-timestamp")?;
    let signed = [time.as_bytes(), report.body].concat();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(&signed, &signature).ok()?;
    if !report.is_recent(time) {
        return None;
    }
    let events: Vec<Event> = serde_json::from_slice(report.body).ok()?;
    Some(events.iter().filter_map(|event| Some(of_address(&event.email, kind(event)?))).collect())
}

fn kind(event: &Event) -> Option<BounceKind> {
    match (event.event.as_str(), event.r#type.as_str()) {
        ("spamreport", _) => Some(BounceKind::Complaint),
        ("bounce", "blocked") => Some(BounceKind::Soft),
        ("bounce", _) => {
            Some(status::of_failure(status::in_text(&event.status).or_else(|| status::in_text(&event.reason)).unwrap_or_default()))
        }
        _ => None,
    }
}
