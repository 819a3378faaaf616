//! Every view, judged by axe-core (WCAG 2.2 A and AA): light, dark and forced colours, wide and narrow, from left to right
//! and from right to left.

use crate::{
    browser::Browser,
    languages::catalogue,
    stage::{Stage, play},
};
use chrono::TimeDelta;
use curtain_up_protocol::{Consent, Field, FieldKind, Phase, Room, RoomKind};
use curtain_up_server::event_plan::EventPlan;
use std::{collections::BTreeMap, time::Duration};
use thirtyfour::Key;

const TIMER: &str = "everything.some(e => e.getAttribute('role') === 'timer')";

/// How somebody looks at the page.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Look {
    Light,
    DarkAndNarrow,
    ForcedColors,
}

/// Somebody who looks at every view in one language.
struct Reader<'a> {
    stage: &'a Stage,
    words: BTreeMap<String, String>,
    name: String,
}

impl<'a> Reader<'a> {
    async fn new(stage: &'a Stage, language: &str, look: Look) -> Self {
        match look {
            Look::Light => {}
            Look::DarkAndNarrow => {
                stage.browser.prefers_dark().await;
                stage.browser.is_wide(320).await;
            }
            Look::ForcedColors => stage.browser.forces_colors().await,
        }
        Self { stage, words: catalogue(language), name: format!("{language}-{look:?}").to_lowercase() }
    }

    fn browser(&self) -> &Browser {
        &self.stage.browser
    }

    async fn opens_the_page(&self) {
        self.browser().open_page(&format!("{}/e/launch", self.stage.server)).await;
    }

    async fn opens(&self, link: &str) {
        // The same address but for its secrets would only scroll.
        self.browser().open_page("about:blank").await;
        self.browser().open_page(link).await;
    }

    async fn sees(&self, key: &str) {
        let part = self.words[key].split(['{', '}', '\u{2068}', '\u{2069}']).max_by_key(|part| part.len()).unwrap_or_default();
        self.browser().sees(part.trim()).await;
    }

    async fn clicks(&self, key: &str) {
        self.browser().clicks(&self.words[key]).await;
    }

    async fn fills(&self, key: &str, text: &str) {
        self.browser().fills(&self.words[key], text).await;
    }

    /// The host says so, and the page looks at once: after the start it would take its time.
    async fn host_says(&self, phase: Phase) {
        self.stage.host_says(phase).await;
        self.browser().script("dispatchEvent(new Event('online'))").await;
    }

    /// Judges what is seen now, and keeps a picture of it.
    async fn finds_no_fault_with(&self, view: &str) {
        let browser = self.browser();
        browser.picture(&format!("{}-{}", view.replace(' ', "-"), self.name)).await;
        let case = format!("{view}, {}", self.name);
        assert_eq!(browser.faults("document.querySelector('curtain-up')").await, serde_json::json!([]), "{case}");
        let small = "return everything.filter(e => e.matches('button, a, input, select, textarea') && e.getRootNode() !== document)
            .filter(e => Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height) < 24).map(e => e.outerHTML)";
        assert_eq!(browser.script(small).await, serde_json::json!([]), "targets of 24 pixels: {case}");
        let overflow = browser.script("return document.documentElement.scrollWidth > innerWidth").await;
        assert_eq!(overflow, false, "nothing is cut off: {case}");
    }
}

