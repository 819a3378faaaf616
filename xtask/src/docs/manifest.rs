//! `custom-elements.json`, the Custom Elements Manifest that editors and catalogues of components read.

use anyhow::Result;
use serde_json::{Value, json};

use super::interface::{Interface, Item, property};
use super::types::detail;

/// The manifest as text.
pub fn write(interface: &Interface) -> Result<String> {
    let named = |items: &[Item]| items.iter().map(|item| json!({ "name": item.name, "description": item.text })).collect::<Vec<_>>();
    let typed = |item: &Item| json!({ "text": item.kind });
    let attributes: Vec<Value> = interface
        .attributes
        .iter()
        .map(|item| json!({ "name": item.name, "type": typed(item), "description": item.text, "fieldName": property(&item.name) }))
        .collect();
    let fields = interface.attributes.iter().filter_map(|item| {
        let name = property(&item.name)?;
        Some(json!({ "kind": "field", "name": name, "type": typed(item), "description": item.text, "attribute": item.name, "reflects": true }))
    });
    let own = interface.properties.iter();
    let own = own.map(|item| json!({ "kind": "field", "name": item.name, "type": typed(item), "description": item.text }));
    let methods = interface.methods.iter().map(|item| {
        let name = item.name.trim_end_matches("()");
        json!({ "kind": "method", "name": name, "description": item.text, "return": { "type": { "text": "void" } } })
    });
    let events: Vec<Value> = interface
        .events
        .iter()
        .map(|item| json!({ "name": item.name, "type": { "text": format!("CustomEvent<{}>", detail(item)) }, "description": item.text }))
        .collect();
    let tokens: Vec<Value> = interface
        .tokens
        .iter()
        .map(|item| json!({ "name": item.name, "syntax": format!("<{}>", item.kind), "description": item.text }))
        .collect();
    let declaration = json!({ "name": "CurtainUp", "module": "curtain-up.js" });
    let manifest = json!({
        "schemaVersion": "2.1.0",
        "modules": [{
            "kind": "javascript-module",
            "path": "curtain-up.js",
            "declarations": [{
                "kind": "class",
                "customElement": true,
                "name": "CurtainUp",
                "tagName": "curtain-up",
                "superclass": { "name": "HTMLElement" },
                "description": interface.summary,
                "attributes": attributes,
                "members": fields.chain(own).chain(methods).collect::<Vec<_>>(),
                "events": events,
                "slots": named(&interface.slots),
                "cssParts": named(&interface.parts),
                "cssProperties": tokens,
            }],
            "exports": [
                { "kind": "js", "name": "CurtainUp", "declaration": declaration },
                { "kind": "custom-element-definition", "name": "curtain-up", "declaration": declaration },
            ],
        }],
    });
    Ok(serde_json::to_string_pretty(&manifest)? + "\n")
}
