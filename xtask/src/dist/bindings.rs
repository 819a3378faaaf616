//! From Rust to what a browser loads: WebAssembly and the JavaScript that binds it.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::command::{chatter, run};
use crate::npm::Tools;
use crate::toolchain::{TARGET, Wasm};
use crate::workspace::Workspace;

const PACKAGE: &str = "curtain-up";
const PROFILE: &str = "widget";

/// What the optimiser may use: what every browser of the last years has. Never `--all-features`,
/// which makes a module that no browser loads.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What the optimiser does. Taking control flow apart and putting it together again, then a second
/// round, makes one and a half per cent less in brotli than `-Oz` alone.
const PASSES: [&str; 6] = ["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz", "--strip-target-features"];

/// A module with its bindings, before the optimiser.
pub struct Bound {
    /// The bindings, minified.
    pub module: Vec<u8>,
    wasm: PathBuf,
}

/// Compiles the widget's crate, as a browser's library alone: a crate that is built as a Rust
/// library in the same breath is left out of link-time optimisation, which costs a quarter more.
pub fn compile(workspace: &Workspace, wasm: &Wasm) -> Result<()> {
    let mut cargo = wasm.cargo_for_shipping();
    cargo
        .current_dir(&workspace.root)
        .arg("rustc")
        .args(chatter())
        .args(["--package", PACKAGE, "--lib"])
        .args(["--crate-type", "cdylib"])
        .args(["--target", TARGET, "--profile", PROFILE]);
    run(&mut cargo)
}

/// Makes the bindings of the compiled crate.
pub fn bind(wasm: &Wasm, tools: &Tools) -> Result<Bound> {
    let built = wasm.target_dir.join(TARGET).join(PROFILE);
    let compiled = built.join(format!("{}.wasm", PACKAGE.replace('-', "_")));
    let folder = built.join("bindings");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    Bindgen::new()
        .input_path(&compiled)
        .out_name("widget")
        .web(true)?
        .typescript(false)
        // The loader hands the module over; it has its hash in its name, which the bindings
        // cannot know.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&folder)
        .with_context(|| format!("no bindings for {}", compiled.display()))?;
    Ok(Bound { module: tools.bundle(&folder.join("widget.js"), &[])?, wasm: folder.join("widget_bg.wasm") })
}

/// Makes the module as small as Binaryen can.
pub fn optimise(bound: &Bound, tools: &Tools) -> Result<Vec<u8>> {
    let small = bound.wasm.with_extension("small.wasm");
    let mut wasm_opt = tools.wasm_opt();
    wasm_opt.args(FEATURES).args(PASSES).arg(&bound.wasm).arg("--output").arg(&small);
    run(&mut wasm_opt)?;
    fs::read(&small).with_context(|| format!("cannot read {}", small.display()))
}
