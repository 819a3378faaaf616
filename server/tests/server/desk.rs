//! The desk, as hosts, viewers, scripts and strangers meet it.

mod events;
mod sign_in;
