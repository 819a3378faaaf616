//! Names that hosts give, to themselves and to tokens: a pure rule for the desk and the command line.

/// The longest name, in characters.
const LONGEST: usize = 200;

/// A name without blanks around it; nothing where it is too long or holds control characters. It may be empty.
pub fn name(typed: &str) -> Option<&str> {
    let name = typed.trim();
    (name.chars().count() <= LONGEST && !name.contains(char::is_control)).then_some(name)
}

/// The same, and not empty.
pub fn given_name(typed: &str) -> Option<&str> {
    name(typed).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_line_of_two_hundred_characters_at_most() {
        let longest = "é".repeat(200);
        for (typed, read) in [
            (" Ada ", Some("Ada")),
            ("", Some("")),
            (longest.as_str(), Some(longest.as_str())),
            (&format!("{longest}é"), None),
            ("Ada\nLovelace", None),
        ] {
            assert_eq!(name(typed), read, "{typed:?}");
        }
        assert_eq!(given_name(" \t"), None);
    }
}
