//! The tests of the ways in: the package for npm, the React component, the WordPress plugin and `trunk serve`, each with the
//! real thing.

use std::process::Command;
use std::thread;

use anyhow::{Context, Result, bail};

use crate::command::{capture, cargo, chatter, run};
use crate::crates::TRUNK;
use crate::pack;
use crate::packages::{CHROMEDRIVER, CHROMIUM};
use crate::setup;
use crate::workspace::Workspace;

/// What each test is run by, and its file in `integrations/`.
const TESTS: [(&str, &str); 4] =
    [("node", "npm/test.mjs"), ("node", "react/test.mjs"), ("sh", "wordpress/test.sh"), ("node", "trunk/test.mjs")];

/// Runs all of them at once: each waits for its browser and its servers most of the time.
pub fn test(workspace: &Workspace) -> Result<()> {
    let tarball = pack::make(workspace)?;
    let needs = setup::for_ways_in(workspace)?;
    let mut server = cargo();
    server.current_dir(&workspace.root).env("CARGO_TARGET_DIR", &workspace.target);
    run(server.arg("build").args(chatter()).args(["--package", "curtain-up-server"]))?;
    let folder = workspace.root.join("integrations");
    let test = |(program, file): (&str, &str)| {
        let mut test = Command::new(program);
        test.arg(folder.join(file))
            .current_dir(&folder)
            .env("CURTAIN_UP_TARBALL", &tarball)
            .env("CURTAIN_UP_TOOLS", &workspace.tools)
            .env("CURTAIN_UP_SERVER", workspace.target.join("debug/curtain-up"))
            .env(crate::wordpress::VARIABLE, &needs.wordpress)
            .env(TRUNK.variable, &needs.trunk)
            .env(CHROMIUM.variable, &needs.chromium)
            .env(CHROMEDRIVER.variable, &needs.chromedriver);
        capture(&mut test).with_context(|| format!("integrations/{file}: failed"))
    };
    let outcomes = thread::scope(|scope| {
        let running = TESTS.map(|which| scope.spawn(move || test(which)));
        running.map(|test| test.join().unwrap_or_else(|_| bail!("a test was lost")))
    });
    let mut failed = Vec::new();
    for ((_, file), outcome) in TESTS.iter().zip(outcomes) {
        match outcome {
            Ok(said) => eprintln!("{file}: {} checks", said.lines().filter(|line| line.starts_with("ok ")).count()),
            Err(error) => failed.push(format!("{error:#}")),
        }
    }
    if !failed.is_empty() {
        bail!("{}", failed.join("\n"));
    }
    Ok(())
}
