//! Reads the comment on the element's class: plain JSDoc tags, a line each.

use anyhow::{Context, Result, bail};

/// One thing that a page may set, call, hear or style.
#[derive(Default)]
pub struct Item {
    /// Its name; empty for the slot without one.
    pub name: String,
    /// What stands in braces: a type, or what an event's detail holds besides its version.
    pub kind: String,
    /// Whether a page may prevent what would come next.
    pub cancelable: bool,
    /// What it is, in words.
    pub text: String,
}

/// All that the comment says.
#[derive(Default)]
pub struct Interface {
    /// What the element is.
    pub summary: String,
    pub attributes: Vec<Item>,
    /// Properties that no attribute mirrors.
    pub properties: Vec<Item>,
    pub methods: Vec<Item>,
    pub events: Vec<Item>,
    pub slots: Vec<Item>,
    pub parts: Vec<Item>,
    pub tokens: Vec<Item>,
}

impl Interface {
    /// Reads the comment on the class in this source.
    pub fn parse(source: &str) -> Result<Self> {
        let comment = source.split_once("/**\n").and_then(|(_, rest)| rest.split_once("*/")).context("the loader has no `/**` comment")?.0;
        let mut interface = Self::default();
        let mut prose = Vec::new();
        for line in comment.lines().map(|line| line.trim().trim_start_matches('*').trim()) {
            let Some((tag, rest)) = line.strip_prefix('@').map(|line| line.split_once(' ').unwrap_or((line, ""))) else {
                prose.push(line);
                continue;
            };
            let item = item(rest).with_context(|| format!("`@{tag} {rest}` is not `NAME - TEXT`"))?;
            match tag {
                "attr" => interface.attributes.push(item),
                "prop" => interface.properties.push(item),
                "method" => interface.methods.push(item),
                "fires" => interface.events.push(item),
                "slot" => interface.slots.push(item),
                "csspart" => interface.parts.push(item),
                "cssprop" => interface.tokens.push(item),
                other => bail!("the loader's comment has a tag that nothing is made of: @{other}"),
            }
        }
        interface.summary =
            prose.split(|line| line.is_empty()).map(|part| part.join(" ")).find(|part| !part.is_empty()).unwrap_or_default();
        Ok(interface)
    }
}

fn item(line: &str) -> Option<Item> {
    let (head, text) = line.strip_prefix("- ").map(|text| ("", text)).or_else(|| line.split_once(" - "))?;
    let (before, kind, after) = match (head.find('{'), head.rfind('}')) {
        (Some(start), Some(end)) => (&head[..start], &head[start + 1..end], &head[end + 1..]),
        _ => (head, "", ""),
    };
    let mut words = before.split_whitespace().chain(after.split_whitespace()).filter(|word| *word != "void");
    Some(Item {
        name: words.next().unwrap_or_default().trim_end_matches(':').to_owned(),
        kind: kind.to_owned(),
        cancelable: words.any(|word| word == "cancelable"),
        text: text.to_owned(),
    })
}

/// The property that mirrors an attribute; none where the attribute has no fixed name.
pub fn property(attribute: &str) -> Option<String> {
    let mut words = attribute.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    (!attribute.contains('*')).then(|| first + &words.map(capital).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_is_read() -> Result<()> {
        let source = "/**\n * It is\n * this.\n *\n * More.\n * @attr {\"a\" | \"b\"} first-view - What - it is.\n * @prop {object} sample - Parts.\n * @method open(): void - Opens.\n\
             * @fires curtain-up:live {view: string} cancelable - Live.\n * @slot - Any.\n * @csspart view - All.\n */\nclass";
        let interface = Interface::parse(source)?;
        assert_eq!(interface.summary, "It is this.");
        let attribute = &interface.attributes[0];
        assert_eq!([attribute.name.as_str(), &attribute.kind, &attribute.text], ["first-view", "\"a\" | \"b\"", "What - it is."]);
        assert_eq!((interface.properties[0].name.as_str(), interface.properties[0].kind.as_str()), ("sample", "object"));
        assert_eq!(interface.methods[0].name, "open()");
        assert_eq!((interface.events[0].name.as_str(), interface.events[0].cancelable), ("curtain-up:live", true));
        assert_eq!((interface.slots[0].name.as_str(), interface.slots[0].text.as_str()), ("", "Any."));
        assert_eq!(property("prefill-first-name").as_deref(), Some("prefillFirstName"));
        assert_eq!(property("prefill-*"), None);
        assert!(Interface::parse("/**\n * @typo x - y\n */").is_err());
        Ok(())
    }
}
