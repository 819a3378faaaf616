//! The list that a host fills in. Lists are written by [`crate::export`].

/// What a host fills in.
pub const TEMPLATE: &str = "code,email,firstname,lastname,externalid\n0042,ada@example.com,Ada,Lovelace,\n,alan@example.com,Alan,Turing,\n";
