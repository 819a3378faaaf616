//! A browser as a person uses it: what is on the page is found by its words, keys are pressed, text is read.

use crate::{
    engine::{Engine, Turn},
    picture::{Picture, Place},
};
use serde_json::{Value, json};
use std::{path::Path, time::Duration};
use thirtyfour::{Key, TypingData, WebDriver, WebElement, error::WebDriverErrorInner};

/// How long something may take to appear before a test fails: long, so that a busy machine breaks nothing.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Clone)]
pub struct Browser {
    pub engine: Engine,
    driver: WebDriver,
    _turn: Turn,
}

/// Finds what a test speaks of inside every open shadow root of the page, in the order of the document.
const FIND: &str = r#"
    const all = root => [...root.querySelectorAll('*')].flatMap(e => e.shadowRoot ? [e, ...all(e.shadowRoot)] : [e]);
    const seen = e => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
    const words = e => (e?.innerText ?? e?.textContent ?? '').replace(/\s+/g, ' ').trim();
    const everything = all(document).filter(seen);
    const labelled = name => {
        for (const label of everything.filter(e => e.localName === 'label' && words(e).replace(/ optional$/, '') === name)) {
            if (label.control) return label.control;
        }
        return null;
    };
    const called = name => everything.find(e => ['button', 'a', 'summary'].includes(e.localName) && words(e) === name) ?? null;
"#;

impl Browser {
    /// Opens a window of its own, as soon as the engine's driver is free.
    pub async fn open(engine: Engine) -> Self {
        let turn = engine.turn().await;
        let driver = WebDriver::new(engine.driver(), engine.capabilities()).await.expect("a browser");
        driver.set_script_timeout(Duration::from_secs(60)).await.expect("a timeout");
        Self { driver, engine, _turn: turn }
    }

    pub async fn close(self) {
        let _closed = self.driver.quit().await;
    }

    pub async fn open_page(&self, address: &str) {
        self.driver.goto(address).await.expect("a page");
    }

    /// Runs a script in the page and returns what it returns.
    pub async fn script(&self, script: &str) -> Value {
        self.driver.execute(format!("{FIND}{script}"), Vec::new()).await.unwrap_or_else(|error| panic!("{script}: {error}")).json().clone()
    }

