//! The host pages.

use super::page::{Files, HostPage, InFrame, Integrity, Outcome, PLAIN, Style};

/// The lines that the README tells pages to have, as they stand there: by address, by nonce, with files of one's own. The
/// page's own script and style are not the element's affair.
pub const DOCUMENTED: [&str; 3] = [
    "script-src https://events.example.com 'wasm-unsafe-eval'; connect-src https://events.example.com; frame-src https://meet.example.com",
    "script-src 'nonce-r4nd0m' 'wasm-unsafe-eval'; connect-src https://events.example.com; frame-src https://meet.example.com",
    "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' https://events.example.com",
];

/// Every page; the one that others are compared to comes first.
pub const PAGES: &[HostPage] = &[
    PLAIN,
    // The lines of the README.
    HostPage {
        name: "strict-csp",
        policy: "default-src 'none'; script-src {host} {server} 'wasm-unsafe-eval'; connect-src {server}; style-src {host}; img-src {host}; \
                 base-uri 'none'; form-action 'none'",
        ..PLAIN
    },
    HostPage {
        name: "csp-with-nonce",
        policy: "default-src 'none'; script-src 'nonce-r4nd0m' 'wasm-unsafe-eval'; connect-src {server}; style-src {host}; img-src {host}; \
                 base-uri 'none'; form-action 'none'",
        ..PLAIN
    },
    HostPage {
        name: "csp-with-strict-dynamic",
        policy: "script-src 'nonce-r4nd0m' 'strict-dynamic' 'wasm-unsafe-eval'; connect-src {server}; style-src {host}; base-uri 'none'",
        ..PLAIN
    },
    HostPage {
        name: "csp-with-files-of-its-own",
        policy: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' {server}; style-src 'self'; img-src 'self'",
        files: Files::Copied,
        ..PLAIN
    },
    // The README's way to Subresource Integrity: files of its own, and the hash of the one that the page names.
    HostPage {
        name: "integrity",
        policy: "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' {server}",
        files: Files::Copied,
        integrity: Integrity::Right,
        ..PLAIN
    },
    // The last with these files: Chromium remembers a refusal, and refuses the same address to the next page of the session.
    HostPage {
        name: "integrity-of-another-version",
        files: Files::Copied,
        integrity: Integrity::Wrong,
        outcome: Outcome::LinkAlone,
        ..PLAIN
    },
    HostPage {
        name: "frame-allowed",
        policy: "default-src 'none'; script-src {host} {server} 'wasm-unsafe-eval'; connect-src {server}; style-src {host}; img-src {host}; \
                 frame-src https://room.example.com",
        room: InFrame::Shown,
        ..PLAIN
    },
    HostPage { name: "as-the-readme-says-by-address", policy: DOCUMENTED[0], room: InFrame::Shown, ..PLAIN },
    HostPage { name: "as-the-readme-says-by-nonce", policy: DOCUMENTED[1], room: InFrame::Shown, ..PLAIN },
    HostPage { name: "as-the-readme-says-with-files-of-its-own", policy: DOCUMENTED[2], files: Files::Copied, ..PLAIN },
    HostPage {
        name: "frame-forbidden",
        policy: "default-src 'none'; script-src {host} {server} 'wasm-unsafe-eval'; connect-src {server}; style-src {host}; img-src {host}",
        room: InFrame::Refused,
        ..PLAIN
    },
    HostPage { name: "frame-of-others-only", policy: "frame-src 'self' https://video.example.com", room: InFrame::Refused, ..PLAIN },
    HostPage {
        name: "csp-without-wasm",
        policy: "script-src {host} {server}; connect-src {server}",
        outcome: Outcome::Fallback("wasm_refused"),
        ..PLAIN
    },
    HostPage {
        name: "trusted-types",
        policy: "require-trusted-types-for 'script'; trusted-types 'none'; script-src {host} {server} 'wasm-unsafe-eval'",
        ..PLAIN
    },
    HostPage { name: "sandboxed", policy: "sandbox allow-scripts allow-forms", ..PLAIN },
    HostPage { name: "base-elsewhere", head: r#"<base href="https://elsewhere.example/deep/" target="_blank">"#, ..PLAIN },
    HostPage {
        name: "polluted-prototypes",
        script: "
            // WebKit's driver itself speaks to a page in lists, and looks at all that an object has.
            const enumerable = !navigator.userAgent.includes('Version/');
            const pollute = (name, value) => Object.defineProperty(Object.prototype, name, { value, enumerable, writable: true, configurable: true });
            for (const name of ['age', 'capacity', 'code', 'detail', 'email', 'help', 'key', 'language', 'link', 'name', 'position', 'retry_after', 'token', 'value'])
                pollute(name, 'polluted');
            pollute('each', function () { throw new Error('polluted'); });
            Array.prototype.remove = function () { throw new Error('polluted'); };
            if (enumerable)
                Array.prototype.toJSON = String.prototype.toJSON = function () { return 'polluted'; };
            Array.from = () => { throw new Error('patched'); };",
        ..PLAIN
    },
    HostPage {
        name: "clobbered-names",
        // Not `body`, `documentElement` and the like: drivers cannot press a key on a page without them.
        body: r#"<div hidden>
            <form id="document"></form><form id="window"><input name="document"></form><form name="title"><input name="append"></form>
            <img id="fetch" alt=""><img id="customElements" alt=""><a id="location"></a><a id="history"></a><a id="performance"></a>
            <form name="baseURI"></form><form name="head"></form>
            <form name="referrer"></form><form name="visibilityState"></form><form name="hidden"></form><img name="cookie" alt="">
            <input id="email" name="email"><input id="first_name"><div id="curtain-up"></div><div id="WebAssembly"></div>
            </div>"#,
        ..PLAIN
    },
    // The page's own columns keep their place, so that there is something to compare.
    HostPage { name: "all-unset", style: Style::Loud("* { all: unset !important; }"), ..PLAIN },
    HostPage { name: "bootstrap", style: Style::Package("bootstrap/dist/css/bootstrap.css"), ..PLAIN },
    HostPage { name: "tailwind", style: Style::Package("tailwindcss/preflight.css"), ..PLAIN },
    HostPage {
        name: "loud-style",
        style: Style::Text(
            "curtain-up { text-transform: uppercase; letter-spacing: 3px; text-indent: 9px; white-space: pre; word-spacing: 1em; cursor: crosshair; }
            #stand { text-align: right; list-style: none; line-height: 3; quotes: none; }
            div, p, h2, label, input, button, fieldset { margin: 33px !important; border: 5px solid red !important; float: right !important; }
            #top *, #top, #stand { margin: 0 !important; border: 0 !important; float: none !important; }",
        ),
        ..PLAIN
    },
    HostPage {
        name: "storage-throws",
        script: "
            for (const name of ['getItem', 'setItem', 'removeItem'])
                Storage.prototype[name] = () => { throw new DOMException('refused', 'SecurityError'); };
            for (const name of ['localStorage', 'sessionStorage'])
                Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError'); } });",
        ..PLAIN
    },
    HostPage {
        name: "without-wasm",
        script: "delete globalThis.WebAssembly;",
        outcome: Outcome::Fallback("wasm_refused"),
        ..PLAIN
    },
    // As Safari was until 16.3.
    HostPage {
        name: "old-browser",
        script: "delete ShadowRoot.prototype.adoptedStyleSheets; delete Document.prototype.adoptedStyleSheets;
            window.CSSStyleSheet = function () { throw new TypeError('Illegal constructor'); };",
        outcome: Outcome::Fallback("load_failed"),
        ..PLAIN
    },
    HostPage { name: "file-that-is-not-there", files: Files::Missing, outcome: Outcome::Fallback("load_failed"), ..PLAIN },
    HostPage { name: "file-that-never-comes", files: Files::Hanging, outcome: Outcome::Fallback("timeout"), ..PLAIN },
];
