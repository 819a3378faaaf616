//! What is written and not saved is given up only when that is said.

use super::host::AtTheDesk;
use crate::stage::play;

const ASKED: &str = "Leave without saving?";

/// The dialog that was opened last stands above the others.
const ABOVE: &str = "[...document.querySelectorAll('dialog[open]')].at(-1)";

/// No request of this method comes anywhere.
fn nobody_hears(method: &str) -> String {
    format!(
        "window.heard = fetch; window.fetch = (r, o) => (o?.method ?? r.method) === '{method}' ? Promise.reject(new TypeError('offline')) : heard(r, o)"
    )
}

impl AtTheDesk<'_> {
    /// Whether the browser would ask before the desk is closed.
    async fn would_ask(&self) -> bool {
        self.browser().script("return !dispatchEvent(new Event('beforeunload', { cancelable: true }))").await == true
    }

    /// Says that what is written shall stay.
    async fn stays(&self) {
        self.browser().sees(ASKED).await;
        self.browser().clicks("No, go back").await;
        self.browser().until("no question", "!document.querySelector('dialog[open]')").await;
    }

    async fn leaves(&self) {
        self.browser().sees(ASKED).await;
        self.confirms().await;
    }
}

#[test]
fn a_half_written_plan_is_given_up_only_when_that_is_said() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            browser.clicks("The launch").await;
            browser.clicks("Edit").await;
            browser.sees("Require custom access codes").await;
            assert!(!host.would_ask().await, "nothing is written yet");
            browser.fills("Title", "The relaunch").await;
            for leaving in ["People", "Events", "Sign out"] {
                browser.clicks(leaving).await;
                host.stays().await;
                browser.until("the same page", "location.hash === '#/events/launch/edit'").await;
            }
            browser.script("history.back()").await;
            host.stays().await;
            assert_eq!(browser.value_of("Title").await, "The relaunch", "it stands where it stood");
            assert!(host.would_ask().await);
            browser.clicks("Save").await;
            browser.sees("Saved.").await;
            assert!(!host.would_ask().await, "it is saved");
            browser.fills("Title", "The last launch").await;
            browser.clicks("People").await;
            host.leaves().await;
            browser.sees("Active columns").await;
            assert_eq!(stage.store.event("launch").await.expect("an event").plan.title, "The relaunch");
            assert!(!host.would_ask().await);
        },
    );
}

#[test]
fn a_new_event_is_asked_about_until_it_is_made() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            browser.clicks("New event").await;
            browser.fills("Title", "A winter on two wheels").await;
            browser.clicks("Settings").await;
            host.stays().await;
            browser.clicks("Create the event").await;
            browser.until("its page", "location.hash === '#/events/a-winter-on-two-wheels'").await;
            browser.sees("Copy the snippet").await;
            assert!(!browser.shows(ASKED).await && !host.would_ask().await);
        },
    );
}

#[test]
fn the_words_of_a_mail_are_given_up_only_when_that_is_said() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            browser.clicks("The launch").await;
            browser.clicks("Mails").await;
            browser.fills("Subject", "Bring a coat").await;
            browser.clicks("Overview").await;
            host.stays().await;
            assert_eq!(browser.value_of("Subject").await, "Bring a coat");
            browser.clicks("Overview").await;
            host.leaves().await;
            browser.sees("Copy the snippet").await;
        },
    );
}

#[test]
fn whoever_cannot_be_signed_out_is_still_asked_about_what_is_written() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to("#/events/launch/edit").await;
            browser.fills("Title", "The relaunch").await;
            browser.script(&nobody_hears("DELETE")).await;
            browser.clicks("Sign out").await;
            host.leaves().await;
            browser.sees("The server cannot be reached.").await;
            assert_eq!(browser.value_of("Title").await, "The relaunch");
            assert!(host.would_ask().await, "it is not saved");
            browser.clicks("People").await;
            host.stays().await;
            browser.script("window.fetch = heard").await;
            browser.clicks("Sign out").await;
            host.leaves().await;
            browser.sees("You are signed out").await;
            assert!(!host.would_ask().await, "it is given up");
        },
    );
}

#[test]
fn a_half_written_material_is_given_up_only_when_that_is_said() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to("#/events/launch/materials").await;
            browser.clicks("Add a material").await;
            browser.until("the form", "labelled('Title of the link')").await;
            assert!(!host.would_ask().await, "nothing is written yet");
            browser.fills("Title of the link", "Slides").await;
            browser.until("a guard", "!dispatchEvent(new Event('beforeunload', { cancelable: true }))").await;
            browser.script("history.back()").await;
            browser.sees(ASKED).await;
            browser.clicks_on(&format!("[...{ABOVE}.querySelectorAll('button')].find(e => words(e) === 'No, go back')")).await;
            browser.until("the form alone", "document.querySelectorAll('dialog[open]').length === 1").await;
            assert_eq!(browser.value_of("Title of the link").await, "Slides", "it stands where it stood");
            browser.script("history.back()").await;
            browser.sees(ASKED).await;
            browser.clicks_on(&format!("{ABOVE}.querySelector('.primary')")).await;
            browser.until("another page", "!location.hash.endsWith('materials') && !document.querySelector('dialog[open]')").await;
            assert!(!host.would_ask().await, "it is given up");
        },
    );
}

#[test]
fn a_plan_whose_page_was_left_while_it_was_saved_breaks_nothing_off() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to("#/events/launch/edit").await;
            browser.fills("Title", "The relaunch").await;
            let slowly = "window.broken = 0;
                for (const kind of ['error', 'unhandledrejection']) addEventListener(kind, () => broken++);
                const f = fetch; window.fetch = (r, o) => r.method === 'PUT' ? new Promise(go => window.letGo = () => go(f(r, o))) : f(r, o);";
            browser.script(slowly).await;
            browser.clicks("Save").await;
            browser.until("the request", "window.letGo").await;
            browser.clicks("Events").await;
            host.leaves().await;
            browser.sees("New event").await;
            browser.script("letGo()").await;
            browser.sees("Saved.").await;
            browser.clicks("New event").await;
            browser.sees("Create the event").await;
            browser.clicks("Events").await;
            browser.clicks("The relaunch").await;
            browser.sees("Copy the snippet").await;
            assert_eq!(browser.script("return broken").await, 0, "the program broke off");
        },
    );
}