    /// Waits until a script returns something true. Between two pages a script finds nothing to run in: it is asked again.
    pub async fn until(&self, what: &str, condition: &str) {
        let script = format!("{FIND} return !!({condition})");
        let mut refused = String::new();
        for _ in 0..PATIENCE.as_millis() / 100 {
            match self.driver.execute(script.clone(), Vec::new()).await {
                Ok(answer) if *answer.json() == json!(true) => return,
                Ok(_) => refused.clear(),
                Err(error) => refused = error.to_string(),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!(
            "{what} did not come; the page says:\n{}\n{}\n{refused}",
            self.script("return words(document.body)").await,
            self.text().await
        );
    }

    /// Waits until these words stand on the page.
    pub async fn sees(&self, words: &str) {
        self.until(words, &format!("everything.some(e => words(e).includes({}))", json!(words))).await;
    }

    /// Whether these words stand on the page now.
    pub async fn shows(&self, words: &str) -> bool {
        self.script(&format!("return everything.some(e => words(e).includes({}))", json!(words))).await == json!(true)
    }

    /// All words of the widget.
    pub async fn text(&self) -> String {
        let text = self
            .script("return everything.filter(e => e.shadowRoot).map(e => [...e.shadowRoot.children].map(words).join('\\n')).join('\\n')");
        text.await.as_str().unwrap_or_default().to_owned()
    }

    /// Types into the field with this label.
    pub async fn fills(&self, label: &str, text: &str) {
        self.until(&format!("a field “{label}”"), &format!("labelled({})", json!(label))).await;
        let field = self.element(&format!("labelled({})", json!(label))).await;
        field.clear().await.expect("cleared");
        field.send_keys(text).await.expect("typed");
    }

    /// Chooses a file in the field with this label.
    pub async fn chooses_file(&self, label: &str, path: &Path) {
        let field = format!("labelled({})", json!(label));
        self.until(&format!("a field “{label}”"), &field).await;
        self.element(&field).await.send_keys(path.display().to_string()).await.expect("a chosen file");
    }

    /// What stands in the field with this label.
    pub async fn value_of(&self, label: &str) -> String {
        self.script(&format!("return labelled({})?.value ?? null", json!(label))).await.as_str().unwrap_or_default().to_owned()
    }

    /// Clicks the button or link with these words, or the field with this label.
    pub async fn clicks(&self, name: &str) {
        let target = format!("(called({0}) ?? labelled({0}))", json!(name));
        self.until(&format!("“{name}”"), &target).await;
        self.clicks_on(&target).await;
    }

    /// Clicks what a script finds.
    pub async fn clicks_on(&self, expression: &str) {
        let mut clicked = self.element(expression).await.click().await;
        // What was found may have been drawn anew before it was clicked: then the new one is meant.
        if clicked.as_ref().is_err_and(|error| matches!(error.as_inner(), WebDriverErrorInner::StaleElementReference(_))) {
            clicked = self.element(expression).await.click().await;
        }
        clicked.unwrap_or_else(|error| panic!("{expression} cannot be clicked: {error}"));
    }

    /// Takes the mouse above what a script finds.
    pub async fn hovers(&self, expression: &str) {
        let element = self.element(expression).await;
        self.driver.action_chain().move_to_element_center(&element).perform().await.expect("moved");
    }

    /// Presses keys, wherever the focus is.
    pub async fn presses(&self, keys: impl Into<TypingData>) {
        self.driver.action_chain().send_keys(keys).perform().await.expect("pressed");
    }

    /// Writes over what stands in the field that has the focus.
    pub async fn writes_over(&self, text: &str) {
        let field = self.driver.active_element().await.expect("a field");
        field.send_keys(Key::Control + "a").await.expect("selected");
        field.send_keys(text).await.expect("typed");
    }

    /// Copies this text and pastes it into the field with this label, as a hand does.
    pub async fn pastes(&self, text: &str, label: &str) {
        let copied = format!(
            "const from = document.createElement('textarea'); from.value = {}; document.body.append(from); from.select()",
            json!(text)
        );
        self.script(&copied).await;
        self.presses_with_control("c").await;
        self.script("document.querySelector('body > textarea').remove()").await;
        self.clicks_on(&format!("labelled({})", json!(label))).await;
        self.presses_with_control("v").await;
        assert_eq!(self.value_of(label).await, text, "what was pasted is there");
    }

    async fn presses_with_control(&self, letter: &str) {
        let chord = self.driver.action_chain().key_down(Key::Control).send_keys(letter).key_up(Key::Control);
        chord.perform().await.expect("pressed");
    }

    /// Presses Tab until the thing with this name has the focus.
    pub async fn tabs_to(&self, name: &str) {
        for _ in 0..60 {
            if self.focus().await == name {
                return;
            }
            self.presses(Key::Tab).await;
        }
        panic!("“{name}” cannot be reached by keyboard; the focus is at “{}”", self.focus().await);
    }

    /// Waits until the thing with this name has the focus: a browser may give it a frame later than it shows the page.
    pub async fn has_focus(&self, name: &str) {
        for _ in 0..PATIENCE.as_millis() / 100 {
            if self.focus().await == name {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the focus is not at “{name}” but at “{}”", self.focus().await);
    }

    /// The name of what has the focus: the words of a link, button or heading, the label of a field.
    pub async fn focus(&self) -> String {
        let script = "let e = document.activeElement; while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
            return e ? (e.labels?.length ? words(e.labels[0]).replace(/ optional$/, '') : words(e)) : ''";
        self.script(script).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until this is the address of the page, whole.
    pub async fn stands_at(&self, address: &str) {
        self.until(address, &format!("document.readyState === 'complete' && location.href === {}", json!(address))).await;
    }

    /// The address in the address bar.
    pub async fn address(&self) -> String {
        self.driver.current_url().await.expect("an address").to_string()
    }

    /// What stands in the console, but for what the browser itself says of unreachable addresses.
    pub async fn console(&self) -> Vec<String> {
        let entries = self.driver.get_log("browser").await.unwrap_or_default();
        entries.iter().map(|entry| entry.message.clone()).filter(|message| !message.contains("net::ERR_")).collect()
    }

    /// Runs a script before any other of every page that is opened from now on.
    pub async fn before_every_page(&self, script: &str) {
        self.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await.expect("a script");
    }

    /// Runs no script of any page from now on.
    pub async fn runs_no_scripts(&self) {
        let disabled = json!({ "value": true });
        self.driver.cdp().send_raw("Emulation.setScriptExecutionDisabled", disabled).await.expect("no scripts");
    }

    /// Saves files that are downloaded in this folder, without asking. In Chromium.
    pub async fn saves_files_in(&self, folder: &std::path::Path) {
        let allowed = json!({ "behavior": "allow", "downloadPath": folder.display().to_string() });
        self.driver.cdp().send_raw("Browser.setDownloadBehavior", allowed).await.expect("a folder");
    }

    /// Runs something that takes its time, to its end.
    pub async fn plays_long(&self, script: &str) {
        let whole = format!("const done = arguments[0]; (async () => {{ {script} }})().then(() => done(''), error => done(String(error)))");
        self.driver.set_script_timeout(Duration::from_secs(300)).await.expect("a timeout");
        let failed = self.driver.execute_async(whole, Vec::new()).await.expect("a script");
        assert_eq!(failed.json(), "", "{script}");
    }

    /// How many bytes the page's objects take, and those behind them such as elements, once nothing is kept that nobody needs.
    pub async fn memory(&self) -> i64 {
        let cdp = self.driver.cdp();
        for _ in 0..3 {
            cdp.send_raw("HeapProfiler.collectGarbage", json!({})).await.expect("collected");
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        let usage = cdp.send_raw("Runtime.getHeapUsage", json!({})).await.expect("usage");
        let bytes = |name: &str| usage[name].as_f64().unwrap_or_default();
        (bytes("usedSize") + bytes("embedderHeapUsedSize") + bytes("backingStorageSize")) as i64
    }

    /// Says that its person likes dark pages.
    pub async fn prefers_dark(&self) {
        let dark = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", dark).await.expect("dark");
    }

    /// Shows pages as they are printed.
    pub async fn is_printed(&self) {
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "media": "print" })).await.expect("paper");
    }

    /// Says what its person prefers, where the engine can be told while it runs.
    pub async fn prefers(&self, feature: &str, value: &str) {
        if self.engine == Engine::Chromium {
            let features = json!({ "features": [{ "name": feature, "value": value }] });
            self.driver.cdp().send_raw("Emulation.setEmulatedMedia", features).await.expect("a preference");
        }
    }

    /// Makes the window so many pixels wide.
    pub async fn is_wide(&self, width: u32) {
        self.driver.set_window_rect(0, 0, width, 1200).await.expect("a window");
    }

    /// What axe-core finds wrong with a part of the page, by WCAG 2.2 A and AA.
    pub async fn faults(&self, part: &str) -> Value {
        let axe = std::env::var("CURTAIN_UP_AXE")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/node_modules/axe-core/axe.min.js").to_owned());
        let axe = std::fs::read_to_string(&axe).unwrap_or_else(|error| panic!("{axe}: {error}; run `cargo xtask setup`"));
        self.script(&format!("if (!window.axe) {{ {axe}\n }}")).await;
        let run = format!(
            "window.verdict = null; axe.run({part}, {{runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']}})
                .then(r => window.verdict = r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ')))"
        );
        self.script(&run).await;
        self.until("axe's verdict", "window.verdict").await;
        self.script("return window.verdict").await
    }

    /// Lets the page be so many pixels high, whatever the window is.
    pub async fn is_high(&self, height: u32) {
        let size = json!({ "width": 1000, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await.expect("a size");
    }

    /// Keeps a picture of the page, to be looked at, where CURTAIN_UP_PICTURES names a folder.
    pub async fn picture(&self, name: &str) {
        if let Ok(folder) = std::env::var("CURTAIN_UP_PICTURES") {
            let path = std::path::Path::new(&folder).join(format!("{name}.png"));
            self.driver.screenshot(&path).await.expect("a picture");
        }
    }

    /// What the window shows, once it has shown it.
    pub async fn seen(&self) -> Picture {
        let frames =
            "const done = arguments[arguments.length - 1]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))";
        self.driver.execute_async(frames, Vec::new()).await.expect("two frames");
        Picture::read(&self.driver.screenshot_as_png().await.expect("a picture"))
    }

    /// Keeps what was seen, to be looked at, where CURTAIN_UP_PICTURES names a folder.
    pub fn keeps(&self, name: &str, picture: &Picture) {
        if let Ok(folder) = std::env::var("CURTAIN_UP_PICTURES") {
            picture.write(&std::path::Path::new(&folder).join(format!("{name}.png")));
        }
    }

    /// Where something is in the window, in whole pixels.
    pub async fn place(&self, expression: &str) -> Place {
        let script =
            format!("const r = {expression}.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom].map(Math.round).join(' ')");
        let edges = self.script(&script).await;
        let edges: Vec<usize> = edges.as_str().unwrap_or_default().split(' ').map(|edge| edge.parse().expect("a number")).collect();
        Place { left: edges[0], top: edges[1], right: edges[2], bottom: edges[3] }
    }

    /// Takes the mouse into a corner, and waits until the page has noticed: a busy Firefox shows a new page as if the mouse
    /// were still where it was on the last one.
    pub async fn rests(&self) {
        self.driver.action_chain().move_to(1, 1).move_to(0, 0).perform().await.expect("moved");
        self.until("a mouse at rest", "everything.every(e => !e.matches('button:hover, a:hover, input:hover, select:hover'))").await;
    }

    async fn element(&self, expression: &str) -> WebElement {
        let found = self.driver.execute(format!("{FIND} return {expression}"), Vec::new()).await.expect("a script");
        found.element().unwrap_or_else(|error| panic!("{expression}: {error}"))
    }
}
