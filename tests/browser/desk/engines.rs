//! The desk in the other engines: in, to somebody's link, to an event's plan with the element beside it, and out.

use super::host::{AtTheDesk, HOST, PASSWORD};
use crate::{
    engine::Engine,
    stage::{Stage, play_in},
};
use curtain_up_protocol::{Field, FieldKind};
use thirtyfour::Key;

fn with_a_question(plan: &mut curtain_up_server::event_plan::EventPlan) {
    plan.fields = vec![Field { label: "How many bikes?".into(), required: false, ..Field::plain("bikes", FieldKind::Text) }];
}

impl AtTheDesk<'_> {
    /// Nothing of the page is wider than the window.
    async fn fits_into_the_window(&self, page: &str) {
        let wider = "const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth;
            const beyond = e => e.getRootNode() === document && e.getBoundingClientRect().right > document.documentElement.clientWidth;
            return wide ? everything.filter(beyond).map(e => e.outerHTML.slice(0, 200)).concat('too wide') : []";
        assert_eq!(self.browser().script(wider).await, serde_json::json!([]), "{page}");
    }
}

async fn helps_somebody(stage: &Stage, host: &AtTheDesk<'_>) {
    let browser = host.browser();
    browser.sees("The launch").await;
    browser.clicks("The launch").await;
    browser.sees("Copy the snippet").await;
    host.fits_into_the_window("overview").await;
    browser.clicks("People").await;
    browser.sees("Ada Lovelace").await;
    browser.fills("Search", "turing").await;
    browser.until("one person", "everything.some(e => words(e) === '1 person')").await;
    browser.clicks("Active columns").await;
    browser.clicks("Access key").await;
    browser.clicks("Close").await;
    browser.until("the column", "everything.some(e => e.localName === 'th' && words(e) === 'Access key')").await;
    browser.clicks("Alan Turing").await;
    browser.until("the side pane", "words(document.querySelector('aside')).includes('Confirmation')").await;
    host.fits_into_the_window("people").await;
    let before = stage.mails();
    host.opens_the_menu_in_the_side_pane().await;
    host.chooses("Send now").await;
    browser.sees("The access link is on its way").await;
    assert!(stage.link_in_mail(before).await.contains("alan%40example.com"));
}

async fn edits_the_event(stage: &Stage, host: &AtTheDesk<'_>) {
    let browser = host.browser();
    browser.clicks("Edit").await;
    let previewed = "everything.some(e => e.getRootNode() !== document && words(e).startsWith('How many tents?'))";
    browser.until("the plan", "labelled('Title')?.value === 'The launch'").await;
    browser.fills("Question", "How many tents?").await;
    browser.until("the question in the preview", previewed).await;
    browser.fills("Time zone", "Europe/Berlin").await;
    host.sets("Start", "2027-10-31T02:30").await;
    browser.sees("it comes twice").await;
    browser.clicks_on("document.querySelectorAll('fieldset [type=radio]')[1]").await;
    // WebKit's driver misses a button so far down the page; the keyboard does not.
    browser.script("called('Save').focus()").await;
    browser.presses(Key::Enter).await;
    browser.sees("Saved.").await;
    let plan = stage.store.event("launch").await.expect("an event").plan;
    let meant = chrono::DateTime::parse_from_rfc3339("2027-10-31T01:30:00Z").expect("a time").to_utc();
    assert_eq!((plan.fields[0].label.as_str(), plan.start.at), ("How many tents?", meant.into()));
    browser.clicks("Overview").await;
    browser.clicks("Cancel the event").await;
    browser.sees("This cannot be taken back").await;
    browser.clicks("No, go back").await;
    browser.until("no dialog", "!document.querySelector('dialog[open]')").await;
}

fn is_used_in(engine: Engine) {
    play_in(engine, with_a_question, async |stage| {
        stage.people_with_mail(3).await;
        let host = stage.host_with_password().await;
        let browser = host.browser();
        browser.open_page(&format!("{}/desk", stage.server)).await;
        browser.fills("Email", HOST).await;
        browser.fills("Password", PASSWORD).await;
        browser.clicks("Sign in").await;
        helps_somebody(&stage, &host).await;
        edits_the_event(&stage, &host).await;
        browser.clicks("Sign out").await;
        browser.sees("Sign in to the desk").await;
    });
}

#[test]
fn the_desk_is_used_in_firefox() {
    is_used_in(Engine::Firefox);
}

#[test]
fn the_desk_is_used_in_webkit() {
    is_used_in(Engine::WebKit);
}
