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
pub mod page;
mod paint;
mod recipient;
pub mod sample;
pub mod signing;
mod time_zone;
pub mod transport;
pub mod when;
pub mod words;
pub mod words_desk;
pub mod worker;
