//! What somebody has in hand is not taken away from them.

use crate::{
    element::{form, page, plain, sets},
    stage::play,
};
use curtain_up_protocol::{Field, FieldKind, Phase};
use curtain_up_server::event_plan::EventPlan;
use serde_json::json;
use std::time::Duration;

#[test]
fn whoever_fills_in_the_form_goes_on_typing_while_the_host_starts_the_event() {
    play(plain, async |stage| {
        form(&stage, "").await;
        let browser = &stage.browser;
        browser.fills("First name", "Aa").await;
        browser.script("labelled('First name').setSelectionRange(1, 1); window.was = labelled('First name')").await;
        stage.host_says(Phase::Live).await;
        browser.script("dispatchEvent(new Event('online'))").await;
        browser.sees("This event is live now.").await;
        browser.until("another field, with the focus", "labelled('First name') !== was && labelled('First name').matches(':focus')").await;
        browser.presses("d").await;
        assert_eq!(browser.value_of("First name").await, "Ada");
        assert_eq!(browser.script("return told.filter(e => e.name === 'view')").await, json!([]), "it is the same view");
    });
}

#[test]
fn of_boxes_that_share_a_name_the_same_one_keeps_the_focus() {
    let colours = |plan: &mut EventPlan| {
        plan.fields = vec![Field {
            label: "Colour".into(),
            choices: vec!["Red".into(), "Blue".into()],
            ..Field::plain("colour", FieldKind::Choices)
        }];
    };
    play(colours, async |stage| {
        form(&stage, "").await;
        stage.browser.script("labelled('Blue').focus(); window.was = labelled('Blue')").await;
        sets(&stage, "element.lang = 'en-GB'").await;
        stage.browser.until("another box, with the focus", "labelled('Blue') !== was && labelled('Blue').matches(':focus')").await;
    });
}

#[test]
fn within_another_component_the_focus_goes_to_the_heading_too_unless_somebody_is_busy_there() {
    play(plain, async |stage| {
        page(&stage, "<main></main>").await;
        let outer = format!(
            "document.querySelector('main').attachShadow({{ mode: 'open' }}).innerHTML = `<input id=other><curtain-up event='{}/e/launch'></curtain-up>`",
            stage.server
        );
        let browser = &stage.browser;
        browser.script(&outer).await;
        browser.clicks("I already have a link").await;
        browser.until("the focus on the heading", "everything.some(e => e.localName === 'h2' && e.matches(':focus'))").await;
        let within = "const root = document.querySelector('main').shadowRoot;";
        browser.script(&format!("{within} root.querySelector('#other').focus(); root.querySelector('curtain-up').view = 'resend'")).await;
        browser.sees("Resend my access link").await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(browser.script(&format!("{within} return root.activeElement.id")).await, "other");
    });
}

#[test]
fn whoever_types_into_a_field_that_the_host_takes_away_is_at_the_heading() {
    let team = |plan: &mut EventPlan| plan.fields = vec![Field { label: "Team".into(), ..Field::plain("team", FieldKind::Text) }];
    play(team, async |stage| {
        form(&stage, "").await;
        stage.browser.fills("Team", "Ours").await;
        stage.host_edits(|plan| plan.fields.clear()).await;
        stage.browser.script("dispatchEvent(new Event('online'))").await;
        stage.browser.until("the field gone", "!labelled('Team')").await;
        stage.browser.until("the focus on the heading", "everything.some(e => e.matches('.heading:focus'))").await;
    });
}
