//! `cargo xtask demo`: the widget on a marketing page, with a server behind it, in one command.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::command::{capture, cargo, chatter, filter, run as run_program};
use crate::dist;
use crate::step::{seconds, step};
use crate::workspace::Workspace;

/// Closing lines of `cargo xtask demo --help`.
pub const HELP: &str = "Example:
  cargo xtask demo
  cargo xtask demo --port 3001

The server keeps its data in target/demo, which every run starts afresh. Ctrl-C ends it.";

/// Who signs in to the demonstration's desk, and how. It listens on this machine alone.
const HOST: [&str; 2] = ["host@example.com", "raise-the-curtain"];

/// The port that the server listens on unless it is told another one; `index.html` and `Trunk.toml` name it.
pub const PORT: u16 = 3000;

/// How long the server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long the server may take to end by itself when it is asked to.
const GRACE: Duration = Duration::from_secs(5);

/// Options of `cargo xtask demo`.
#[derive(Args)]
pub struct Options {
    /// The port on this machine that the server listens on
    #[arg(long, default_value_t = PORT)]
    port: u16,
}

/// Builds all, starts the server, prints the addresses and stays until Ctrl-C.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let started = Instant::now();
    // Before the minutes that building may take.
    free(options.port)?;
    dist::build_all(workspace)?;
    let server = build_server(workspace)?;
    let data = workspace.target.join("demo");
    step("demo: three events and a host", || seed(workspace, &server, &data))?;

    let asked_to_end = ended_by_signal()?;
    let mut child = serve(workspace, &server, &data, options.port)?;
    // Ended on every way out, a failure to start included.
    let result = ready(&mut child, options.port, &asked_to_end).and_then(|ready| {
        if !ready {
            return Ok(());
        }
        let port = options.port;
        eprintln!("demo: ready after {}", seconds(started.elapsed()));
        println!("{}", addresses(workspace, &server, &data, port));
        wait(&mut child, &asked_to_end)
    });
    end(&mut child)?;
    result
}

fn free(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            let other = port.checked_add(1).unwrap_or(PORT);
            bail!("port {port} is taken; choose another one: cargo xtask demo --port {other}")
        }
        Err(error) => Err(error).with_context(|| format!("port {port} cannot be used; choose another one with --port")),
    }
}

fn build_server(workspace: &Workspace) -> Result<PathBuf> {
    step("server", || {
        let mut build = cargo();
        build
            .current_dir(&workspace.root)
            .env("CARGO_TARGET_DIR", &workspace.target)
            .args(["build", "--package", "curtain-up-server"])
            .args(chatter());
        run_program(&mut build)
    })?;
    let server = workspace.target.join("debug/curtain-up");
    if !server.is_file() {
        bail!("the server's package built no program {}", server.display());
    }
    Ok(server)
}

/// The server's program, deaf to what its settings are on this machine: a demonstration must not write into
/// somebody's database or send mail by somebody's server.
fn program(workspace: &Workspace, server: &Path) -> Command {
    let mut command = Command::new(server);
    command.current_dir(&workspace.root);
    let own = |name: &OsString| name.to_string_lossy().starts_with("CURTAIN_UP_") && name != "CURTAIN_UP_LOG";
    for name in env::vars_os().map(|(name, _)| name).filter(own) {
        command.env_remove(name);
    }
    command
}

/// Starts afresh, so that "starts in two minutes" is true.
fn seed(workspace: &Workspace, server: &Path, data: &Path) -> Result<()> {
    if data.exists() {
        fs::remove_dir_all(data).with_context(|| format!("cannot remove {}", data.display()))?;
    }
    let mut command = program(workspace, server);
    command.args(["event", "demo", "--data"]).arg(data);
    capture(&mut command)?;
    let [email, password] = HOST;
    let mut command = program(workspace, server);
    command.args(["host", "add", email, "--name", "Demo", "--password-stdin", "--data"]).arg(data);
    filter(&mut command, password.as_bytes()).map(drop)
}

fn serve(workspace: &Workspace, server: &Path, data: &Path, port: u16) -> Result<Child> {
    let listen = format!("127.0.0.1:{port}");
    let mut command = program(workspace, server);
    command.args(["serve", "--data"]).arg(data).args(["--listen", &listen]).args(["--public-url", &format!("http://{listen}")]).args([
        "--dev-mailbox",
        "--dev-page",
        "index.html",
    ]);
    command.spawn().with_context(|| format!("{} did not start", server.display()))
}