async fn every_view_of_the_journey_is_accessible(stage: &Stage, language: &str, look: Look) {
    let reader = Reader::new(stage, language, look).await;
    reader.opens_the_page().await;
    reader.sees("action_register").await;
    reader.finds_no_fault_with("form").await;
    reader.clicks("action_register").await;
    reader.sees("trouble_fields").await;
    reader.finds_no_fault_with("form with problems").await;
    reader.clicks("action_have_link").await;
    reader.fills("field_email", "ada@example.com").await;
    reader.finds_no_fault_with("enter").await;
    reader.fills("field_key", "0000").await;
    reader.clicks("action_enter").await;
    reader.sees("trouble_access").await;
    reader.finds_no_fault_with("refused").await;
    reader.clicks("action_lost_link").await;
    reader.sees("action_resend").await;
    reader.finds_no_fault_with("lost link").await;
    reader.clicks("action_resend").await;
    reader.sees("mail_resent").await;
    reader.finds_no_fault_with("resent").await;

    let link = stage.link_of_somebody_registered("ada@example.com").await;
    reader.opens(&link).await;
    reader.browser().until("a countdown", TIMER).await;
    reader.finds_no_fault_with("waiting").await;
    stage.host_moves_start(TimeDelta::minutes(90)).await;
    reader.sees("moved").await;
    reader.finds_no_fault_with("moved").await;
    stage.host_says(Phase::Live).await;
    reader.sees("action_join").await;
    reader.clicks("action_stay").await;
    reader.sees("room_open").await;
    stage.browser.until("the focus on the way there", &format!("called('{}')?.matches(':focus')", reader.words["action_join"])).await;
    reader.finds_no_fault_with("room elsewhere").await;
    reader.host_says(Phase::Ended).await;
    reader.sees("ended_heading").await;
    reader.finds_no_fault_with("ended").await;
    reader.host_says(Phase::Cancelled).await;
    reader.sees("cancelled_heading").await;
    reader.finds_no_fault_with("cancelled").await;
}

fn in_language(language: &'static str) -> impl FnOnce(&mut EventPlan) {
    move |plan| {
        plan.language = language.into();
        plan.replay = Some("https://replay.example.com/".into());
    }
}

#[test]
fn every_view_is_accessible_in_light() {
    play(in_language("en"), async |stage| every_view_of_the_journey_is_accessible(&stage, "en", Look::Light).await);
}

#[test]
fn every_view_is_accessible_in_light_from_right_to_left() {
    play(in_language("ar"), async |stage| every_view_of_the_journey_is_accessible(&stage, "ar", Look::Light).await);
}

#[test]
fn every_view_is_accessible_in_dark_at_320_pixels() {
    play(in_language("en"), async |stage| every_view_of_the_journey_is_accessible(&stage, "en", Look::DarkAndNarrow).await);
}

#[test]
fn every_view_is_accessible_in_dark_at_320_pixels_from_right_to_left() {
    play(in_language("ar"), async |stage| every_view_of_the_journey_is_accessible(&stage, "ar", Look::DarkAndNarrow).await);
}

#[test]
fn every_view_is_accessible_in_forced_colors() {
    play(in_language("en"), async |stage| every_view_of_the_journey_is_accessible(&stage, "en", Look::ForcedColors).await);
}

#[test]
fn every_view_is_accessible_in_forced_colors_from_right_to_left() {
    play(in_language("ar"), async |stage| every_view_of_the_journey_is_accessible(&stage, "ar", Look::ForcedColors).await);
}

#[test]
fn a_full_event_with_every_kind_of_field_is_accessible() {
    for (language, look) in [("en", Look::DarkAndNarrow), ("ar", Look::ForcedColors)] {
        let plan = move |plan: &mut EventPlan| {
            in_language(language)(plan);
            plan.capacity = Some(1);
            let field = |id: &str, kind, label: &str| Field { label: label.into(), required: false, ..Field::plain(id, kind) };
            let choices = |field: Field| Field { choices: vec!["Red".into(), "Blue".into()], ..field };
            plan.fields = vec![
                Field { help: "As much as you like.".into(), ..field("question", FieldKind::LongText, "Question") },
                choices(field("colour", FieldKind::Choice, "Favourite colour")),
                choices(field("colours", FieldKind::Choices, "Colours you can bear")),
                field("newsletter", FieldKind::Checkbox, "Send me the newsletter"),
                field("country", FieldKind::Country, "Country"),
            ];
            plan.consents = vec![Consent { id: "privacy".into(), version: 1, text: "I agree to the terms.".into(), required: false }];
        };
        play(plan, async |stage| {
            let reader = Reader::new(&stage, language, look).await;
            stage.link_of_somebody_registered("first@example.com").await;
            reader.opens_the_page().await;
            reader.sees("form_full").await;
            reader.finds_no_fault_with("full").await;
            for (key, text) in [("field_first_name", "Ada"), ("field_last_name", "Lovelace"), ("field_email", "ada@example.com")] {
                reader.fills(key, text).await;
            }
            reader.clicks("action_wait").await;
            reader.browser().until("a countdown", TIMER).await;
            reader.finds_no_fault_with("waiting list").await;
        });
    }
}

