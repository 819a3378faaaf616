//! For every other sender: `{"at": 1800000000, "bounces": [{"email": "…", "kind": "hard"}]}` (kinds: hard, soft,
//! complaint; `at` in seconds since 1970), signed with HMAC-SHA-256 over the whole body.

use super::{Report, is_signed, of_address};
use crate::{mail::bounce::Bounce, store::address::BounceKind};
use serde::Deserialize;

#[derive(Deserialize)]
struct Body {
    at: i64,
    bounces: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    email: String,
    kind: BounceKind,
}

pub(super) fn read(report: &Report<'_>, secret: &str) -> Option<Vec<Bounce>> {
    if !is_signed(secret, &[report.body], report.header("curtain-up-signature")?) {
        return None;
    }
    let body: Body = serde_json::from_slice(report.body).ok()?;
    report.is_recent(&body.at.to_string()).then(|| body.bounces.iter().map(|entry| of_address(&entry.email, entry.kind)).collect())
}
