//! `cargo xtask setup`: what is missing gets installed, what stands is left alone.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::crates::{self, GECKODRIVER, TRUNK};
use crate::locked::locked;
use crate::npm::{self, Tools};
use crate::packages::{self, CHROMEDRIVER, CHROMIUM, CURL, FIREFOX, INITDB, OPENSSL, PHP, PYTHON, WEBKIT_DRIVER, XVFB};
use crate::postfix;
use crate::toolchain::Wasm;
use crate::wordpress;
use crate::workspace::Workspace;

/// Closing lines of `cargo xtask setup --help`.
pub const HELP: &str = "Example:
  cargo xtask setup
  CURTAIN_UP_WASM_TOOLCHAIN=debian cargo xtask setup    with Debian's compiler, without rustup

Programs that you have elsewhere: name their files in CURTAIN_UP_CHROMIUM, CURTAIN_UP_CHROMEDRIVER,
CURTAIN_UP_FIREFOX, CURTAIN_UP_GECKODRIVER, CURTAIN_UP_WEBKIT_DRIVER, CURTAIN_UP_XVFB,
CURTAIN_UP_INITDB (of PostgreSQL), CURTAIN_UP_TRUNK, CURTAIN_UP_NODE and CURTAIN_UP_NPM; and in
CURTAIN_UP_POSTFIX the folder that Debian's packages postfix, sasl2-bin and libsasl2-modules were unpacked in.";

/// What the pictures of every view are written in.
const FONT: &str = "fonts-dejavu-core";

/// What building the widget needs.
pub struct ForWidget {
    /// The compiler for the browser.
    pub wasm: Wasm,
    /// Minifier and optimiser.
    pub tools: Tools,
}

/// What the tests need besides a built widget.
pub struct ForTests {
    /// The browsers, their drivers and the screen of one of them, each by the variable that names it to the tests.
    pub browsers: [(&'static str, PathBuf); 6],
    /// The folder of PostgreSQL's programs.
    pub postgres_bin: PathBuf,
    /// The folder that a mail server was unpacked in.
    pub postfix: PathBuf,
    /// axe-core's script; it comes with the tools that build the widget.
    pub axe: PathBuf,
}

/// What the tests of the ways in need besides a built widget and a server.
pub struct ForWaysIn {
    /// The browser.
    pub chromium: PathBuf,
    /// What drives it.
    pub chromedriver: PathBuf,
    /// The folder that WordPress is unpacked in.
    pub wordpress: PathBuf,
    /// What `trunk serve` is run by.
    pub trunk: PathBuf,
}

/// Sets up what building the widget needs. A demonstration needs no more.
pub fn for_widget(workspace: &Workspace) -> Result<ForWidget> {
    locked(workspace, || Ok(ForWidget { wasm: Wasm::ensure(workspace)?, tools: Tools::ensure(workspace)? }))
}

/// Sets up what the tests need besides a built widget.
pub fn for_tests(workspace: &Workspace) -> Result<ForTests> {
    locked(workspace, || {
        let programs = [&CHROMIUM, &CHROMEDRIVER, &FIREFOX, &WEBKIT_DRIVER, &XVFB, &INITDB];
        let [chromium, chromedriver, firefox, webkit_driver, xvfb, initdb] = packages::ensure(programs)?;
        let browsers = [
            (CHROMIUM.variable, chromium),
            (CHROMEDRIVER.variable, chromedriver),
            (FIREFOX.variable, firefox),
            (GECKODRIVER.variable, crates::ensure(workspace, &GECKODRIVER)?),
            (WEBKIT_DRIVER.variable, webkit_driver),
            (XVFB.variable, xvfb),
        ];
        // The font of the kept pictures, `docs/views.md`.
        if packages::have_apt() && !packages::installed(FONT) {
            packages::install(&[FONT])?;
        }
        packages::ensure([&OPENSSL, &PYTHON, &PHP])?;
        let postgres_bin = initdb.parent().with_context(|| format!("{} has no folder", initdb.display()))?.to_path_buf();
        Ok(ForTests { browsers, postgres_bin, postfix: postfix::ensure(workspace)?, axe: npm::axe(workspace) })
    })
}

/// Sets up what the tests of the ways in need besides a built widget and a server.
pub fn for_ways_in(workspace: &Workspace) -> Result<ForWaysIn> {
    locked(workspace, || {
        let [chromium, chromedriver, _] = packages::ensure([&CHROMIUM, &CHROMEDRIVER, &CURL])?;
        let (wordpress, trunk) = (wordpress::ensure(workspace)?, crates::ensure(workspace, &TRUNK)?);
        Ok(ForWaysIn { chromium, chromedriver, wordpress, trunk })
    })
}

/// Sets up all of it.
pub fn everything(workspace: &Workspace) -> Result<()> {
    for_widget(workspace)?;
    for_tests(workspace)?;
    for_ways_in(workspace)?;
    Ok(())
}
