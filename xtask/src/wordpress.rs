//! WordPress as Debian packs it, unpacked and not installed: its test brings its own database and web server.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::command::capture;
use crate::packages;
use crate::step::{stands, step};
use crate::workspace::Workspace;

/// Names the folder that holds it to the test.
pub const VARIABLE: &str = "CURTAIN_UP_WORDPRESS";

/// WordPress, and what its editor cannot do without of that which Debian packs apart.
const PACKAGES: [&str; 2] = ["wordpress", "libjs-underscore"];

/// The PHP and the database that run it.
const RUNS_ON: [&str; 4] = ["php-cli", "php-mysql", "mariadb-server-core", "mariadb-client-core"];

/// Sees to it that WordPress can be run, and says where it lies.
pub fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let missing: Vec<&str> = RUNS_ON.into_iter().filter(|package| !packages::installed(package)).collect();
    if missing.is_empty() {
        stands("php and mariadb", "already there");
    } else {
        packages::install(&missing)?;
    }
    let folder = workspace.tools.join("wordpress");
    if folder.join("usr/share/wordpress/wp-load.php").is_file() && folder.join("usr/share/javascript/underscore").is_dir() {
        stands("wordpress", "already there");
        return Ok(folder);
    }
    step("wordpress", || {
        let archives = workspace.tools.join("wordpress-packages");
        fs::create_dir_all(&archives)?;
        let mut download = Command::new("apt-get");
        download.args(["download", "-q"]).args(PACKAGES).current_dir(&archives);
        if capture(&mut download).is_err() {
            // A list that is old, or was never fetched.
            packages::update()?;
            capture(&mut download)?;
        }
        for entry in fs::read_dir(&archives)? {
            capture(Command::new("dpkg-deb").arg("-x").arg(entry?.path()).arg(&folder))?;
        }
        fs::remove_dir_all(&archives).with_context(|| format!("cannot remove {}", archives.display()))
    })?;
    Ok(folder)
}
