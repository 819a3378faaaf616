//! The Curtain Up widget: from a marketing page to a seat in a live webinar.
//!
//! Arrows point one way: `element → app → {view, core, platform, i18n}`. All but [`core`] and [`i18n`] need a browser and
//! exist for WebAssembly alone.

pub mod core;
pub mod i18n;

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod element;
#[cfg(target_arch = "wasm32")]
mod errands;
#[cfg(target_arch = "wasm32")]
mod platform;
#[cfg(target_arch = "wasm32")]
mod view;
#[cfg(target_arch = "wasm32")]
mod wire;
