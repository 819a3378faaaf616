//! Mail: when it is due ([`cadence`]), what it says ([`letter`], [`words`], [`calendar`]), how it is sent ([`worker`],
//! [`transport`], [`signing`]) and what comes back ([`bounce`]).

pub mod bounce;
pub mod cadence;
pub mod calendar;
mod headers;
pub mod host_letter;
pub mod host_worker;
pub mod letter;
pub mod mailto;
mod paint;
pub mod signing;
mod time_zone;
pub mod transport;
pub mod when;
pub mod words;
pub mod worker;
