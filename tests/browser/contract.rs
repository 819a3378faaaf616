//! The element's contract in the other engines: what `element.rs` and `citizenship.rs` hold Chromium to in detail, clause by
//! clause. One session an engine plays them all; a clause that is broken is named.

use crate::{
    engine::Engine,
    stage::{Stage, caught, play_in},
};
use serde_json::json;
use std::{future::Future, pin::Pin};

type Clause = fn(&Stage) -> Pin<Box<dyn Future<Output = ()> + '_>>;

const CLAUSES: [(&str, Clause); 10] = [
    ("an element that stood there before its program is upgraded, and keeps its properties", |stage| Box::pin(upgrade(stage))),
    ("an element that a script makes is one at once", |stage| Box::pin(made_by_a_script(stage))),
    ("every attribute takes effect when it changes, and is a property", |stage| Box::pin(attributes(stage))),
    ("every attribute is a property by the same name, with and without `data-`", |stage| Box::pin(properties(stage))),
    ("the page is told of each step", |stage| Box::pin(events(stage))),
    ("an element that is moved keeps what was typed", |stage| Box::pin(moved(stage))),
    ("an element that is removed and added again begins anew, once", |stage| Box::pin(removed(stage))),
    ("many elements stand side by side, each by itself", |stage| Box::pin(many(stage))),
    ("a program that is loaded twice does no harm", |stage| Box::pin(twice(stage))),
    ("a program that is loaded in two versions does no harm, whichever comes first", |stage| Box::pin(two_versions(stage))),
];

#[test]
fn firefox_keeps_the_contract() {
    keeps_the_contract(Engine::Firefox);
}

#[test]
fn webkit_keeps_the_contract() {
    keeps_the_contract(Engine::WebKit);
}

#[test]
fn chromium_keeps_the_contract() {
    keeps_the_contract(Engine::Chromium);
}

fn keeps_the_contract(engine: Engine) {
    play_in(
        engine,
        |_| {},
        async |stage| {
            let mut broken = Vec::new();
            for (name, clause) in CLAUSES {
                if let Err(panic) = caught(clause(&stage)).await {
                    broken.push(format!("{name}: {}", panic.downcast_ref::<String>().cloned().unwrap_or_default()));
                }
            }
            assert!(broken.is_empty(), "in {engine:?}:\n{}", broken.join("\n"));
        },
    );
}

const ELEMENT: &str = "const element = document.querySelector('curtain-up');";
const FORMS: &str = "everything.filter(e => e.localName === 'form').length";

/// A page that holds nothing but this and keeps what it is told; `EVENT` stands for the event's address.
async fn page(stage: &Stage, body: &str) {
    let listen =
        "window.told = []; for (const name of 'ready view submit registered resent entered live moved ended cancelled error'.split(' '))
        addEventListener('curtain-up:' + name, e => told.push({ name, detail: e.detail, cancelable: e.cancelable, composed: e.composed }));
        addEventListener('error', e => told.push({ name: 'uncaught', detail: e.message }));
        addEventListener('unhandledrejection', e => told.push({ name: 'uncaught', detail: String(e.reason) }));";
    let body = body.replace("EVENT", &format!("{}/e/{}", stage.server, stage.slug));
    let site = stage.site_with(&[("/", &body)], listen).await;
    stage.browser.open_page(&site).await;
}

async fn form(stage: &Stage) {
    page(stage, "<main><curtain-up event='EVENT'><a href='/'>The page's own link</a></curtain-up></main>").await;
    stage.browser.until("the form", "labelled('Email')").await;
}

async fn upgrade(stage: &Stage) {
    page(stage, "<curtain-up><a href='/'>A link</a></curtain-up><script>const early = document.querySelector('curtain-up'); early.event = 'EVENT'; early.prefillEmail = 'ada@example.com';</script>").await;
    stage.browser.until("the form", "labelled('Email')").await;
    assert_eq!(stage.browser.value_of("Email").await, "ada@example.com");
    let own = format!(
        "{ELEMENT} return [Object.hasOwn(element, 'event'), element.getAttribute('prefill-email'), element.matches(':defined')].join(' ')"
    );
    assert_eq!(stage.browser.script(&own).await, "false ada@example.com true");
    assert!(!stage.browser.shows("A link").await, "the page's own link has done its duty");
}

async fn made_by_a_script(stage: &Stage) {
    form(stage).await;
    let script = format!(
        "const made = document.createElement('curtain-up'); made.id = 'made'; made.event = '{}/e/{}'; made.view = 'enter';
         document.querySelector('main').replaceChildren(made)",
        stage.server, stage.slug
    );
    stage.browser.script(&script).await;
    stage.browser.sees("Access key").await;
}

