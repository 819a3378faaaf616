//! The companion server of the Curtain Up widget: it keeps the people, sends the mail and says when an event is live.
//!
//! Arrows point one way: `main → cli → serve → http → store → protocol`; `trust` and `civil_time` are pure rules.

pub mod civil_time;
pub mod cli;
pub mod clock;
pub mod config;
pub mod dev;
pub mod event_plan;
pub mod export;
pub mod http;
pub mod mail;
pub mod name;
pub mod people_list;
pub mod revealed;
pub mod serve;
pub mod store;
pub mod trust;
