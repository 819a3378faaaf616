//! Every step of the help article "Link meetings using custom access codes", followed to the letter at the desk.

use super::host::AtTheDesk;
use crate::{codes::is_in_the_room, stage::play};
use std::path::Path;

const LIST: &str = "code,email,firstname\n0042,ada@example.com,Ada\n0043,alan@example.com,Alan\n";
const ON: &str = "ON: only people on the list come in, by the code that you chose for them";
const OFF: &str = "OFF: people enter without a code, as “Anonymous”";

impl AtTheDesk<'_> {
    /// Makes a meeting whose room is a frame.
    async fn creates(&self, title: &str) {
        let browser = self.browser();
        browser.clicks("Events").await;
        browser.clicks("New event").await;
        browser.fills("Title", title).await;
        self.chooses_in("The room is", "shown in a frame on the page").await;
        browser.fills("Address of the room", &format!("https://room.example.com/{}", title.to_lowercase())).await;
        browser.clicks("Create the event").await;
        browser.sees("The event is there.").await;
        browser.until("its page", &format!("document.querySelector('h1')?.textContent === '{title}'")).await;
    }

    /// Goes to a page of a meeting.
    async fn opens(&self, title: &str, tab: &str) {
        self.browser().clicks("Events").await;
        self.browser().clicks(title).await;
        self.browser().until("its page", &format!("document.querySelector('h1')?.textContent === '{title}'")).await;
        self.browser().clicks(tab).await;
    }

    async fn uploads_into(&self, title: &str, list: &Path) {
        self.opens(title, "List").await;
        self.uploads(list).await;
    }

    /// Sets *Require custom access codes* and *Anonymize attendees* of a meeting.
    async fn sets_codes(&self, title: &str, require_codes: &str, anonymize: bool) {
        let browser = self.browser();
        self.opens(title, "Edit").await;
        browser.clicks(require_codes).await;
        if browser.script("return labelled('Anonymize attendees').checked").await != anonymize {
            browser.clicks("Anonymize attendees").await;
        }
        browser.clicks("Save").await;
        browser.sees("Saved.").await;
        browser.clicks("Close").await;
    }

    /// Makes a link in one meeting that leads to another.
    async fn links(&self, from: &str, to: &str, words: &str) {
        let browser = self.browser();
        self.opens(from, "Materials").await;
        browser.clicks("Add a material").await;
        browser.fills("Title of the link", words).await;
        self.chooses_in("Event", to).await;
        browser.clicks("Save").await;
        browser.sees("The material is added.").await;
        browser.until("the link", &format!("everything.some(e => e.localName === 'h3' && words(e) === '{words}')")).await;
    }

    async fn starts(&self, title: &str) {
        self.opens(title, "Overview").await;
        self.browser().clicks("Start now").await;
        self.confirms().await;
        self.browser().sees("The event is live.").await;
        self.browser().clicks("Close").await;
    }

    /// Opens a meeting's page as an attendee.
    async fn joins(&self, slug: &str) {
        self.browser().open_page("about:blank").await;
        self.browser().open_page(&format!("{}/e/{slug}", self.stage.server)).await;
    }

    /// Goes back to the desk, as somebody who has given no code anywhere.
    async fn comes_back_to_the_desk(&self) {
        self.browser().script("sessionStorage.clear(); localStorage.clear()").await;
        self.browser().open_page(&format!("{}/desk", self.stage.server)).await;
        self.browser().sees("New event").await;
    }

    async fn types_the_code(&self, code: &str) {
        self.browser().sees("Type the access code").await;
        self.browser().fills("Access code", code).await;
        self.browser().clicks("Enter").await;
    }
}

#[test]
fn two_meetings_are_linked_step_by_step_at_the_desk() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            // 1. Create Meeting1.
            host.creates("Meeting1").await;
            // 2. Prepare your attendee CSV file: code, email and firstname at the minimum. The template has them.
            host.opens("Meeting1", "List").await;
            let fetched =
                "window.template = null; fetch(called('Download a template').href).then(r => r.text()).then(t => window.template = t)";
            browser.until("the template", "called('Download a template')").await;
            browser.script(fetched).await;
            browser.until("the template", "window.template?.startsWith('code,email,firstname')").await;
            let list = host.writes("people.csv", LIST);
            // 3. Upload your CSV file into Meeting1.
            host.uploads_into("Meeting1", &list).await;
            browser.picture("desk-list-uploaded").await;
            // 4. and 5. Create Meeting2, and upload the same CSV file into it.
            host.creates("Meeting2").await;
            host.uploads_into("Meeting2", &list).await;
            // 6. In Meeting1, a link in the materials that points to Meeting2, and the same for Meeting2.
            host.links("Meeting1", "Meeting2", "Breakout 2").await;
            host.links("Meeting2", "Meeting1", "Plenary").await;
            // More, 3. and 4.: the desk itself says that codes are not required yet, and leads to where one says so.
            host.opens("Meeting1", "List").await;
            browser.sees("“Require custom access codes” is not ON").await;
            browser.clicks("To its settings").await;
            browser.clicks(ON).await;
            assert_eq!(browser.script("return labelled('Anonymize attendees').checked").await, false, "OFF from the start");
            browser.clicks("Save").await;
            browser.sees("Saved.").await;
            host.sets_codes("Meeting2", ON, false).await;
            host.opens("Meeting1", "List").await;
            browser.sees("People with a code").await;
            assert!(!browser.shows("is not ON").await);
            // 7. Start both meetings.
            host.starts("Meeting1").await;
            host.starts("Meeting2").await;
            // 8. Join Meeting1 as an attendee: the code, the materials, the link, and no question in Meeting2.
            host.joins("meeting1").await;
            host.types_the_code("0042").await;
            is_in_the_room(&stage, "meeting1").await;
            browser.sees("Welcome, Ada.").await;
            // More, 1.: again and again.
            for _ in 0..2 {
                browser.clicks("Breakout 2").await;
                is_in_the_room(&stage, "meeting2").await;
                browser.sees("Welcome, Ada.").await;
                assert!(!browser.shows("Type the access code").await);
                browser.clicks("Plenary").await;
                is_in_the_room(&stage, "meeting1").await;
            }
            // Known by name at the desk.
            host.comes_back_to_the_desk().await;
            host.opens("Meeting1", "People").await;
            browser.sees("ada@example.com").await;
        },
    );
}

