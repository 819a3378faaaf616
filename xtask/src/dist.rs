//! `cargo xtask build`: what browsers load as it is shipped: the widget in `dist/`, the host's desk in `dist/desk/`.
//!
//! One stable name, `curtain-up.js`; all else has its content's hash in its name and may be kept
//! for ever. Each file has its brotli twin beside it, and `manifest.json` names them all.

mod bindings;
mod desk;
mod locales;
mod output;
mod stamp;
mod texts;

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::locked::locked;
use crate::npm::Tools;
use crate::setup::{self, ForWidget};
use crate::step::{stands, step};
use crate::workspace::Workspace;
use bindings::WIDGET;
use output::{Effort, Output};
use stamp::Stamp;

/// Closing lines of `cargo xtask build --help`.
pub const HELP: &str = "Example:
  cargo xtask build && ls -l dist

Nothing is done while no input has changed. Remove dist/ to build regardless.";

/// The file with the one stable address.
pub const LOADER: &str = "curtain-up.js";

const MANIFEST: &str = "manifest.json";

/// The names of the files in `dist/`, as the loader and the server know them.
#[derive(Serialize, Deserialize)]
pub struct Manifest {
    /// The bindings: a JavaScript module that starts the WebAssembly.
    pub module: String,
    /// The WebAssembly.
    pub wasm: String,
    /// What of the loader few pages need.
    pub seldom: String,
    /// The style sheet for the shadow root.
    pub style: String,
    /// What goes along with somebody who is in.
    pub companion: String,
    /// The catalogue of each language, by its tag.
    pub locales: BTreeMap<String, String>,
}

impl Manifest {
    /// The names of all files but the manifest itself, the loader first.
    pub fn files(&self) -> Vec<&str> {
        let hashed = [&self.module, &self.wasm, &self.seldom, &self.style, &self.companion];
        std::iter::once(LOADER).chain(hashed.into_iter().map(String::as_str)).chain(self.locales.values().map(String::as_str)).collect()
    }
}

/// Builds the widget and the desk unless they stand.
pub fn build_all(workspace: &Workspace) -> Result<()> {
    build(workspace)?;
    desk::build(workspace)
}

/// Builds the widget unless it stands, after setting up what that needs.
pub fn build(workspace: &Workspace) -> Result<Manifest> {
    let needs = setup::for_widget(workspace)?;
    locked(workspace, || {
        let stamp = Stamp::of(workspace, &stamp::WIDGET, &needs.wasm.version()?)?;
        if let Some(manifest) = standing(workspace, &stamp) {
            stands("widget", "already built from these sources");
            return Ok(manifest);
        }
        make(workspace, &needs, &stamp)
    })
}

/// The element's class for bundlers: a module that defines nothing, and names its files as bundlers understand it.
/// None of them may become a `data:` address within the bundle: strict pages forbid those, and only one language is needed.
pub fn class(workspace: &Workspace, tools: &Tools, manifest: &Manifest) -> Result<String> {
    let address = |name: &str| format!("new URL({:?}, import.meta.url).href", format!("./{name}?no-inline"));
    let locales: Vec<String> = manifest.locales.iter().map(|(language, name)| format!("{language:?}: {}", address(name))).collect();
    let [module, wasm, seldom, style, companion] =
        [&manifest.module, &manifest.wasm, &manifest.seldom, &manifest.style, &manifest.companion].map(|name| address(name));
    let files = format!(
        "const CURTAIN_UP_FILES = {{ module: {module}, wasm: {wasm}, seldom: {seldom}, style: {style}, companion: {companion}, \
         locales: {{ {} }} }};\n",
        locales.join(", ")
    );
    let class = String::from_utf8(texts::class(workspace, tools, "CURTAIN_UP_FILES")?)?;
    Ok(files + &class)
}

/// The manifest of a `dist/` that is whole and built from the sources of this stamp.
fn standing(workspace: &Workspace, stamp: &Stamp) -> Option<Manifest> {
    if !stamp.stands_in(&workspace.dist) {
        return None;
    }
    let text = fs::read_to_string(workspace.dist.join(MANIFEST)).ok()?;
    let manifest: Manifest = serde_json::from_str(&text).ok()?;
    let whole = manifest.files().iter().all(|name| output::stands(&workspace.dist, name));
    whole.then_some(manifest)
}

fn make(workspace: &Workspace, needs: &ForWidget, stamp: &Stamp) -> Result<Manifest> {
    let tools = &needs.tools;
    // Quick things first: a mistake in them shows before the compiler has had its minutes.
    let locales = workspace.root.join("locales");
    let catalogues = step("widget: locales", || locales::pack_all(&locales))?;
    // The names are not known yet: this is for mistakes alone.
    step("widget: loader", || texts::loader(workspace, tools, "{}"))?;
    let seldom = texts::seldom(workspace, tools, &locales::keys(&locales)?)?;
    let style = step("widget: styles", || texts::style(&workspace.root.join("style"), tools))?;
    let companion = step("widget: companion", || texts::companion(workspace, tools))?;
    step("widget: wasm", || bindings::compile(workspace, &needs.wasm, &WIDGET))?;
    let bound = step("widget: bindings", || bindings::bind(&needs.wasm, tools, &WIDGET))?;
    let wasm = step("widget: optimising", || bindings::optimise(&bound, tools, &WIDGET))?;

    step("widget: dist", || {
        stamp.remove_from(&workspace.dist)?;
        let mut output = Output::into(&workspace.dist, Effort::Most)?;
        output.keep(desk::FOLDER);
        let mut manifest = Manifest {
            module: output.hashed("widget", "js", &bound.module)?,
            wasm: output.hashed("widget", "wasm", &wasm)?,
            seldom: output.hashed("seldom", "js", &seldom)?,
            style: output.hashed("style", "css", &style)?,
            companion: output.hashed("companion", "js", &companion)?,
            locales: BTreeMap::new(),
        };
        for (language, packed) in &catalogues {
            let name = output.hashed(language, "txt", packed.as_bytes())?;
            manifest.locales.insert(language.clone(), name);
        }
        let names = serde_json::to_string(&manifest).context("the manifest is no JSON")?;
        // After the files that they name: whoever reads them meanwhile finds all that they name.
        output.named(LOADER, &texts::loader(workspace, tools, &names)?)?;
        output.named(MANIFEST, names.as_bytes())?;
        output.remove_others()?;
        stamp.write_to(&workspace.dist)?;
        Ok(manifest)
    })
}
