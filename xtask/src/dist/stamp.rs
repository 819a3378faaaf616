//! Whether a folder of `dist/` was built from the sources as they are now.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::output::hex;
use crate::workspace::Workspace;

/// What everything for browsers is built from, and what builds it.
const SHARED: [&str; 9] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "protocol",
    "vendor",
    "xtask/src/dist",
    "xtask/src/dist.rs",
    "xtask/src/toolchain.rs",
    "xtask/tools/package-lock.json",
];

/// What the widget is built from besides.
pub const WIDGET: [&str; 5] = ["build.rs", "locales", "src", "style", "xtask/src/npm.rs"];

/// What the desk is built from besides.
pub const DESK: [&str; 2] = ["desk", "xtask/src/npm.rs"];

const FILE: &str = ".stamp";

/// The hash over all inputs of a build.
pub struct Stamp(String);

impl Stamp {
    /// The stamp of the sources as they are, those of its `own` and those that all share, with this compiler.
    pub fn of(workspace: &Workspace, own: &[&str], compiler: &str) -> Result<Self> {
        let mut hash = Sha256::new();
        add(&mut hash, "compiler", compiler.as_bytes());
        for input in SHARED.iter().chain(own) {
            for path in files_below(&workspace.root.join(input))? {
                let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
                let name = path.strip_prefix(&workspace.root).unwrap_or(&path);
                add(&mut hash, &name.to_string_lossy(), &bytes);
            }
        }
        Ok(Self(hex(&hash.finalize())))
    }

    /// Whether this folder was built from these sources.
    pub fn stands_in(&self, dist: &Path) -> bool {
        fs::read_to_string(dist.join(FILE)).is_ok_and(|stamp| stamp == self.0)
    }

    /// Marks the folder as built from these sources, as the last act of a build.
    pub fn write_to(&self, dist: &Path) -> Result<()> {
        let path = dist.join(FILE);
        fs::write(&path, &self.0).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Takes the mark away, as the first act of a build.
    pub fn remove_from(&self, dist: &Path) -> Result<()> {
        let path = dist.join(FILE);
        if path.exists() {
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
        Ok(())
    }
}

/// Lengths keep two inputs apart: `ab` + `c` is not `a` + `bc`.
fn add(hash: &mut Sha256, name: &str, bytes: &[u8]) {
    for part in [name.as_bytes(), bytes] {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        hash.update(part);
    }
}

/// The file itself or all files below a folder, in the order of their names; none if it is not
/// there.
fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry?.path());
    }
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        files.extend(files_below(&path)?);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_changed_source_changes_the_stamp() -> Result<()> {
        let root = std::env::temp_dir().join(format!("curtain-up-stamp-{}", std::process::id()));
        let workspace = Workspace { target: root.join("target"), dist: root.join("dist"), tools: root.join("tools"), root: root.clone() };
        fs::create_dir_all(root.join("src/view"))?;
        fs::create_dir_all(&workspace.dist)?;
        fs::write(root.join("src/view/form.rs"), "one")?;
        let first = Stamp::of(&workspace, &WIDGET, "rustc 1")?;
        first.write_to(&workspace.dist)?;
        let again = Stamp::of(&workspace, &WIDGET, "rustc 1")?.stands_in(&workspace.dist);
        let other_compiler = Stamp::of(&workspace, &WIDGET, "rustc 2")?.stands_in(&workspace.dist);
        fs::rename(root.join("src/view/form.rs"), root.join("src/form.rs"))?;
        let moved = Stamp::of(&workspace, &WIDGET, "rustc 1")?.stands_in(&workspace.dist);
        fs::remove_dir_all(&root)?;
        assert!(again);
        assert!(!other_compiler);
        assert!(!moved);
        Ok(())
    }
}
