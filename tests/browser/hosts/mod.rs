//! The element on strangers' pages: one table of host pages, played in three browser engines.
//!
//! On each of them either the whole journey works or the page's own link stays, with an event that says why. The page
//! around the element keeps every pixel, and the element looks as it does on a clean page.

mod page;
mod serve;
mod table;

use crate::{
    engine::Engine,
    picture::Picture,
    stage::{Stage, caught, play_in},
};
use chrono::TimeDelta;
use curtain_up_protocol::{Phase, Room, RoomKind};
use curtain_up_server::{civil_time::CivilTime, event_plan::EventPlan};
use page::{HostPage, InFrame, Outcome};

#[test]
fn on_every_host_page_chromium_plays_the_journey_or_keeps_the_link() {
    plays_or_keeps_the_link(Engine::Chromium);
}

#[test]
fn on_every_host_page_firefox_plays_the_journey_or_keeps_the_link() {
    plays_or_keeps_the_link(Engine::Firefox);
}

#[test]
fn on_every_host_page_webkit_plays_the_journey_or_keeps_the_link() {
    plays_or_keeps_the_link(Engine::WebKit);
}

#[test]
fn the_policies_that_the_readme_tells_are_those_of_the_table() {
    let readme = include_str!("../../../README.md");
    for lines in table::DOCUMENTED {
        assert!(readme.contains(lines), "{lines}");
        assert!(table::PAGES.iter().any(|page| page.policy == lines), "{lines}");
    }
}

fn plays_or_keeps_the_link(engine: Engine) {
    play_in(
        engine,
        |_| {},
        async |stage| {
            let host = serve::pages(table::PAGES, &stage.server).await;
            let mut clean = None;
            let mut failed = Vec::new();
            for page in table::PAGES.iter().filter(|page| wanted(page)) {
                let visited = caught(visit(&stage, &host, page, &mut clean)).await;
                if let Err(panic) = visited {
                    let said =
                        panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|said| (*said).to_owned()));
                    failed.push(format!("{}: {}\n    {}", page.name, said.unwrap_or_default(), heard(&stage).await));
                }
            }
            assert!(failed.is_empty(), "in {engine:?}:\n{}", failed.join("\n"));
        },
    );
}

/// `CURTAIN_UP_HOST_PAGES="strict-csp base"` plays these alone, with the one that they are compared to.
fn wanted(page: &HostPage) -> bool {
    let Ok(names) = std::env::var("CURTAIN_UP_HOST_PAGES") else { return true };
    page.name == "plain" || names.split_whitespace().any(|name| name == page.name)
}

async fn visit(stage: &Stage, host: &str, page: &HostPage, clean: &mut Option<Picture>) {
    let address = format!("{host}/{}", page.name);
    add_event(stage, &address, page).await;
    let browser = &stage.browser;
    browser.rests().await;
    browser.open_page(&format!("{address}?without")).await;
    // Letters reach a little beyond their box.
    let link = browser.place("document.querySelector('curtain-up')").await.grown(4);
    let without = browser.seen().await;

    browser.open_page(&address).await;
    match page.outcome {
        Outcome::Fallback(code) => keeps_the_link(stage, page, code).await,
        Outcome::LinkAlone => {
            browser.until("the page", "document.readyState === 'complete'").await;
            let stays = "everything.some(e => e.localName === 'a' && e.closest('curtain-up')) && !customElements.get('curtain-up')";
            assert!(browser.script(&format!("return {stays}")).await == true, "the link stays");
            if browser.engine == Engine::Chromium {
                let said = browser.console().await.join(" ");
                assert!(said.contains("'integrity' attribute"), "the browser says why: {said}");
            }
        }
        Outcome::Journey => {
            browser.until("the form", "labelled('Email')").await;
            browser.rests().await;
            let with = browser.seen().await;
            browser.keeps(&format!("{:?}-{}", browser.engine, page.name), &with);
            let place = browser.place("document.querySelector('curtain-up').shadowRoot.querySelector('.curtain-up')").await;
            let around = without.differs_outside(&with, &[link, place]);
            assert_eq!(around, None, "a pixel of the page moved");
            let element = with.part(place);
            let plain = clean.get_or_insert_with(|| element.clone());
            assert_eq!(plain.differs(&element), None, "the element looks otherwise than on the plain page");
            plays(stage, page).await;
        }
    }
    if browser.engine == Engine::Chromium && page.outcome == Outcome::Journey {
        let mut said = browser.console().await;
        // Of a frame that it refuses, the browser itself speaks.
        said.retain(|line| page.room != InFrame::Refused || !line.contains("Framing 'https://room.example.com/'"));
        assert_eq!(said, Vec::<String>::new());
    }
}

