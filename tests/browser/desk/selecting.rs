//! Finding and selecting people: what is typed stays, and who is selected stays so, seen or not.

use super::host::AtTheDesk;
use crate::stage::{Stage, play};

const ALL: &str = "document.querySelector('thead input[type=checkbox]')";

impl AtTheDesk<'_> {
    async fn selects(&self, name: &str) {
        let field = format!("document.querySelector('[aria-label=\"Select {name}\"]')");
        self.browser().until(&format!("{name}'s box"), &field).await;
        self.browser().clicks_on(&field).await;
    }

    async fn finds_one(&self, search: &str, name: &str) {
        self.browser().fills("Search", search).await;
        self.browser().until("one person", "everything.some(e => words(e) === '1 person')").await;
        self.browser().sees(name).await;
    }
}

impl Stage {
    /// Somebody has come by a link whose source has a blank in it.
    async fn somebody_came_by(&self, name: &str, source: &'static str) {
        let sql = format!("UPDATE registrants SET source_name = '{source}' WHERE first_name = '{name}'");
        self.database_does(&sql).await;
    }
}

#[test]
fn who_is_selected_and_not_seen_is_counted_and_the_box_above_speaks_of_whom_it_stands_above() {
    play(
        |_| (),
        async |stage| {
            stage.registers_people(3).await;
            let host = stage.host_at_the_people().await;
            let browser = host.browser();
            host.selects("Ada Lovelace").await;
            browser.until("one of three", &format!("!{ALL}.checked && everything.some(e => words(e) === '1 selected')")).await;
            host.finds_one("turing", "Alan Turing").await;
            browser.until("somebody unseen", "everything.some(e => words(e) === '1 selected, 1 of them out of sight')").await;
            assert_eq!(browser.script(&format!("return {ALL}.checked")).await, false, "Alan is not selected");
            browser.clicks_on(ALL).await;
            browser
                .until("both", &format!("{ALL}.checked && everything.some(e => words(e) === '2 selected, 1 of them out of sight')"))
                .await;
            browser.clicks("Resend to many").await;
            browser
                .until(
                    "both in the dialog",
                    "words(labelled('To').selectedOptions[0]) === 'Those I have selected: 2 selected, 1 of them out of sight'",
                )
                .await;
            browser.clicks("No, go back").await;
            browser.clicks_on(ALL).await;
            browser
                .until("Ada alone", &format!("!{ALL}.checked && everything.some(e => words(e) === '1 selected, 1 of them out of sight')"))
                .await;
        },
    );
}

#[test]
fn somebody_whose_key_is_replaced_stays_selected_and_the_row_shows_the_new_key() {
    play(
        |_| (),
        async |stage| {
            stage.registers_people(2).await;
            let host = stage.host_at_the_people().await;
            let browser = host.browser();
            browser.clicks("Active columns").await;
            browser.clicks("Access link").await;
            browser.clicks("Close").await;
            let link = "([...document.querySelectorAll('tbody code')].map(words).find(link => link.includes('ada%40')) ?? '')";
            browser.until("Ada's link", link).await;
            let before = browser.script(&format!("return {link}")).await;
            host.selects("Ada Lovelace").await;
            browser.clicks("Ada Lovelace").await;
            browser.sees("Confirmation").await;
            host.opens_the_menu_in_the_side_pane().await;
            host.chooses("Replace the key").await;
            host.confirms().await;
            browser.sees("The key is replaced").await;
            browser.until("another link", &format!("{link} && {link} !== {before}")).await;
            browser.until("her box", "document.querySelector('[aria-label=\"Select Ada Lovelace\"]').checked").await;
            browser.until("her alone", "everything.some(e => words(e) === '1 selected')").await;
        },
    );
}

#[test]
fn a_source_of_two_words_is_typed_and_found() {
    play(
        |_| (),
        async |stage| {
            stage.registers_people(3).await;
            stage.somebody_came_by("Alan", "spring sale").await;
            let host = stage.host_at_the_people().await;
            let browser = host.browser();
            browser.sees("3 people").await;
            browser.fills("Source", "spring sale").await;
            browser.until("one person", "everything.some(e => words(e) === '1 person')").await;
            browser.sees("Alan Turing").await;
            assert_eq!(browser.value_of("Source").await, "spring sale");
        },
    );
}
