//! The real program as it serves, in a process of its own, whose memory can be looked at.

use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

pub struct Running {
    child: Child,
    address: SocketAddr,
}

impl Running {
    /// `curtain-up serve` with this data.
    pub fn start(program: &Path, data: &Path, database: &str) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
        let mut command = Command::new(program);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CURTAIN_UP_")) {
            command.env_remove(name);
        }
        command.args(["serve", "--listen", &address.to_string(), "--database", database, "--data"]).arg(data);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
        let running = Self { child, address };
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(60), "the server does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        running
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The most memory that it ever took, in MB: `VmHWM` of proc(5).
    pub fn peak_of_memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("Linux");
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("the line");
        line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<f64>().ok()).expect("a number") / 1000.0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _over_already = self.child.kill();
        let _over_already = self.child.wait();
    }
}