/// An event of its own for each page, since access links lead to the page of their event.
async fn add_event(stage: &Stage, address: &str, page: &HostPage) {
    let plan = EventPlan {
        slug: page.name.into(),
        title: "The launch".into(),
        start: CivilTime::parse("2097-03-10T18:00", "Europe/Berlin").expect("a time"),
        permalink: Some(address.to_owned()),
        room: Some(Room { kind: RoomKind::Frame, address: "https://room.example.com/launch".into() }),
        ..EventPlan::default()
    };
    stage.store.add_event(&plan, stage.clock.now()).await.expect("an event");
    // People register from the same address here, page after page; the server counts that by the hour.
    stage.clock.advance(TimeDelta::minutes(1));
}

async fn plays(stage: &Stage, page: &HostPage) {
    let browser = &stage.browser;
    let mails = stage.mails();
    browser.fills("First name", "Ada").await;
    browser.fills("Last name", "Lovelace").await;
    browser.fills("Email", &format!("{}@example.com", page.name)).await;
    browser.clicks("Register").await;
    browser.sees("Check your mail").await;
    has_no_complaint(stage).await;
    browser.open_page(&stage.link_in_mail(mails).await).await;
    browser.until("a countdown", "everything.some(e => e.getAttribute('role') === 'timer')").await;
    has_no_complaint(stage).await;
    if page.room == InFrame::NotPlayed {
        return;
    }
    stage.store.set_phase(page.name, Phase::Live).await.expect("live");
    browser.script("dispatchEvent(new Event('online'))").await;
    if page.room == InFrame::Shown {
        browser.until("the room", "everything.some(e => e.localName === 'iframe')").await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        has_no_complaint(stage).await;
        return;
    }
    browser.until("the way there", "called('Join now')?.href === 'https://room.example.com/launch'").await;
    browser.keeps(&format!("{:?}-{}-refused", browser.engine, page.name), &browser.seen().await);
    assert!(browser.shows("This page does not let the room be shown here.").await);
    assert!(
        !browser.shows("Any moment now").await && browser.script("return everything.every(e => e.localName !== 'iframe')").await == true
    );
    let told = browser.script("return reports.errors.map(error => error.code).join()").await;
    assert_eq!(told, "frame_refused");
    assert_eq!(browser.script("return reports.policy.length").await, 1, "one frame was refused, once");
}

async fn keeps_the_link(stage: &Stage, page: &HostPage, code: &str) {
    let browser = &stage.browser;
    let link = "everything.some(e => e.localName === 'a' && e.closest('curtain-up'))";
    for moment in ["before the refusal", "after it"] {
        assert!(browser.script(&format!("return {link}")).await == true, "{}: no link {moment}", page.name);
        browser.until("an event that says why", "reports.errors.length").await;
    }
    let told = browser.script("return reports.errors.map(error => error.code)").await;
    assert_eq!(told, serde_json::json!([code]));
    // From the moment that the loader was there. What is known is said at once in truth: three seconds are for busy machines.
    let took = browser.script("return reports.errors[0].after").await.as_f64().unwrap_or_default();
    let promised = if code == "timeout" { 9_900.0..13_000.0 } else { 0.0..3_000.0 };
    assert!(promised.contains(&took), "it took {took} ms to say so");
}

/// What the page itself heard of: reports of its policy, errors that nobody caught, errors of the element.
async fn has_no_complaint(stage: &Stage) {
    assert_eq!(complaints(stage).await, "");
}

/// As one text: on some of these pages a list does not come through the driver as one.
async fn complaints(stage: &Stage) -> String {
    let list = "[...reports.policy, ...reports.uncaught, ...reports.errors.map(error => error.code)]";
    stage.browser.script(&format!("return window.reports ? {list}.join('; ') : 'no reports'")).await.as_str().unwrap_or_default().to_owned()
}

/// For whoever has to find out why a visit failed.
async fn heard(stage: &Stage) -> String {
    let console = if stage.browser.engine == Engine::Chromium { stage.browser.console().await } else { Vec::new() };
    format!("the page heard: {}; the console says: {console:?}", complaints(stage).await)
}
