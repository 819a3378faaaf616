//! Every view at once, on one page: judged by axe-core in three engines, and compared to its kept pictures.

mod gallery;
mod pictures;

use crate::{browser::Browser, engine::Engine, stage::play_in};
use gallery::{Gallery, Look};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// What axe cannot decide by itself, and why it is no fault. An entry that is met no longer fails the test.
#[derive(Deserialize)]
struct Explained {
    rule: String,
    /// What the element's HTML begins with.
    html: String,
    #[serde(rename = "because")]
    _because: String,
}

const EXPLAINED: &str = include_str!("incomplete.json");

/// Judges what is on the page: what is wrong, and what axe cannot decide, a line each.
const JUDGE: &str = "
    const line = (result, node) => [result.id, node.html, node.any.concat(node.all, node.none).map(check => check.message).join('; ')];
    const told = list => list.flatMap(result => result.nodes.map(node => line(result, node)));
    window.verdict = null;
    axe.run(document.querySelector('main'), { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        iframes: false, resultTypes: ['violations', 'incomplete'] })
        .then(found => window.verdict = JSON.stringify([told(found.violations), told(found.incomplete)]), error => window.verdict = JSON.stringify([[String(error)], []]));
";

/// Targets are large enough to be met, and nothing is wider than the window.
const SIZES: &str = "
    const small = everything.filter(e => e.matches('button, a, input, select, textarea') && e.getRootNode() !== document)
        .filter(e => Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height) < 24);
    const wide = document.documentElement.scrollWidth > innerWidth ? [`${document.documentElement.scrollWidth} pixels wide`] : [];
    return [...small.map(e => e.outerHTML), ...wide].join('\\n');
";

/// The words on buttons can be read: where Chromium tells axe otherwise, see `incomplete.json`.
const FAINT: &str = "
    const rgb = text => text.match(/[0-9.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, index) => sum + v * [0.2126, 0.7152, 0.0722][index], 0.05);
    const contrast = ({ color, backgroundColor }) => { const [a, b] = [color, backgroundColor].map(c => light(rgb(c))); return Math.max(a / b, b / a); };
    const faint = everything.filter(e => e.matches('.primary') && contrast(getComputedStyle(e)) < 4.5).map(e => `faint: ${e.outerHTML}`);
    return faint.join('\\n');
";

#[test]
fn every_view_is_accessible_in_chromium() {
    every_view_is_accessible(Engine::Chromium, &[Look::Light, Look::Dark, Look::Forced, Look::Narrow]);
}

#[test]
fn every_view_is_accessible_in_firefox() {
    every_view_is_accessible(Engine::Firefox, &[Look::Light, Look::Dark]);
}

#[test]
fn every_view_is_accessible_in_firefox_with_forced_colors() {
    every_view_is_accessible(Engine::FirefoxWithForcedColors, &[Look::Forced]);
}

/// WebKit knows no forced colours: what its person sees then is one of these two.
#[test]
fn every_view_is_accessible_in_webkit() {
    every_view_is_accessible(Engine::WebKit, &[Look::Light, Look::Dark]);
}

fn every_view_is_accessible(engine: Engine, looks: &'static [Look]) {
    play_in(
        engine,
        |_| {},
        async |stage| {
            let explained: Vec<Explained> = serde_json::from_str(EXPLAINED).expect("a list");
            let (mut faults, mut used) = (Vec::new(), BTreeSet::new());
            for look in looks {
                for language in ["en", "ar"] {
                    let case = format!("{language}, {look:?}, {engine:?}");
                    Gallery { look: *look, language }.opens(&stage).await;
                    let [wrong, undecided] = judged(&stage.browser).await;
                    faults.extend(wrong.iter().map(|found| format!("{case}: {}", found.join(" | "))));
                    for found in undecided {
                        let known = explained.iter().position(|known| known.rule == found[0] && found[1].starts_with(&known.html));
                        match known {
                            Some(index) => drop(used.insert(index)),
                            None => faults.push(format!("{case}, not decided and not explained: {}", found.join(" | "))),
                        }
                    }
                    if engine == Engine::Chromium {
                        let faint = stage.browser.script(FAINT).await;
                        faults.extend(faint.as_str().unwrap_or_default().lines().map(|line| format!("{case}: {line}")));
                    }
                    let sizes = stage.browser.script(SIZES).await.as_str().unwrap_or_default().to_owned();
                    faults.extend(sizes.lines().map(|line| format!("{case}: {line}")));
                }
            }
            // Chromium meets everything that the others meet.
            if engine == Engine::Chromium {
                let unused = explained.iter().enumerate().filter(|(index, _)| !used.contains(index));
                faults.extend(unused.map(|(_, known)| format!("explained, but not met: {} {}", known.rule, known.html)));
            }
            assert!(faults.is_empty(), "{}", faults.join("\n"));
        },
    );
}

async fn judged(browser: &Browser) -> [Vec<Vec<String>>; 2] {
    let axe = std::env::var("CURTAIN_UP_AXE")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/node_modules/axe-core/axe.min.js").to_owned());
    let axe = std::fs::read_to_string(&axe).unwrap_or_else(|error| panic!("{axe}: {error}; run `cargo xtask setup`"));
    // The page's clock stands still, and axe must not wait for it.
    browser.script(&format!("delete performance.now; {axe}\n{JUDGE}")).await;
    browser.until("axe's verdict", "window.verdict").await;
    let verdict = browser.script("return window.verdict").await;
    serde_json::from_str(verdict.as_str().expect("a verdict")).expect("what is wrong, and what is not decided")
}

#[test]
fn nothing_moves_by_itself_for_those_who_want_less_motion() {
    play_in(
        Engine::Chromium,
        |_| {},
        async |stage| {
            Gallery { look: Look::Light, language: "en" }.opens(&stage).await;
            stage.browser.prefers("prefers-reduced-motion", "reduce").await;
            assert!(stage.browser.script("return matchMedia('(prefers-reduced-motion: reduce)').matches").await == true);
            let moving = "const still = time => !time.split(', ').some(part => parseFloat(part) > 0);
                return everything.filter(e => e.getRootNode() !== document).filter(e => ['', '::before', '::after'].some(part => {
                    const style = getComputedStyle(e, part || null);
                    return !still(style.transitionDuration) || !still(style.animationDuration) || style.scrollBehavior === 'smooth'; }))
                    .map(e => e.outerHTML).concat(document.getAnimations().map(String))";
            assert_eq!(stage.browser.script(moving).await, Value::Array(Vec::new()));
            assert!(stage.browser.script("return everything.length").await.as_i64().is_some_and(|count| count > 200));
        },
    );
}
