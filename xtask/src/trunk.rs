//! What `trunk serve` runs after each of its builds, as `Trunk.toml` says: the widget goes beside the demonstration page.
//!
//! Trunk builds programs that a page starts by itself, and fetches wasm-bindgen and wasm-opt for them. The widget is an
//! element with a loader and catalogues beside it, built by tools that the lock files pin: so it is `cargo xtask build`
//! that builds it here, too.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::demo;
use crate::dist;
use crate::workspace::Workspace;

/// Closing lines of `cargo xtask trunk --help`.
pub const HELP: &str = "Example:
  cargo xtask demo    in one terminal: the events
  trunk serve         in another: the page, which follows the sources

Trunk calls this by itself and says in TRUNK_STAGING_DIR where the page is.";

/// The server that `index.html` names. Trunk hands on what is asked of it, see `Trunk.toml`.
const SERVER: &str = "http://127.0.0.1:3000";

const PAGE: &str = "index.html";

/// Builds the widget and puts it beside the page that Trunk has staged.
pub fn run(workspace: &Workspace) -> Result<()> {
    let staged = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).context("TRUNK_STAGING_DIR is not set; run `trunk serve`")?;
    let manifest = dist::build(workspace)?;
    for name in manifest.files() {
        fs::copy(workspace.dist.join(name), staged.join(name)).with_context(|| format!("cannot copy {name} to {}", staged.display()))?;
    }
    let page = staged.join(PAGE);
    let html = fs::read_to_string(&page).with_context(|| format!("cannot read {}", page.display()))?;
    fs::write(&page, at_home(&html)).with_context(|| format!("cannot write {}", page.display()))?;
    if !demo::healthy(demo::PORT) {
        eprintln!("no companion server at {SERVER}, so the form stays a link; run `cargo xtask demo` in another terminal");
    }
    Ok(())
}

/// The page with everything at the address that it comes from.
fn at_home(html: &str) -> String {
    html.replace(SERVER, "")
}
