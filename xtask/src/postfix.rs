//! A real mail server for the tests. It is unpacked and not installed: installed, it would take the place of the mail
//! server that this machine has, and start on its port.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::capture;
use crate::packages::{have_apt, installed, update};
use crate::step::{stands, step};
use crate::workspace::Workspace;

/// Names the folder that its packages were unpacked in, for those who have it elsewhere.
pub const VARIABLE: &str = "CURTAIN_UP_POSTFIX";

/// The server, and what lets it ask for a password.
const PACKAGES: [&str; 3] = ["postfix", "sasl2-bin", "libsasl2-modules"];

/// Finds the folder with its packages, after unpacking them where they are nowhere.
pub fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.tools.join("postfix");
    let named = env::var_os(VARIABLE).map(PathBuf::from);
    let found = named.into_iter().chain([folder.clone(), PathBuf::from("/")]).find(|root| is_whole(root));
    if let Some(root) = found {
        stands("postfix", &format!("already there, {}", root.display()));
        return Ok(root);
    }
    if !have_apt() {
        bail!("postfix is nowhere to be found, and there is no apt here to bring it; name the folder of its packages in {VARIABLE}");
    }
    step("apt: postfix, unpacked", || unpack(&folder))?;
    Ok(folder)
}

fn is_whole(root: &Path) -> bool {
    ["usr/lib/postfix/sbin/master", "usr/sbin/saslpasswd2"].iter().all(|program| root.join(program).is_file())
}

fn unpack(folder: &Path) -> Result<()> {
    let new = folder.with_extension("new");
    if new.exists() {
        fs::remove_dir_all(&new)?;
    }
    let parcels = new.join("parcels");
    fs::create_dir_all(&parcels)?;
    // An old list names versions that are gone, and a new machine has none at all.
    if download(&parcels).is_err() {
        update()?;
        download(&parcels)?;
    }
    for parcel in fs::read_dir(&parcels)? {
        capture(Command::new("dpkg-deb").arg("--extract").arg(parcel?.path()).arg(&new))?;
    }
    fs::remove_dir_all(&parcels)?;
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::rename(&new, folder).with_context(|| format!("{} cannot be put in its place", folder.display()))
}

/// Its packages, and those of its libraries that this machine lacks.
fn download(parcels: &Path) -> Result<()> {
    let mut names: Vec<String> = PACKAGES.map(str::to_owned).to_vec();
    for package in PACKAGES {
        let listed = capture(Command::new("apt-cache").args(["depends", package]))?;
        let needed = listed.lines().filter_map(|line| line.trim().strip_prefix("Depends: lib"));
        names.extend(needed.map(|name| format!("lib{name}")).filter(|name| !installed(name)));
    }
    names.sort();
    names.dedup();
    capture(Command::new("apt-get").arg("download").args(&names).current_dir(parcels)).map(drop)
}
