//! Where the person came from.

use super::window;
use curtain_up_protocol::{Source, Utm};

/// Where the person came from: the `utm_*` and `ref` parameters of the page's `query`, and the page before this one.
pub fn source(query: &str) -> Source {
    let mut source = Source::default();
    for pair in query.trim_start_matches('?').split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = decode(value);
        if value.is_empty() {
            continue;
        }
        match name.strip_prefix("utm_") {
            Some(name) => source.utm.push(Utm { name: decode(name), value }),
            None if name == "ref" => source.reference = value,
            None => {}
        }
    }
    let referrer = window().document().map(|document| document.referrer()).unwrap_or_default();
    source.referrer = referrer.split(['?', '#']).next().unwrap_or_default().to_owned();
    source
}

fn decode(text: &str) -> String {
    js_sys::decode_uri_component(&text.replace('+', " ")).map(String::from).unwrap_or_default()
}
