//! The host's desk, in `dist/desk/`: `index.html` and what it names, by the hashes of their contents.
//!
//! The page holds no script and no style of its own, so that the server can forbid both.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::bindings::{self, DESK};
use super::output::{self, Effort, Output};
use super::stamp::{self, Stamp};
use super::texts;
use crate::locked::locked;
use crate::setup::{self, ForWidget};
use crate::step::{stands, step};
use crate::workspace::Workspace;

/// Where in `dist/` the desk lies.
pub const FOLDER: &str = "desk";

const PAGE: &str = "index.html";

/// Builds the desk unless it stands, after setting up what that needs.
pub fn build(workspace: &Workspace) -> Result<()> {
    let needs = setup::for_widget(workspace)?;
    locked(workspace, || {
        let stamp = Stamp::of(workspace, &stamp::DESK, &needs.wasm.version()?)?;
        let folder = workspace.dist.join(FOLDER);
        if stamp.stands_in(&folder) && output::stands(&folder, PAGE) {
            stands("desk", "already built from these sources");
            return Ok(());
        }
        make(workspace, &needs, &stamp, &folder)
    })
}

fn make(workspace: &Workspace, needs: &ForWidget, stamp: &Stamp, folder: &Path) -> Result<()> {
    let tools = &needs.tools;
    let source = workspace.root.join("desk");
    let style = step("desk: styles", || texts::style(&source.join("style"), tools))?;
    let page = fs::read_to_string(source.join(PAGE)).context("cannot read desk/index.html")?;
    step("desk: wasm", || bindings::compile(workspace, &needs.wasm, &DESK))?;
    let bound = step("desk: bindings", || bindings::bind(&needs.wasm, tools, &DESK))?;
    let wasm = step("desk: optimising", || bindings::optimise(&bound, tools, &DESK))?;
    step("desk: dist", || {
        stamp.remove_from(folder)?;
        let mut output = Output::into(folder, Effort::Some)?;
        let wasm = output.hashed("desk", "wasm", &wasm)?;
        let module = output.hashed("desk", "js", &bound.module)?;
        let names = [("__MODULE__", format!("\"./{module}\"")), ("__WASM__", format!("\"./{wasm}\""))];
        let start = output.hashed("start", "js", &tools.replace(&source.join("start.js"), &names)?)?;
        let style = output.hashed("style", "css", &style)?;
        let icon = fs::read(source.join("icon.svg")).context("cannot read desk/icon.svg")?;
        let icon = output.hashed("icon", "svg", &icon)?;
        let page = page.replace("icon.svg", &icon);
        let page = page.replace("start.js", &start).replace("style.css", &style).replace("desk.js", &module).replace("desk.wasm", &wasm);
        output.named(PAGE, page.as_bytes())?;
        output.remove_others()?;
        stamp.write_to(folder)
    })
}
