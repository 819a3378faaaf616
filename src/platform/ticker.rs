//! One ticker a page, however many elements: it beats with the seconds of the clock, and whenever the page wakes.

use super::{alarm::Alarm, window};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, closure::Closure};

/// Why the ticker beats.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    /// A second has begun.
    Second,
    /// The page is looked at again, was brought back from the browser's memory, or the network is back.
    Wake,
}

type Listener = Rc<dyn Fn(Beat)>;

thread_local! {
    static LISTENERS: RefCell<Vec<(u32, Listener)>> = const { RefCell::new(Vec::new()) };
    static LAST: Cell<u32> = const { Cell::new(0) };
    static SECOND: Alarm = Alarm::new(|| { tell(Beat::Second); set_alarm(); });
    static WAKE: Closure<dyn Fn()> = Closure::new(|| tell(Beat::Wake));
}

/// Whoever listens to the ticker; dropping it ends that, and the last to go stops the ticker.
pub struct Subscription(u32);

/// Calls `listener` at every beat.
pub fn subscribe(listener: Listener) -> Subscription {
    let id = LAST.replace(LAST.get() + 1);
    let first = LISTENERS.with_borrow_mut(|listeners| {
        listeners.push((id, listener));
        listeners.len() == 1
    });
    if first {
        listen(true);
        set_alarm();
    }
    Subscription(id)
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let gone = LISTENERS.with_borrow_mut(|listeners| {
            let at = listeners.iter().position(|(id, _)| *id == self.0);
            (at.map(|at| listeners.swap_remove(at)), listeners.is_empty())
        });
        if gone.1 {
            listen(false);
            SECOND.with(Alarm::stop);
        }
    }
}

fn tell(beat: Beat) {
    // A copy, since a listener may subscribe or leave.
    let listeners: Vec<Listener> = LISTENERS.with_borrow(|listeners| listeners.iter().map(|(_, listener)| listener.clone()).collect());
    for listener in listeners {
        listener(beat);
    }
}

fn set_alarm() {
    if LISTENERS.with_borrow(|listeners| !listeners.is_empty()) {
        let into_second = js_sys::Date::now() as i64 % 1_000;
        SECOND.with(|alarm| alarm.ring_after(1_000 - into_second));
    }
}

fn listen(on: bool) {
    let window = window();
    let document: Option<web_sys::EventTarget> = window.document().map(Into::into);
    let window: web_sys::EventTarget = window.into();
    WAKE.with(|wake| {
        let wake = wake.as_ref().unchecked_ref();
        for (target, event) in [(document.as_ref(), "visibilitychange"), (Some(&window), "pageshow"), (Some(&window), "online")] {
            // Neither call fails for an event of this name.
            let _ = target.map(|target| match on {
                true => target.add_event_listener_with_callback(event, wake),
                false => target.remove_event_listener_with_callback(event, wake),
            });
        }
    });
}
