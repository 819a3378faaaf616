//! Programs that come from the machine's packages: browsers, databases, Node.js.
//!
//! Each is looked for where its environment variable says, then in its usual places, then on the
//! search path; only what is found nowhere is installed, with apt where there is apt.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{capture, on_path, run};
use crate::step::{stands, step};

/// A program that Curtain Up needs and a package brings.
pub struct Program {
    /// What people call it, for messages.
    pub name: &'static str,
    /// The variable that names its path, for those who have it elsewhere.
    pub variable: &'static str,
    /// Debian's package.
    pub package: &'static str,
    /// The names that its file goes by.
    files: &'static [&'static str],
    /// A folder of version folders that hold it in `bin`, for what is not on the search path.
    versions: Option<&'static str>,
}

/// The browser that tests drive.
pub const CHROMIUM: Program = Program {
    name: "chromium",
    variable: "CURTAIN_UP_CHROMIUM",
    package: "chromium",
    files: &["chromium", "chromium-browser", "google-chrome"],
    versions: None,
};

/// What drives the browser.
pub const CHROMEDRIVER: Program = Program {
    name: "chromedriver",
    variable: "CURTAIN_UP_CHROMEDRIVER",
    package: "chromium-driver",
    files: &["chromedriver"],
    versions: None,
};

/// The second browser that tests drive; what drives it is in [`crate::geckodriver`].
pub const FIREFOX: Program =
    Program { name: "firefox", variable: "CURTAIN_UP_FIREFOX", package: "firefox-esr", files: &["firefox-esr", "firefox"], versions: None };

/// Drives the third browser, WebKit's own MiniBrowser, which comes with it.
pub const WEBKIT_DRIVER: Program = Program {
    name: "webkit",
    variable: "CURTAIN_UP_WEBKIT_DRIVER",
    package: "webkit2gtk-driver",
    files: &["WebKitWebDriver"],
    versions: None,
};

/// The screen that WebKit needs; the others do without one.
pub const XVFB: Program = Program { name: "xvfb", variable: "CURTAIN_UP_XVFB", package: "xvfb", files: &["Xvfb"], versions: None };

/// Makes a PostgreSQL database; the server's program lies beside it.
pub const INITDB: Program = Program {
    name: "postgresql",
    variable: "CURTAIN_UP_INITDB",
    package: "postgresql",
    files: &["initdb"],
    versions: Some("/usr/lib/postgresql"),
};

/// Asks WordPress for its pages.
pub const CURL: Program = Program { name: "curl", variable: "CURTAIN_UP_CURL", package: "curl", files: &["curl"], versions: None };

/// Sign links in the examples of docs/codes.md, as do Node and a shell.
pub const OPENSSL: Program =
    Program { name: "openssl", variable: "CURTAIN_UP_OPENSSL", package: "openssl", files: &["openssl"], versions: None };
/// See [`OPENSSL`].
pub const PYTHON: Program =
    Program { name: "python", variable: "CURTAIN_UP_PYTHON", package: "python3", files: &["python3"], versions: None };
/// See [`OPENSSL`]. WordPress runs on it too.
pub const PHP: Program = Program { name: "php", variable: "CURTAIN_UP_PHP", package: "php-cli", files: &["php"], versions: None };

/// Runs the tools from npm.
pub const NODE: Program =
    Program { name: "node", variable: "CURTAIN_UP_NODE", package: "nodejs", files: &["node", "nodejs"], versions: None };

/// Installs the tools from npm.
pub const NPM: Program = Program { name: "npm", variable: "CURTAIN_UP_NPM", package: "npm", files: &["npm"], versions: None };

impl Program {
    /// Where the program is, if it is anywhere.
    pub fn find(&self) -> Option<PathBuf> {
        env::var_os(self.variable)
            .map(PathBuf::from)
            .filter(|path| path.is_file())
            .or_else(|| newest_version(Path::new(self.versions?), self.files))
            .or_else(|| on_path(self.files))
    }
}

/// Finds these programs, after installing those that are missing, in the order asked for.
pub fn ensure<const N: usize>(programs: [&Program; N]) -> Result<[PathBuf; N]> {
    let mut missing = Vec::new();
    for program in programs {
        match program.find() {
            Some(path) => stands(program.name, &format!("already there, {}", path.display())),
            None => missing.push(program.package),
        }
    }
    if !missing.is_empty() {
        install(&missing)?;
    }
    let mut paths = [const { PathBuf::new() }; N];
    for (path, program) in paths.iter_mut().zip(programs) {
        *path = program
            .find()
            .with_context(|| format!("{} is nowhere to be found; install it and set {} to its path", program.name, program.variable))?;
    }
    Ok(paths)
}

/// Whether Debian's package manager is here to be asked.
pub fn have_apt() -> bool {
    on_path(&["apt-get"]).is_some()
}

/// Whether this Debian package is installed.
pub fn installed(package: &str) -> bool {
    capture(Command::new("dpkg-query").args(["-W", "-f=${db:Status-Status}", package])).is_ok_and(|status| status == "installed")
}

/// Installs Debian packages, or says which ones a person must install.
pub fn install(packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if !have_apt() {
        bail!("missing, and there is no apt here to install it: {list}. Install it by other means");
    }
    step(&format!("apt: {list}"), || {
        // An old list names versions that are gone, and a new machine has none at all.
        update()?;
        capture(apt(&list)?.args(["install", "-q", "-y", "--no-install-recommends"]).args(packages)).map(drop)
    })
}

/// Fetches the list of what Debian has.
pub fn update() -> Result<()> {
    capture(apt("any package")?.args(["update", "-q"])).map(drop)
}

fn apt(packages: &str) -> Result<Command> {
    let root = capture(Command::new("id").arg("-u"))?.trim() == "0";
    let mut command = if root {
        Command::new("env")
    } else if on_path(&["sudo"]).is_some() {
        // Asked for its password here, where a person sees it: what follows is silent.
        run(Command::new("sudo").arg("--validate"))?;
        let mut sudo = Command::new("sudo");
        sudo.arg("env");
        sudo
    } else {
        bail!("installing needs root and there is no sudo; as root: apt-get install {packages}");
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    Ok(command)
}

fn newest_version(versions: &Path, files: &[&str]) -> Option<PathBuf> {
    let version = |path: &Path| {
        let name = path.file_name()?.to_str()?;
        name.split('.').next()?.parse::<u32>().ok()
    };
    let mut folders: Vec<PathBuf> = fs::read_dir(versions).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.sort_by_key(|folder| version(folder));
    folders.iter().rev().find_map(|folder| {
        let mut candidates = files.iter().map(|file| folder.join("bin").join(file));
        candidates.find(|candidate| candidate.is_file())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_wins_by_number() -> Result<()> {
        let folder = env::temp_dir().join(format!("curtain-up-versions-{}", std::process::id()));
        for version in ["9.6", "15", "17"] {
            fs::create_dir_all(folder.join(version).join("bin"))?;
        }
        for version in ["9.6", "15"] {
            fs::write(folder.join(version).join("bin/initdb"), "")?;
        }
        let found = newest_version(&folder, &["initdb"]);
        fs::remove_dir_all(&folder)?;
        assert_eq!(found, Some(folder.join("15/bin/initdb")));
        Ok(())
    }
}
