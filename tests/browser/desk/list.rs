//! Uploading a list: what would happen is said first, refused rows are mended, what is stopped leaves nothing.

use super::host::{AtTheDesk, CHOOSE};
use crate::stage::{Stage, play};
use serde_json::json;
use std::fmt::Write;

/// Keeps what the desk offers as a file.
const KEEP_FILES: &str =
    "window.kept = []; const make = URL.createObjectURL; URL.createObjectURL = file => { kept.push(file); return make.call(URL, file) }";

impl AtTheDesk<'_> {
    async fn goes_to_the_list(&self) {
        self.goes_to("#/events/launch/list").await;
        self.browser().until("the field for a file", &format!("labelled({})", json!(CHOOSE))).await;
    }

    /// What the file of the refused rows holds.
    async fn refused_file(&self) -> String {
        let browser = self.browser();
        assert_eq!(browser.script("return called('Download the refused rows').download").await, "refused-rows.csv");
        browser.script("window.file = null; kept.at(-1).text().then(text => window.file = text)").await;
        browser.until("the file", "window.file").await;
        browser.script("return window.file").await.as_str().expect("text").to_owned()
    }
}

impl Stage {
    async fn names(&self) -> Vec<String> {
        let event = self.store.event(&self.slug).await.expect("the event");
        let people = self.store.registrants(&event.id).await.expect("people");
        people.into_iter().map(|person| person.first_name).collect()
    }
}

#[test]
fn a_list_is_checked_mended_uploaded_and_uploaded_again() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to_the_list().await;
            browser.script(KEEP_FILES).await;
            browser.sees("Nobody has a code yet.").await;
            browser.clicks("Check the list").await;
            browser.sees("Choose a file first.").await;
            let list = "code,email,firstname,Company\n41,ada@example.com,Ada,Analytical\n,alan@example.com,Alan,\n43,not-an-address,Eve,\n\
                        44,radia@example.com,Radia,\n41,barbara@example.com,Barbara,\n";
            host.checks(&host.writes("people.csv", list)).await;
            browser.sees("What the upload would do").await;
            browser.sees("Read as UTF-8, with commas between the cells.").await;
            for words in
                ["rows 2–3, 5", "Codes made", "Company", "2 rows are refused.", "This is no email address.", "Row 2 has the same code."]
            {
                browser.sees(words).await;
            }
            browser.sees("Weak codes").await;
            browser.until("the focus at the report", "document.activeElement.id === 'upload-report'").await;
            browser.picture("desk-list-refused").await;
            assert!(browser.script("return called('Upload')").await.is_null(), "all or nothing would be nothing");
            assert_eq!(stage.names().await, Vec::<String>::new(), "checking changes nothing");
            // The refused rows, mended.
            let refused = host.refused_file().await;
            assert!(refused.contains("not-an-address") && !refused.contains("ada@example.com"), "{refused}");
            let mended = refused.replace("not-an-address", "eve@example.com").replace("41,barbara", "45,barbara");
            host.checks(&host.writes("mended.csv", mended)).await;
            browser.sees("rows 2–3").await;
            browser.clicks("Upload").await;
            browser.sees("The list is uploaded.").await;
            assert_eq!(stage.names().await, ["Eve", "Barbara"]);
            // On purpose, without those that are refused: the two that are there by now are other people's.
            host.checks(&host.writes("again.csv", list)).await;
            browser.clicks("Upload without the refused rows").await;
            browser.sees("Everybody else on the list is uploaded.").await;
            host.confirms().await;
            browser.sees("What the upload did").await;
            browser.sees("The list is uploaded.").await;
            let mut names = stage.names().await;
            names.sort();
            assert_eq!(names, ["Ada", "Alan", "Barbara", "Eve", "Radia"]);
            // Again: nothing differs. Another last name: that alone is changed.
            host.checks(&host.writes("same.csv", "code,email,firstname\n44,radia@example.com,Radia\n")).await;
            browser.sees("Nothing differs from what is there").await;
            host.checks(&host.writes("more.csv", "code,email,firstname,lastname\n44,radia@example.com,Radia,Perlman\n")).await;
            browser.sees("lastname in row 2").await;
        },
    );
}

