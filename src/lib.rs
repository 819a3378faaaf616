//! The Curtain Up widget.
pub mod core;
