//! How people and elements come to a page: by its address, in a div, in another element's place, anew.

use crate::{
    element::{EMAIL, looks, page, plain, sets},
    stage::play,
};
use serde_json::json;

#[test]
fn a_div_that_says_so_becomes_an_element_whenever_it_comes() {
    play(plain, async |stage| {
        page(&stage, "<div data-curtain-up data-event='EVENT' data-prefill-email='first@example.com'><a href='/'>Register</a></div>").await;
        stage.browser.until("the form", "labelled('Email')?.value === 'first@example.com'").await;
        sets(&stage, "const main = document.createElement('main'); main.innerHTML = `<div data-curtain-up data-event='${element.event}' data-prefill-email='second@example.com'></div>`; element.parentNode.replaceWith(main)").await;
        stage.browser.until("the second form", "labelled('Email')?.value === 'second@example.com'").await;
    });
}

#[test]
fn a_div_of_which_visitors_write_the_attributes_runs_nothing_that_they_wrote() {
    play(plain, async |stage| {
        let words = "data-theme=dark data-onclick='window.ran = true' data-onpointerenter='window.ran = true' data-style='color: red' data-hidden data-id=taken";
        page(&stage, &format!("<div data-curtain-up data-event='EVENT' {words}></div>")).await;
        stage.browser.until("the form", "labelled('Email')").await;
        stage.browser.until("the theme that it was given", &looks("dark")).await;
        sets(&stage, "element.click()").await;
        let kept = "const e = document.querySelector('curtain-up'); return [e.getAttributeNames().filter(name => !name.startsWith('data-')), e.id, !!window.ran]";
        assert_eq!(stage.browser.script(kept).await, json!([[], "", false]));
    });
}

#[test]
fn what_only_looks_like_an_access_link_stays_with_the_page() {
    play(plain, async |stage| {
        for (query, kept, is_taken) in [
            ("?email=ada@example.com&key=9f1c2d3e-4b5a-6978-8796-a5b4c3d2e1f0", None, false),
            ("?email=newsletter&key=1234", None, false),
            ("?email=ada@example.com&key=confirmed", None, false),
            ("?email=ada@example.com", None, false),
            ("?email=ada%40example.com&key=00%2000", Some(""), true),
            ("?email=ada@example.com&key=000-000&a=b", Some("?a=b"), true),
            ("?email=ada@example.com&key=k7mq-2xwp", Some(""), true),
        ] {
            stage.browser.open_page(&format!("{}{query}", stage.page)).await;
            stage.browser.until("a form", "labelled('Email')").await;
            let asked = "return [location.search, performance.getEntriesByType('resource').some(e => e.name.endsWith('/pass'))]";
            assert_eq!(stage.browser.script(asked).await, json!([kept.unwrap_or(query), is_taken]));
        }
    });
}

#[test]
fn whoever_is_being_let_in_still_is_when_another_element_takes_the_place_of_theirs() {
    play(plain, async |stage| {
        let link = stage.link_of_somebody_registered(EMAIL).await;
        let slow = "window.asked = 0; const f = window.fetch; window.fetch = r => (r.url ?? r).endsWith('/pass') && !asked++ ? new Promise(() => undefined) : f(r);";
        stage.browser.before_every_page(slow).await;
        stage.browser.open_page(&link).await;
        stage.browser.until("the pass being asked for", "window.asked === 1").await;
        sets(&stage, "element.replaceWith(element.cloneNode(true))").await;
        stage.browser.until("a countdown", "everything.some(e => e.getAttribute('role') === 'timer')").await;
    });
}

#[test]
fn reset_forgets_what_was_typed_and_who_registered() {
    play(plain, async |stage| {
        let link = stage.link_of_somebody_registered(EMAIL).await;
        stage.browser.open_page(&link).await;
        stage.browser.until("a countdown", "everything.some(e => e.getAttribute('role') === 'timer')").await;
        sets(&stage, "element.reset()").await;
        stage.browser.fills("First name", "Ada").await;
        sets(&stage, "element.reset()").await;
        stage.browser.until("an empty form", "labelled('First name')?.value === ''").await;
        assert_eq!(stage.browser.script("return sessionStorage.length").await, 0);
    });
}

#[test]
fn reset_before_the_first_view_forgets_the_pass_that_the_tab_has_kept() {
    play(plain, async |stage| {
        let link = stage.link_of_somebody_registered(EMAIL).await;
        stage.browser.open_page(&link).await;
        stage.browser.until("a countdown", "everything.some(e => e.getAttribute('role') === 'timer')").await;
        let early = "document.addEventListener('DOMContentLoaded', () => customElements.whenDefined('curtain-up').then(() => document.querySelector('curtain-up').reset()))";
        stage.browser.before_every_page(early).await;
        stage.browser.open_page(&format!("{}/e/launch", stage.server)).await;
        stage.browser.until("the form", "labelled('Email')").await;
        assert_eq!(stage.browser.script("return sessionStorage.length").await, 0);
    });
}

#[test]
fn a_link_leads_to_no_other_event_that_the_page_shows_meanwhile() {
    play(plain, async |stage| {
        stage.host_plans_another("other").await;
        let link = stage.link_of_somebody_registered(EMAIL).await;
        let slow = "window.asked = []; const f = window.fetch; window.fetch = (r, o) => { const to = r.url ?? r; \
            return to.endsWith('/pass') && asked.push(to) === 1 ? new Promise(() => undefined) : f(r, o); };";
        stage.browser.before_every_page(slow).await;
        stage.browser.open_page(&link).await;
        stage.browser.until("the pass being asked for", "window.asked.length === 1").await;
        sets(&stage, "element.event = element.event.replace('/launch', '/other')").await;
        stage.browser.until("the form of the other event", "labelled('First name')").await;
        sets(&stage, "element.event = element.event.replace('/other', '/launch')").await;
        stage.browser.until("a countdown", "everything.some(e => e.getAttribute('role') === 'timer')").await;
        assert_eq!(stage.browser.script("return asked.map(to => to.includes('/launch/'))").await, json!([true, true]));
    });
}

#[test]
fn the_page_may_begin_anew_whenever_it_is_told_something() {
    play(plain, async |stage| {
        let resets = "window.wrong = []; addEventListener('error', e => wrong.push(e.message)); \
            for (const name of ['ready', 'view']) addEventListener(`curtain-up:${name}`, e => e.target.reset(), { once: true });";
        stage.browser.before_every_page(resets).await;
        page(&stage, "<curtain-up event='EVENT'></curtain-up>").await;
        let times = |times: u8| format!("told.filter(e => e.name === 'ready').length === {times} && labelled('Email')");
        stage.browser.until("the form anew", &times(2)).await;
        stage.browser.clicks("Lost your access link?").await;
        stage.browser.until("the form anew", &times(3)).await;
        let loaded = "performance.getEntriesByType('resource').filter(e => e.name.endsWith('.wasm')).length";
        assert_eq!(stage.browser.script(&format!("return [wrong, {loaded}]")).await, json!([[], 1]));
    });
}
