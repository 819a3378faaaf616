//! Mail: what it says ([`letter`], [`calendar`]), when it is sent ([`worker`]) and by whom ([`transport`]).

pub mod calendar;
pub mod letter;
pub mod transport;
pub mod worker;
