//! Programs that are published as crates, and of which Debian has no package: what drives Firefox, and Trunk.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::command::{capture, cargo, on_path};
use crate::step::{stands, step};
use crate::workspace::Workspace;

/// A program that is built where it is nowhere.
pub struct Program {
    name: &'static str,
    /// Names its path, for those who have it elsewhere.
    pub variable: &'static str,
    /// The version that is installed where there is none.
    version: &'static str,
    /// What cargo is told besides.
    options: &'static [&'static str],
}

/// What drives Firefox; Mozilla publishes it as a crate. Three minutes, once.
pub const GECKODRIVER: Program =
    Program { name: "geckodriver", variable: "CURTAIN_UP_GECKODRIVER", version: "0.37.1", options: &["--quiet"] };

/// What `trunk serve` is run by. Later versions want a later compiler. It asks nobody for news of itself, and is built to be
/// there soon: five minutes, once; with optimisation it would be a quarter of an hour.
pub const TRUNK: Program = Program {
    name: "trunk",
    variable: "CURTAIN_UP_TRUNK",
    version: "0.21.14",
    options: &["--quiet", "--debug", "--config", "profile.dev.debug=false", "--no-default-features", "--features", "rustls"],
};

/// Finds it, after building it where it is nowhere.
pub fn ensure(workspace: &Workspace, program: &Program) -> Result<PathBuf> {
    let Program { name, version, options, .. } = program;
    let root = workspace.tools.join("cargo");
    let built = root.join("bin").join(name);
    let path = match found(program, &built) {
        Some(path) => path,
        None => {
            step(&format!("cargo: {name}"), || {
                let mut install = cargo();
                capture(install.args(["install", name, "--version", version, "--locked"]).args(*options).arg("--root").arg(&root))
            })?;
            built
        }
    };
    stands(name, &format!("already there, {}", path.display()));
    Ok(path)
}

fn found(program: &Program, built: &Path) -> Option<PathBuf> {
    let named = env::var_os(program.variable).map(PathBuf::from);
    named.into_iter().chain([built.to_path_buf()]).find(|path| path.is_file()).or_else(|| on_path(&[program.name]))
}
