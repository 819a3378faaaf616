//! What drives Firefox. Debian has no package of it; Mozilla publishes it as a crate.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::command::{capture, cargo, on_path};
use crate::step::{stands, step};
use crate::workspace::Workspace;

const NAME: &str = "geckodriver";

/// Names its path, for those who have it elsewhere.
pub const VARIABLE: &str = "CURTAIN_UP_GECKODRIVER";

/// The version that is installed where there is none.
const VERSION: &str = "0.37.1";

/// Finds it, after building it where it is nowhere: three minutes, once.
pub fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let root = workspace.tools.join("cargo");
    let built = root.join("bin").join(NAME);
    let path = match found(&built) {
        Some(path) => path,
        None => {
            step("cargo: geckodriver", || {
                capture(cargo().args(["install", NAME, "--version", VERSION, "--locked", "--quiet", "--root"]).arg(&root))
            })?;
            built
        }
    };
    stands(NAME, &format!("already there, {}", path.display()));
    Ok(path)
}

fn found(built: &Path) -> Option<PathBuf> {
    let named = env::var_os(VARIABLE).map(PathBuf::from);
    named.into_iter().chain([built.to_path_buf()]).find(|path| path.is_file()).or_else(|| on_path(&[NAME]))
}
