//! The tables of README.md.

use anyhow::{Context, Result};

use super::interface::{Interface, Item, property};

const START: &str = "<!-- The tables from here on are made by `cargo xtask docs` from the comment on the class in src/curtain-up.js. -->\n";
const END: &str = "<!-- Until here. -->\n";

/// The text with its tables as the interface has them.
pub fn tell(interface: &Interface, text: &str) -> Result<String> {
    let (before, rest) = text.split_once(START).with_context(|| format!("README.md has no line `{}`", START.trim()))?;
    let (_, after) = rest.split_once(END).with_context(|| format!("README.md has no line `{}`", END.trim()))?;
    Ok([before, START, &tables(interface), END, after].concat())
}

fn tables(interface: &Interface) -> String {
    let code = |text: &str| format!("`{}`", text.replace('|', "\\|"));
    let name = |item: &Item| if item.name.is_empty() { "(none)".to_owned() } else { code(&item.name) };
    let detail = |item: &Item| if item.kind.is_empty() { String::new() } else { code(&item.kind) };
    let mirrored = |item: &Item| property(&item.name).map_or_else(String::new, |property| code(&property));
    let prevented = |item: &Item| if item.cancelable { "yes" } else { "" }.to_owned();
    let text = |item: &Item| item.text.replace('|', "\\|");
    [
        table("attribute | property | value | what it says", &interface.attributes, &[&name, &mirrored, &detail, &text]),
        table("property without an attribute | value | what it says", &interface.properties, &[&name, &detail, &text]),
        table("method | what it does", &interface.methods, &[&name, &text]),
        table("event | detail, besides `version: 1` | can be prevented | when", &interface.events, &[&name, &detail, &prevented, &text]),
        table("slot | what is shown there", &interface.slots, &[&name, &text]),
        table("token | value | what it is for", &interface.tokens, &[&name, &detail, &text]),
        table("`::part` | what it is", &interface.parts, &[&name, &text]),
    ]
    .join("\n")
}

fn table(head: &str, items: &[Item], columns: &[&dyn Fn(&Item) -> String]) -> String {
    let mut table = format!("| {head} |\n|{}\n", "---|".repeat(columns.len()));
    for item in items {
        let cells: Vec<String> = columns.iter().map(|column| column(item)).collect();
        table.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    table
}
