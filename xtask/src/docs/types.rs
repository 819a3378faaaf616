//! TypeScript's declarations: the class, its events by name, and the tag for React 19.

use super::interface::{Interface, Item, property};

const MADE: &str = "// Made by `cargo xtask docs` from the comment on the class in src/curtain-up.js.\n\n";

/// What an event's detail holds, as a type.
pub fn detail(event: &Item) -> String {
    let more = if event.kind.is_empty() { String::new() } else { format!("; {}", event.kind) };
    format!("{{ version: 1{more} }}")
}

/// The type of an attribute: what it may be, or empty.
fn value(attribute: &Item) -> String {
    if attribute.kind == "string" { attribute.kind.clone() } else { format!("{} | \"\"", attribute.kind) }
}

/// The class and its events.
pub fn write(interface: &Interface) -> String {
    let events = lines(&interface.events, |event| Some(format!("\"{}\": CustomEvent<{}>;", event.name, detail(event))));
    let fields = lines(&interface.attributes, |attribute| {
        let name = property(&attribute.name).filter(|name| name != "lang")?;
        Some(format!("{name}: {};", value(attribute)))
    });
    let own = lines(&interface.properties, |property| Some(format!("{}?: {};", property.name, property.kind)));
    let methods = lines(&interface.methods, |method| Some(format!("{}: void;", method.name)));
    format!(
        "{MADE}/** The element's events, by name. */\nexport interface CurtainUpEventMap {{\n{events}}}\n\n/** {summary} */\nexport class CurtainUp extends HTMLElement {{\n{fields}{own}{methods}}}\n\n\
         /** Makes `<curtain-up>` an element, unless another copy has done so. */\nexport function define(): void;\n\n\
         declare global {{\n  interface HTMLElementTagNameMap {{\n    \"curtain-up\": CurtainUp;\n  }}\n  interface GlobalEventHandlersEventMap extends CurtainUpEventMap {{}}\n}}\n",
        summary = interface.summary,
    )
}

/// The tag for React 19, which sets attributes and listens to `on` with an event's name.
pub fn write_react(interface: &Interface) -> String {
    let attributes = lines(&interface.attributes, |attribute| {
        let fixed = !attribute.name.contains('*') && attribute.name != "lang";
        fixed.then(|| format!("\"{}\"?: {};", attribute.name, value(attribute)))
    });
    let events = lines(&interface.events, |event| Some(format!("\"on{0}\"?: (event: CurtainUpEventMap[\"{0}\"]) => void;", event.name)));
    format!(
        "{MADE}import type {{ DetailedHTMLProps, HTMLAttributes }} from \"react\";\nimport type {{ CurtainUp, CurtainUpEventMap }} from \"./curtain-up.js\";\n\n\
         /** What `<curtain-up>` takes in JSX. */\nexport interface CurtainUpProps extends DetailedHTMLProps<HTMLAttributes<CurtainUp>, CurtainUp> {{\n  [own: `prefill-${{string}}`]: string | undefined;\n{attributes}{events}}}\n\n\
         declare module \"react\" {{\n  namespace JSX {{\n    interface IntrinsicElements {{\n      \"curtain-up\": CurtainUpProps;\n    }}\n  }}\n}}\n"
    )
}

/// A declaration for each item, with its words before it.
fn lines(items: &[Item], declare: impl Fn(&Item) -> Option<String>) -> String {
    items.iter().filter_map(|item| Some(format!("  /** {} */\n  {}\n", item.text, declare(item)?))).collect()
}
