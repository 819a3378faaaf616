//! Every page of the desk, judged by axe-core (WCAG 2.2 A and AA), in light and dark, wide and at 320 pixels.

use super::host::AtTheDesk;
use crate::stage::play;
use curtain_up_protocol::{Consent, Field, FieldKind};
use curtain_up_server::event_plan::EventPlan;
use serde_json::json;

/// How somebody looks at the desk.
#[derive(Clone, Copy)]
enum Look {
    Light,
    Dark,
    DarkAndNarrow,
    LightAndNarrow,
}

impl AtTheDesk<'_> {
    /// Judges what is seen now, and keeps a picture of it.
    async fn finds_no_fault_with(&self, what: &str, look: Look) {
        let browser = self.browser();
        let name = match look {
            Look::Light => "light",
            Look::Dark => "dark",
            Look::DarkAndNarrow => "dark-320",
            Look::LightAndNarrow => "light-320",
        };
        browser.picture(&format!("desk-{what}-{name}")).await;
        let faults = browser.faults("document").await;
        assert_eq!(faults, json!([]), "{what}, {name}");
        let small =
            "return everything.filter(e => e.matches('button, a.button, nav a, input, select, textarea') && e.getRootNode() === document)
            .filter(e => Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height) < 24).map(e => e.outerHTML)";
        assert_eq!(browser.script(small).await, json!([]), "targets of 24 pixels: {what}, {name}");
        let overflow = browser.script("return document.documentElement.scrollWidth > innerWidth").await;
        assert_eq!(overflow, false, "nothing is cut off: {what}, {name}");
        if matches!(look, Look::DarkAndNarrow | Look::LightAndNarrow) {
            assert_eq!(browser.script("return innerWidth").await, json!(320), "{what}, {name}");
        }
    }
}

fn with_questions(plan: &mut EventPlan) {
    plan.title = "The launch".into();
    plan.description = "Forty-five minutes with the people who built it.".into();
    plan.fields = vec![
        Field {
            choices: vec!["1 to 10".into(), "More".into()],
            label: "How many bikes?".into(),
            ..Field::plain("fleet", FieldKind::Choice)
        },
        Field { required: false, label: "A question".into(), ..Field::plain("question", FieldKind::LongText) },
    ];
    plan.consents = vec![Consent { id: "privacy".into(), version: 1, text: "I agree to the terms.".into(), required: false }];
}

async fn every_page_is_accessible(desk: &AtTheDesk<'_>, look: Look) {
    let browser = desk.browser();
    browser.sees("New event").await;
    desk.finds_no_fault_with("events", look).await;
    browser.clicks("The launch").await;
    browser.sees("Copy the snippet").await;
    desk.finds_no_fault_with("overview", look).await;
    browser.clicks("Cancel the event").await;
    browser.sees("This cannot be taken back").await;
    desk.finds_no_fault_with("question", look).await;
    browser.clicks("No, go back").await;
    browser.clicks("Reschedule").await;
    browser.sees("New start").await;
    desk.finds_no_fault_with("reschedule", look).await;
    browser.clicks("No, go back").await;
    browser.clicks("Duplicate").await;
    browser.sees("Everything but people").await;
    desk.finds_no_fault_with("duplicate", look).await;
    browser.clicks("No, go back").await;
    browser.clicks("Postpone").await;
    browser.sees("Later by").await;
    desk.finds_no_fault_with("postpone", look).await;
    browser.clicks("No, go back").await;
    browser.clicks("More dates").await;
    browser.until("the dates in words", "document.querySelectorAll('#new-dates p').length === 4").await;
    desk.finds_no_fault_with("more-dates", look).await;
    browser.clicks("No, go back").await;

    browser.clicks("People").await;
    browser.sees("Ada Lovelace").await;
    desk.finds_no_fault_with("people", look).await;
    browser.clicks("Active columns").await;
    browser.sees("Your choice is kept").await;
    desk.finds_no_fault_with("columns", look).await;
    browser.clicks("Close").await;
    browser.clicks("Export").await;
    browser.sees("Run the export").await;
    desk.finds_no_fault_with("export", look).await;
    browser.clicks("No, go back").await;
    browser.clicks("Resend to many").await;
    browser.sees("one after another").await;
    desk.finds_no_fault_with("resend-to-many", look).await;
    browser.clicks("No, go back").await;
    browser.clicks("Ada Lovelace").await;
    browser.sees("Confirmation").await;
    desk.finds_no_fault_with("side-pane", look).await;
    for (deed, shown) in
        [("Correct the address", "New email address"), ("Move to another date", "They leave this event"), ("Erase", "cannot be taken back")]
    {
        desk.opens_the_menu_in_the_side_pane().await;
        desk.chooses(deed).await;
        browser.sees(shown).await;
        desk.finds_no_fault_with(&deed.to_lowercase().replace(' ', "-"), look).await;
        browser.presses(thirtyfour::Key::Escape).await;
        browser.until("no dialog", "!document.querySelector('dialog[open]')").await;
    }
    desk.opens_the_menu_in_the_side_pane().await;
    desk.finds_no_fault_with("menu", look).await;
    desk.chooses("Show access key").await;
    browser.sees("Read it aloud").await;
    desk.finds_no_fault_with("key", look).await;
    browser.clicks("Close").await;

    codes_are_accessible(desk, look).await;
    browser.clicks("Edit").await;
    browser.sees("A question").await;
    browser.until("the preview", "everything.some(e => e.getRootNode() !== document && words(e) === 'How many bikes?')").await;
    desk.finds_no_fault_with("edit", look).await;
    browser.clicks("Mails").await;
    browser.sees("Filled in here").await;
    browser.clicks("Show the preview").await;
    browser.until("the mail", "document.querySelector('.mail-text')").await;
    desk.finds_no_fault_with("mails", look).await;
    browser.clicks("Try it").await;
    browser.until("the element", "everything.some(e => e.getRootNode() !== document && words(e) === 'How many bikes?')").await;
    desk.finds_no_fault_with("try-it", look).await;
    browser.clicks("Settings").await;
    browser.sees("grace@example.com").await;
    desk.finds_no_fault_with("hosts", look).await;
    browser.clicks("Add somebody").await;
    browser.sees("Role").await;
    desk.finds_no_fault_with("add-somebody", look).await;
    browser.clicks("No, go back").await;
    browser.clicks("API tokens").await;
    browser.sees("No token yet").await;
    browser.clicks("Make a token").await;
    desk.finds_no_fault_with("make-a-token", look).await;
    browser.fills("What it is for", "the shop").await;
    browser.clicks_on("document.querySelector('dialog[open] [type=submit]')").await;
    browser.sees("It is never shown again").await;
    desk.finds_no_fault_with("token", look).await;
    browser.clicks("Close").await;
    browser.clicks("Signed links").await;
    browser.clicks("Show the secret").await;
    browser.sees("Hide it").await;
    desk.finds_no_fault_with("signed-links", look).await;
    browser.clicks("Audit trail").await;
    browser.sees("ada@example.com").await;
    desk.finds_no_fault_with("audit", look).await;
    browser.clicks("Your password").await;
    browser.sees("10 characters or more").await;
    desk.finds_no_fault_with("password", look).await;
    desk.goes_to("#/new").await;
    browser.sees("Create the event").await;
    browser.until("the preview", "everything.some(e => e.getRootNode() !== document && words(e) === 'Title of the event')").await;
    desk.finds_no_fault_with("new-event", look).await;
    browser.clicks("Sign out").await;
    browser.sees("Sign in to the desk").await;
    desk.finds_no_fault_with("sign-in", look).await;
}