async fn attributes(stage: &Stage) {
    form(stage).await;
    let browser = &stage.browser;
    browser.fills("First name", "Ada").await;
    for (set, sign) in [
        ("element.lang = 'de'", "labelled('Vorname')?.value === 'Ada'"),
        ("element.lang = 'en'", "labelled('First name')?.value === 'Ada'"),
        ("element.setAttribute('prefill-last-name', 'Lovelace')", "labelled('Last name')?.value === 'Lovelace'"),
        ("element.view = 'resend'", "called('Resend my access link')"),
        ("element.setAttribute('data-view', 'enter'); element.removeAttribute('view')", "labelled('Access key')"),
        ("element.removeAttribute('data-view')", "labelled('First name')?.value === 'Ada'"),
        (
            "element.theme = 'dark'",
            "getComputedStyle(document.querySelector('curtain-up').shadowRoot.querySelector('.curtain-up')).colorScheme.includes('dark')",
        ),
        ("element.layout = 'button'", "everything.some(e => e.matches('[part=open]'))"),
        ("element.open()", "everything.some(e => e.matches('dialog[open]')) && labelled('First name')?.value === 'Ada'"),
        ("element.close(); element.layout = 'inline'", "labelled('First name') && !everything.some(e => e.matches('[part=open]'))"),
        (
            "element.seconds = 'hide'; element.view = 'countdown'",
            "!everything.some(e => words(e) === 'Seconds') && everything.some(e => words(e) === 'Minutes')",
        ),
        ("element.seconds = null", "everything.some(e => words(e) === 'Seconds')"),
        ("element.setAttribute('data-seconds', 'hide')", "!everything.some(e => words(e) === 'Seconds')"),
        ("element.event += '-that-is-not'", "called('The page\\'s own link')"),
        (
            "element.event = element.event.replace('-that-is-not', '')",
            "everything.some(e => words(e) === 'Minutes') && !called('The page\\'s own link')",
        ),
        ("element.preview = 'ended'", "everything.some(e => words(e) === 'This event has ended')"),
        ("element.preview = null; element.view = null; element.reset()", "labelled('First name')?.value === ''"),
    ] {
        browser.script(&format!("{ELEMENT} {set}")).await;
        browser.until(set, sign).await;
    }
}

async fn properties(stage: &Stage) {
    form(stage).await;
    // On an element that is nowhere, so that nothing but the rule is seen.
    let wrong = "const made = document.createElement('curtain-up'), wrong = [];
        for (const name of ['event', 'lang', 'seconds', 'theme', 'view', 'layout', 'prefill-first-name', 'prefill-last-name', 'prefill-email',
            'utm', 'utm-source', 'utm-medium', 'utm-campaign', 'utm-term', 'utm-content', 'preview']) {
            const property = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
            made[property] = 'one';
            if (made.getAttribute(name) !== 'one' || made[property] !== 'one') wrong.push(`${name}: set`);
            made.setAttribute(name, 'two');
            if (made[property] !== 'two') wrong.push(`${name}: read`);
            made.removeAttribute(name);
            if (made[property] !== '') wrong.push(`${name}: none`);
            if (name === 'lang') continue; // The browser's own.
            made.setAttribute(`data-${name}`, 'three');
            if (made[property] !== 'three') wrong.push(`${name}: data-`);
            made[property] = 'four';
            made[property] = null;
            if (made.hasAttribute(name)) wrong.push(`${name}: null`);
        }
        return wrong.join(', ')";
    assert_eq!(stage.browser.script(wrong).await, "");
}

async fn events(stage: &Stage) {
    form(stage).await;
    let browser = &stage.browser;
    for (label, text) in [("First name", "Ada"), ("Last name", "Lovelace"), ("Email", "events@example.com")] {
        browser.fills(label, text).await;
    }
    browser.clicks("Register").await;
    browser.sees("Check your mail").await;
    let told = browser.script("return JSON.stringify(told.map(({ name, detail, cancelable, composed }) => [name, detail.view ?? '', detail.version, cancelable, composed]))").await;
    let told: serde_json::Value = serde_json::from_str(told.as_str().expect("a list")).expect("JSON");
    let expected = json!([
        ["ready", "form", 1, false, true],
        ["submit", "form", 1, false, true],
        ["registered", "", 1, true, true],
        ["view", "registered", 1, false, true]
    ]);
    assert_eq!(told, expected);
    assert!(!told.to_string().contains("events@"), "no event holds an address");
}

