//! Running other programs, with errors that name the program and what it was asked to do.

use std::env;
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

/// Runs a program whose output people want to see as it comes.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() {
        return Ok(());
    }
    bail!("`{}` ended with {status}", shown(command))
}

/// Runs a program whose output matters only when it fails, and returns its standard output.
pub fn capture(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| not_started(command, &error))?;
    if !output.status.success() {
        bail!(
            "`{}` ended with {}:\n{}{}",
            shown(command),
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{}` printed something that is no text", shown(command)))
}

/// Gives a program its standard input and returns its standard output, both whole.
pub fn filter(command: &mut Command, input: &[u8]) -> Result<Vec<u8>> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(|error| not_started(command, &error))?;
    // Dropped after writing: the end of its input is what a filter waits for.
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input).with_context(|| format!("`{}` did not read its input", shown(command)))?;
    }
    let output = child.wait_with_output().with_context(|| format!("`{}` was lost", shown(command)))?;
    if !output.status.success() {
        bail!("`{}` ended with {}", shown(command), output.status);
    }
    Ok(output.stdout)
}

/// Runs a program that may hang, such as one that asks a server out of reach, and ends it after
/// `limit`.
pub fn run_within(command: &mut Command, limit: Duration) -> Result<()> {
    let mut child = command.stdin(Stdio::null()).spawn().map_err(|error| not_started(command, &error))?;
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            if status.success() {
                return Ok(());
            }
            bail!("`{}` ended with {status}", shown(command));
        }
        if started.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            bail!("`{}` gave no answer in {limit:?}", shown(command));
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// The cargo that runs this xtask, so that all steps use one toolchain.
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// What cargo is told so that people see it at work and logs keep to what matters.
pub fn chatter() -> Option<&'static str> {
    (!std::io::stderr().is_terminal()).then_some("--quiet")
}

/// The first of these programs that stands on the search path.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    names.iter().find_map(|name| env::split_paths(&path).map(|folder| folder.join(name)).find(|candidate| candidate.is_file()))
}

fn shown(command: &Command) -> String {
    std::iter::once(command.get_program()).chain(command.get_args()).map(|part| part.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn not_started(command: &Command, error: &std::io::Error) -> anyhow::Error {
    let program = command.get_program().to_string_lossy();
    if error.kind() == ErrorKind::NotFound {
        anyhow!("there is no program `{program}` on this machine; install it, or see `cargo xtask setup`")
    } else {
        anyhow!("`{}` did not start: {error}", shown(command))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_hangs_is_ended() -> Result<()> {
        let started = Instant::now();
        let hung = run_within(Command::new("sleep").arg("30"), Duration::from_millis(100));
        let Err(error) = hung else {
            bail!("a hung program passed for a finished one");
        };
        assert!(error.to_string().contains("sleep 30"), "{error}");
        assert!(started.elapsed() < Duration::from_secs(10));
        Ok(())
    }

    #[test]
    fn a_missing_program_is_named() -> Result<()> {
        let Err(error) = capture(&mut Command::new("no-such-program-here")) else {
            bail!("a missing program ran");
        };
        assert!(error.to_string().contains("no-such-program-here"));
        Ok(())
    }

    #[test]
    fn a_filter_gets_its_input_and_gives_its_output() -> Result<()> {
        assert_eq!(filter(&mut Command::new("cat"), b"curtain")?, b"curtain");
        Ok(())
    }
}
