//! Dates, zones and countries in the reader's language: the browser's `Intl` has all the tables.

use curtain_up_protocol::{COUNTRIES, Timestamp};
use js_sys::{Array, Intl, JsString, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// js-sys has this too, but there a zone that the browser does not know ends the widget.
    #[wasm_bindgen(js_name = Date)]
    type LocalDate;

    #[wasm_bindgen(constructor, js_class = Date)]
    fn new(milliseconds: f64) -> LocalDate;

    #[wasm_bindgen(method, catch, js_class = Date, js_name = toLocaleString)]
    fn to_locale_string(this: &LocalDate, language: &str, options: &JsValue) -> Result<String, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type RelativeTimeFormat;

    // The loader hands over no language that is none.
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(language: &str) -> RelativeTimeFormat;

    #[wasm_bindgen(method)]
    fn format(this: &RelativeTimeFormat, number: f64, unit: &str) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;

    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(language: &str, options: &JsValue) -> Result<DisplayNames, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<String, JsValue>;
}

fn options(pairs: &[(&str, &str)]) -> JsValue {
    let options = Object::new();
    for (name, value) in pairs {
        // An object that was made here takes any property.
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    options.into()
}

/// The IANA name of the zone that the browser is in.
pub fn zone() -> String {
    let resolved = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&resolved, &"timeZone".into()).ok().and_then(|zone| zone.as_string()).unwrap_or_default()
}

/// A date with its time in the person's own zone, which it names.
pub fn date(time: Timestamp, language: &str) -> String {
    let parts = [("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric"), ("timeZoneName", "short")];
    written(time, language, &parts)
}

/// The weekday and the time, in the person's own zone or in another one. Empty where the browser does not know that zone.
pub fn time(time: Timestamp, language: &str, zone: Option<&str>) -> String {
    let mut parts = vec![("weekday", "short")];
    parts.extend(zone.map(|zone| ("timeZone", zone)));
    written(time, language, &parts)
}

fn written(time: Timestamp, language: &str, parts: &[(&str, &str)]) -> String {
    let options = options(&[parts, &[("hour", "numeric"), ("minute", "2-digit")]].concat());
    LocalDate::new(time.0 as f64).to_locale_string(language, &options).unwrap_or_default()
}

/// "in 10 minutes", "in 30 seconds": with the plural that the language has for it.
pub fn ahead(seconds: i64, language: &str) -> String {
    let (number, unit) = if seconds < 60 { (seconds, "second") } else { ((seconds + 59) / 60, "minute") };
    RelativeTimeFormat::new(language).format(number as f64, unit)
}

/// A number with two digits at least, in the digits of the language.
pub fn two_digits(number: i64, language: &str) -> String {
    // A number is written by a method of the same name as a date: one import serves both.
    let number: LocalDate = JsValue::from_f64(number as f64).unchecked_into();
    number.to_locale_string(language, &options(&[("minimumIntegerDigits", "2")])).unwrap_or_default()
}

/// Every country's code and name, by name.
pub fn countries(language: &str) -> Vec<(String, String)> {
    let names = DisplayNames::new(language, &options(&[("type", "region")])).ok();
    let countries = Array::new();
    for code in (0..COUNTRIES.len()).step_by(2).filter_map(|at| COUNTRIES.get(at..at + 2)) {
        let name = names.as_ref().and_then(|names| names.of(code).ok());
        countries.push(&[name.as_deref().unwrap_or(code), "\n", code].concat().into());
    }
    // The browser sorts as the language does.
    countries.sort_by(&mut |a, b| JsString::from(a).locale_compare(&String::from(JsString::from(b)), &Array::new(), &Object::new()));
    let parts = |country: JsValue| country.as_string()?.split_once('\n').map(|(name, code)| (code.to_owned(), name.to_owned()));
    countries.iter().filter_map(parts).collect()
}
