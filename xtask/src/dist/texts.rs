//! The hand-written parts: the loader and the styles.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::LOADER;
use crate::npm::Tools;
use crate::workspace::Workspace;

/// What the loader's source says where the names of the files belong.
const STATEMENT: &str = "const FILES = __FILES__;";

/// The loader's source, checked to have its one gap.
pub struct Loader(String);

/// Reads the loader's source.
pub fn loader(workspace: &Workspace) -> Result<Loader> {
    let path = workspace.root.join("src").join(LOADER);
    let source = fs::read_to_string(&path).with_context(|| format!("cannot read the loader, {}", path.display()))?;
    let found = source.matches(STATEMENT).count();
    if found != 1 {
        bail!("{} must say `{STATEMENT}` once, and says it {found} times", path.display());
    }
    Ok(Loader(source))
}

impl Loader {
    /// The source with the names of the files, a JSON object, in their place.
    pub fn naming(&self, files: &str) -> String {
        self.0.replace(STATEMENT, &format!("const FILES = {files};"))
    }
}

/// All of `style/`, in the order of its files' names, as one minified sheet.
pub fn style(workspace: &Workspace, tools: &Tools) -> Result<Vec<u8>> {
    let folder = workspace.root.join("style");
    let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
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
    let mut minified = tools.minify("css", &all)?;
    minified.truncate(minified.trim_ascii_end().len());
    Ok(minified)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_the_files_go_where_the_loader_asks_for_them() {
        let loader = Loader(format!("{STATEMENT}\nimport(FILES.module);"));
        assert_eq!(loader.naming(r#"{"module":"widget-1.js"}"#), "const FILES = {\"module\":\"widget-1.js\"};\nimport(FILES.module);");
    }
}
