//! Catalogues of words, packed: the values alone, in the order of their keys, one a line.
//!
//! The keys need not travel, for every catalogue has exactly those of English and the widget knows
//! their order. What `companion.js` says goes with that file, since no form needs it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// The language that every other one follows.
const SOURCE: &str = "en";

/// What the keys of the companion's texts begin with.
const COMPANION: &str = "companion_";

/// Words of the widget that the companion says, too.
const ALSO_COMPANION: [&str; 1] = ["action_join"];

type Catalogue = BTreeMap<String, String>;

/// Packs what the widget says of every `LANGUAGE.json` of the folder, by language.
pub fn pack_all(folder: &Path) -> Result<BTreeMap<String, String>> {
    let catalogues = read_all(folder)?;
    let Some(source) = catalogues.get(SOURCE) else {
        bail!("{}/{SOURCE}.json is missing: the catalogue whose keys the others follow", folder.display());
    };
    let mut packed = BTreeMap::new();
    for (language, catalogue) in &catalogues {
        same_keys(language, catalogue, source)?;
        same_placeholders(language, catalogue, source)?;
        packed.insert(language.clone(), pack(language, catalogue)?);
    }
    Ok(packed)
}

/// The keys of what the widget says, in the order of the lines of a packed catalogue.
pub fn keys(folder: &Path) -> Result<Vec<String>> {
    let mut catalogues = read_all(folder)?;
    Ok(catalogues.remove(SOURCE).unwrap_or_default().into_keys().filter(|key| is_widget(key)).collect())
}

/// What the companion says, by language and key without its beginning, as JSON.
pub fn companion(folder: &Path) -> Result<String> {
    let own = |(key, text): (String, String)| match key.strip_prefix(COMPANION) {
        Some(rest) => Some((rest.to_owned(), text)),
        None => ALSO_COMPANION.contains(&key.as_str()).then_some((key, text)),
    };
    let texts: BTreeMap<String, Catalogue> =
        read_all(folder)?.into_iter().map(|(language, catalogue)| (language, catalogue.into_iter().filter_map(own).collect())).collect();
    Ok(serde_json::to_string(&texts)?)
}

fn is_widget(key: &str) -> bool {
    !key.starts_with(COMPANION)
}

fn read_all(folder: &Path) -> Result<BTreeMap<String, Catalogue>> {
    let mut catalogues = BTreeMap::new();
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let Some(language) = path.file_stem().and_then(|stem| stem.to_str()) else {
            bail!("{}: its name is no language", path.display());
        };
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let catalogue: Catalogue =
            serde_json::from_str(&text).with_context(|| format!("{} is not one flat object of strings", path.display()))?;
        catalogues.insert(language.to_owned(), catalogue);
    }
    Ok(catalogues)
}

fn same_keys(language: &str, catalogue: &Catalogue, source: &Catalogue) -> Result<()> {
    if let Some(key) = source.keys().find(|key| !catalogue.contains_key(*key)) {
        bail!("locales/{language}.json has no \"{key}\", which {SOURCE}.json has: translate it");
    }
    if let Some(key) = catalogue.keys().find(|key| !source.contains_key(*key)) {
        bail!("locales/{language}.json has \"{key}\", which {SOURCE}.json has not: remove it");
    }
    Ok(())
}

/// Every text must say what English fills in, and nothing else: what is never filled in would be read as `{name}`.
fn same_placeholders(language: &str, catalogue: &Catalogue, source: &Catalogue) -> Result<()> {
    for (key, text) in catalogue {
        let (here, there) = (placeholders(text), source.get(key).map(|text| placeholders(text)).unwrap_or_default());
        if here != there {
            bail!("locales/{language}.json: \"{key}\" fills in {here:?}, and {SOURCE}.json {there:?}: let them be the same");
        }
    }
    Ok(())
}

fn placeholders(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect();
    found.sort_unstable();
    found
}

fn pack(language: &str, catalogue: &Catalogue) -> Result<String> {
    for (key, value) in catalogue {
        if value.contains(['\n', '\r']) {
            bail!("locales/{language}.json: \"{key}\" has a line break; it must be one line");
        }
    }
    let values: Vec<&str> = catalogue.iter().filter(|(key, _)| is_widget(key)).map(|(_, text)| text.as_str()).collect();
    Ok(values.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue(words: &[(&str, &str)]) -> Catalogue {
        words.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn message(result: Result<impl Sized>) -> String {
        result.err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn values_go_in_the_order_of_their_keys() -> Result<()> {
        let words = [("form.register", "Register"), ("field.email", "Email"), ("Z", "Zeta")];
        assert_eq!(pack("en", &catalogue(&words))?, "Zeta\nEmail\nRegister");
        Ok(())
    }

    #[test]
    fn a_line_break_is_named() {
        let broken = pack("de", &catalogue(&[("form.hint", "one\ntwo")]));
        let message = message(broken);
        assert!(message.contains("locales/de.json"), "{message}");
        assert!(message.contains("form.hint"), "{message}");
    }

    #[test]
    fn a_missing_or_foreign_key_is_named() {
        let source = catalogue(&[("a", "A"), ("b", "B")]);
        let missing = message(same_keys("fr", &catalogue(&[("a", "Ah")]), &source));
        assert!(missing.contains("locales/fr.json has no \"b\""), "{missing}");
        let more = catalogue(&[("a", "A"), ("b", "B"), ("c", "C")]);
        let foreign = message(same_keys("fr", &more, &source));
        assert!(foreign.contains("locales/fr.json has \"c\""), "{foreign}");
    }

    #[test]
    fn a_placeholder_that_is_missing_or_misspelt_is_named() {
        let source = catalogue(&[("a", "{date} in {zone}")]);
        assert!(same_placeholders("ja", &catalogue(&[("a", "{zone}では{date}")]), &source).is_ok());
        for wrong in ["{date}", "{date} in {zona}", "{date} {zone} {zone}"] {
            let message = message(same_placeholders("ja", &catalogue(&[("a", wrong)]), &source));
            assert!(message.contains("locales/ja.json: \"a\""), "{message}");
        }
    }

    #[test]
    fn every_catalogue_of_this_repository_is_complete() -> Result<()> {
        let root = crate::workspace::Workspace::find()?.root;
        pack_all(&root.join("locales"))?;
        Ok(())
    }

    #[test]
    fn what_the_companion_says_goes_with_it_and_not_with_the_form() -> Result<()> {
        let locales = crate::workspace::Workspace::find()?.root.join("locales");
        let companion: BTreeMap<String, Catalogue> = serde_json::from_str(&companion(&locales)?)?;
        let catalogues = read_all(&locales)?;
        assert!(companion.keys().eq(catalogues.keys()));
        for (language, texts) in &companion {
            assert!(texts.contains_key("materials") && texts.contains_key("action_join"), "{language}: {texts:?}");
            assert_eq!(keys(&locales)?.len() + texts.len() - ALSO_COMPANION.len(), catalogues[language].len());
        }
        assert!(!pack_all(&locales)?["en"].contains(&companion["en"]["one_device"]));
        Ok(())
    }
}