async fn moved(stage: &Stage) {
    form(stage).await;
    stage.browser.fills("First name", "Ada").await;
    stage.browser.script(&format!("{ELEMENT} document.body.append(element)")).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(stage.browser.value_of("First name").await, "Ada");
    assert_eq!(stage.browser.script("return told.filter(e => e.name === 'ready').length").await, 1);
}

async fn removed(stage: &Stage) {
    form(stage).await;
    let browser = &stage.browser;
    browser.fills("First name", "Ada").await;
    for _ in 0..3 {
        browser.script(&format!("{ELEMENT} window.gone = element; element.remove()")).await;
        browser.until("nothing", &format!("{FORMS} === 0 && !gone.shadowRoot.querySelector('form')")).await;
        browser.script("document.querySelector('main').append(gone)").await;
        browser.until("one form", &format!("{FORMS} === 1")).await;
        assert_eq!(browser.value_of("First name").await, "");
    }
    assert_eq!(browser.script("return told.filter(e => !['ready'].includes(e.name)).length").await, 0);
}

async fn many(stage: &Stage) {
    page(stage, &"<main><curtain-up event='EVENT'></curtain-up></main>".repeat(5)).await;
    let browser = &stage.browser;
    browser.until("five forms", &format!("{FORMS} === 5")).await;
    browser.fills("First name", "Ada").await;
    let typed =
        "return [...document.querySelectorAll('curtain-up')].map(e => e.shadowRoot.querySelector('[name=first_name]').value).join(',')";
    assert_eq!(browser.script(typed).await, "Ada,,,,");
    browser.script("document.querySelectorAll('curtain-up')[1].remove()").await;
    browser.until("four forms", &format!("{FORMS} === 4")).await;
    assert_eq!(browser.script(typed).await, "Ada,,,");
}

async fn twice(stage: &Stage) {
    form(stage).await;
    let again = format!(
        "const s = document.createElement('script'); s.type = 'module'; s.src = '{}/curtain-up.js?again'; s.onload = () => window.again = true; document.head.append(s)",
        stage.server
    );
    stage.browser.script(&again).await;
    stage.browser.until("the second program", "window.again").await;
    stage.browser.fills("First name", "Ada").await;
    assert_eq!(stage.browser.script("return told.map(e => e.name).join(' ')").await, "ready");
}

/// Another version of the program, as a site would keep it: other code by the same name, with the server's files beside it.
fn another_version(server: &str) -> String {
    let folder = std::env::var("CURTAIN_UP_DIST").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/dist").to_owned());
    let program = std::fs::read_to_string(format!("{folder}/curtain-up.js")).expect("the loader; run `cargo xtask build`");
    assert!(program.contains("import.meta.url"), "the files beside it are found by its own address");
    format!("globalThis.another = true;{}", program.replace("import.meta.url", &format!("'{server}/'")))
}

async fn two_versions(stage: &Stage) {
    let program = another_version(&stage.server);
    let link = stage.link_of_somebody_registered(&format!("{:?}@example.com", stage.browser.engine)).await;
    let (_, query) = link.split_once('?').expect("a query");
    for order in [["/another.js", "SERVER/curtain-up.js"], ["SERVER/curtain-up.js", "/another.js"]] {
        let scripts = order
            .map(|source| {
                format!("<script type=module src='{source}' onload='window.loaded = (window.loaded ?? 0) + 1' crossorigin></script>")
            })
            .concat();
        let html = format!(
            "<!doctype html><html lang=en><meta charset=utf-8><title>Two</title><link rel=icon href='data:,'><script>window.told = [];
             addEventListener('curtain-up:ready', () => told.push('ready')); addEventListener('error', e => told.push(e.message));
             addEventListener('unhandledrejection', e => told.push(String(e.reason)));</script>
             <curtain-up event='SERVER/e/launch'></curtain-up>{scripts}"
        );
        let site = stage.serves_with(html.replace("SERVER", &stage.server), "/another.js", program.clone()).await;
        let browser = &stage.browser;
        browser.open_page(&format!("{site}?{query}")).await;
        browser.until("a countdown, by the link", "everything.filter(e => e.getAttribute('role') === 'timer').length === 1").await;
        browser.until("both programs", "window.another && window.loaded === 2").await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(browser.script("return told.join(', ')").await, "ready", "{order:?}");
        assert_eq!(browser.address().await, site, "the secrets are gone");
    }
}
