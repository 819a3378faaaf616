//! One timer that can be set again and again.

use super::window;
use std::cell::Cell;
use wasm_bindgen::{JsCast, closure::Closure};

/// A timer that does the same thing whenever it rings. Dropping it stops it.
pub struct Alarm {
    ring: Closure<dyn Fn()>,
    set: Cell<Option<i32>>,
}

impl Alarm {
    /// An alarm that is not set yet.
    pub fn new(ring: impl Fn() + 'static) -> Self {
        Self { ring: Closure::new(ring), set: Cell::new(None) }
    }

    /// Sets the alarm anew.
    pub fn ring_after(&self, milliseconds: i64) {
        self.stop();
        let milliseconds = milliseconds.clamp(0, 3_600_000) as i32;
        let set = window().set_timeout_with_callback_and_timeout_and_arguments_0(self.ring.as_ref().unchecked_ref(), milliseconds);
        self.set.set(set.ok());
    }

    /// Sees to it that it does not ring.
    pub fn stop(&self) {
        if let Some(set) = self.set.take() {
            window().clear_timeout_with_handle(set);
        }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        self.stop();
    }
}
