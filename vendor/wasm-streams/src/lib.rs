//! Stands in for the crate of this name, by `[patch.crates-io]` in the workspace's Cargo.toml.
//!
//! Leptos links wasm-streams for the streams of server functions. The widget has no server functions, but the real crate
//! exports classes to JavaScript, and what is exported no linker and no optimiser may drop: 4 KB of the 75 KB that the
//! widget may weigh. This is the part of its interface that Leptos names, without anything behind it.

use futures_util::stream::{Empty, Stream, empty};
use wasm_bindgen::{JsCast, JsValue};

/// A stream that has nothing to give.
pub struct ReadableStream;

impl ReadableStream {
    /// Takes a stream and never reads it.
    pub fn from_stream<S: Stream<Item = Result<JsValue, JsValue>> + 'static>(_: S) -> Self {
        Self
    }

    /// Takes a browser's stream and never reads it.
    pub fn from_raw(_: web_sys::ReadableStream) -> Self {
        Self
    }

    /// No stream of the browser's.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        JsValue::UNDEFINED.unchecked_into()
    }

    /// A stream without items.
    pub fn into_stream(self) -> Empty<Result<JsValue, JsValue>> {
        empty()
    }
}
