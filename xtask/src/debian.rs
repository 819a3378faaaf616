//! Debian's compiler, made to build for the browser.
//!
//! Debian packages a recent compiler for building browsers, with its library's source but without
//! the library for wasm32. So that is built here once (about a minute) and put into a sysroot of
//! its own under `target/`, which only the widget's crates are compiled against: nothing in
//! `/usr` is written by hand, and code that runs while compiling uses Debian's own library.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::capture;
use crate::packages::{have_apt, install, installed};
use crate::step::{stands, step};
use crate::toolchain::{TARGET, has_target};
use crate::workspace::Workspace;

const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const CARGO: &str = "/usr/bin/cargo";
const CARGO_CLIPPY: &str = "/usr/bin/cargo-clippy";
const RUSTC: &str = "/usr/bin/rustc";
const LINKER: &str = "wasm-ld-22";

/// Debian's compiler with a standard library for the browser.
pub struct Debian {
    /// Everything of it: `sysroot-VERSION`, `std`, and what it compiles.
    home: PathBuf,
    sysroot: PathBuf,
}

impl Debian {
    /// The compiler, if it stands complete.
    pub fn find(workspace: &Workspace) -> Option<Self> {
        if !PACKAGES.iter().all(|package| installed(package)) {
            return None;
        }
        let debian = Self::at(workspace).ok()?;
        has_target(&debian.sysroot).then_some(debian)
    }

    /// Installs the compiler and builds its library, where either is missing.
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
        let debian = Self::at(workspace)?;
        if has_target(&debian.sysroot) {
            stands(TARGET, "already there");
        } else {
            step(&format!("standard library for {TARGET}"), || debian.build_std())?;
        }
        Ok(debian)
    }

    /// This compiler's cargo, with the browser's library for crates of that target.
    pub fn cargo(&self) -> Command {
        let mut command = self.program(CARGO);
        self.use_sysroot(&mut command);
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
        self.use_sysroot(&mut command);
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

    fn at(workspace: &Workspace) -> Result<Self> {
        let printed = capture(Command::new(RUSTC).arg("--version"))?;
        let version = printed.split_whitespace().nth(1).with_context(|| format!("{RUSTC} --version printed \"{printed}\""))?;
        let home = workspace.target.join("wasm-debian");
        Ok(Self { sysroot: home.join(format!("sysroot-{version}")), home })
    }

    /// Builds the library from its source as a dependency of an empty crate, which is the one way
    /// that cargo offers, and copies it to where a compiler looks for it.
    fn build_std(&self) -> Result<()> {
        let package = self.home.join("std");
        fs::create_dir_all(package.join("src"))?;
        fs::write(package.join("src/lib.rs"), "")?;
        fs::write(package.join("Cargo.toml"), "[package]\nname = \"std-for-wasm\"\nedition = \"2024\"\n\n[workspace]\n")?;
        let mut cargo = self.program(CARGO);
        cargo
            .current_dir(&package)
            .args(["build", "--quiet", "--release", "--target", TARGET])
            .arg("-Zbuild-std=std,panic_abort,test")
            .arg("-Zbuild-std-features=optimize_for_size")
            // The source is a stable compiler's; this lets it use what only the library may use.
            .env("RUSTC_BOOTSTRAP", "1")
            // Without bitcode in it the library cannot take part in link-time optimisation.
            .env("RUSTFLAGS", "-Cembed-bitcode=yes")
            .env("CARGO_TARGET_DIR", package.join("target"));
        capture(&mut cargo)?;

        let built = package.join("target").join(TARGET).join("release/deps");
        let unfinished = self.home.join("sysroot-unfinished");
        let libraries = unfinished.join("lib/rustlib").join(TARGET).join("lib");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)?;
        }
        fs::create_dir_all(&libraries)?;
        for entry in fs::read_dir(&built)? {
            let path = entry?.path();
            let own = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("libstd_for_wasm"));
            if let Some(name) = path.file_name()
                && path.extension() == Some(OsStr::new("rlib"))
                && !own
            {
                fs::copy(&path, libraries.join(name))?;
            }
        }
        // Renamed whole: a sysroot that is there is complete.
        fs::rename(&unfinished, &self.sysroot).with_context(|| format!("cannot make {}", self.sysroot.display()))
    }

    fn use_sysroot(&self, command: &mut Command) {
        // `--config` adds to what `.cargo/config.toml` says; a variable would replace it.
        let flag = format!("--sysroot={}", self.sysroot.display());
        command
            .arg("--config")
            .arg(format!("target.{TARGET}.rustflags=[{flag:?}]"))
            .arg("--config")
            .arg(format!("target.{TARGET}.linker={LINKER:?}"));
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
