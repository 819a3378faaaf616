//! The form: what it asks, when it complains, and that it can be used without a mouse.

use crate::stage::play;
use chrono::TimeDelta;
use curtain_up_protocol::{Consent, Field, FieldKind};
use curtain_up_server::event_plan::EventPlan;
use thirtyfour::Key;

fn plain(_: &mut EventPlan) {}

fn every_kind_of_field(plan: &mut EventPlan) {
    let field = |id: &str, kind, label: &str| Field { label: label.into(), required: false, ..Field::plain(id, kind) };
    let choices = |field: Field| Field { choices: vec!["Red".into(), "Blue".into()], ..field };
    plan.fields = vec![
        field("company", FieldKind::Text, "Company"),
        Field { help: "As much as you like.".into(), ..field("question", FieldKind::LongText, "Question") },
        choices(field("colour", FieldKind::Choice, "Favourite colour")),
        choices(field("colours", FieldKind::Choices, "Colours you can bear")),
        field("newsletter", FieldKind::Checkbox, "Send me the newsletter"),
        field("phone", FieldKind::Telephone, "Telephone"),
        field("country", FieldKind::Country, "Country"),
        Field { min: Some(1), max: Some(500), required: true, ..field("team", FieldKind::Number, "Team size") },
    ];
    plan.consents = vec![Consent { id: "privacy".into(), version: 3, text: "I agree to the terms.".into(), required: true }];
}

#[test]
fn a_bad_field_is_named_when_one_leaves_it_and_the_first_is_focused_on_register() {
    play(plain, async |stage| {
        stage.open_marketing_page().await;
        stage.browser.fills("Email", "nobody@").await;
        stage.browser.until("no complaint while one types", "labelled('Email').getAttribute('aria-invalid') !== 'true'").await;
        stage.browser.presses(Key::Tab).await;
        stage.browser.until("a complaint", "labelled('Email').getAttribute('aria-invalid') === 'true'").await;
        stage.browser.clicks("Register").await;
        stage.browser.until("the first bad field focused", "labelled('First name').matches(':focus')").await;
        stage.browser.picture("form-problems").await;
        let described = "const e = labelled('Email'); return e.getAttribute('aria-describedby').split(' ').map(id => e.getRootNode().getElementById(id)?.innerText).join(' ')";
        assert!(stage.browser.script(described).await.as_str().is_some_and(|words| words.len() > 5));
    });
}

#[test]
fn every_kind_of_field_reaches_the_server() {
    play(every_kind_of_field, async |stage| {
        stage.open_marketing_page().await;
        for (label, text) in [
            ("First name", "Ada"),
            ("Last name", "Lovelace"),
            ("Email", "ada@example.com"),
            ("Company", "Engines & Co"),
            ("Question", "Why?"),
            ("Telephone", "+44 20 7946 0000"),
            ("Team size", "12"),
        ] {
            stage.browser.fills(label, text).await;
        }
        for choice in ["Blue", "Send me the newsletter"] {
            stage.browser.clicks(choice).await;
        }
        let select = |label: &str, value: &str| {
            format!(
                "const s = labelled('{label}'); s.value = '{value}'; s.dispatchEvent(new Event('input', {{bubbles: true}})); s.dispatchEvent(new Event('change', {{bubbles: true}}))"
            )
        };
        stage.browser.script(&select("Country", "GB")).await;
        stage.browser.script(&select("Favourite colour", "Red")).await;
        stage.browser.clicks("I agree to the terms.").await;
        stage.browser.picture("form-all-fields").await;
        stage.browser.clicks("Register").await;
        stage.browser.sees("Check your mail").await;
        let event = stage.store.event("launch").await.expect("the event");
        let people = stage.store.registrants(&event.id).await.expect("the people");
        let answers: Vec<String> = people[0].answers.iter().map(|answer| format!("{}={}", answer.field, answer.values.join("+"))).collect();
        assert_eq!(
            answers,
            [
                "company=Engines & Co",
                "question=Why?",
                "colour=Red",
                "colours=Blue",
                "newsletter=yes",
                "phone=+44 20 7946 0000",
                "country=GB",
                "team=12"
            ]
        );
        assert_eq!((people[0].consents[0].id.as_str(), people[0].consents[0].version), ("privacy", 3));
    });
}

#[test]
fn the_whole_form_works_with_the_keyboard_alone() {
    play(plain, async |stage| {
        stage.open_marketing_page().await;
        stage.browser.sees("Register").await;
        for (label, text) in [("First name", "Ada"), ("Last name", "Lovelace"), ("Email", "ada@example.com")] {
            stage.browser.until(label, &format!("labelled('{label}')")).await;
            stage.browser.tabs_to(label).await;
            stage.browser.presses(text).await;
        }
        stage.browser.presses(Key::Enter).await;
        stage.browser.sees("Check your mail").await;
        stage.browser.has_focus("Check your mail").await;
    });
}

#[test]
fn a_field_that_only_the_server_refuses_is_named_at_the_field() {
    play(
        |plan| {
            plan.consents = vec![Consent { id: "privacy".into(), version: 1, text: "I agree to the terms.".into(), required: true }];
        },
        async |stage| {
            stage.open_marketing_page().await;
            for (label, text) in [("First name", "Ada"), ("Last name", "Lovelace"), ("Email", "ada@example.com")] {
                stage.browser.fills(label, text).await;
            }
            // The request arrives with another version than the page was shown: what the page cannot know.
            stage.browser.script("const f = window.fetch; window.fetch = async (r, o) => { if (r instanceof Request && r.method === 'POST') { const t = await r.text(); r = new Request(r, {method: 'POST', headers: r.headers, body: t.replace('\"version\":1', '\"version\":7'), duplex: 'half'}); } return f(r, o); }").await;
            stage.browser.clicks("I agree to the terms.").await;
            stage.browser.clicks("Register").await;
            stage
                .browser
                .until("a complaint at the consent", "labelled('I agree to the terms.')?.getAttribute('aria-invalid') === 'true'")
                .await;
            assert_eq!(stage.browser.value_of("Email").await, "ada@example.com");
        },
    );
}

#[test]
fn a_form_that_is_not_open_yet_says_when_it_opens() {
    play(
        |plan| plan.opens_at = Some(plan.start.at - TimeDelta::minutes(5)),
        async |stage| {
            stage.open_marketing_page().await;
            stage.browser.sees("opens").await;
            assert!(!stage.browser.shows("First name").await);
            stage.browser.picture("not-yet-open").await;
        },
    );
}
