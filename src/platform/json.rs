//! JSON by the browser's own reader and writer, which are there already.

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

/// Takes away what a page may have patched: the browser's writer asks lists and objects for a `toJSON`.
fn without_prototype(object: &Object) {
    // Does not fail for an object that was made here.
    let _ = Reflect::set_prototype_of(object, &JsValue::NULL);
}

/// A document that is being written.
pub struct Writing(Object);

impl Writing {
    /// An object without anything.
    pub fn new() -> Self {
        let object = Object::new();
        without_prototype(&object);
        Self(object)
    }

    #[inline(never)]
    fn set(self, name: &str, value: &JsValue) -> Self {
        // An object that was made here takes any property.
        let _ = Reflect::set(&self.0, &name.into(), value);
        self
    }

    /// Adds a text.
    pub fn text(self, name: &str, text: &str) -> Self {
        self.set(name, &text.into())
    }

    /// Adds a whole number.
    pub fn number(self, name: &str, number: i64) -> Self {
        self.set(name, &(number as f64).into())
    }

    /// Adds an object.
    pub fn object(self, name: &str, object: Self) -> Self {
        self.set(name, &object.0)
    }

    /// Adds a list of texts.
    pub fn texts(self, name: &str, texts: &[String]) -> Self {
        let list: Array = texts.iter().map(|text| JsValue::from_str(text)).collect();
        without_prototype(&list);
        self.set(name, &list)
    }

    /// Adds a list of objects.
    pub fn list(self, name: &str, objects: impl Iterator<Item = Self>) -> Self {
        let list: Array = objects.map(|object| object.0).collect();
        without_prototype(&list);
        self.set(name, &list)
    }

    /// The document.
    pub fn write(&self) -> Option<String> {
        JSON::stringify(&self.0).ok().map(String::from)
    }
}
