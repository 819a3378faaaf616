//! What comes back: delivery status notifications by pipe ([`crate::cli`]) and by LMTP ([`lmtp`]), and webhooks of those
//! who send mail for others ([`crate::http`]). Each says which mail or address it is about, and how bad it is.

pub mod lmtp;
pub mod notification;
pub mod status;

use crate::store::address::BounceKind;

/// What came back, once it is known to be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// What it is about.
    pub of: Returned,
    /// How bad it is.
    pub kind: BounceKind,
}

/// What a bounce is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Returned {
    /// A mail of the outbox, by its id.
    Mail(String),
    /// An address.
    Address(String),
}
