//! `cargo xtask pack`: the widget as a package of npm, for sites that bundle their scripts.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::dist::{self, LOADER};
use crate::npm::Tools;
use crate::step::step;
use crate::workspace::Workspace;

/// Closing lines of `cargo xtask pack --help`.
pub const HELP: &str = "Example:
  cargo xtask pack
  npm install ./target/npm/curtain-up-*.tgz    in your site

Nothing is published.";

/// What stands in the package as it stands in `integrations/npm/`.
const WRITTEN: [&str; 6] = ["README.md", "custom-elements.json", "curtain-up.d.ts", "define.d.ts", "define.js", "react.d.ts"];

/// Builds what is needed, packs it and prints where the package lies.
pub fn run(workspace: &Workspace) -> Result<()> {
    println!("{}", make(workspace)?.display());
    Ok(())
}

/// Builds what is needed and packs it: where the package lies.
pub fn make(workspace: &Workspace) -> Result<PathBuf> {
    let manifest = dist::build(workspace)?;
    let tools = Tools::ensure(workspace)?;
    let source = workspace.root.join("integrations/npm");
    let target = workspace.target.join("npm");
    let package = target.join("package");
    let packed = step("npm package", || {
        if package.exists() {
            fs::remove_dir_all(&package)?;
        }
        fs::create_dir_all(&package)?;
        let copy = |folder: &std::path::Path, name: &str| {
            fs::copy(folder.join(name), package.join(name)).with_context(|| format!("cannot copy {name} from {}", folder.display()))
        };
        for name in WRITTEN {
            copy(&source, name)?;
        }
        copy(&workspace.root, "LICENSE")?;
        for name in manifest.files().into_iter().filter(|name| *name != LOADER) {
            copy(&workspace.dist, name)?;
        }
        fs::write(package.join(LOADER), dist::class(workspace, &tools, &manifest)?)?;
        // The workspace has the version.
        let described = fs::read_to_string(source.join("package.json"))?.replace("0.0.0", env!("CARGO_PKG_VERSION"));
        fs::write(package.join("package.json"), described)?;
        tools.pack(&package, &target)
    })?;
    Ok(target.join(packed))
}
