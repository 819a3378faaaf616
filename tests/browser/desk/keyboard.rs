//! The keyboard alone does everything.

use super::host::CHOOSE;
use crate::stage::play;
use serde_json::json;
use thirtyfour::Key;

#[test]
fn a_host_finds_somebody_and_sends_them_their_link_without_a_mouse() {
    play(
        |_| (),
        async |stage| {
            stage.people_with_mail(6).await;
            let before = stage.mails();
            let host = stage.host().await;
            let browser = host.browser();
            // From the top of the page: whoever has just signed in stands in its content.
            browser.open_page("about:blank").await;
            browser.open_page(&format!("{}/desk", stage.server)).await;
            browser.sees("The launch").await;
            browser.presses(Key::Tab).await;
            browser.has_focus("Skip to the content").await;
            browser.presses(Key::Enter).await;
            browser.tabs_to("The launch").await;
            browser.presses(Key::Enter).await;
            browser.sees("Copy the snippet").await;
            browser.tabs_to("People").await;
            browser.presses(Key::Enter).await;
            browser.sees("Ada Lovelace").await;
            browser.tabs_to("Ada Lovelace").await;
            // The arrow keys lead from row to row.
            browser.presses(Key::Down + Key::Down).await;
            browser.until("the third row", "document.activeElement.textContent === 'Katherine Johnson'").await;
            browser.presses(Key::Up).await;
            browser.until("the second row", "document.activeElement.textContent === 'Alan Turing'").await;
            browser.presses(Key::Tab).await;
            browser.has_focus("•••").await;
            browser.presses(Key::Enter).await;
            browser.until("the first entry", "document.activeElement.matches('[role=menuitem]')").await;
            browser.presses(Key::Escape).await;
            browser.until("the way back", "document.activeElement.matches('.more')").await;
            browser.presses(Key::Enter).await;
            browser.until("the first entry", "document.activeElement.matches('[role=menuitem]')").await;
            browser.presses(Key::Down).await;
            browser.presses(Key::Enter).await;
            browser.sees("The access link is on its way").await;
            assert!(stage.link_in_mail(before).await.contains("alan%40example.com"));
        },
    );
}

#[test]
fn a_dialog_keeps_the_focus_closes_on_escape_and_gives_the_focus_back() {
    play(
        |_| (),
        async |stage| {
            stage.registers_people(1).await;
            let host = stage.host_at_the_people().await;
            let browser = host.browser();
            browser.tabs_to("Active columns").await;
            browser.presses(Key::Enter).await;
            browser.sees("Your choice is kept").await;
            browser.tabs_to("Access key").await;
            browser.presses(Key::Space).await;
            browser.until("the column", "everything.some(e => e.localName === 'th' && words(e) === 'Access key')").await;
            for _ in 0..20 {
                browser.presses(Key::Tab).await;
                // Between the last and the first, a browser may stop at its own window.
                let inside = "return document.activeElement === document.body || !!document.activeElement.closest('dialog[open]')";
                assert_eq!(browser.script(inside).await, json!(true));
            }
            browser.presses(Key::Escape).await;
            browser.until("no dialog", "!document.querySelector('dialog[open]')").await;
            browser.has_focus("Active columns").await;
        },
    );
}

#[test]
fn a_host_uploads_a_list_and_adds_a_material_without_a_mouse() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            let goes_on = async |name: &str| {
                browser.tabs_to(name).await;
                browser.presses(Key::Enter).await;
            };
            host.goes_to("#/events/launch").await;
            browser.sees("Copy the snippet").await;
            goes_on("List").await;
            browser.sees("Nobody has a code yet.").await;
            // Whatever the system's own window for files does, the field that opens it is reached.
            browser.tabs_to(CHOOSE).await;
            browser.chooses_file(CHOOSE, &host.writes("people.csv", "code,email,firstname\n0042,ada@example.com,Ada\n")).await;
            browser.sees("people.csv ·").await;
            goes_on("Check the list").await;
            browser.until("the focus at the report", "document.activeElement.id === 'upload-report'").await;
            goes_on("Upload").await;
            browser.sees("The list is uploaded.").await;
            browser.until("the focus at the report", "document.activeElement.id === 'upload-report'").await;

            browser.presses(Key::Shift + Key::Tab).await;
            host.goes_to("#/events/launch/materials").await;
            browser.sees("No material yet.").await;
            for (title, address) in [("Slides", "https://example.com/slides"), ("Handout", "https://example.com/handout")] {
                goes_on("Add a material").await;
                browser.sees("Empty: for good").await;
                browser.tabs_to("Title of the link").await;
                browser.presses(title).await;
                browser.tabs_to("Address").await;
                browser.presses(address).await;
                goes_on("Save").await;
                browser.until(title, &format!("everything.some(e => e.localName === 'h3' && words(e) === '{title}')")).await;
                browser.until("the focus on the page", "document.activeElement.id === 'materials'").await;
            }
            goes_on("Move up").await;
            browser.until("the new order", "words(document.querySelector('main ol h3')) === 'Handout'").await;
            browser.until("the focus at what moved", "words(document.activeElement) === 'Handout'").await;
        },
    );
}
