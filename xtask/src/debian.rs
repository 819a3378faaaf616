//! Debian's compiler, made to build for the browser.
//!
//! Debian packages a recent compiler for building browsers, with its library's source but without
//! the library for wasm32. So cargo builds that along with the crates, see
//! [`crate::toolchain::BUILD_STD`].

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::command::capture;
use crate::packages::{have_apt, install, installed};
use crate::step::stands;
use crate::toolchain::{BUILD_STD, TARGET};
use crate::workspace::Workspace;

const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const CARGO: &str = "/usr/bin/cargo";
const CARGO_CLIPPY: &str = "/usr/bin/cargo-clippy";
const RUSTC: &str = "/usr/bin/rustc";
const LINKER: &str = "wasm-ld-22";

/// Debian's compiler.
pub struct Debian {
    /// What it compiles; compilers of two versions must not share a folder.
    home: PathBuf,
}

impl Debian {
    /// The compiler, if it is installed.
    pub fn find(workspace: &Workspace) -> Option<Self> {
        PACKAGES.iter().all(|package| installed(package)).then(|| Self::at(workspace))
    }

    /// Installs the compiler where it is missing.
    pub fn ensure(workspace: &Workspace) -> Result<Self> {
        let missing: Vec<&str> = PACKAGES.into_iter().filter(|package| !installed(package)).collect();
        if missing.is_empty() {
            stands("Debian's compiler", "already there");
        } else if have_apt() {
            install(&missing)?;
        } else {
            bail!(
                "this machine has no compiler for {TARGET} and no apt to bring one; \
                 run `rustup target add {TARGET}` where rustup's server can be reached"
            );
        }
        Ok(Self::at(workspace))
    }

    /// This compiler's cargo. It builds the browser's library along with the crates.
    pub fn cargo(&self) -> Command {
        let mut command = self.program(CARGO);
        build_for_browser(&mut command);
        command
    }

    /// This compiler's `cargo clippy`; Debian's package `rust-web-clippy` brings it.
    pub fn clippy(&self) -> Option<Command> {
        if !Path::new(CARGO_CLIPPY).is_file() {
            return None;
        }
        // By its path: rustup's proxy of the same name stands first on the search path.
        let mut command = self.program(CARGO_CLIPPY);
        command.arg("clippy").env("CARGO", CARGO);
        build_for_browser(&mut command);
        Some(command)
    }

    /// What the compiler calls itself.
    pub fn version(&self) -> Result<String> {
        capture(self.program(RUSTC).arg("-vV"))
    }

    /// Where this compiler puts what it builds.
    pub fn target_dir(&self) -> PathBuf {
        self.home.clone()
    }

    fn at(workspace: &Workspace) -> Self {
        Self { home: workspace.target.join("wasm-debian") }
    }

    /// A program of this compiler, out of reach of the toolchain that runs this xtask.
    fn program(&self, path: &str) -> Command {
        let mut command = Command::new(path);
        for variable in [
            "CARGO",
            "CARGO_ENCODED_RUSTFLAGS",
            "LD_LIBRARY_PATH",
            "RUSTC_WORKSPACE_WRAPPER",
            "RUSTC_WRAPPER",
            "RUSTDOC",
            "RUSTFLAGS",
            "RUSTUP_TOOLCHAIN",
        ] {
            command.env_remove(variable);
        }
        command.env("RUSTC", RUSTC);
        command
    }
}

fn build_for_browser(command: &mut Command) {
    // `--config` adds to what `.cargo/config.toml` says; a variable would replace it.
    command.args(BUILD_STD).arg("--config").arg(format!("target.{TARGET}.linker={LINKER:?}"));
    command.env("RUSTC_BOOTSTRAP", "1");
}
