//! The whole journey in a real browser: the real widget, the real server, a real SMTP conversation.
//!
//! `cargo xtask test` builds the widget and names the browser; by itself, `cargo test` finds Debian's.

#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs)]

mod accessibility;
mod arriving;
mod browser;
mod citizenship;
mod codes;
mod codes_elsewhere;
mod contract;
mod desk;
mod dialog;
mod element;
mod engine;
mod form;
mod frameworks;
mod hosts;
mod in_hand;
mod journey;
mod languages;
mod leaks;
mod mails;
mod picture;
mod plain_page;
mod second_device;
mod series;
mod stage;
mod style;
mod views;
mod waiting;
