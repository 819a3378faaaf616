//! What people are found and sorted by.

use curtain_up_protocol::Source;

/// How many words of a search count.
const WORDS: usize = 8;

/// The text that is searched: last name first, since it is sorted by too. Everything in lower case, in every script.
pub fn search_text(first_name: &str, last_name: &str, canonical_email: &str, external_id: Option<&str>) -> String {
    format!("{last_name} {first_name} {canonical_email} {}", external_id.unwrap_or_default()).to_lowercase()
}

/// Patterns that the text must match, all of them: a word may stand anywhere, and `%` and `_` are characters like others.
pub fn patterns(search: &str) -> Vec<String> {
    let escape = |word: &str| word.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    search.split_whitespace().take(WORDS).map(|word| format!("%{}%", escape(word))).collect()
}

/// Whether a search is for somebody with this text: in memory what [`patterns`] are in the database.
pub fn is_about(search: &str, text: &str) -> bool {
    let mut words = search.split_whitespace().take(WORDS).map(str::to_lowercase).peekable();
    words.peek().is_some() && words.all(|word| text.contains(&word))
}

/// Where somebody came from, in a word: what the campaign calls its source, else the reference, else the referring host.
pub fn source_name(source: &Source) -> String {
    let utm = source.utm.iter().find(|utm| utm.name == "source").map(|utm| utm.value.as_str());
    let referrer = source.referrer.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next());
    [utm, Some(source.reference.as_str()), referrer].into_iter().flatten().find(|word| !word.is_empty()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use curtain_up_protocol::Utm;

    #[test]
    fn a_search_is_for_words_in_any_order_and_of_any_case() {
        assert_eq!(search_text("Ada", "Lovelace", "ada@example.com", Some("X-7")), "lovelace ada ada@example.com x-7");
        assert_eq!(search_text("Юлия", "ÄRGER", "a@b.de", None), "ärger юлия a@b.de ");
        assert_eq!(patterns("  Ada\tLOVE "), ["%ada%", "%love%"]);
        assert_eq!(patterns("100%_\\"), ["%100\\%\\_\\\\%"]);
        assert!(patterns(" ").is_empty());
        assert_eq!(patterns(&"a ".repeat(20)).len(), WORDS);
    }

    #[test]
    fn a_search_is_about_whom_it_finds_and_a_search_for_nothing_about_nobody() {
        let ada = search_text("Ada", "Lovelace", "ada_l@example.com", None);
        for (search, is_ada) in [("ADA_l@example.com", true), ("love ada", true), ("ada turing", false), ("%", false), (" ", false)] {
            assert_eq!(is_about(search, &ada), is_ada, "{search}");
        }
    }

    #[test]
    fn a_source_is_named_by_the_first_that_is_known() {
        let utm = |name: &str, value: &str| Utm { name: name.into(), value: value.into() };
        for (utm, reference, referrer, expected) in [
            (vec![utm("medium", "mail"), utm("source", "newsletter")], "partner", "https://a.example/x", "newsletter"),
            (vec![utm("source", "")], "partner", "https://a.example/x", "partner"),
            (vec![], "", "https://a.example/x?y", "a.example"),
            (vec![], "", "", ""),
        ] {
            assert_eq!(source_name(&Source { utm, reference: reference.into(), referrer: referrer.into() }), expected);
        }
    }
}
