//! What the plain pages say. The widget's own catalogues are their source; what only plain pages say stands beside them.

use crate::mail::words::in_language;
use rust_embed::{Embed, EmbeddedFile};
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

/// The widget's texts: one catalogue a language.
#[derive(Embed)]
#[folder = "../locales"]
struct Shared;

/// The texts of plain pages, and the countries' names, which a page without a program cannot ask the browser for.
#[derive(Embed)]
#[folder = "locales/plain_page"]
struct Plain;

/// The texts of one language.
pub struct Words {
    /// BCP 47 tag of the language.
    pub language: String,
    texts: HashMap<String, String>,
}

impl Words {
    /// The texts of an event's language, where both catalogues know it; otherwise English. Never half of each.
    pub fn of(language: &str) -> Arc<Self> {
        static ENGLISH: LazyLock<Arc<Words>> = LazyLock::new(|| Arc::new(Words::read("en").unwrap_or_else(Words::none)));
        let names = [language, language.split('-').next().unwrap_or_default()];
        let other = names.into_iter().filter(|name| *name != "en").find_map(Self::read);
        other.map_or_else(|| ENGLISH.clone(), Arc::new)
    }

    fn read(language: &str) -> Option<Self> {
        let name = format!("{language}.json");
        let catalogue = |file: EmbeddedFile| serde_json::from_slice::<HashMap<String, String>>(&file.data).ok();
        let mut texts = catalogue(Shared::get(&name)?)?;
        texts.extend(catalogue(Plain::get(&name)?)?);
        Some(Self { language: language.to_owned(), texts })
    }

    fn none() -> Self {
        Self { language: "en".to_owned(), texts: HashMap::new() }
    }

    /// Which way the language is written, as the attribute `dir` has it.
    pub fn direction(&self) -> &'static str {
        if in_language([self.language.as_str()]).is_right_to_left { "rtl" } else { "ltr" }
    }

    /// A text.
    pub fn say<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, |text| text)
    }

    /// A text with `{name}` replaced by a value.
    pub fn fill(&self, key: &str, name: &str, value: &str) -> String {
        self.say(key).replace(&format!("{{{name}}}"), value)
    }
}

/// All countries, code and name, in the order of their names in this language.
pub fn countries(language: &str) -> Vec<(String, String)> {
    let language = language.split('-').next().unwrap_or_default();
    let file = Plain::get(&format!("countries/{language}.txt"))
        .or_else(|| Plain::get("countries/en.txt"))
        .map(|file| String::from_utf8_lossy(&file.data).into_owned())
        .unwrap_or_default();
    file.lines().filter_map(|line| line.split_once(' ')).map(|(code, name)| (code.to_owned(), name.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use curtain_up_protocol::COUNTRIES;
    use std::{collections::BTreeSet, fs};

    #[test]
    fn every_text_that_a_plain_page_asks_for_is_there() {
        let english = Words::of("en");
        let mut asked = 0;
        for folder in ["src/http/hosted_page", "src/http", "templates", "templates/hosted_page"] {
            for entry in fs::read_dir(folder).expect("a folder").flatten().filter(|entry| entry.path().is_file()) {
                let source = fs::read_to_string(entry.path()).expect("text");
                for call in ["say(\"", "fill(\""] {
                    // The needles themselves stand in this file.
                    for rest in source.split(call).skip(1).filter(|_| !entry.path().ends_with("words.rs")) {
                        let key = rest.split('"').next().unwrap_or_default();
                        assert!(english.texts.contains_key(key), "{key} in {}", entry.path().display());
                        asked += 1;
                    }
                }
            }
        }
        assert!(asked > 30, "{asked}");
    }

    #[test]
    fn a_language_that_is_not_there_is_english_as_a_whole() {
        for language in ["en", "en-GB", "tlh", "", "../../secret"] {
            assert_eq!(Words::of(language).language, "en", "{language}");
        }
    }

    #[test]
    fn every_language_of_the_widget_says_all_that_english_says_and_fills_in_the_same() {
        let holes =
            |text: &str| text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect::<BTreeSet<_>>();
        let english = Words::of("en");
        let languages: Vec<String> = Shared::iter().filter_map(|name| name.strip_suffix(".json").map(str::to_owned)).collect();
        assert!(languages.len() >= 10, "{languages:?}");
        for language in languages {
            let words = Words::of(&language);
            assert_eq!(words.language, language, "a language of the widget without words for plain pages");
            assert_eq!(words.texts.keys().collect::<BTreeSet<_>>(), english.texts.keys().collect(), "{language}");
            for (key, text) in &english.texts {
                assert_eq!(holes(words.say(key)), holes(text), "{key} in {language}");
            }
        }
    }

    #[test]
    fn every_country_of_the_protocol_has_a_name_in_every_language() {
        let known: BTreeSet<String> = COUNTRIES.as_bytes().chunks(2).map(|code| String::from_utf8_lossy(code).into_owned()).collect();
        for language in Shared::iter() {
            let countries = countries(language.trim_end_matches(".json"));
            assert_eq!(countries.iter().map(|(code, _)| code.clone()).collect::<BTreeSet<_>>(), known, "{language}");
        }
        assert!(countries("de-AT").contains(&("DE".to_owned(), "Deutschland".to_owned())));
    }
}
