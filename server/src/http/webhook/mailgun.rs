//! Mailgun: the signature stands in the body, over time and token
//! (<https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks>).

use super::{Report, is_signed, of_address};
use crate::{
    mail::bounce::{Bounce, status},
    store::address::BounceKind,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Body {
    signature: Signature,
    #[serde(rename = "event-data")]
    event: Event,
}

#[derive(Deserialize)]
struct Signature {
    timestamp: String,
    token: String,
    signature: String,
}

#[derive(Deserialize)]
struct Event {
    #[serde(default)]
    event: String,
    /// A temporary failure is tried again: a delay, no bounce.
    #[serde(default)]
    severity: String,
    #[serde(default)]
    recipient: String,
    #[serde(rename = "delivery-status", default)]
    delivery: Delivery,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Delivery {
    message: String,
    description: String,
    #[serde(rename = "enhanced-code")]
    enhanced_code: String,
}

pub(super) fn read(report: &Report<'_>, key: &str) -> Option<Vec<Bounce>> {
    let Body { signature, event } = serde_json::from_slice(report.body).ok()?;
    let parts = [signature.timestamp.as_bytes(), signature.token.as_bytes()];
    if !is_signed(key, &parts, &signature.signature) || !report.is_recent(&signature.timestamp) {
        return None;
    }
    let kind = match (event.event.as_str(), event.severity.as_str()) {
        ("complained", _) => Some(BounceKind::Complaint),
        ("failed", "permanent") => {
            let texts = [&event.delivery.enhanced_code, &event.delivery.message, &event.delivery.description];
            Some(status::of_failure(texts.iter().find_map(|text| status::in_text(text)).unwrap_or_default()))
        }
        _ => None,
    };
    Some(kind.map(|kind| of_address(&event.recipient, kind)).into_iter().collect())
}
