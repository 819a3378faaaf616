//! The hand-written parts: the loader and the styles.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{LOADER, locales};
use crate::npm::Tools;
use crate::workspace::Workspace;

/// The words that the loader itself says, with their keys in the catalogues.
const WORDS: [(&str, &str); 2] = [("open", "action_register"), ("close", "action_close")];

/// The loader and its modules as one minified file; `files` are the names of the files beside it, a JSON object.
pub fn loader(workspace: &Workspace, tools: &Tools, files: &str) -> Result<Vec<u8>> {
    bundle(workspace, tools, "define.js", files)
}

/// What of the loader few pages need, with its style, as one minified module; `keys` are those of the catalogues.
pub fn seldom(workspace: &Workspace, tools: &Tools, keys: &[String]) -> Result<Vec<u8>> {
    let words = serde_json::to_string(&lines(keys)?)?;
    let sheet = sheet(&workspace.root.join("style/seldom"), tools)?;
    tools.bundle(&workspace.root.join("src/loader/seldom.js"), &[("__STYLE__", &sheet), ("__WORDS__", &words)])
}

/// The element's class, which defines nothing by itself: for bundlers, which see to its files by `files`, a name.
pub fn class(workspace: &Workspace, tools: &Tools, files: &str) -> Result<Vec<u8>> {
    bundle(workspace, tools, LOADER, files)
}

/// What goes along with somebody who is in, with its style and its texts in every language, as one minified file.
pub fn companion(workspace: &Workspace, tools: &Tools) -> Result<Vec<u8>> {
    let texts = locales::companion(&workspace.root.join("locales"))?;
    let sheet = sheet(&workspace.root.join("style/companion"), tools)?;
    tools.bundle(&workspace.root.join("src/companion.js"), &[("__STYLE__", &sheet), ("__TEXTS__", &texts)])
}

fn bundle(workspace: &Workspace, tools: &Tools, entry: &str, files: &str) -> Result<Vec<u8>> {
    tools.bundle(&workspace.root.join("src").join(entry), &[("__FILES__", files)])
}

/// The line of a packed catalogue on which each of the loader's words stands.
fn lines(keys: &[String]) -> Result<BTreeMap<&'static str, usize>> {
    let line = |(word, key): (&'static str, &str)| {
        let at = keys.iter().position(|other| other == key);
        Ok((word, at.with_context(|| format!("locales/en.json has no \"{key}\", which the loader says"))?))
    };
    WORDS.into_iter().map(line).collect()
}

/// The sheets of a folder as a text for JavaScript.
fn sheet(folder: &Path, tools: &Tools) -> Result<String> {
    Ok(serde_json::to_string(&String::from_utf8(style(folder, tools)?)?)?)
}

/// All sheets of a folder, in the order of their names, as one minified sheet.
pub fn style(folder: &Path, tools: &Tools) -> Result<Vec<u8>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut sheets: Vec<PathBuf> = Vec::new();
    for entry in entries {
        sheets.push(entry?.path());
    }
    sheets.retain(|path| path.extension().is_some_and(|extension| extension == "css"));
    sheets.sort();
    if sheets.is_empty() {
        bail!("{} holds no style sheet", folder.display());
    }
    let mut all = String::new();
    for sheet in sheets {
        let text = fs::read_to_string(&sheet).with_context(|| format!("cannot read {}", sheet.display()))?;
        all.push_str(&text);
        all.push('\n');
    }
    let mut minified = tools.minify_style(&all)?;
    minified.truncate(minified.trim_ascii_end().len());
    Ok(minified)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_finds_its_words_by_their_lines() -> Result<()> {
        let keys = ["action_back", "action_close", "action_register"].map(str::to_owned);
        assert_eq!(lines(&keys)?, BTreeMap::from([("open", 2), ("close", 1)]));
        assert!(lines(&keys[..1]).is_err());
        Ok(())
    }
}
