//! Helping people: their address corrected, their key replaced, moved, cancelled, erased, and links for many.

use super::host::AtTheDesk;
use crate::stage::play;
use curtain_up_server::{event_plan::EventPlan, store::event::DEFAULT_ORGANISATION};
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

    /// What the menu in the side pane offers. It stays open.
    async fn offered(&self) -> Vec<String> {
        self.opens_the_menu_in_the_side_pane().await;
        self.browser().until("the menu", "document.querySelector('[role=menu]')").await;
        let deeds = self.browser().script("return [...document.querySelectorAll('[role=menuitem] .what')].map(words)").await;
        serde_json::from_value(deeds).expect("words")
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
            // What would come to nothing is not offered.
            assert_eq!(host.offered().await, ["Correct the address", "Move to another date", "Erase"]);
        },
    );
}

#[test]
fn whoever_waits_is_mailed_that_they_wait_and_no_link_of_theirs_is_shown() {
    play(
        |plan| plan.capacity = Some(1),
        async |stage| {
            stage.people_with_mail(2).await;
            let before = stage.mails();
            let host = stage.host_at_the_people().await;
            host.browser().clicks("Alan Turing").await;
            host.browser().until("the seat", "everything.some(e => e.localName === 'aside' && words(e).includes('Waiting list'))").await;
            let offered =
                ["Send now", "Correct the address", "Replace the key", "Move to another date", "Cancel the registration", "Erase"];
            assert_eq!(host.offered().await, offered);
            host.browser().sees("Curtain Up mails that they are on the waiting list").await;
            host.chooses("Send now").await;
            host.browser().sees("A mail is on its way that says they are on the waiting list.").await;
            let mail = stage.mail_text(before).await;
            assert!(mail.contains("waiting list"), "{mail}");
        },
    );
}

#[test]
fn somebody_behind_many_like_addresses_stays_in_sight_when_they_are_sent_their_link() {
    play(
        |_| (),
        async |stage| {
            for number in 0..50 {
                let email = format!("p{number}.ana@example.com");
                stage.registers(&[("first_name", "Person"), ("last_name", &number.to_string()), ("email", &email)]).await;
            }
            stage.registers(&[("first_name", "Ana"), ("last_name", "Zuse"), ("email", "ana@example.com")]).await;
            stage.mail_text(50).await;
            stage.clock.advance(chrono::TimeDelta::minutes(1));
            let host = stage.host_at_the_people().await;
            let browser = host.browser();
            browser.sees("51 people").await;
            browser.fills("Search", "zuse").await;
            browser.until("one person", "everything.some(e => words(e) === '1 person')").await;
            host.begins_with("Ana Zuse", "Send now").await;
            browser.sees("The access link is on its way.").await;
            browser
                .until("the mail", "everything.some(e => e.localName === 'aside' && words(e).includes('Access link, sent again'))")
                .await;
            browser.until("her row", "called('Ana Zuse') && everything.some(e => words(e) === '1 person')").await;
        },
    );
}

#[test]
fn of_two_who_are_anonymous_the_one_is_cancelled_who_was_meant() {
    play(
        |_| (),
        async |stage| {
            let event = stage.store.event("launch").await.expect("an event");
            for _ in 0..2 {
                stage.store.seat_anonymous(&event, stage.clock.now()).await.expect("asked").expect("a seat");
                stage.clock.advance(chrono::TimeDelta::seconds(1));
            }
            let host = stage.host_at_the_people().await;
            let browser = host.browser();
            browser.until("both", "document.querySelectorAll('.person').length === 2").await;
            browser.clicks_on("document.querySelectorAll('.person')[1]").await;
            browser.until("the side pane", "document.querySelector('aside .more')").await;
            assert_eq!(host.offered().await, ["Cancel the registration", "Erase"]);
            let address = browser.address().await;
            host.chooses("Cancel the registration").await;
            browser.sees("Anonymous: Their link lets nobody in").await;
            host.confirms().await;
            browser.until("the seat", "everything.some(e => e.localName === 'aside' && words(e).includes('Cancelled'))").await;
            assert_eq!(browser.address().await, address, "the same person");
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
            let host = stage.host_at_the_people().await;
            let browser = host.browser();
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
            stage.people_with_mail(5).await;
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

#[test]
fn of_somebody_whom_the_filter_does_not_list_no_key_is_asked_for() {
    play(
        |_| (),
        async |stage| {
            stage.people_with_mail(2).await;
            let host = stage.host_at_the_people().await;
            let browser = host.browser();
            browser.clicks("Active columns").await;
            browser.clicks("Access link").await;
            browser.clicks("Close").await;
            browser.clicks("Ada Lovelace").await;
            browser.until("her side pane", "document.querySelector('aside .more')").await;
            browser.fills("Search", "turing").await;
            browser.until("another one alone", "everything.some(e => words(e) === '1 person') && !called('Ada Lovelace')").await;
            host.opens_the_menu_in_the_side_pane().await;
            host.chooses("Send now").await;
            browser.sees("The access link is on its way.").await;
            browser
                .until("the mail", "everything.some(e => e.localName === 'aside' && words(e).includes('Access link, sent again'))")
                .await;
            let trail = stage.store.audit(DEFAULT_ORGANISATION, None).await.expect("the trail");
            let done: Vec<_> = trail.entries.iter().map(|entry| entry.action.as_str()).collect();
            assert!(!done.contains(&"key_shown"), "{done:?}");
        },
    );
}
