//! One element as data.
//!
//! With Leptos' `view!` every element is a type of its own, and every type brings its own code to build, rebuild, mount
//! and remove it: the widget was twice its weight. A [`Piece`] is one type for all elements. Signals, effects and owners
//! are Leptos' own; what is live in a piece is an effect.

use leptos::html::custom;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event};

/// A text that may change.
#[derive(Clone)]
pub enum Words {
    /// It does not, and never did.
    Known(&'static str),
    /// It does not.
    Fixed(String),
    /// It follows the signals that it reads.
    Live(Rc<dyn Fn() -> String>),
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::Fixed(text)
    }
}

/// Words that follow the signals that they read.
pub fn live(words: impl Fn() -> String + 'static) -> Words {
    Words::Live(Rc::new(words))
}

#[derive(Clone)]
enum Detail {
    Attribute(&'static str, Words),
    Text(Words),
    Listener(&'static str, Rc<dyn Fn(Event)>),
}

/// An element with its attributes, listeners and children. Behind a pointer, since it is handed on at every step of its
/// making.
pub struct Piece(Box<Parts>);

struct Parts {
    tag: &'static str,
    details: Vec<Detail>,
    children: Vec<Piece>,
}

/// An element without anything.
#[inline(never)]
pub fn element(tag: &'static str) -> Piece {
    Piece(Box::new(Parts { tag, details: Vec::new(), children: Vec::new() }))
}

impl Piece {
    /// Gives it an attribute that is always the same.
    pub fn set(self, name: &'static str, value: &'static str) -> Self {
        self.add(Detail::Attribute(name, Words::Known(value)))
    }

    /// Gives it an attribute.
    pub fn put(self, name: &'static str, value: impl Into<Words>) -> Self {
        self.add(Detail::Attribute(name, value.into()))
    }

    /// Names it for style sheets, its own and the page's.
    #[inline(never)]
    pub fn kind(self, kind: &'static str) -> Self {
        self.set("class", kind).set("part", kind)
    }

    /// Gives it a text, and no children.
    pub fn words(self, words: impl Into<Words>) -> Self {
        self.add(Detail::Text(words.into()))
    }

    /// Listens to an event.
    pub fn on(self, event: &'static str, listener: impl Fn(Event) + 'static) -> Self {
        self.add(Detail::Listener(event, Rc::new(listener)))
    }

    /// Gives it children, and no text.
    pub fn children(mut self, children: Vec<Piece>) -> Self {
        self.0.children = children;
        self
    }

    #[inline(never)]
    fn add(mut self, detail: Detail) -> Self {
        self.0.details.push(detail);
        self
    }

    /// The piece as Leptos knows it.
    pub fn view(self) -> AnyView {
        let Parts { tag, details, children } = *self.0;
        let children: Vec<AnyView> = children.into_iter().map(Self::view).collect();
        custom(tag).directive(dress, details).child(children).into_any()
    }
}

/// Gives an element everything but its children.
fn dress(element: Element, details: Vec<Detail>) {
    for detail in details {
        match detail {
            Detail::Attribute(name, words) => follow(element.clone(), Some(name), words),
            Detail::Text(words) => follow(element.clone(), None, words),
            Detail::Listener(event, listener) => {
                // Lives as long as the element does: the browser's garbage collector sees to it.
                let listener = Closure::<dyn Fn(Event)>::new(move |event| listener(event)).into_js_value();
                // Does not fail: there is such an event.
                let _ = element.add_event_listener_with_callback(event, listener.unchecked_ref());
            }
        }
    }
}

/// Writes a text to its place, and again whenever it changes.
fn follow(element: Element, name: Option<&'static str>, words: Words) {
    match words {
        Words::Known(text) => write(&element, name, text),
        Words::Fixed(text) => write(&element, name, &text),
        Words::Live(words) => {
            let first = untrack(|| words());
            write(&element, name, &first);
            Effect::new(move |before: Option<String>| {
                let text = words();
                if before.as_ref().unwrap_or(&first) != &text {
                    write(&element, name, &text);
                }
                text
            });
        }
    }
}

/// An attribute that must not be there is written as [`NONE`].
fn write(element: &Element, name: Option<&'static str>, text: &str) {
    // Fails for names that are none, of which there are none here.
    let _ = match name {
        None => {
            element.set_text_content(Some(text));
            Ok(())
        }
        Some(name) if text == NONE => element.remove_attribute(name),
        Some(name) => element.set_attribute(name, text),
    };
}

/// No attribute at all, as against an empty one.
pub const NONE: &str = "\0";
