//! `cargo xtask docs`: the element's interface, described once, in the comment on its class, and written down wherever
//! people and programs look for it.

mod interface;
mod manifest;
mod readme;
mod types;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::dist::LOADER;
use crate::workspace::Workspace;
use interface::Interface;

/// Closing lines of `cargo xtask docs --help`.
pub const HELP: &str = "Example:
  cargo xtask docs            after a change of the comment on the class in src/curtain-up.js
  cargo xtask docs --check

Writes the tables in README.md, and custom-elements.json and the types in integrations/npm/.";

/// Options of `cargo xtask docs`.
#[derive(Args)]
pub struct Options {
    /// Write nothing, and fail where something is stale
    #[arg(long)]
    pub check: bool,
}

/// Writes what is stale, or fails because of it.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let stale = stale(workspace)?;
    if options.check && !stale.is_empty() {
        let names: Vec<String> = stale.iter().map(|(path, _)| workspace.short(path).to_string()).collect();
        bail!("stale: {}; run `cargo xtask docs`", names.join(", "));
    }
    for (path, text) in stale {
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        eprintln!("wrote {}", workspace.short(&path));
    }
    Ok(())
}

/// Every file that does not say what the source says, with what it should say.
fn stale(workspace: &Workspace) -> Result<Vec<(PathBuf, String)>> {
    let read = |path: &PathBuf| fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()));
    let interface = Interface::parse(&read(&workspace.root.join("src").join(LOADER))?)?;
    let readme = workspace.root.join("README.md");
    let npm = workspace.root.join("integrations/npm");
    let told = readme::tell(&interface, &read(&readme)?)?;
    let made = vec![
        (readme, told),
        (npm.join("custom-elements.json"), manifest::write(&interface)?),
        (npm.join("curtain-up.d.ts"), types::write(&interface)),
        (npm.join("react.d.ts"), types::write_react(&interface)),
    ];
    // A file that is not there is stale, too.
    Ok(made.into_iter().filter(|(path, text)| fs::read_to_string(path).ok().as_ref() != Some(text)).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_is_written_down_of_the_interface_is_what_the_source_says() -> Result<()> {
        run(&Workspace::find()?, &Options { check: true })
    }

    /// What stands between `start` and the next of `ends`, wherever it does, in a file or all files of a folder.
    fn found(place: &str, start: &str, ends: &[char]) -> Result<BTreeSet<String>> {
        let place = Workspace::find()?.root.join(place);
        let mut files = vec![place.clone()];
        if place.is_dir() {
            files = fs::read_dir(place)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        }
        let mut found = BTreeSet::new();
        for file in files.iter().filter(|file| file.is_file()) {
            let text = fs::read_to_string(file)?;
            found.extend(text.split(start).skip(1).filter_map(|rest| rest.split(ends).next()).map(str::to_owned));
        }
        Ok(found)
    }

    fn interface() -> Result<Interface> {
        Interface::parse(&fs::read_to_string(Workspace::find()?.root.join("src").join(LOADER))?)
    }

    #[test]
    fn every_token_that_the_style_sheets_read_is_described_and_no_other() -> Result<()> {
        let mut read = found("style", "var(--curtain-up-", &[',', ')'])?;
        for apart in ["style/companion", "style/seldom"] {
            read.extend(found(apart, "var(--curtain-up-", &[',', ')'])?);
        }
        let described = interface()?.tokens.iter().map(|token| token.name.replace("--curtain-up-", "")).collect();
        assert_eq!(read, described);
        Ok(())
    }

    #[test]
    fn every_part_is_described_and_no_other() -> Result<()> {
        let mut named = found("src/view", ".kind(\"", &['"'])?;
        named.extend(found("src/view", "paragraph(\"", &['"'])?);
        named.extend(found("src/view", "button(\"", &['"'])?);
        named.extend(found("src/view", "link(\"", &['"'])?);
        named.extend(found("src/view", "way(\"", &['"'])?);
        named.extend(found("src/view", "set(\"part\", \"", &['"'])?);
        named.extend(found("src/loader", "part: \"", &['"'])?);
        // What the companion makes has its classes as parts; `view-elsewhere` is for its style sheet alone.
        named.extend(found("src/companion.js", "class: \"", &['"'])?);
        named.remove("view view-elsewhere");
        let named: BTreeSet<String> = named.iter().flat_map(|names| names.split(' ')).map(str::to_owned).collect();
        let described = interface()?.parts.iter().map(|part| part.name.clone()).collect();
        assert_eq!(named, described);
        Ok(())
    }

    #[test]
    fn the_react_component_hears_every_event_and_takes_every_attribute() -> Result<()> {
        let component = fs::read_to_string(Workspace::find()?.root.join("integrations/react/src/index.ts"))?;
        let between = |start: &str, end| {
            let rest = component.split_once(start).with_context(|| format!("no `{start}` in the component"))?.1;
            rest.split_once(end).map(|(list, _)| list).with_context(|| format!("`{start}` does not end"))
        };
        let interface = interface()?;
        let heard: BTreeSet<&str> =
            between("EVENTS: Record<keyof CurtainUpHandlers, string> = {", '}')?.split('"').skip(1).step_by(2).collect();
        assert_eq!(heard, interface.events.iter().map(|event| event.name.trim_start_matches("curtain-up:")).collect());
        let mut taken: BTreeSet<&str> = between("attributes: Record<string, unknown> = {", '}')?.split(',').map(str::trim).collect();
        taken.extend(["prefill", "utm"]);
        let families = interface.attributes.iter().map(|attribute| attribute.name.split('-').next().unwrap_or_default());
        assert_eq!(taken, families.collect());
        Ok(())
    }

    #[test]
    fn every_attribute_with_a_fixed_name_is_a_property_and_described() -> Result<()> {
        let loader = fs::read_to_string(Workspace::find()?.root.join("src/loader/attributes.js"))?;
        let list = loader.split_once("MIRRORED = [").and_then(|(_, rest)| rest.split_once(']')).context("no list of attributes")?.0;
        let mirrored: BTreeSet<&str> = list.split('"').skip(1).step_by(2).collect();
        let interface = interface()?;
        let described = interface.attributes.iter().map(|attribute| attribute.name.as_str());
        // The browser itself mirrors `lang`.
        assert_eq!(mirrored, described.filter(|name| *name != "lang" && !name.contains('*')).collect());
        Ok(())
    }
}
