//! What else a host does, by keyboard alone: the side pane, many at once, dates, an event's questions, its mails.

use super::host::AtTheDesk;
use crate::stage::{Stage, play};
use serde_json::json;
use thirtyfour::{Key, TypingData};

impl AtTheDesk<'_> {
    /// Tabs to something and presses this there.
    async fn presses_at(&self, name: &str, keys: impl Into<TypingData>) {
        self.browser().tabs_to(name).await;
        self.browser().presses(keys).await;
    }

    /// Tabs to what a selector finds, where it has no name of its own.
    async fn tabs_on_to(&self, selector: &str) {
        for _ in 0..60 {
            if self.browser().script(&format!("return document.activeElement.matches({})", json!(selector))).await == json!(true) {
                return;
            }
            self.browser().presses(Key::Tab).await;
        }
        panic!("{selector} cannot be reached by keyboard; the focus is at “{}”", self.browser().focus().await);
    }

    /// Chooses an entry of the menu that is open by its arrow keys.
    async fn goes_down_to(&self, words: &str) {
        let browser = self.browser();
        browser.until("the first entry", "document.activeElement.matches('[role=menuitem]')").await;
        let there = format!("return words(document.activeElement.querySelector('.what')) === {}", json!(words));
        for _ in 0..12 {
            if browser.script(&there).await == json!(true) {
                return browser.presses(Key::Enter).await;
            }
            browser.presses(Key::Down).await;
        }
        panic!("“{words}” is no entry of the menu");
    }

    async fn has_the_focus(&self, what: &str, selector: &str) {
        self.browser().until(what, &format!("document.activeElement?.matches({})", json!(selector))).await;
    }
}

async fn at_the_people(stage: &Stage) -> AtTheDesk<'_> {
    let host = stage.host().await;
    host.goes_to("#/events/launch/people").await;
    host.browser().sees("Ada Lovelace").await;
    host
}

#[test]
fn somebody_is_looked_at_corrected_and_erased_in_their_side_pane() {
    play(
        |_| (),
        async |stage| {
            stage.registers_people(3).await;
            let host = at_the_people(&stage).await;
            let browser = host.browser();
            host.presses_at("Alan Turing", Key::Enter).await;
            browser.until("the side pane", "words(document.querySelector('aside')).includes('Confirmation')").await;
            host.presses_at("✕", Key::Enter).await;
            browser.until("no side pane", "!document.querySelector('aside')").await;
            host.presses_at("Alan Turing", Key::Enter).await;
            browser.until("the side pane", "document.querySelector('aside .more')").await;
            host.tabs_on_to("aside .more").await;
            browser.presses(Key::Enter).await;
            host.goes_down_to("Correct the address").await;
            browser.sees("goes to the new address").await;
            browser.tabs_to("New email address").await;
            browser.writes_over("turing@example.com").await;
            browser.presses(Key::Enter).await;
            browser.sees("The address is corrected").await;
            browser.until("the new address", "words(document.querySelector('aside')).includes('turing@example.com')").await;

            host.tabs_on_to("aside .more").await;
            browser.presses(Key::Enter).await;
            host.goes_down_to("Erase").await;
            browser.sees("This cannot be taken back").await;
            host.presses_at("Erase", Key::Enter).await;
            browser.sees("The person is erased").await;
            browser.until("two people", "everything.some(e => words(e) === '2 people')").await;
        },
    );
}

#[test]
fn people_are_searched_sorted_selected_resent_to_and_exported() {
    play(
        |_| (),
        async |stage| {
            stage.people_with_mail(6).await;
            let host = at_the_people(&stage).await;
            let browser = host.browser();
            let before = stage.mails();
            browser.tabs_to("Search").await;
            browser.writes_over("example.com").await;
            host.presses_at("Name", Key::Enter).await;
            browser
                .until("sorted by name", "document.querySelector('th.name, th[aria-sort=ascending]')?.textContent.startsWith('Name')")
                .await;
            // A box in each row; the arrow keys lead from one to the next.
            host.tabs_on_to("tbody [data-control=select]").await;
            browser.presses(Key::Space).await;
            browser.presses(Key::Down).await;
            browser.until("the next row", "document.activeElement.closest('tr').ariaRowIndex === '3' || document.activeElement.closest('tr').getAttribute('aria-rowindex') === '3'").await;
            browser.presses(Key::Space).await;
            browser.sees("2 selected").await;
            let to_the_top = async |name: &str| {
                for _ in 0..40 {
                    if browser.focus().await == name {
                        return;
                    }
                    browser.presses(Key::Shift + Key::Tab).await;
                }
                panic!("“{name}” is not reached backwards");
            };
            to_the_top("Resend to many").await;
            browser.presses(Key::Enter).await;
            browser.sees("one after another").await;
            host.presses_at("Resend", Key::Enter).await;
            browser.sees("Access links are resent").await;
            stage.link_in_mail(before + 1).await;

            let mails = stage.mails();
            browser.tabs_to("Export").await;
            browser.presses(Key::Enter).await;
            browser.sees("Run the export").await;
            // Of radio buttons, the arrow keys choose.
            browser.tabs_to("The active columns").await;
            browser.presses(Key::Down).await;
            browser.until("all columns", "labelled('All columns')?.checked").await;
            host.presses_at("Run the export", Key::Enter).await;
            browser.sees("The export comes to you by email").await;
            assert!(stage.mail_text(mails).await.contains("/desk#/exports/"));
        },
    );
}

