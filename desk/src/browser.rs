//! The browser, as thinly wrapped as can be.

use js_sys::{Array, ArrayBuffer, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlElement, HtmlScriptElement, TextDecoder, Url};

/// What stands behind the `#` of the address.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Goes to another page of the desk.
pub fn go(address: &str) {
    // A fragment never leaves this page, so nothing can refuse it.
    let _ = window().location().set_hash(address);
}

/// Takes what stands behind the `#` out of the address and out of the history.
pub fn forget_fragment() {
    let location = window().location();
    let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let _ = window().history().map(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&path)));
}

/// Where this desk lives: `https://events.example.com/`.
pub fn base() -> String {
    let here = document().base_uri().ok().flatten().unwrap_or_default();
    let here = here.split(['#', '?']).next().unwrap_or_default();
    here.strip_suffix("desk").unwrap_or(here).to_owned()
}

/// Names the page in the browser's tab.
pub fn name_page(title: &str) {
    document().set_title(title);
}

/// Gives the focus to the first element that a selector finds, once it is drawn.
pub fn focus_later(selector: impl Into<String>) {
    let selector = selector.into();
    leptos::prelude::request_animation_frame(move || focus(&selector));
}

/// Gives the focus to the first element that a selector finds.
pub fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Gives the focus to the first element that a selector finds and brings it to the top of the window, once it is drawn.
pub fn turn_to(selector: &'static str) {
    leptos::prelude::request_animation_frame(move || {
        focus(selector);
        if let Some(element) = document().query_selector(selector).ok().flatten() {
            element.scroll_into_view();
        }
    });
}

/// Waits so many milliseconds.
pub async fn pause(milliseconds: i32) {
    let promise = Promise::new(&mut |done, _| {
        // A window that is going away waits for nothing.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, milliseconds);
    });
    let _ = JsFuture::from(promise).await;
}

/// Copies a text; whether that was allowed.
pub async fn copy(text: &str) -> bool {
    JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok()
}

/// Follows an address as a click on a link would: opens a mail program.
pub fn follow(address: &str) {
    click_link(address, &[]);
}

/// Saves what is at an address as a file. Where there is none after all, one stays where one is.
pub fn save(address: &str) {
    click_link(address, &["download"]);
}

fn click_link(address: &str, flags: &[&str]) {
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlElement>().ok());
    let (Some(link), Some(body)) = (link, document().body()) else { return };
    // A link that was just made takes any attribute, and a page any child.
    let _ = link.set_attribute("href", address);
    for flag in flags.iter().chain(&["hidden"]) {
        let _ = link.set_attribute(flag, "");
    }
    let _ = body.append_child(&link);
    link.click();
    link.remove();
}

/// Keeps a text as a file that can be downloaded, and returns its address. The mark at its beginning tells spreadsheets that
/// it is UTF-8.
pub fn keep_file(text: &str) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type("text/csv;charset=utf-8");
    let parts = Array::of2(&"\u{feff}".into(), &text.trim_start_matches('\u{feff}').into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// Forgets a file that was kept.
pub fn forget_file(address: &str) {
    // What is not there any more needs no forgetting.
    let _ = Url::revoke_object_url(address);
}

/// What a file holds, read as Windows-1252, as far as a screen could show it.
pub fn as_windows_1252(content: &ArrayBuffer) -> String {
    const MOST: u32 = 1 << 20;
    let begin = Uint8Array::new(content).subarray(0, MOST).to_vec();
    let decoder = TextDecoder::new_with_label("windows-1252");
    decoder.and_then(|decoder| decoder.decode_with_u8_array(&begin)).unwrap_or_default()
}

/// Loads the script of the element, once.
pub fn load_element() {
    const NAME: &str = "curtain-up";
    let there = document().query_selector("script[data-element]").ok().flatten();
    let script = document().create_element("script").ok().and_then(|script| script.dyn_into::<HtmlScriptElement>().ok());
    let (None, Some(script), Some(head)) = (there, script, document().head()) else { return };
    script.set_type("module");
    script.set_src(&format!("{}{NAME}.js", base()));
    let _ = script.set_attribute("data-element", "");
    let _ = head.append_child(&script);
}

/// Every time zone that the browser knows, by its IANA name.
pub fn zones() -> Vec<String> {
    let list = || -> Option<Array> {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let values: Function = Reflect::get(&intl, &"supportedValuesOf".into()).ok()?.dyn_into().ok()?;
        values.call1(&intl, &"timeZone".into()).ok()?.dyn_into().ok()
    };
    let mut zones: Vec<String> =
        list().into_iter().flat_map(|zones| zones.iter().collect::<Vec<_>>()).filter_map(|zone| zone.as_string()).collect();
    if !zones.iter().any(|zone| zone == "UTC") {
        zones.push("UTC".to_owned());
    }
    zones
}

/// The IANA name of the zone that the browser is in.
pub fn zone() -> String {
    let resolved = js_sys::Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&resolved, &"timeZone".into()).ok().and_then(|zone| zone.as_string()).unwrap_or_else(|| "UTC".to_owned())
}

/// A date some days from now, in the browser's zone: `2027-03-10`.
pub fn date_ahead(days: u32) -> String {
    let date = js_sys::Date::new_0();
    date.set_date(date.get_date() + days);
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// The browser's clock, in epoch milliseconds.
pub fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// An instant in words, in a zone or in the browser's own; empty for a zone that the browser does not know.
pub fn moment(at: i64, zone: Option<&str>) -> String {
    let options = Object::new();
    let parts =
        [("weekday", "short"), ("day", "numeric"), ("month", "short"), ("year", "numeric"), ("hour", "2-digit"), ("minute", "2-digit")];
    for (name, value) in parts.into_iter().chain(zone.map(|zone| ("timeZone", zone))) {
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    let date = js_sys::Date::new(&JsValue::from_f64(at as f64));
    let written = Reflect::get(&date, &"toLocaleString".into()).ok().and_then(|write| write.dyn_into::<Function>().ok());
    written.and_then(|write| write.call2(&date, &"en-GB".into(), &options).ok()).and_then(|text| text.as_string()).unwrap_or_default()
}
