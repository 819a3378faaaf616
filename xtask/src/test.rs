//! `cargo xtask test`: every check and every test, as continuous integration runs them.
//!
//! A failed step does not keep the others from running: one run tells all that is wrong.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use crate::command::{cargo, chatter, run as run_program};
use crate::dist;
use crate::postfix;
use crate::setup;
use crate::size;
use crate::step::{explain, seconds, stands};
use crate::toolchain::{self, TARGET, Wasm};
use crate::ways_in;
use crate::workspace::Workspace;

/// Closing lines of `cargo xtask test --help`.
pub const HELP: &str = "Example:
  cargo xtask test
  cargo xtask test --only format clippy
  cargo xtask test --only tests -- journey    only tests with `journey` in their name

The tests find what they need in CURTAIN_UP_DIST, CURTAIN_UP_CHROMIUM, CURTAIN_UP_CHROMEDRIVER,
CURTAIN_UP_FIREFOX, CURTAIN_UP_GECKODRIVER, CURTAIN_UP_WEBKIT_DRIVER, CURTAIN_UP_XVFB,
CURTAIN_UP_POSTGRES_BIN, CURTAIN_UP_POSTFIX and CURTAIN_UP_AXE. The real server is killed 200 times in a
test, which takes about 50 seconds; CURTAIN_UP_KILLS says otherwise.";

/// Options of `cargo xtask test`.
#[derive(Args)]
pub struct Options {
    /// Run these steps alone, with what they need
    #[arg(long, value_name = "STEP", num_args = 1..)]
    only: Vec<Step>,

    /// Handed to `cargo test`: a filter by name, for one
    #[arg(last = true, value_name = "FILTER")]
    filter: Vec<String>,
}

/// The steps, in the order they run: quick ones first.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Everything is formatted
    Format,
    /// No warning on this machine
    Clippy,
    /// No warning in the browser
    ClippyWasm,
    /// The widget and the desk build
    Build,
    /// The widget keeps to its budget
    Size,
    /// Every test passes
    Tests,
    /// The package for npm, the React component, the WordPress plugin and `trunk serve` do with the real thing
    WaysIn,
}

/// How a step ended.
struct Outcome {
    name: String,
    took: Duration,
    failed: bool,
}

/// Sets up what the steps need, runs them all and sums up.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let mut outcomes = Vec::new();
    for step in Step::value_variants() {
        if options.only.is_empty() || options.only.contains(step) {
            outcomes.push(attempt(*step, workspace, &options.filter));
        }
    }
    sum_up(&outcomes)
}

fn attempt(step: Step, workspace: &Workspace, filter: &[String]) -> Outcome {
    let name = step.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
    eprintln!("── {name}");
    let started = Instant::now();
    let result = step.run(workspace, filter);
    if let Err(error) = &result {
        eprintln!("{}", explain(error));
    }
    Outcome { name, took: started.elapsed(), failed: result.is_err() }
}

fn sum_up(outcomes: &[Outcome]) -> Result<()> {
    eprintln!("── summary");
    let mut failed = Vec::new();
    for outcome in outcomes {
        let word = if outcome.failed { "FAILED" } else { "ok" };
        let Outcome { name, took, .. } = outcome;
        eprintln!("{name:<12} {word:<6} {:>12}", seconds(*took));
        if outcome.failed {
            failed.push(name.as_str());
        }
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

impl Step {
    fn run(self, workspace: &Workspace, filter: &[String]) -> Result<()> {
        match self {
            Self::Format => format(workspace),
            Self::Clippy => clippy(workspace),
            Self::ClippyWasm => clippy_wasm(workspace),
            Self::Build => dist::build_all(workspace),
            Self::Size => size::run(workspace, &size::Options { json: false }),
            Self::Tests => tests(workspace, filter),
            Self::WaysIn => ways_in::test(workspace),
        }
    }
}

fn format(workspace: &Workspace) -> Result<()> {
    toolchain::ensure_component("rustfmt")?;
    let mut fmt = cargo();
    fmt.args(["fmt", "--all", "--check"]);
    run_program(fmt.current_dir(&workspace.root))
}

fn clippy(workspace: &Workspace) -> Result<()> {
    toolchain::ensure_component("clippy")?;
    let mut clippy = cargo();
    clippy
        .current_dir(&workspace.root)
        .env("CARGO_TARGET_DIR", &workspace.target)
        .arg("clippy")
        .args(chatter())
        .args(["--workspace", "--all-targets"])
        .args(["--", "-D", "warnings"]);
    run_program(&mut clippy)
}

fn clippy_wasm(workspace: &Workspace) -> Result<()> {
    let wasm = crate::locked::locked(workspace, || Wasm::ensure(workspace))?;
    let Some(mut clippy) = wasm.clippy() else {
        stands("clippy-wasm", "skipped, Debian's compiler has no clippy here (package rust-web-clippy)");
        return Ok(());
    };
    clippy
        .current_dir(&workspace.root)
        .args(chatter())
        .args(["--package", "curtain-up", "--package", "curtain-up-desk", "--lib"])
        .args(["--target", TARGET, "--", "-D", "warnings"]);
    run_program(&mut clippy)
}

fn tests(workspace: &Workspace, filter: &[String]) -> Result<()> {
    // Tests that need no browser are worth running without a widget; the others will say so.
    if let Err(error) = dist::build_all(workspace) {
        eprintln!("{}", explain(&error.context("tests run without a widget or a desk")));
    }
    let needs = setup::for_tests(workspace)?;
    let mut test = cargo();
    test.current_dir(&workspace.root)
        .env("CARGO_TARGET_DIR", &workspace.target)
        .env("CURTAIN_UP_DIST", &workspace.dist)
        .envs(needs.browsers)
        .env("CURTAIN_UP_POSTGRES_BIN", needs.postgres_bin)
        .env(postfix::VARIABLE, needs.postfix)
        .env("CURTAIN_UP_AXE", needs.axe)
        .args(["test", "--workspace", "--no-fail-fast"])
        .args(filter);
    run_program(&mut test)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failed_step_fails_the_run_and_is_named() -> Result<()> {
        let outcome = |name: &str, failed| Outcome { name: name.to_owned(), took: Duration::from_secs(1), failed };
        sum_up(&[outcome("format", false)])?;
        let Err(error) = sum_up(&[outcome("format", false), outcome("clippy", true)]) else {
            bail!("a failed step passed");
        };
        assert_eq!(error.to_string(), "failed: clippy");
        Ok(())
    }
}
