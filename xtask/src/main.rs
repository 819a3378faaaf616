//! Every chore of Curtain Up as `cargo xtask …`.
//!
//! Steps announce themselves on standard error; standard output carries results only, so that
//! `cargo xtask size --json | jq` works. Exit codes: 0 it worked, 1 a step failed, 2 wrong usage.

mod command;
mod crates;
mod debian;
mod demo;
mod dist;
mod docs;
mod locked;
mod npm;
mod pack;
mod packages;
mod postfix;
mod setup;
mod size;
mod step;
mod test;
#[cfg(test)]
mod tidy;
mod toolchain;
mod trunk;
mod ways_in;
mod wordpress;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use workspace::Workspace;

/// Every chore of Curtain Up. Whatever a chore needs and the machine lacks, it installs.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    after_help = "Start here:\n  cargo xtask demo    see it in a browser\n  cargo xtask test    what continuous integration runs\n\nExit codes: 0 it worked, 1 a step failed, 2 wrong usage"
)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Install what building, testing and the demonstration need, where it is missing
    #[command(after_help = setup::HELP)]
    Setup,
    /// Build the widget and the desk into dist/, always as they are shipped
    #[command(after_help = dist::HELP)]
    Build,
    /// Print the size of every file of dist/ and fail past the budget
    #[command(after_help = size::HELP)]
    Size(size::Options),
    /// Pack the widget for npm, without publishing it
    #[command(after_help = pack::HELP)]
    Pack,
    /// Write what is told of the element's interface, from its source
    #[command(after_help = docs::HELP)]
    Docs(docs::Options),
    /// Build all, start the server with three events and print where to look
    #[command(after_help = demo::HELP)]
    Demo(demo::Options),
    /// Put the widget beside the page that `trunk serve` shows; Trunk calls this by itself
    #[command(after_help = trunk::HELP)]
    Trunk,
    /// Run every check and every test, as continuous integration does
    #[command(after_help = test::HELP)]
    Test(test::Options),
}

fn main() -> ExitCode {
    let chore = Arguments::parse().chore;
    match run(chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", step::explain(&error));
            ExitCode::FAILURE
        }
    }
}

fn run(chore: Chore) -> Result<()> {
    let workspace = Workspace::find()?;
    match chore {
        Chore::Setup => setup::everything(&workspace).map(drop),
        Chore::Build => dist::build_all(&workspace),
        Chore::Size(options) => size::run(&workspace, &options),
        Chore::Pack => pack::run(&workspace),
        Chore::Docs(options) => docs::run(&workspace, &options),
        Chore::Demo(options) => demo::run(&workspace, &options),
        Chore::Trunk => trunk::run(&workspace),
        Chore::Test(options) => test::run(&workspace, &options),
    }
}
