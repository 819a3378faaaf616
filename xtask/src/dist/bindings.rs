//! From Rust to what a browser loads: WebAssembly and the JavaScript that binds it.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::command::{chatter, run};
use crate::npm::Tools;
use crate::toolchain::{TARGET, Wasm};
use crate::workspace::Workspace;

/// One of the programs that browsers run.
pub struct Program {
    /// Its crate.
    package: &'static str,
    /// The profile that it is built in.
    profile: &'static str,
    /// What its files are called.
    name: &'static str,
    /// What the optimiser does.
    passes: &'static [&'static str],
    /// Whether bytes count above all: then the standard library is built along with it.
    counts_bytes: bool,
    /// What the compiler is told besides.
    flags: &'static [&'static str],
}

/// The widget, which every visitor of a marketing page loads.
pub const WIDGET: Program =
    Program { package: "curtain-up", profile: "widget", name: "widget", passes: &SMALLEST, counts_bytes: true, flags: &[] };

/// The desk, which a host loads once a release: what it takes to build counts more. Leptos forgets the types of its views
/// on request, and the compiler has much less to do.
pub const DESK: Program = Program {
    package: "curtain-up-desk",
    profile: "desk",
    name: "desk",
    passes: &["-O1"],
    counts_bytes: false,
    flags: &["--cfg", "erase_components"],
};

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

/// What makes the smallest module. Taking control flow apart and putting it together again, then a second
/// round, makes one and a half per cent less in brotli than `-Oz` alone. Below 1,024 lies the far end of the stack alone,
/// which the linker puts before everything else, so small offsets may be folded into addresses: half a per cent more, as
/// much as not inlining long functions that are called once: brotli finds what they repeat sooner apart.
const SMALLEST: [&str; 9] = [
    "--low-memory-unused",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "--one-caller-inline-max-function-size=40",
    "-Oz",
    "-Oz",
    "--strip-target-features",
];

/// A module with its bindings, before the optimiser.
pub struct Bound {
    /// The bindings, minified.
    pub module: Vec<u8>,
    wasm: PathBuf,
}

/// Compiles a program's crate, as a browser's library alone: a crate that is built as a Rust
/// library in the same breath is left out of link-time optimisation, which costs a quarter more.
pub fn compile(workspace: &Workspace, wasm: &Wasm, program: &Program) -> Result<()> {
    let mut cargo = if program.counts_bytes { wasm.cargo_for_shipping() } else { wasm.cargo() };
    cargo
        .current_dir(&workspace.root)
        .arg("rustc")
        .args(chatter())
        .args(["--package", program.package, "--lib"])
        .args(["--crate-type", "cdylib"])
        .args(["--target", TARGET, "--profile", program.profile]);
    if !program.flags.is_empty() {
        cargo.arg("--config").arg(format!("target.{TARGET}.rustflags={:?}", program.flags));
    }
    run(&mut cargo)
}

/// Makes the bindings of the compiled crate.
pub fn bind(wasm: &Wasm, tools: &Tools, program: &Program) -> Result<Bound> {
    let built = wasm.target_dir.join(TARGET).join(program.profile);
    let compiled = built.join(format!("{}.wasm", program.package.replace('-', "_")));
    let folder = built.join("bindings");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    Bindgen::new()
        .input_path(&compiled)
        .out_name(program.name)
        .web(true)?
        .typescript(false)
        // Whoever starts the module hands it over; it has its hash in its name, which the bindings
        // cannot know.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&folder)
        .with_context(|| format!("no bindings for {}", compiled.display()))?;
    let module = folder.join(format!("{}.js", program.name));
    Ok(Bound { module: tools.bundle(&module, &[])?, wasm: folder.join(format!("{}_bg.wasm", program.name)) })
}

/// Makes the module as small as Binaryen can.
pub fn optimise(bound: &Bound, tools: &Tools, program: &Program) -> Result<Vec<u8>> {
    let small = bound.wasm.with_extension("small.wasm");
    let mut wasm_opt = tools.wasm_opt();
    wasm_opt.args(FEATURES).args(program.passes).arg(&bound.wasm).arg("--output").arg(&small);
    run(&mut wasm_opt)?;
    fs::read(&small).with_context(|| format!("cannot read {}", small.display()))
}
