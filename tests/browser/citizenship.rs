//! The element is a guest: quiet in the console, gone without a trace, harmless when loaded twice.

use crate::stage::play;
use curtain_up_server::event_plan::EventPlan;
use std::time::Duration;

fn plain(_: &mut EventPlan) {}

#[test]
fn the_console_stays_silent_from_the_form_to_the_countdown() {
    play(plain, async |stage| {
        stage.open_marketing_page().await;
        stage.browser.sees("Register").await;
        stage.browser.until("the form", "labelled('Email')").await;
        stage.browser.picture("form").await;
        let link = stage.link_of_somebody_registered("ada@example.com").await;
        stage.browser.open_page(&link).await;
        stage.browser.until("a countdown", "everything.some(e => e.getAttribute('role') === 'timer')").await;
        assert_eq!(stage.browser.console().await, Vec::<String>::new());
    });
}

#[test]
fn an_element_that_is_removed_asks_the_server_nothing_more() {
    play(plain, async |stage| {
        let link = stage.link_of_somebody_registered("ada@example.com").await;
        stage.clock.advance(chrono::TimeDelta::minutes(9));
        stage.browser.open_page(&link).await;
        let polls = "performance.getEntriesByType('resource').filter(e => e.name.endsWith('/state.json')).length";
        stage.browser.until("two polls", &format!("{polls} >= 2")).await;
        stage.browser.script("document.querySelector('curtain-up').remove(); performance.clearResourceTimings()").await;
        tokio::time::sleep(Duration::from_secs(8)).await;
        assert_eq!(stage.browser.script(&format!("return {polls}")).await, 0);
    });
}

#[test]
fn an_element_that_is_moved_keeps_what_was_typed() {
    play(plain, async |stage| {
        stage.open_marketing_page().await;
        stage.browser.fills("First name", "Ada").await;
        stage.browser.script("const e = document.querySelector('curtain-up'); document.body.append(e)").await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(stage.browser.value_of("First name").await, "Ada");
    });
}

#[test]
fn a_loader_that_is_loaded_twice_does_no_harm() {
    play(plain, async |stage| {
        stage.open_marketing_page().await;
        stage.browser.until("the form", "labelled('Email')").await;
        let again = format!(
            "const s = document.createElement('script'); s.type = 'module'; s.src = '{}/curtain-up.js?again'; s.onload = () => window.again = true; document.head.append(s)",
            stage.server
        );
        stage.browser.script(&again).await;
        stage.browser.until("the second loader", "window.again").await;
        stage.browser.fills("First name", "Ada").await;
        assert_eq!(stage.browser.console().await, Vec::<String>::new());
    });
}

#[test]
fn where_the_widget_cannot_be_loaded_the_link_stays() {
    play(plain, async |stage| {
        stage.browser.before_every_page("WebAssembly.compileStreaming = WebAssembly.compile = WebAssembly.instantiate = WebAssembly.instantiateStreaming = () => Promise.reject(new WebAssembly.CompileError('refused'))").await;
        stage.browser.before_every_page("addEventListener('curtain-up:error', e => window.told = e.detail)").await;
        stage.open_marketing_page().await;
        stage.browser.until("an event that says why", "window.told?.code").await;
        stage.browser.until("the link", "everything.some(e => e.localName === 'a' && e.closest('curtain-up') && seen(e))").await;
    });
}

#[test]
fn a_page_that_makes_the_place_of_the_element_invisible_sees_nothing_of_it() {
    play(plain, async |stage| {
        stage.open_marketing_page().await;
        stage.browser.until("the form", "labelled('Email')").await;
        stage.browser.script("document.querySelector('curtain-up').parentElement.style.visibility = 'hidden'").await;
        assert!(!stage.browser.shows("Lost your access link?").await);
    });
}

#[test]
fn what_keeps_the_page_out_lets_the_language_in() {
    play(plain, async |stage| {
        stage.open_marketing_page().await;
        stage.browser.until("the form", "labelled('Email')").await;
        // It chooses the glyphs of Japanese and where words are broken.
        let locale = "return getComputedStyle(document.querySelector('curtain-up').shadowRoot.querySelector('.curtain-up')).webkitLocale";
        assert_eq!(stage.browser.script(locale).await, "\"en\"");
    });
}