/// Waits until the server answers; `false` if a person ended the demonstration before.
fn ready(child: &mut Child, port: u16, asked_to_end: &AtomicBool) -> Result<bool> {
    let started = Instant::now();
    while !healthy(port) {
        if asked_to_end.load(Ordering::Relaxed) {
            return Ok(false);
        }
        if let Some(status) = child.try_wait()? {
            bail!("the server ended before it was ready, with {status}; its own words are above");
        }
        if started.elapsed() > PATIENCE {
            bail!("the server gave no answer at /healthz in {PATIENCE:?}");
        }
        thread::sleep(Duration::from_millis(100));
    }
    Ok(true)
}

/// Whether a server on this machine says that it is well.
pub fn healthy(port: u16) -> bool {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let ask = || -> std::io::Result<[u8; 12]> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        stream.write_all(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
        let mut status = [0; 12];
        stream.read_exact(&mut status)?;
        Ok(status)
    };
    ask().is_ok_and(|status| status.ends_with(b" 200"))
}

fn addresses(workspace: &Workspace, server: &Path, data: &Path, port: u16) -> String {
    let [email, password] = HOST;
    let start = format!("{} event start launch --data {}", workspace.short(server), workspace.short(data));
    format!(
        "
  A marketing page with the widget   http://localhost:{port}/dev/page
  The host's desk                    http://localhost:{port}/desk
                                     {email}, password {password}
  The mail that the server sends     http://localhost:{port}/dev/mailbox
  The HTTP interface                 http://localhost:{port}/api/docs

  The event starts in two minutes. To start it now:
    {start}

  Ctrl-C ends the server."
    )
}

/// Stays until a person ends the demonstration, or the server ends by itself.
fn wait(child: &mut Child, asked_to_end: &AtomicBool) -> Result<()> {
    while !asked_to_end.load(Ordering::Relaxed) {
        if let Some(status) = child.try_wait()? {
            // Ctrl-C reaches the whole group: the server may be the first to go.
            thread::sleep(Duration::from_millis(100));
            if asked_to_end.load(Ordering::Relaxed) {
                break;
            }
            bail!("the server ended by itself, with {status}; its own words are above");
        }
        thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

fn ended_by_signal() -> Result<Arc<AtomicBool>> {
    let asked = Arc::new(AtomicBool::new(false));
    let handler = Arc::clone(&asked);
    ctrlc::set_handler(move || handler.store(true, Ordering::Relaxed)).context("Ctrl-C cannot be caught")?;
    Ok(asked)
}

/// Asks the server to end, and ends it if it will not.
fn end(child: &mut Child) -> Result<()> {
    if child.try_wait()?.is_some() {
        return Ok(());
    }
    // The standard library only kills. The server gets to close its database.
    let asked = capture(Command::new("kill").arg(child.id().to_string()));
    let started = Instant::now();
    while asked.is_ok() && started.elapsed() < GRACE {
        if child.try_wait()?.is_some() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(50));
    }
    child.kill().context("the server cannot be ended")?;
    child.wait().context("the server cannot be ended")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader};

    #[test]
    fn a_taken_port_is_told_with_what_to_do() -> Result<()> {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = taken.local_addr()?.port();
        let Err(error) = free(port) else {
            bail!("a taken port passed for a free one");
        };
        let message = error.to_string();
        assert!(message.contains(&port.to_string()), "{message}");
        assert!(message.contains("--port"), "{message}");
        Ok(())
    }

    #[test]
    fn ready_means_200() -> Result<()> {
        for (answer, expected) in [("200 OK", true), ("503 Service Unavailable", false)] {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
            let port = listener.local_addr()?.port();
            let server = thread::spawn(move || -> std::io::Result<()> {
                let (mut stream, _) = listener.accept()?;
                let mut request = BufReader::new(stream.try_clone()?).lines();
                while request.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
                // In one piece: who has read the status goes, and what is written later breaks the pipe.
                stream.write_all(format!("HTTP/1.0 {answer}\r\n\r\n").as_bytes())
            });
            assert_eq!(healthy(port), expected);
            assert!(server.join().is_ok_and(|served| served.is_ok()));
        }
        Ok(())
    }
}
