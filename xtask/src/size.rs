//! `cargo xtask size`: what the widget weighs, and whether it may weigh that.

use std::fs;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Serialize;

use crate::dist::{self, LOADER, Manifest};
use crate::workspace::Workspace;

/// Closing lines of `cargo xtask size --help`.
pub const HELP: &str = "Example:
  cargo xtask size
  cargo xtask size --json | jq .form.brotli

Exit code 1 past the budget.";

/// Brotli bytes that a marketing page may load until the form can be used.
const BUDGET: u64 = 75_000;

/// Where that is to go.
const TARGET: u64 = 60_000;

/// Options of `cargo xtask size`.
#[derive(Args)]
pub struct Options {
    /// Print one JSON object for scripts
    #[arg(long)]
    pub json: bool,
}

#[derive(Serialize)]
struct Report {
    files: Vec<File>,
    /// What a marketing page loads until the form can be used.
    form: Weight,
    budget: u64,
    target: u64,
    within_budget: bool,
}

#[derive(Serialize)]
struct File {
    name: String,
    #[serde(flatten)]
    weight: Weight,
    /// Whether the form cannot be used without it.
    form: bool,
}

#[derive(Serialize, Clone, Copy)]
struct Weight {
    raw: u64,
    brotli: u64,
}

/// Builds if needed, prints the sizes, and fails past the budget.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let manifest = dist::build(workspace)?;
    let report = weigh(workspace, &manifest)?;
    if options.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        print!("{}", table(&report));
    }
    if !report.within_budget {
        bail!(
            "the form weighs {} bytes in brotli, {} past its budget. What weighs: \
             `twiggy top target/wasm32-unknown-unknown/widget/curtain_up.wasm` (cargo install twiggy)",
            report.form.brotli,
            report.form.brotli - BUDGET
        );
    }
    Ok(())
}

fn weigh(workspace: &Workspace, manifest: &Manifest) -> Result<Report> {
    let english = manifest.locales.get("en").context("dist/manifest.json names no English catalogue")?;
    let for_form = [LOADER, &manifest.module, &manifest.wasm, &manifest.style, english];
    let mut files = Vec::new();
    for name in manifest.files() {
        let length = |name: &str| {
            let path = workspace.dist.join(name);
            fs::metadata(&path).map(|metadata| metadata.len()).with_context(|| format!("cannot read {}", path.display()))
        };
        files.push(File {
            name: name.to_owned(),
            weight: Weight { raw: length(name)?, brotli: length(&format!("{name}.br"))? },
            form: for_form.contains(&name),
        });
    }
    Ok(report(files))
}

fn report(files: Vec<File>) -> Report {
    let mut form = Weight { raw: 0, brotli: 0 };
    for file in files.iter().filter(|file| file.form) {
        form.raw += file.weight.raw;
        form.brotli += file.weight.brotli;
    }
    Report { files, form, budget: BUDGET, target: TARGET, within_budget: form.brotli <= BUDGET }
}

fn table(report: &Report) -> String {
    let mut text = row("file", "raw", "brotli");
    for file in &report.files {
        let mark = if file.form { "" } else { "  (not for the form)" };
        let line = row(&file.name, &thousands(file.weight.raw), &thousands(file.weight.brotli));
        text.push_str(line.trim_end());
        text.push_str(mark);
        text.push('\n');
    }
    let form = report.form;
    text.push_str(&row("until the form can be used", &thousands(form.raw), &thousands(form.brotli)));
    text.push_str(&row("budget", "", &thousands(report.budget)));
    text.push_str(&row("target", "", &thousands(report.target)));
    text
}

fn row(name: &str, raw: &str, brotli: &str) -> String {
    format!("{name:<28}{raw:>10}{brotli:>10}\n")
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, brotli: u64, form: bool) -> File {
        File { name: name.to_owned(), weight: Weight { raw: 3 * brotli, brotli }, form }
    }

    #[test]
    fn only_what_the_form_needs_counts() {
        let files = vec![file("widget.wasm", 75_000, true), file("de.txt", 900, false)];
        let report = report(files);
        assert_eq!(report.form.brotli, 75_000);
        assert!(report.within_budget);
    }

    #[test]
    fn one_byte_too_many_is_too_many() {
        assert!(!report(vec![file("widget.wasm", 75_001, true)]).within_budget);
    }

    #[test]
    fn numbers_read_easily() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(75_000), "75,000");
        assert_eq!(thousands(1_234_567), "1,234,567");
    }
}