/// The pages of lists and of materials.
async fn codes_are_accessible(desk: &AtTheDesk<'_>, look: Look) {
    let browser = desk.browser();
    browser.clicks("List").await;
    browser.sees("Nobody has a code yet.").await;
    browser.sees("Further events that get the same list").await;
    desk.finds_no_fault_with("list", look).await;
    let list = "code,email,firstname,Company\n41,ada@example.com,Ada,Analytical Engines\n,grace@example.com,Grace,\n43,radia,Radia,\n44,eve@example.com,,\n";
    desk.checks(&desk.writes("people.csv", list)).await;
    browser.sees("2 rows are refused.").await;
    desk.finds_no_fault_with("list-checked", look).await;
    // An upload that takes its time.
    let slow = "window.quick = fetch; window.fetch = asked => new Promise((_, no) => asked.signal.addEventListener('abort', () => no(asked.signal.reason)))";
    browser.script(slow).await;
    browser.clicks("Check the list").await;
    browser.sees("Checking the list …").await;
    desk.finds_no_fault_with("list-running", look).await;
    browser.clicks("Stop").await;
    browser.sees("Stopped. Nothing was changed.").await;
    browser.script("window.fetch = quick").await;
    browser.clicks("Check the list").await;
    browser.clicks("Upload without the refused rows").await;
    desk.confirms().await;
    browser.sees("The list is uploaded.").await;
    browser.sees("List uploaded last").await;
    desk.finds_no_fault_with("list-uploaded", look).await;
    desk.checks(&desk.writes("empty.csv", "")).await;
    browser.sees("The file is empty.").await;
    desk.finds_no_fault_with("list-refused", look).await;

    browser.clicks("Materials").await;
    browser.sees("Smaller groups").await;
    desk.finds_no_fault_with("materials", look).await;
    browser.clicks("Add a material").await;
    browser.sees("Empty: for good").await;
    desk.finds_no_fault_with("add-a-material", look).await;
    browser.clicks("No, go back").await;
}

fn play_with(look: Look) {
    play(with_questions, async |stage| {
        match look {
            Look::Light => stage.browser.is_wide(1280).await,
            Look::Dark => {
                stage.browser.prefers_dark().await;
                stage.browser.is_wide(1280).await;
            }
            Look::DarkAndNarrow => {
                stage.browser.prefers_dark().await;
                stage.browser.is_wide(320).await;
            }
            Look::LightAndNarrow => stage.browser.is_wide(320).await,
        }
        stage.registers_people(12).await;
        let mut other = stage.store.event("launch").await.expect("an event").plan;
        (other.slug, other.title) = ("breakout".into(), "The breakout room".into());
        stage.store.add_event(&other, stage.clock.now()).await.expect("another event");
        let add = ["material", "add", "launch", "--title"];
        stage.host_runs(&[&add[..], &["Breakout room 2", "--description", "Smaller groups", "--event", "breakout"]].concat()).await;
        stage
            .host_runs(&[&add[..], &["Slides", "--address", "https://example.com/slides", "--visible-from", "2099-03-10T18:00"]].concat())
            .await;
        let desk = stage.host().await;
        every_page_is_accessible(&desk, look).await;
    });
}

#[test]
fn every_page_of_the_desk_is_accessible_in_light() {
    play_with(Look::Light);
}

#[test]
fn every_page_of_the_desk_is_accessible_in_dark() {
    play_with(Look::Dark);
}

#[test]
fn every_page_of_the_desk_is_accessible_in_dark_at_320_pixels() {
    play_with(Look::DarkAndNarrow);
}

#[test]
fn every_page_of_the_desk_is_accessible_in_light_at_320_pixels() {
    play_with(Look::LightAndNarrow);
}
