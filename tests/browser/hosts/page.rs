//! A host page: what a stranger wrote around the element.

/// How a visit ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Form, mail, link, countdown.
    Journey,
    /// The page's own link stays, and `curtain-up:error` has this code.
    Fallback(&'static str),
    /// The page's own link stays: the browser has refused the program itself, which can say nothing then.
    LinkAlone,
}

/// Where the widget's files come from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Files {
    /// The event's own server.
    Server,
    /// The page's own server, which keeps a copy of them.
    Copied,
    /// A server that never answers when it is asked for the WebAssembly.
    Hanging,
    /// A server that has nothing but the loader.
    Missing,
}

/// A host page. In its policy and markup, `{server}` is the event's server and `{host}` the page's own.
#[derive(Clone, Copy)]
pub struct HostPage {
    /// Its name in its address, and that of its event.
    pub name: &'static str,
    /// `Content-Security-Policy`.
    pub policy: &'static str,
    /// What stands first in its head.
    pub head: &'static str,
    /// A style sheet of its own.
    pub style: Style,
    /// A script of its own that runs before everything else.
    pub script: &'static str,
    /// What stands before the element.
    pub body: &'static str,
    pub files: Files,
    /// What stands at the script tag for the file's hash.
    pub integrity: Integrity,
    /// Whether the journey goes on into a room in a frame.
    pub room: InFrame,
    pub outcome: Outcome,
}

/// How a room in a frame fares.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum InFrame {
    /// The journey ends before it.
    NotPlayed,
    /// It is shown.
    Shown,
    /// The page's policy refuses it: the way there is offered, and `curtain-up:error` says why.
    Refused,
}

/// Subresource Integrity.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Integrity {
    /// None.
    None,
    /// The hash of the file.
    Right,
    /// The hash of another version.
    Wrong,
}

/// A page's own style sheet.
#[derive(Clone, Copy)]
pub enum Style {
    /// As written here.
    Text(&'static str),
    /// As written here, and so loud that the plain style must be as loud.
    Loud(&'static str),
    /// A file of a package from npm, put before the page's plain style.
    Package(&'static str),
}

/// A page without anything special.
pub const PLAIN: HostPage = HostPage {
    name: "plain",
    policy: "",
    head: "",
    style: Style::Text(""),
    script: "",
    body: "",
    files: Files::Server,
    integrity: Integrity::None,
    room: InFrame::NotPlayed,
    outcome: Outcome::Journey,
};

impl HostPage {
    /// Its markup.
    pub fn html(&self, server: &str, host: &str, with_widget: bool) -> String {
        let Self { name, head, body, .. } = self;
        let files = match self.files {
            Files::Server => server.to_owned(),
            Files::Copied => format!("{host}/copied"),
            Files::Hanging => format!("{host}/hanging"),
            Files::Missing => format!("{host}/missing"),
        };
        let integrity = match self.integrity {
            Integrity::None => String::new(),
            Integrity::Right => format!(r#" integrity="{}""#, super::serve::hash_of("curtain-up.js", b"")),
            Integrity::Wrong => format!(r#" integrity="{}""#, super::serve::hash_of("curtain-up.js", b" ")),
        };
        let loader = format!(r#"<script type="module" src="{files}/curtain-up.js" nonce="r4nd0m" crossorigin{integrity}></script>"#);
        let loader = if with_widget { loader } else { String::new() };
        let (style, script) = (format!("{host}/{name}/style.css"), format!("{host}/{name}/script.js"));
        format!(
            r##"<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Canopy</title>{head}
<link rel="icon" href="{host}/favicon.ico">
<link rel="stylesheet" href="{style}">
<script src="{script}" nonce="r4nd0m"></script>
{loader}
</head>
<body>
<div id="top">
<h1>Meet Canopy</h1>
<p>Route planning that knows <a href="#hills">hills</a>, <em>headwinds</em> and school streets.</p>
<ul><li>Why planners for vans fail bikes</li><li>Your questions</li></ul>
<table><tr><th>Fleets</th><td>11</td></tr></table>
<button type="button">Read more</button>
{body}
</div>
<div id="stand"><curtain-up event="{server}/e/{name}"><a href="{server}/e/{name}">Register for the launch webinar</a></curtain-up></div>
</body>
</html>"##
        )
        .replace("{server}", server)
        .replace("{host}", host)
    }

    /// Its policy, as it is sent.
    pub fn policy(&self, server: &str, host: &str) -> String {
        // The page's own script must run, too.
        let own = self.policy.replace("script-src https://events.example.com", "script-src {host} https://events.example.com");
        let named = own.replace("https://events.example.com", server).replace("https://meet.example.com", "https://room.example.com");
        named.replace("{server}", server).replace("{host}", host)
    }

    /// Its script, after one that keeps what the page hears of.
    pub fn script(&self) -> String {
        format!("{REPORTS}\n{}", self.script)
    }

    /// Its style sheet, whole.
    pub fn style(&self) -> String {
        match self.style {
            Style::Text(text) => format!("{PLACE}\n{text}"),
            Style::Loud(text) => format!("{text}\n{}", PLACE.replace(';', " !important;")),
            Style::Package(file) => {
                let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/node_modules");
                let path = format!("{folder}/{file}");
                let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}; run `cargo xtask setup`"));
                // What Tailwind's own compiler would make of it, where a page sets no theme.
                format!("{}\n{PLACE}", text.replace("--theme(", "var("))
            }
        }
    }
}

/// Two columns that hold still whatever stands in them, and a font for the element.
const PLACE: &str = "
#top { position: absolute; top: 10px; left: 10px; width: 480px; }
#stand { position: absolute; top: 10px; left: 520px; width: 440px; font: 16px/1.5 sans-serif; color: #222; text-align: start; }
";

const REPORTS: &str = "
window.reports = { policy: [], uncaught: [], errors: [] };
addEventListener('securitypolicyviolation', e => reports.policy.push(`${e.effectiveDirective} ${e.blockedURI}`));
addEventListener('error', e => reports.uncaught.push(`${e.message}`));
addEventListener('unhandledrejection', e => reports.uncaught.push(`${e.reason}`));
const loaded = () => performance.getEntriesByType('resource').find(e => e.name.includes('curtain-up.js'))?.responseEnd ?? 0;
addEventListener('curtain-up:error', e => reports.errors.push({ ...e.detail, after: performance.now() - loaded() }));
";
