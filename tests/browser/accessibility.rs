//! Every view, judged by axe-core (WCAG 2.2 A and AA), in light and dark, wide and narrow.

use crate::{
    browser::Browser,
    stage::{Stage, play},
};
use curtain_up_protocol::Phase;
use curtain_up_server::event_plan::EventPlan;

fn plain(_: &mut EventPlan) {}

async fn has_no_violation(browser: &Browser, view: &str) {
    let axe = std::env::var("CURTAIN_UP_AXE")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/node_modules/axe-core/axe.min.js").to_owned());
    let axe = std::fs::read_to_string(&axe).unwrap_or_else(|error| panic!("{axe}: {error}; run `cargo xtask setup`"));
    browser.script(&format!("if (!window.axe) {{ {axe}\n }}")).await;
    browser
        .script("window.verdict = null; axe.run(document.querySelector('curtain-up'), {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']}).then(r => window.verdict = r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ')))")
        .await;
    browser.until("axe's verdict", "window.verdict").await;
    assert_eq!(browser.script("return window.verdict").await, serde_json::json!([]), "{view}");
}

async fn every_view_is_accessible(stage: &Stage) {
    let browser = &stage.browser;
    stage.open_marketing_page().await;
    browser.until("the form", "labelled('Email')").await;
    has_no_violation(browser, "form").await;
    browser.clicks("Register").await;
    has_no_violation(browser, "form with problems").await;
    browser.clicks("I already have a link").await;
    browser.until("the key", "labelled('Access key')").await;
    has_no_violation(browser, "enter").await;
    browser.clicks("Lost your access link?").await;
    browser.sees("Resend my access link").await;
    has_no_violation(browser, "lost link").await;
    let link = stage.link_of_somebody_registered("ada@example.com").await;
    browser.open_page(&link).await;
    browser.until("a countdown", "everything.some(e => e.getAttribute('role') === 'timer')").await;
    has_no_violation(browser, "countdown").await;
    stage.host_says(Phase::Ended).await;
    browser.sees("ended").await;
    has_no_violation(browser, "ended").await;
}

#[test]
fn every_view_is_accessible_in_light() {
    play(plain, async |stage| every_view_is_accessible(&stage).await);
}

#[test]
fn every_view_is_accessible_in_dark_at_320_pixels() {
    play(plain, async |stage| {
        stage.browser.prefers_dark().await;
        stage.browser.is_wide(320).await;
        every_view_is_accessible(&stage).await;
        let overflow = stage.browser.script("return document.documentElement.scrollWidth > innerWidth").await;
        assert_eq!(overflow, false, "nothing is cut off at 320 pixels");
    });
}
