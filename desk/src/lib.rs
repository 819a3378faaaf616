//! The host's desk: events, people, access links, in the browser.
//!
//! Arrows point one way: `app → page → parts → desk → {api, browser} → protocol`. [`rules`] needs no browser: its tests run
//! on the host, and `now` is a parameter there as everywhere.

pub mod rules;

#[cfg(target_arch = "wasm32")]
mod api;
#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod desk;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod parts;
#[cfg(target_arch = "wasm32")]
mod words;
