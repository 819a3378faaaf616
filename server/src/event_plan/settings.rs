//! What a host may set that no query looks at: kept as one column of JSON, so that a new setting needs no migration. The
//! desk edits them too, so they stand in the protocol.

pub use curtain_up_protocol::desk::EventSettings as Settings;