#[test]
fn external_ids_and_settings_of_the_points_under_more_hold_at_the_desk() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            let with_id = |name: &str, id: &str| {
                let people = [("0042", "ada", "Ada"), ("0043", "alan", "Alan"), ("0044", "radia", "Radia")];
                let row = |(code, email, name): (&str, &str, &str)| format!("{code},{email}@example.com,{name},{id}-{name}\n");
                host.writes(name, format!("code,email,firstname,externalid\n{}", people.map(row).concat()))
            };
            for title in ["Meeting1", "Meeting2"] {
                host.creates(title).await;
                host.sets_codes(title, ON, false).await;
            }
            host.uploads_into("Meeting1", &with_id("one.csv", "7")).await;
            host.uploads_into("Meeting2", &with_id("two.csv", "8")).await;
            host.links("Meeting1", "Meeting2", "Breakout 2").await;
            host.starts("Meeting1").await;
            host.starts("Meeting2").await;
            // 2. Another external id is somebody else.
            host.joins("meeting1").await;
            host.types_the_code("0042").await;
            is_in_the_room(&stage, "meeting1").await;
            browser.clicks("Breakout 2").await;
            browser.until("the other page", "location.pathname.endsWith('/meeting2')").await;
            browser.sees("Type the access code").await;
            // The same one, in all uploads, is the same person.
            host.comes_back_to_the_desk().await;
            host.uploads_into("Meeting2", &with_id("mended.csv", "7")).await;
            browser.sees("externalid in rows 2–4").await;
            host.joins("meeting1").await;
            host.types_the_code("0043").await;
            is_in_the_room(&stage, "meeting1").await;
            browser.clicks("Breakout 2").await;
            is_in_the_room(&stage, "meeting2").await;
            // 4. Where attendees are anonymized, nobody is known.
            host.comes_back_to_the_desk().await;
            host.sets_codes("Meeting2", ON, true).await;
            host.joins("meeting1").await;
            host.types_the_code("0044").await;
            is_in_the_room(&stage, "meeting1").await;
            browser.clicks("Breakout 2").await;
            browser.sees("Type the access code").await;
            // 3. Where no codes are required, people show up as anonymous.
            host.comes_back_to_the_desk().await;
            host.sets_codes("Meeting1", OFF, false).await;
            // This browser has seen Meeting1 just now, and may keep what an event says for six seconds.
            tokio::time::sleep(std::time::Duration::from_secs(7)).await;
            host.joins("meeting1").await;
            browser.sees("You take part as “Anonymous”.").await;
        },
    );
}

#[test]
fn one_upload_serves_many_meetings_or_none() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            let browser = host.browser();
            host.creates("Meeting2").await;
            host.opens("The launch", "List").await;
            browser.clicks("Meeting2").await;
            host.checks(&host.writes("people.csv", LIST)).await;
            browser.sees("What the upload would do").await;
            let reports = "return [...document.querySelectorAll('section.item h3')].map(words)";
            assert_eq!(browser.script(reports).await, serde_json::json!(["The launch", "Meeting2"]));
            browser.clicks("Upload").await;
            browser.sees("The list is uploaded.").await;
            for slug in ["launch", "meeting2"] {
                let event = stage.store.event(slug).await.expect("the event");
                assert_eq!(stage.store.registrants(&event.id).await.expect("people").len(), 2, "{slug}");
            }
            // Somebody of Meeting2 has the code by now: neither gets the next list.
            let taken = host.writes("taken.csv", "code,email,firstname\n0077,grace@example.com,Grace\n");
            host.opens("Meeting2", "List").await;
            host.uploads(&taken).await;
            host.opens("The launch", "List").await;
            browser.clicks("Meeting2").await;
            host.checks(&host.writes("both.csv", "code,email,firstname\n0077,radia@example.com,Radia\n")).await;
            browser.sees("Somebody else on the list of “meeting2” has this code.").await;
            assert!(!browser.shows("Upload without the refused rows").await, "nobody is left to be uploaded");
        },
    );
}