#[test]
fn the_room_in_a_frame_the_door_and_the_form_before_its_time_are_accessible() {
    let plan = |plan: &mut EventPlan| plan.room = Some(Room { kind: RoomKind::Frame, address: "https://room.example.com/launch".into() });
    play(plan, async |stage| {
        let reader = Reader::new(&stage, "en", Look::ForcedColors).await;
        let link = stage.link_of_somebody_registered("ada@example.com").await;
        stage.clock.advance(TimeDelta::minutes(11));
        reader.opens(&link).await;
        reader.sees("countdown_zero").await;
        reader.finds_no_fault_with("any moment").await;
        stage.host_says(Phase::Live).await;
        reader.browser().until("the room", "everything.some(e => e.localName === 'iframe')").await;
        reader.finds_no_fault_with("room in a frame").await;
    });
    let early = |plan: &mut EventPlan| plan.opens_at = Some(plan.start.at - TimeDelta::minutes(5));
    play(early, async |stage| {
        let reader = Reader::new(&stage, "en", Look::DarkAndNarrow).await;
        reader.opens_the_page().await;
        reader.sees("not_yet_open_until").await;
        reader.finds_no_fault_with("not yet open").await;
    });
}

#[test]
fn what_is_wrong_is_listed_and_each_entry_leads_to_its_field() {
    play(in_language("en"), async |stage| {
        let reader = Reader::new(&stage, "en", Look::Light).await;
        reader.opens_the_page().await;
        reader.fills("field_first_name", "Ada").await;
        reader.clicks("action_register").await;
        reader.sees("trouble_fields").await;
        let browser = reader.browser();
        assert_eq!(browser.focus().await, "Last name");
        let entry = "Email – Please fill in this field.";
        browser.until("the list in the alert", &format!("called('{entry}')?.closest('[role=alert]')")).await;
        browser.clicks(entry).await;
        browser.until("the field", "labelled('Email').matches(':focus')").await;
        browser.presses("ada@example").await;
        assert!(browser.shows(entry).await, "what is being typed is not judged");
        browser.presses(".com").await;
        browser.until("the entry to go", &format!("!called('{entry}')")).await;
        browser.presses(Key::Tab).await;
        reader.fills("field_last_name", "Lovelace").await;
        reader.browser().until("the alert to go", "!everything.some(e => e.getAttribute('role') === 'alert')").await;
    });
}

#[test]
fn those_who_listen_are_told_ten_seconds_ahead_and_can_stay_on_the_page() {
    play(in_language("en"), async |stage| {
        let reader = Reader::new(&stage, "en", Look::Light).await;
        let link = stage.link_of_somebody_registered("ada@example.com").await;
        stage.clock.advance(TimeDelta::seconds(535));
        reader.opens(&link).await;
        let browser = reader.browser();
        let heard = |words: &str| format!("everything.some(e => e.getAttribute('role') === 'status' && e.textContent.includes('{words}'))");
        browser.until("a minute ahead", &heard("in 1 minute")).await;
        stage.host_says(Phase::Live).await;
        browser.until("the start", &heard("The event is live.")).await;
        browser.until("where it goes", &heard("in 10 seconds")).await;
        reader.clicks("action_stay").await;
        tokio::time::sleep(Duration::from_secs(11)).await;
        assert!(browser.address().await.starts_with(&stage.server), "{}", browser.address().await);
    });
}

#[test]
fn a_page_can_hide_the_seconds() {
    play(in_language("en"), async |stage| {
        let reader = Reader::new(&stage, "en", Look::Light).await;
        let link = stage.link_of_somebody_registered("ada@example.com").await;
        reader.opens(&link).await;
        reader.sees("countdown_seconds").await;
        reader.browser().script("document.querySelector('curtain-up').setAttribute('seconds', 'hide')").await;
        reader.browser().until("no seconds", "!everything.some(e => words(e) === 'Seconds')").await;
        reader.browser().until("ten minutes", "everything.some(e => words(e) === '10')").await;
        reader.finds_no_fault_with("without seconds").await;
    });
}
