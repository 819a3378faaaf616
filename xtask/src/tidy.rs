//! What reviewers should not have to look for: rules for the whole tree, as tests.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::capture;
use crate::workspace::Workspace;

/// No module is longer; house rules ask for less than 300 lines.
const LONGEST: usize = 400;

/// Files that git knows or would be given: what lands in a clone.
fn files() -> Result<Vec<(String, String)>> {
    let root = Workspace::find()?.root;
    let mut git = Command::new("git");
    git.current_dir(&root).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let listed = capture(&mut git).context("the tidy tests need git and a repository")?;
    let mut files = Vec::new();
    for name in listed.split('\0').filter(|name| !name.is_empty()) {
        // Pictures are no text, and a file that was just removed is listed still.
        if let Ok(text) = fs::read_to_string(root.join(name)) {
            files.push((name.to_owned(), text));
        }
    }
    Ok(files)
}

/// Lines of tracked files that hold one of these words, each with its place.
fn places(words: &[String]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (name, text) in files()? {
        for (index, line) in text.lines().enumerate() {
            if words.iter().any(|word| line.contains(word.as_str())) {
                found.push(format!("{name}:{}: {}", index + 1, line.trim()));
            }
        }
    }
    Ok(found)
}

#[test]
fn no_address_of_a_package_registry_is_written_down() -> Result<()> {
    // Put together here, or this file would be the first to break the rule.
    let hosts = [
        ["registry.npmjs", "org"],
        ["registry.yarnpkg", "com"],
        ["index.crates", "io"],
        ["static.crates", "io"],
        ["files.pythonhosted", "org"],
        ["/artifactory", "api"],
    ]
    .map(|[host, end]| {
        let joint = if host.starts_with('/') { "/" } else { "." };
        format!("{host}{joint}{end}")
    });
    let found = places(&hosts)?;
    // A lock file that names registries works only where they are reached by that name.
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

#[test]
fn no_path_of_one_machine_is_written_down() -> Result<()> {
    let root = Workspace::find()?.root;
    let mut paths = vec![format!("{}/", root.display())];
    for variable in ["HOME", "CARGO_HOME"] {
        // A home of `/` would be in every path.
        if let Ok(path) = std::env::var(variable)
            && path.len() > 1
        {
            paths.push(format!("{path}/"));
        }
    }
    let found = places(&paths)?;
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

#[test]
fn every_module_can_be_read_in_one_go() -> Result<()> {
    let mut long = Vec::new();
    for (name, text) in files()? {
        let lines = text.lines().count();
        if Path::new(&name).extension().is_some_and(|end| end == "rs") && lines > LONGEST {
            long.push(format!("{name}: {lines} lines, at most {LONGEST}"));
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
    Ok(())
}

#[test]
fn the_bindings_are_made_by_the_version_that_the_widget_uses() -> Result<()> {
    let lock = fs::read_to_string(Workspace::find()?.root.join("Cargo.lock"))?;
    let maker = version(&lock, "wasm-bindgen-cli-support")?;
    let Ok(used) = version(&lock, "wasm-bindgen") else {
        bail!("the widget uses no wasm-bindgen");
    };
    assert_eq!(used, maker, "set wasm-bindgen-cli-support in xtask/Cargo.toml to ={used}");
    Ok(())
}

fn version<'lock>(lock: &'lock str, package: &str) -> Result<&'lock str> {
    let start = format!("name = \"{package}\"\nversion = \"");
    let (_, rest) = lock.split_once(&start).with_context(|| format!("Cargo.lock has no package {package}"))?;
    let (version, _) = rest.split_once('"').with_context(|| format!("Cargo.lock ends within {package}"))?;
    Ok(version)
}

#[test]
fn every_file_that_the_architecture_sends_one_to_is_there() -> Result<()> {
    let root = Workspace::find()?.root;
    let text = fs::read_to_string(root.join("ARCHITECTURE.md"))?;
    let (_, table) = text.split_once("## Where is").context("ARCHITECTURE.md has no table of what is where")?;
    let rows = table.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix("` |")?.rsplit_once(" | `"));
    let named: Vec<&str> = rows.map(|(_, path)| path).collect();
    assert!(named.len() > 20, "the table is read: {named:?}");
    let missing: Vec<_> = named.into_iter().filter(|path| !root.join(path).is_file()).collect();
    if missing.is_empty() { Ok(()) } else { bail!("ARCHITECTURE.md names files that are not there: {missing:?}") }
}
