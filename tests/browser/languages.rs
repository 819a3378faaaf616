//! Languages: which one is chosen, that its words are complete, and that it is written as its readers write.

use crate::stage::{Stage, play};
use axum::{Router, response::Html, routing::get};
use curtain_up_server::event_plan::EventPlan;
use std::collections::BTreeMap;
use tokio::net::TcpListener;

/// Every language there is a catalogue for.
const LANGUAGES: [&str; 10] = ["ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt"];
/// What the widget is mounted into.
const CONTAINER: &str = "everything.find(e => e.className === 'curtain-up')";
/// The catalogues that were asked for.
const CATALOGUES: &str =
    "performance.getEntriesByType('resource').map(e => e.name.match(/\\/(\\w+)-[0-9a-f]+\\.txt$/)?.[1]).filter(Boolean)";

/// The words of a language.
pub fn catalogue(language: &str) -> BTreeMap<String, String> {
    let path = format!("{}/locales/{language}.json", env!("CARGO_MANIFEST_DIR"));
    // As the browser's finder reads them: a space is a space.
    let text = std::fs::read_to_string(path).expect("a catalogue").replace(['\u{a0}', '\u{202f}'], " ");
    serde_json::from_str(&text).expect("texts")
}

/// A page on an origin of its own: `page` are the attributes of its root, `element` those of the widget.
async fn page(stage: &Stage, page: &str, element: &str) -> String {
    let html = format!(
        r#"<!doctype html><html {page}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A page</title>
        <link rel="icon" href="data:,"><script type="module" src="{0}/curtain-up.js" crossorigin></script></head>
        <body style="font-family: sans-serif; margin: 1rem"><curtain-up event="{0}/e/launch" {element}></curtain-up></body></html>"#,
        stage.server
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let router = Router::new().fallback(get(move || async move { Html(html) }));
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://localhost:{port}/")
}

async fn language_is_chosen(stage: &Stage, attribute: &str, around: &str, browser: &str, expected: &str) {
    let given = |name: &str| if name.is_empty() { String::new() } else { format!("lang=\"{name}\"") };
    let languages = format!("Object.defineProperty(navigator, 'languages', {{ get: () => {browser}, configurable: true }})");
    stage.browser.before_every_page(&languages).await;
    stage.browser.open_page(&page(stage, &given(around), &given(attribute)).await).await;
    stage.browser.until("the form", &format!("{CONTAINER}?.querySelector('form')")).await;
    let case = format!("attribute {attribute:?}, page {around:?}, browser {browser}");
    assert_eq!(stage.browser.script(&format!("return {CONTAINER}.lang")).await, expected, "{case}");
    let asked = stage.browser.script(&format!("return {CATALOGUES}")).await;
    assert_eq!(asked, serde_json::json!([expected.split('-').next()]), "one catalogue only: {case}");
}

#[test]
fn the_language_is_that_of_the_attribute_the_page_the_event_in_this_order() {
    play(
        |plan| plan.language = "es".into(),
        async |stage| {
            for (attribute, around, expected) in [
                ("fr-CH", "de", "fr-CH"),
                ("AR", "de", "ar"),
                ("", "de-AT", "de-AT"),
                ("sv", "nl", "nl"),
                ("", "", "es"),
                ("de_DE", "not a tag", "es"),
            ] {
                language_is_chosen(&stage, attribute, around, "['it']", expected).await;
            }
        },
    );
}

#[test]
fn where_nobody_says_it_the_language_is_that_of_the_browser_or_english() {
    play(
        |plan| plan.language = "sv".into(),
        async |stage| {
            for (browser, expected) in [("['fi', 'ja-JP', 'en']", "ja-JP"), ("['fi']", "en"), ("[]", "en")] {
                language_is_chosen(&stage, "", "", browser, expected).await;
            }
        },
    );
}

#[test]
fn the_texts_do_not_wait_for_the_event_where_the_page_says_their_language() {
    play(plain, async |stage| {
        let silent =
            "const f = window.fetch; window.fetch = (r, o) => String(r?.url ?? r).includes('/api/') ? new Promise(() => {}) : f(r, o)";
        stage.browser.before_every_page(silent).await;
        stage.browser.open_page(&page(&stage, "lang=\"pl\"", "").await).await;
        stage.browser.until("the texts", &format!("{CATALOGUES}.join() === 'pl'")).await;
    });
}

#[test]
fn another_language_can_be_chosen_at_any_time() {
    play(plain, async |stage| {
        stage.open_marketing_page().await;
        stage.browser.sees("Register").await;
        stage.browser.script("document.querySelector('curtain-up').lang = 'de'").await;
        stage.browser.sees("Anmelden").await;
        assert!(!stage.browser.shows("Registration").await);
    });
}

#[test]
fn a_page_that_changes_its_own_language_is_followed_and_what_was_typed_stays() {
    play(plain, async |stage| {
        let address = page(&stage, "lang='en'", "").await;
        let browser = &stage.browser;
        browser.open_page(&address).await;
        browser.fills("First name", "Ada").await;
        browser.script("document.documentElement.lang = 'de'").await;
        browser.until("German", "labelled('Vorname')").await;
        assert_eq!(browser.value_of("Vorname").await, "Ada");
        browser.script("document.querySelector('curtain-up').lang = 'nl'; document.documentElement.lang = 'fr'").await;
        browser.until("the element's own language", "labelled('Voornaam')").await;
        // Taken away, it hears of nothing; put back, it is in the language of now.
        browser.script("const e = document.querySelector('curtain-up'); e.removeAttribute('lang'); e.remove(); window.gone = e").await;
        browser.script("document.documentElement.lang = 'es'; document.body.append(gone)").await;
        browser.until("Spanish", "labelled('Nombre')").await;
    });
}

#[test]
fn in_every_language_the_form_and_its_problems_are_said_in_full() {
    play(plain, async |stage| {
        for language in LANGUAGES {
            stage.browser.is_wide(420).await;
            stage.browser.open_page(&page(&stage, &format!("lang=\"{language}\""), "").await).await;
            let words = catalogue(language);
            for key in ["field_first_name", "field_last_name", "field_email", "action_have_link", "action_lost_link"] {
                stage.browser.sees(&words[key]).await;
            }
            stage.browser.picture(&format!("form-{language}")).await;
            stage.browser.clicks(&words["action_register"]).await;
            stage.browser.until("three ways to what is wrong", "everything.filter(e => e.localName === 'li').length === 3").await;
            stage.browser.picture(&format!("problems-{language}")).await;
            let text = stage.browser.text().await;
            assert!(!text.contains(['{', '}']), "{language}: {text}");
            let nameless = "return everything.filter(e => ['label', 'button', 'h2'].includes(e.localName) && !words(e)).length";
            assert_eq!(stage.browser.script(nameless).await, 0, "{language}: {text}");
            let overflow = stage.browser.script("return document.documentElement.scrollWidth > innerWidth").await;
            assert_eq!(overflow, false, "{language}: nothing is cut off");
        }
        assert_eq!(stage.browser.console().await, Vec::<String>::new());
    });
}

#[test]
fn arabic_runs_from_right_to_left_and_counts_in_its_own_digits() {
    play(
        |plan| {
            plan.language = "ar".into();
            plan.title = "Launch 2026!".into();
        },
        async |stage| {
            stage.browser.open_page(&page(&stage, "lang=\"ar-EG\" dir=\"rtl\"", "").await).await;
            let words = catalogue("ar");
            let email = format!("labelled('{}')", words["field_email"]);
            stage.browser.until("the form", &email).await;
            let aligned = format!(
                "const right = e => e.getBoundingClientRect().right; const field = {email};
                return [getComputedStyle(field).direction, right(field.labels[0]) - right(field)]"
            );
            assert_eq!(stage.browser.script(&aligned).await, serde_json::json!(["rtl", 0]));
            let title = "const r = document.createRange(); const h = everything.find(e => e.localName === 'h2'); r.selectNodeContents(h);
                return [h.lang, getComputedStyle(h).direction, Math.round(r.getBoundingClientRect().right - h.getBoundingClientRect().right)]";
            assert_eq!(stage.browser.script(title).await, serde_json::json!(["ar", "ltr", 0]), "a Latin title is itself, at the right");
            let link = stage.link_of_somebody_registered("ada@example.com").await;
            stage.browser.open_page(&link).await;
            let timer = "everything.find(e => e.getAttribute('role') === 'timer')";
            stage.browser.until("a countdown", timer).await;
            stage.browser.script("document.querySelector('curtain-up').lang = 'ar-EG'").await;
            stage.browser.until("Arabic digits", &format!("/[٠-٩]{{2}}/.test(words({timer}))")).await;
            stage.browser.picture("waiting-ar").await;
        },
    );
}

#[test]
fn numbers_take_the_form_that_a_language_gives_them() {
    // The browser counts: Polish has other words for one, a few and many, Arabic for three to ten.
    for (language, minutes) in [("pl", "za 5 minut"), ("ar", "٥ دقائق"), ("en", "in 5 minutes")] {
        play(plain, async |stage| {
            let link = stage.link_of_somebody_registered("ada@example.com").await;
            stage.clock.advance(chrono::TimeDelta::seconds(285));
            stage.browser.open_page(&link).await;
            let tag = if language == "ar" { "ar-EG" } else { language };
            stage.browser.script(&format!("document.querySelector('curtain-up').lang = '{tag}'")).await;
            let heard = format!("everything.some(e => e.getAttribute('role') === 'status' && e.textContent.includes('{minutes}'))");
            stage.browser.until(minutes, &heard).await;
        });
    }
}

#[test]
fn dates_are_written_as_in_the_country_that_the_page_names() {
    play(plain, async |stage| {
        for (language, half_days) in [("en-US", true), ("en-GB", false)] {
            stage.browser.open_page(&page(&stage, &format!("lang=\"{language}\""), "").await).await;
            stage.browser.sees("Register").await;
            let written = stage
                .browser
                .script("return /\\b[AP]M\\b/.test(everything.map(e => e.className === 'when' ? words(e) : '').join(''))")
                .await;
            assert_eq!(written, half_days, "{language}");
        }
    });
}

fn plain(_: &mut EventPlan) {}
