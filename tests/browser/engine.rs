//! The three browser engines, each with the driver that plays it. Drivers start once for all tests and end with this process.

use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader},
    net::{TcpListener, TcpStream},
    os::unix::process::CommandExt,
    path::Path,
    process::{Command, Stdio},
    sync::{Arc, OnceLock, mpsc},
    time::Duration,
};
use thirtyfour::Capabilities;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// How long a driver may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A kind of browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    /// With the system's few colours for every page.
    FirefoxWithForcedColors,
    WebKit,
}

/// The right to a session of an engine's driver, given back when it is dropped.
pub type Turn = Option<Arc<OwnedMutexGuard<()>>>;

impl Engine {
    /// Waits until the driver is free: all but Chromium's play one session at a time.
    pub async fn turn(self) -> Turn {
        static FIREFOX: OnceLock<Arc<Mutex<()>>> = OnceLock::new();
        static WEBKIT: OnceLock<Arc<Mutex<()>>> = OnceLock::new();
        let lock = match self {
            Self::Chromium => return None,
            Self::Firefox | Self::FirefoxWithForcedColors => &FIREFOX,
            Self::WebKit => &WEBKIT,
        };
        Some(Arc::new(Arc::clone(lock.get_or_init(Arc::default)).lock_owned().await))
    }

    /// Where the driver listens.
    pub fn driver(self) -> &'static str {
        static CHROMIUM: OnceLock<String> = OnceLock::new();
        static FIREFOX: OnceLock<String> = OnceLock::new();
        static WEBKIT: OnceLock<String> = OnceLock::new();
        match self {
            Self::Chromium => CHROMIUM.get_or_init(|| {
                let binary = program("CURTAIN_UP_CHROMEDRIVER", &["/usr/bin/chromedriver"]);
                listening(move |port| kept(&binary).arg(format!("--port={port}")).stdout(Stdio::null()).spawn())
            }),
            Self::Firefox | Self::FirefoxWithForcedColors => FIREFOX.get_or_init(|| {
                let built = concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/cargo/bin/geckodriver");
                let binary = program("CURTAIN_UP_GECKODRIVER", &[built, "/usr/local/bin/geckodriver", "/usr/bin/geckodriver"]);
                listening(move |port| {
                    let arguments = ["--host", "127.0.0.1", "--port", &port.to_string(), "--websocket-port", "0"];
                    kept(&binary).args(arguments).stdout(Stdio::null()).spawn()
                })
            }),
            Self::WebKit => WEBKIT.get_or_init(|| {
                let binary = program("CURTAIN_UP_WEBKIT_DRIVER", &["/usr/bin/WebKitWebDriver"]);
                let display = screen();
                listening(move |port| {
                    let environment = [("DISPLAY", display.as_str()), ("GDK_BACKEND", "x11"), ("LANG", "en_US.UTF-8")];
                    kept(&binary).args(["-p", &port.to_string()]).envs(environment).stdout(Stdio::null()).spawn()
                })
            }),
        }
    }

    /// What the driver is asked for.
    pub fn capabilities(self) -> Capabilities {
        let asked = match self {
            Self::Chromium => json!({
                "browserName": "chrome",
                "goog:loggingPrefs": { "browser": "ALL" },
                "goog:chromeOptions": {
                    "binary": program("CURTAIN_UP_CHROMIUM", &["/usr/bin/chromium", "/usr/bin/google-chrome"]),
                    "args": [
                        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
                        "--disable-component-update", "--disable-sync", "--no-first-run", "--window-size=1000,1200", "--lang=en-US",
                        "--js-flags=--expose-gc", "--enable-precise-memory-info",
                    ],
                },
            }),
            Self::Firefox | Self::FirefoxWithForcedColors => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "binary": program("CURTAIN_UP_FIREFOX", &["/usr/bin/firefox-esr", "/usr/bin/firefox"]),
                    "args": ["-headless", "-width", "1000", "-height", "1200"],
                    "prefs": {
                        "intl.accept_languages": "en-US",
                        // 1: the page's colours always, 2: the person's always.
                        "browser.display.document_color_use": if self == Self::Firefox { 1 } else { 2 },
                    },
                },
            }),
            Self::WebKit => json!({
                "browserName": "MiniBrowser",
                "webkitgtk:browserOptions": { "binary": mini_browser(), "args": ["--automation", "--geometry=1000x1200"] },
            }),
        };
        let Value::Object(asked) = asked else { unreachable!("an object was written above") };
        asked.into()
    }
}

/// WebKit's own browser lies beside its libraries, in a folder of the machine's architecture.
fn mini_browser() -> String {
    let architecture = std::env::consts::ARCH;
    let paths = ["4.1", "4.0", "6.0"].map(|version| {
        let kind = if version == "6.0" { "webkitgtk" } else { "webkit2gtk" };
        format!("/usr/lib/{architecture}-linux-gnu/{kind}-{version}/MiniBrowser")
    });
    program("CURTAIN_UP_MINI_BROWSER", &paths.each_ref().map(String::as_str))
}

/// Starts a screen that nobody looks at, and returns its name.
fn screen() -> String {
    let binary = program("CURTAIN_UP_XVFB", &["/usr/bin/Xvfb"]);
    let (tell, told) = mpsc::channel();
    for_good(move || {
        let arguments = ["-displayfd", "1", "-screen", "0", "1600x1400x24", "-nolisten", "tcp"];
        let mut xvfb = kept(&binary).args(arguments).stdout(Stdio::piped()).spawn().expect("Xvfb");
        let mut line = String::new();
        BufReader::new(xvfb.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let _told = tell.send(format!(":{}", line.trim()));
        let _ended = xvfb.wait();
    });
    told.recv_timeout(PATIENCE).expect("a display")
}

/// Starts a driver on a free port and waits until it listens there.
fn listening(start: impl FnOnce(u16) -> std::io::Result<std::process::Child> + Send + 'static) -> String {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    for_good(move || {
        let _ended = start(port).expect("a driver").wait();
    });
    let tries = PATIENCE.as_millis() / 50;
    for _ in 0..tries {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return format!("http://127.0.0.1:{port}");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("no driver listens on port {port}");
}

/// The signal at the parent's death watches the thread that started the child, so that thread stays.
fn for_good(work: impl FnOnce() + Send + 'static) {
    std::thread::spawn(work);
}

/// A program that ends with this process.
fn kept(binary: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", binary]).stdin(Stdio::null()).stderr(Stdio::null()).process_group(0);
    command
}

fn program(variable: &str, paths: &[&str]) -> String {
    let named = std::env::var(variable).ok();
    let found = named.or_else(|| paths.iter().find(|path| Path::new(path).exists()).map(|path| (*path).to_owned()));
    found.unwrap_or_else(|| panic!("none of {paths:?} is there; run `cargo xtask setup` or set {variable}"))
}