#[test]
fn questions_and_consents_are_written_and_put_into_their_order() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to("#/events/launch/edit").await;
            browser.sees("Add a question").await;
            for question in ["How many bikes?", "Which colour?"] {
                browser.tabs_to("Add a question").await;
                browser.presses(Key::Enter).await;
                browser
                    .until(
                        "the focus at it",
                        "document.activeElement.closest('[id^=question-]') && document.activeElement.localName === 'input'",
                    )
                    .await;
                browser.presses(question).await;
            }
            host.presses_at("Move up", Key::Enter).await;
            host.has_the_focus("the focus at what moved", "#question-1 legend").await;
            for consent in ["I agree to the terms.", "I agree to be filmed."] {
                browser.tabs_to("Add a consent").await;
                browser.presses(Key::Enter).await;
                browser
                    .until(
                        "the focus at it",
                        "document.activeElement.closest('[id^=consent-]') && document.activeElement.localName === 'textarea'",
                    )
                    .await;
                browser.presses(consent).await;
            }
            host.presses_at("Move up", Key::Enter).await;
            host.has_the_focus("the focus at what moved", "#consent-1 legend").await;
            // Enter in a line of the form saves it.
            browser.tabs_to("Title").await;
            browser.writes_over("The launch of bikes").await;
            browser.presses(Key::Enter).await;
            browser.sees("Saved.").await;
            let plan = stage.store.event("launch").await.expect("an event").plan;
            let questions: Vec<_> = plan.fields.iter().map(|field| field.label.as_str()).collect();
            let consents: Vec<_> = plan.consents.iter().map(|consent| consent.text.as_str()).collect();
            assert_eq!(
                (plan.title.as_str(), questions, consents),
                ("The launch of bikes", vec!["Which colour?", "How many bikes?"], vec!["I agree to be filmed.", "I agree to the terms."])
            );
        },
    );
}

#[test]
fn an_event_is_postponed_gets_more_dates_and_its_mails_get_other_words() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to("#/events/launch").await;
            browser.sees("Copy the snippet").await;
            host.presses_at("Postpone", Key::Enter).await;
            browser.tabs_to("Later by").await;
            browser.presses(Key::Down).await;
            browser.tabs_to("Postpone").await;
            browser.presses(Key::Enter).await;
            browser.sees("The event has moved").await;

            host.presses_at("More dates", Key::Enter).await;
            browser.tabs_to("How many more").await;
            browser.writes_over("2").await;
            browser.until("two dates", "labelled('Date 2') && !labelled('Date 3')").await;
            host.presses_at("Make 2 dates", Key::Enter).await;
            browser.until("the dates", "document.querySelector('dialog[open] pre')").await;
            browser.until("the focus at what closes it", "words(document.activeElement) === 'Close'").await;
            browser.presses(Key::Escape).await;
            browser.until("no dialog", "!document.querySelector('dialog[open]')").await;
            browser.has_focus("More dates").await;
            assert_eq!(stage.store.dates("launch").await.expect("dates").len(), 3);

            host.goes_to("#/events/launch/mails").await;
            browser.sees("The built-in words").await;
            browser.tabs_to("Subject").await;
            browser.writes_over("Bring a coat").await;
            host.presses_at("Save", Key::Enter).await;
            browser.sees("Your own words").await;
            let words = stage.store.event("launch").await.expect("an event").plan.settings.words;
            assert_eq!(words.iter().map(|own| own.subject.as_str()).collect::<Vec<_>>(), ["Bring a coat"]);
        },
    );
}
