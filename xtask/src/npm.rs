//! The tools that come from npm, pinned in `xtask/tools` and installed into `target/tools`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::command::{capture, filter};
use crate::packages::{self, NODE, NPM};
use crate::step::{stands, step};
use crate::workspace::Workspace;

/// The tools, installed.
pub struct Tools {
    node: PathBuf,
    npm: PathBuf,
    modules: PathBuf,
}

/// The script of axe-core that checks a page's accessibility from within.
pub fn axe(workspace: &Workspace) -> PathBuf {
    workspace.tools.join("node_modules/axe-core/axe.min.js")
}

impl Tools {
    /// Installs the tools exactly as the lock file says, unless they stand.
    pub fn ensure(workspace: &Workspace) -> Result<Self> {
        let [node, npm] = packages::ensure([&NODE, &NPM])?;
        let tools = Self { node, npm: npm.clone(), modules: workspace.tools.join("node_modules") };
        let pinned = workspace.root.join("xtask/tools");
        let lock = fs::read_to_string(pinned.join("package-lock.json"))
            .with_context(|| format!("cannot read {}/package-lock.json", pinned.display()))?;
        // Written last: an install that was cut off is done again.
        let stamp = workspace.tools.join("installed.json");
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
            stands("tools from npm", "already there");
            return Ok(tools);
        }
        step("tools from npm", || {
            fs::create_dir_all(&workspace.tools)?;
            for file in ["package.json", "package-lock.json"] {
                fs::copy(pinned.join(file), workspace.tools.join(file))?;
            }
            let mut install = Command::new(npm);
            // React 18 stands beside 19, whose elder sister wants it for a peer.
            install.args(["ci", "--legacy-peer-deps", "--no-audit", "--no-fund"]);
            capture(install.current_dir(&workspace.tools))?;
            fs::write(&stamp, lock).with_context(|| format!("cannot write {}", stamp.display()))
        })?;
        Ok(tools)
    }

    /// Minifies a style sheet that is given whole.
    pub fn minify_style(&self, text: &str) -> Result<Vec<u8>> {
        let mut esbuild = self.esbuild();
        esbuild.arg("--loader=css");
        filter(&mut esbuild, text.as_bytes())
    }

    /// Minifies a module and all that it imports into one that keeps its exports; `defined` names stand for JSON,
    /// or for another name.
    pub fn bundle(&self, module: &std::path::Path, defined: &[(&str, &str)]) -> Result<Vec<u8>> {
        let mut esbuild = self.esbuild();
        esbuild.args(defined.iter().map(|(name, json)| format!("--define:{name}={json}")));
        esbuild.arg(module).args(["--bundle", "--format=esm"]);
        filter(&mut esbuild, &[])
    }

    /// Minifies one module, in which `defined` names stand for JSON. What it imports stays where it is.
    pub fn replace(&self, module: &std::path::Path, defined: &[(&str, String)]) -> Result<Vec<u8>> {
        let mut esbuild = self.esbuild();
        esbuild.args(defined.iter().map(|(name, json)| format!("--define:{name}={json}")));
        esbuild.arg(module).arg("--format=esm");
        filter(&mut esbuild, &[])
    }

    /// Packs a folder as npm would publish it, into another one; the name of the tarball.
    pub fn pack(&self, folder: &std::path::Path, into: &std::path::Path) -> Result<String> {
        let mut pack = Command::new(&self.npm);
        pack.args(["pack", "--silent", "--pack-destination"]).arg(into).current_dir(folder);
        Ok(capture(&mut pack)?.trim().to_owned())
    }

    /// Binaryen's optimiser, to be given its input, output and options.
    pub fn wasm_opt(&self) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(self.modules.join("binaryen/bin/wasm-opt"));
        command
    }

    fn esbuild(&self) -> Command {
        // By its link, for it is a script until its install step has put the real program there.
        let mut command = Command::new(self.modules.join(".bin/esbuild"));
        command.args(["--minify", "--target=es2022", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]);
        command
    }
}
