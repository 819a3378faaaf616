//! The compiler that makes WebAssembly.
//!
//! The toolchain that runs this xtask is used where it can build for the browser. Where its
//! standard library for wasm32 is missing and cannot be had (rustup's server is out of reach),
//! Debian's compiler does it, see [`crate::debian`].

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::command::{capture, cargo, on_path, run_within};
use crate::debian::Debian;
use crate::step::{stands, step};
use crate::workspace::Workspace;

/// The target triple of the widget.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Makes cargo build the standard library along with the crates, small before quick. The source is a
/// stable compiler's; `RUSTC_BOOTSTRAP` lets it use what only the library may use.
pub const BUILD_STD: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];

/// A panic ends the widget without a word, since nobody would read it: no place, no message, and no code
/// to put them together. With the library built alike that is 7 KB in brotli.
const SILENT: [&str; 4] = ["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none", "-Zfmt-debug=none"];

/// Names the toolchain to use, `rustup` or `debian`, instead of finding out.
pub const CHOICE: &str = "CURTAIN_UP_WASM_TOOLCHAIN";

/// How long rustup may try before its server counts as out of reach.
const PATIENCE: Duration = Duration::from_secs(60);

/// A compiler that can build for the browser.
pub struct Wasm {
    kind: Kind,
    /// Where it puts what it builds; compilers of two versions must not share one.
    pub target_dir: PathBuf,
}

enum Kind {
    /// The toolchain that runs this xtask.
    Active,
    Debian(Debian),
}

impl Wasm {
    /// Finds or makes a compiler for the browser.
    pub fn ensure(workspace: &Workspace) -> Result<Self> {
        let choice = env::var(CHOICE).ok();
        let kind = match choice.as_deref() {
            Some("rustup") => Self::active()?,
            Some("debian") => Kind::Debian(Debian::ensure(workspace)?),
            Some(other) => bail!("{CHOICE} is \"{other}\"; it may be \"rustup\" or \"debian\""),
            None => Self::any(workspace)?,
        };
        let target_dir = match &kind {
            Kind::Active => workspace.target.clone(),
            Kind::Debian(debian) => debian.target_dir(),
        };
        Ok(Self { kind, target_dir })
    }

    /// A cargo to be given a subcommand and its options. It knows its target folder, not yet its
    /// target: add `--target` with [`TARGET`].
    pub fn cargo(&self) -> Command {
        let mut command = match &self.kind {
            Kind::Active => cargo(),
            Kind::Debian(debian) => debian.cargo(),
        };
        command.env("CARGO_TARGET_DIR", &self.target_dir);
        command
    }

    /// As [`Self::cargo`], for what is shipped: everything built for size, the library too.
    pub fn cargo_for_shipping(&self) -> Command {
        let mut command = self.cargo();
        if matches!(self.kind, Kind::Active) {
            command.args(BUILD_STD).env("RUSTC_BOOTSTRAP", "1");
        }
        command.arg("--config").arg(format!("target.{TARGET}.rustflags={SILENT:?}"));
        command
    }

    /// As [`Self::cargo`] with its subcommand `clippy`, if this toolchain has one.
    pub fn clippy(&self) -> Option<Command> {
        let mut command = match &self.kind {
            Kind::Active => {
                let mut command = cargo();
                command.arg("clippy");
                command
            }
            Kind::Debian(debian) => debian.clippy()?,
        };
        command.env("CARGO_TARGET_DIR", &self.target_dir);
        Some(command)
    }

    /// What this compiler calls itself, with its version: another one builds other bytes.
    pub fn version(&self) -> Result<String> {
        match &self.kind {
            Kind::Active => capture(Command::new(rustc()).arg("-vV")),
            Kind::Debian(debian) => debian.version(),
        }
    }

    fn any(workspace: &Workspace) -> Result<Kind> {
        if stands_whole(&sysroot()?) {
            stands(TARGET, "already there");
            return Ok(Kind::Active);
        }
        // Before rustup: on a machine that went this way once, rustup's server is out of reach.
        if let Some(debian) = Debian::find(workspace) {
            stands(TARGET, "already there, of Debian's compiler");
            return Ok(Kind::Debian(debian));
        }
        match Self::active() {
            Ok(kind) => Ok(kind),
            Err(error) => {
                eprintln!("{error:#}");
                eprintln!("{TARGET}: not to be had for this toolchain, so Debian's compiler");
                Ok(Kind::Debian(Debian::ensure(workspace)?))
            }
        }
    }

    fn active() -> Result<Kind> {
        let sysroot = sysroot()?;
        if stands_whole(&sysroot) {
            stands(TARGET, "already there");
            return Ok(Kind::Active);
        }
        if on_path(&["rustup"]).is_none() {
            bail!("the compiler in {} cannot build for {TARGET}, and there is no rustup to add it", sysroot.display());
        }
        for arguments in [["target", "add", TARGET], ["component", "add", "rust-src"]] {
            step(&format!("rustup: {}", arguments[2]), || run_within(Command::new("rustup").args(arguments), PATIENCE))?;
        }
        Ok(Kind::Active)
    }
}

/// Makes sure that `cargo fmt` or `cargo clippy` is here, by its component's name.
pub fn ensure_component(component: &str) -> Result<()> {
    let subcommand = if component == "rustfmt" { "fmt" } else { component };
    if capture(cargo().args([subcommand, "--version"])).is_ok() {
        return Ok(());
    }
    step(&format!("rustup: {component}"), || {
        let mut rustup = Command::new("rustup");
        run_within(rustup.args(["component", "add", component]), PATIENCE)
            .with_context(|| format!("install `cargo {subcommand}` for this toolchain by hand"))
    })
}

/// Whether the standard library for the browser stands in this sysroot, and its source beside it.
fn stands_whole(sysroot: &Path) -> bool {
    let library = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    let source = sysroot.join("lib/rustlib/src/rust/library/Cargo.lock");
    source.is_file() && library.is_dir()
}

fn sysroot() -> Result<PathBuf> {
    let printed = capture(Command::new(rustc()).args(["--print", "sysroot"]))?;
    Ok(PathBuf::from(printed.trim()))
}

fn rustc() -> std::ffi::OsString {
    env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())
}
