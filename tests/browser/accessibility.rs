//! What people who do not look, or do not point, are told and can do. Every view is judged by axe-core in `views/`.

use crate::{
    browser::Browser,
    languages::catalogue,
    stage::{Stage, play},
};
use chrono::TimeDelta;
use curtain_up_protocol::{Field, FieldKind, Phase};
use curtain_up_server::event_plan::EventPlan;
use std::{collections::BTreeMap, time::Duration};
use thirtyfour::Key;

/// Somebody who looks at every view in one language.
struct Reader<'a> {
    stage: &'a Stage,
    words: BTreeMap<String, String>,
}

impl<'a> Reader<'a> {
    fn new(stage: &'a Stage, language: &str) -> Self {
        Self { stage, words: catalogue(language) }
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
}

fn in_language(language: &'static str) -> impl FnOnce(&mut EventPlan) {
    move |plan| {
        plan.language = language.into();
        plan.replay = Some("https://replay.example.com/".into());
    }
}

#[test]
fn what_is_wrong_is_listed_and_each_entry_leads_to_its_field() {
    play(in_language("en"), async |stage| {
        let reader = Reader::new(&stage, "en");
        reader.opens_the_page().await;
        reader.fills("field_first_name", "Ada").await;
        reader.clicks("action_register").await;
        reader.sees("trouble_fields").await;
        let browser = reader.browser();
        browser.has_focus("Last name").await;
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
        let reader = Reader::new(&stage, "en");
        let link = stage.link_of_somebody_registered("ada@example.com").await;
        stage.clock.advance(TimeDelta::seconds(535));
        reader.opens(&link).await;
        let browser = reader.browser();
        // All that was said: one may follow the other at once.
        let listen = "const root = document.querySelector('curtain-up').shadowRoot, hear = () => heard.push(root.querySelector('[role=status]')?.textContent);
            window.heard = []; new MutationObserver(hear).observe(root, { subtree: true, childList: true, characterData: true }); hear()";
        browser.until("a countdown", "everything.some(e => e.getAttribute('role') === 'timer')").await;
        browser.script(listen).await;
        let heard = |words: &str| format!("heard.some(said => said?.includes('{words}'))");
        browser.until("a minute ahead", &heard("in 1 minute")).await;
        stage.host_says(Phase::Live).await;
        browser.until("the start", &heard("The event is live.")).await;
        browser.until("where it goes", &heard("in 10 seconds")).await;
        reader.clicks("action_stay").await;
        browser.until("the focus on the way there", &format!("called('{}')?.matches(':focus')", reader.words["action_join"])).await;
        tokio::time::sleep(Duration::from_secs(11)).await;
        assert!(browser.address().await.starts_with(&stage.server), "{}", browser.address().await);
    });
}

#[test]
fn a_page_can_hide_the_seconds() {
    play(in_language("en"), async |stage| {
        let reader = Reader::new(&stage, "en");
        let link = stage.link_of_somebody_registered("ada@example.com").await;
        reader.opens(&link).await;
        reader.sees("countdown_seconds").await;
        reader.browser().script("document.querySelector('curtain-up').setAttribute('seconds', 'hide')").await;
        reader.browser().until("no seconds", "!everything.some(e => words(e) === 'Seconds')").await;
        reader.browser().until("ten minutes", "everything.some(e => words(e) === '10')").await;
    });
}

#[test]
fn every_control_has_a_label_says_what_it_is_for_and_brings_the_right_keyboard() {
    let fields = |plan: &mut EventPlan| {
        let field = |id: &str, kind, label: &str| Field { label: label.into(), help: "Some help.".into(), ..Field::plain(id, kind) };
        plan.fields = vec![
            field("company", FieldKind::Text, "Company"),
            field("phone", FieldKind::Telephone, "Telephone"),
            field("country", FieldKind::Country, "Country"),
            field("team", FieldKind::Number, "Team size"),
        ];
    };
    play(fields, async |stage| {
        let browser = &stage.browser;
        stage.open_marketing_page().await;
        browser.until("the form", "labelled('Email')").await;
        for (label, autocomplete, mode) in [
            ("First name", "given-name", "text"),
            ("Last name", "family-name", "text"),
            ("Email", "email", "email"),
            ("Company", "off", "text"),
            ("Telephone", "tel", "tel"),
            ("Country", "country", ""),
            ("Team size", "off", "decimal"),
        ] {
            let said = format!("const e = labelled('{label}'); return [e.autocomplete, e.inputMode].join()");
            assert_eq!(browser.script(&said).await, format!("{autocomplete},{mode}"), "{label}");
        }
        let described = "return ['Company', 'Telephone', 'Country', 'Team size'].every(label => { const e = labelled(label);
            return e.getAttribute('aria-describedby').split(' ').some(id => words(e.getRootNode().getElementById(id)) === 'Some help.'); })";
        assert_eq!(browser.script(described).await, true);
    });
}

#[test]
fn a_view_that_changes_puts_the_focus_on_its_heading() {
    play(in_language("en"), async |stage| {
        let reader = Reader::new(&stage, "en");
        reader.opens_the_page().await;
        for (way, heading) in [
            ("action_have_link", "enter_heading"),
            ("action_lost_link", "lost_heading"),
            ("action_back", ""),
            ("action_lost_link", "lost_heading"),
        ] {
            reader.clicks(way).await;
            let heading = reader.words.get(heading).map_or("The launch", String::as_str);
            let script = format!("everything.some(e => e.localName === 'h2' && words(e) === '{heading}' && e.matches(':focus'))");
            reader.browser().until(heading, &script).await;
        }
    });
}

#[test]
fn a_key_with_spaces_and_a_whole_link_can_be_pasted() {
    play(in_language("en"), async |stage| {
        let link = stage.link_of_somebody_registered("ada@example.com").await;
        let key = Stage::key_in(&link);
        for (label, pasted) in
            [("Access key", format!(" {} {} ", &key[..2], &key[2..])), ("Access key", link.clone()), ("Email", link.clone())]
        {
            let reader = Reader::new(&stage, "en");
            let browser = reader.browser();
            browser.open_page("about:blank").await;
            reader.opens_the_page().await;
            browser.script("sessionStorage.clear()").await;
            reader.clicks("action_have_link").await;
            reader.fills("field_email", if label == "Email" { "" } else { "ada@example.com" }).await;
            browser.pastes(&pasted, label).await;
            reader.clicks("action_enter").await;
            browser.until("a countdown", "everything.some(e => e.getAttribute('role') === 'timer')").await;
            browser.script("sessionStorage.clear()").await;
        }
    });
}