#[test]
fn what_is_no_list_is_said_in_words_and_guessed_letters_are_shown() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to_the_list().await;
            for (name, content, said) in [
                ("empty.csv", &b""[..], "The file is empty."),
                ("columns.csv", b"email,firstname\nada@example.com,Ada\n", "The column “code” is missing in the first row."),
                ("twice.csv", b"code,email,E-Mail,firstname\n1,a@b.de,a@b.de,Ada\n", "The columns “email” and “E-Mail” hold the same."),
                ("picture.csv", b"\x89PNG\0\0\0\0\0\0\0\x01\0\0\0\0\0", "The file is no CSV."),
            ] {
                host.checks(&host.writes(name, content)).await;
                browser.sees(said).await;
                browser.until("the focus at it", "document.activeElement.id === 'upload-report'").await;
            }
            host.checks(&host.writes("old.csv", b"code;email;firstname\n0042;zoe@example.com;Zo\xeb\n")).await;
            browser.sees("Read as Windows-1252, with semicolons between the cells.").await;
            browser.sees("Look at the accents").await;
            browser.sees("In the file: Zoë").await;
            browser.clicks("Upload").await;
            browser.sees("The list is uploaded.").await;
            assert_eq!(stage.names().await, ["Zoë"]);
        },
    );
}

#[test]
fn an_upload_that_is_stopped_or_left_leaves_nothing() {
    play(
        |_| (),
        async |stage| {
            let mut list = "code,email,firstname\n".to_owned();
            for number in 0..40_000 {
                writeln!(list, "code{number},p{number}@example.com,Person").expect("a row");
            }
            let host = stage.host().await;
            let browser = host.browser();
            host.goes_to_the_list().await;
            let closing = "return dispatchEvent(new Event('beforeunload', { cancelable: true }))";
            assert_eq!(browser.script(closing).await, true, "nothing is at stake");
            host.checks(&host.writes("many.csv", list)).await;
            browser.sees("rows 2–40,001").await;
            let some = "document.querySelector('progress')?.value > 0 && document.querySelector('progress').max > 0";
            // Stopped.
            browser.clicks("Upload").await;
            browser.until("some rows", some).await;
            browser.has_focus("Stop").await;
            browser.picture("desk-list-running").await;
            assert_eq!(browser.script(closing).await, false, "the browser asks whether to leave");
            browser.clicks("Stop").await;
            browser.sees("Stopped. Nothing was changed.").await;
            // Left: asked first.
            browser.clicks("Check the list").await;
            browser.sees("rows 2–40,001").await;
            browser.clicks("Upload").await;
            browser.until("some rows", some).await;
            browser.clicks("People").await;
            browser.sees("Leave while the list is on its way?").await;
            browser.clicks("No, go back").await;
            browser.until("the same page", "location.hash === '#/events/launch/list' && document.querySelector('progress')").await;
            browser.clicks("People").await;
            host.confirms().await;
            browser.until("the other page", "location.hash === '#/events/launch/people'").await;
            browser.sees("Active columns").await;
            assert_eq!(browser.script(closing).await, true, "nothing is at stake any more");
            assert_eq!(stage.names().await.len(), 0);
            // The server is free for the next one.
            host.goes_to_the_list().await;
            host.uploads(&host.writes("few.csv", "code,email,firstname\n0042,ada@example.com,Ada\n")).await;
            assert_eq!(stage.names().await, ["Ada"]);
        },
    );
}

#[test]
fn a_viewer_sees_how_codes_stand_and_uploads_nothing() {
    play(
        |_| (),
        async |stage| {
            let viewer = stage.viewer().await;
            viewer.goes_to("#/events/launch/list").await;
            viewer.browser().sees("Nobody has a code yet.").await;
            assert!(!viewer.browser().shows("Upload a list").await);
            viewer.goes_to("#/events/launch/materials").await;
            viewer.browser().sees("No material yet.").await;
            assert!(!viewer.browser().shows("Add a material").await);
            viewer.goes_to("#/settings/signed-links").await;
            viewer.browser().sees("New password").await;
            assert!(!viewer.browser().shows("Show the secret").await);
        },
    );
}
