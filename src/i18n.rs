//! The reader's language: texts by name, with what is to be filled in.

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// The texts of one language.
pub struct Texts(Vec<String>);

impl Texts {
    /// Reads a packed catalogue: a text a line, in the order of [`Text`].
    pub fn new(packed: &str) -> Self {
        Self(packed.split('\n').map(str::to_owned).collect())
    }

    /// A text; empty where the catalogue is shorter than it should be.
    pub fn get(&self, text: Text) -> &str {
        self.0.get(text as usize).map_or("", |text| text)
    }

    /// A text with `{name}` replaced by a value.
    pub fn fill(&self, text: Text, name: &str, value: &str) -> String {
        fill(self.get(text), name, value)
    }
}

/// `template` with every `{name}` replaced by `value`.
pub fn fill(template: &str, name: &str, value: &str) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.strip_prefix(name).and_then(|after| after.strip_prefix('}')) {
            Some(after) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_filled_in_by_name_and_never_read_again() {
        for (template, value, expected) in [
            ("If {email} is registered", "a@b.de", "If a@b.de is registered"),
            ("{email}{email}", "{email}", "{email}{email}"),
            ("{zone} {email", "x", "{zone} {email"),
            ("{", "x", "{"),
            ("", "x", ""),
        ] {
            assert_eq!(fill(template, "email", value), expected);
        }
    }

    #[test]
    fn every_language_says_how_soon_one_is_taken_to_the_room() {
        let seconds = crate::core::journey::GOES_AFTER.num_seconds().to_string();
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/locales")).expect("the catalogues") {
            let path = entry.expect("a file").path();
            let catalogue = std::fs::read_to_string(&path).expect("a catalogue");
            let catalogue: std::collections::BTreeMap<String, String> = serde_json::from_str(&catalogue).expect("texts");
            assert!(catalogue["room_elsewhere"].contains(&seconds), "{}", path.display());
        }
    }

    #[test]
    fn texts_are_found_in_the_order_of_their_keys() {
        let texts = Texts::new("Back\nAdd");
        assert_eq!([texts.get(Text::ActionBack), texts.get(Text::ActionCalendar), texts.get(Text::ActionEnter)], ["Back", "Add", ""]);
    }
}
