//! JSON by the browser's own reader, which is there already.

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A value of a document. What is missing reads as nothing.
pub struct Json(JsValue);

impl From<JsValue> for Json {
    fn from(value: JsValue) -> Self {
        Self(value)
    }
}

impl Json {
    /// Reads a document; `None` where it is none.
    pub fn read(text: &str) -> Option<Self> {
        JSON::parse(text).ok().filter(JsValue::is_object).map(Self)
    }

    /// A property of an object: its own, since a page may have put others on every object there is.
    #[inline(never)]
    pub fn get(&self, name: &str) -> Self {
        let name = name.into();
        let own = self.0.dyn_ref::<Object>().is_some_and(|object| Object::has_own(object, &name));
        Self(own.then(|| Reflect::get(&self.0, &name).ok()).flatten().unwrap_or_default())
    }

    /// The object itself, where it is one.
    pub fn some(self) -> Option<Self> {
        Some(self).filter(|json| json.0.is_object())
    }

    /// This text.
    pub fn as_text(&self) -> Option<String> {
        self.0.as_string()
    }

    /// A text.
    #[inline(never)]
    pub fn text(&self, name: &str) -> String {
        self.get(name).as_text().unwrap_or_default()
    }

    /// A whole number.
    #[inline(never)]
    pub fn number(&self, name: &str) -> Option<i64> {
        self.get(name).0.as_f64().map(|number| number as i64)
    }

    /// Whether something is so.
    pub fn is(&self, name: &str) -> bool {
        self.get(name).0.is_truthy()
    }

    /// A list.
    pub fn list<T>(&self, name: &str, read: fn(Self) -> Option<T>) -> Vec<T> {
        let list = self.get(name).0;
        list.dyn_ref::<Array>().into_iter().flat_map(Array::iter).filter_map(|value| read(Self(value))).collect()
    }
}
