//! Helping people: their address corrected, their key replaced, moved, cancelled, erased, and links for many.

use super::host::AtTheDesk;
use crate::stage::play;
use curtain_up_server::event_plan::EventPlan;
use serde_json::json;

impl AtTheDesk<'_> {
    async fn begins_with(&self, name: &str, deed: &str) {
        self.browser().clicks(name).await;
        self.browser()
            .until("their side pane", &format!("everything.some(e => e.localName === 'aside' && words(e).includes({}))", json!(name)))
            .await;
        self.opens_the_menu_in_the_side_pane().await;
        self.chooses(deed).await;
    }
}

#[test]
fn a_corrected_address_gets_a_new_link_and_the_row_shows_it() {
    play(
        |_| (),
        async |stage| {
            let old = stage.link_of_somebody_registered("ada@exmaple.com").await;
            let host = stage.host().await;
            let browser = host.browser();
            let before = stage.mails();
            host.goes_to_the_people_dashboard().await;
            host.begins_with("Ada Lovelace", "Correct the address").await;
            browser.fills("New email address", "ada@example.com").await;
            browser.clicks_on("document.querySelector('dialog[open] [type=submit]')").await;
            browser.sees("a new link is on its way").await;
            browser.until("the row", "everything.some(e => e.localName === 'td' && words(e) === 'ada@example.com')").await;
            browser.until("the side pane", "everything.some(e => e.localName === 'aside' && words(e).includes('ada@example.com'))").await;
            let new = stage.link_in_mail(before).await;
            assert!(new.contains("ada%40example.com") && new != old, "{new}");
        },
    );
}

#[test]
fn a_replaced_key_makes_a_new_link_and_a_cancelled_registration_frees_the_seat() {
    play(
        |_| (),
        async |stage| {
            let old = stage.link_of_somebody_registered("ada@example.com").await;
            let host = stage.host().await;
            let before = stage.mails();
            host.goes_to_the_people_dashboard().await;
            host.begins_with("Ada Lovelace", "Replace the key").await;
            host.browser().sees("ada@example.com: The link and key of before stop working").await;
            host.confirms().await;
            host.browser().sees("The key is replaced").await;
            assert_ne!(stage.link_in_mail(before).await, old);
            host.begins_with("Ada Lovelace", "Cancel the registration").await;
            host.confirms().await;
            host.browser().sees("The registration is cancelled").await;
            host.browser().until("the seat", "everything.some(e => e.localName === 'aside' && words(e).includes('Cancelled'))").await;
        },
    );
}

#[test]
fn somebody_is_moved_to_another_date_and_somebody_is_erased() {
    play(
        |_| (),
        async |stage| {
            let event = stage.store.event("launch").await.expect("an event");
            let other = EventPlan { slug: "relaunch".into(), title: "The relaunch".into(), ..event.plan };
            stage.store.add_event(&other, stage.clock.now()).await.expect("another event");
            stage.registers_people(3).await;
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to_the_people_dashboard().await;
            host.begins_with("Ada Lovelace", "Move to another date").await;
            browser.sees("The relaunch").await;
            host.confirms().await;
            browser.sees("They are on the other list now").await;
            browser.until("one less", "everything.some(e => words(e) === '2 people')").await;
            host.begins_with("Alan Turing", "Erase").await;
            browser.sees("This cannot be taken back").await;
            host.confirms().await;
            browser.sees("The person is erased").await;
            browser.until("nobody of that name", "!called('Alan Turing')").await;
            host.goes_to("#/events/relaunch/people").await;
            browser.sees("Ada Lovelace").await;
        },
    );
}

#[test]
fn links_are_resent_to_a_selection_with_progress() {
    play(
        |_| (),
        async |stage| {
            stage.registers_people(5).await;
            stage.mail_text(4).await;
            stage.clock.advance(chrono::TimeDelta::minutes(1));
            let host = stage.host().await;
            let browser = host.browser();
            let before = stage.mails();
            host.goes_to_the_people_dashboard().await;
            browser.sees("Ada Lovelace").await;
            for name in ["Ada Lovelace", "Katherine Johnson"] {
                browser.clicks_on(&format!("document.querySelector('[aria-label=\"Select {name}\"]')")).await;
            }
            browser.sees("2 selected").await;
            browser.clicks("Resend to many").await;
            browser.clicks_on("document.querySelector('dialog[open] [type=submit]')").await;
            browser.sees("Access links are resent").await;
            let first = stage.link_in_mail(before).await;
            let second = stage.link_in_mail(before + 1).await;
            assert!([&first, &second].iter().all(|link| link.contains("ada%40") || link.contains("katherine%40")), "{first} {second}");
        },
    );
}
