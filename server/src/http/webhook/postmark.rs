//! Postmark: it signs nothing, and sends the user and password of its address along
//! (<https://postmarkapp.com/developer/webhooks/bounce-webhook>).

use super::{Report, of_address};
use crate::{mail::bounce::Bounce, store::address::BounceKind};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use subtle::ConstantTimeEq;

#[derive(Deserialize)]
#[serde(default, rename_all = "PascalCase")]
#[derive(Default)]
struct Body {
    record_type: String,
    r#type: String,
    email: String,
}

pub(super) fn read(report: &Report<'_>, password: &str) -> Option<Vec<Bounce>> {
    let given = STANDARD.decode(report.header("authorization")?.strip_prefix("Basic ")?.trim()).ok()?;
    if !bool::from(given.ct_eq(password.as_bytes())) {
        return None;
    }
    let body: Body = serde_json::from_slice(report.body).ok()?;
    let kind = match (body.record_type.as_str(), body.r#type.as_str()) {
        ("SpamComplaint", _) | (_, "SpamComplaint") => Some(BounceKind::Complaint),
        (_, "HardBounce" | "BadEmailAddress") => Some(BounceKind::Hard),
        (_, "SoftBounce" | "DnsError" | "Blocked" | "SpamNotification") => Some(BounceKind::Soft),
        _ => None,
    };
    Some(kind.map(|kind| of_address(&body.email, kind)).into_iter().collect())
}
