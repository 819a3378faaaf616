//! The real binary, as a host runs it.

use serde_json::Value;
use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

pub struct Program {
    folder: TempDir,
}

/// How one run of it ended.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub error: String,
}

impl Program {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The program with these arguments, in a folder and an environment of its own.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_curtain-up"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CURTAIN_UP_")) {
            command.env_remove(name);
        }
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::new(self.command(arguments).output().expect("the program runs"))
    }

    /// `curtain-up event add -`, with the plan on standard input.
    pub fn add(&self, plan: &Value) -> Run {
        self.pipe(&["event", "add", "-", "--json"], plan.to_string().as_bytes())
    }

    /// The program with these arguments and this on standard input.
    pub fn pipe(&self, arguments: &[&str], bytes: &[u8]) -> Run {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
        let mut input = child.stdin.take().expect("an input");
        input.write_all(bytes).expect("it reads");
        drop(input);
        Run::new(child.wait_with_output().expect("it ends"))
    }
}

impl Run {
    fn new(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Self { code: output.status.code().expect("an exit code"), out: text(output.stdout), error: text(output.stderr) }
    }

    /// The one event that the answer names.
    pub fn event(&self) -> Value {
        assert_eq!(self.code, 0, "{}", self.error);
        let answer: Value = serde_json::from_str(&self.out).expect("JSON");
        match answer.as_array().map(Vec::as_slice) {
            Some([event]) => event.clone(),
            _ => panic!("one event was expected: {answer}"),
        }
    }
}
