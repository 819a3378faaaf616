//! What keeps secrets secret: the master secret and what is derived from it, and the rules that slow down guessing.

pub mod access_codes;
pub mod access_keys;
pub mod carry;
pub mod claim;
pub mod client;
pub mod guessing;
pub mod link_signature;
pub mod mail_signature;
pub mod pass;
pub mod password;
pub mod rate;
mod sealed;
pub mod secrets;
pub mod signed_links;
pub mod token;
