//! Where things are in this workspace.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders that chores read and write, all absolute.
pub struct Workspace {
    /// The folder of the repository.
    pub root: PathBuf,
    /// What compilers write; honours `CARGO_TARGET_DIR`.
    pub target: PathBuf,
    /// The widget as it is shipped.
    pub dist: PathBuf,
    /// Tools from npm: `package.json`, `package-lock.json`, `node_modules`.
    pub tools: PathBuf,
}

impl Workspace {
    /// Finds the workspace that this xtask belongs to, from whichever folder it was started.
    pub fn find() -> Result<Self> {
        let package = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package.parent().with_context(|| format!("{} has no parent folder", package.display()))?.to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => env::current_dir().context("the current folder cannot be read")?.join(folder),
            None => root.join("target"),
        };
        Ok(Self { dist: root.join("dist"), tools: target.join("tools"), root, target })
    }

    /// A path as one would type it: relative to the repository where it lies in it.
    pub fn short<'path>(&self, path: &'path Path) -> std::path::Display<'path> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}
