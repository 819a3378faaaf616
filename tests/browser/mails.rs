//! Mails as somebody sees them: light and dark, wide and narrow, from left to right and from right to left.

use crate::stage::{Stage, play};
use chrono::TimeDelta;
use curtain_up_server::{
    event_plan::{EventPlan, Look, own_words::OwnWords},
    store::{
        change::Change,
        outbox::{MailKind, Sample},
    },
};
use serde_json::json;

/// One of each kind that differs to the eye, and one in the host's own words.
const KINDS: [MailKind; 3] = [MailKind::Confirmation, MailKind::Reminder, MailKind::ThankYou];

fn planned(plan: &mut EventPlan) {
    plan.title = "Meet Canopy: the launch".into();
    plan.host_email = Some("hello@fernwood.example".into());
    plan.replay = Some("https://replay.example.com/launch".into());
    plan.look = Look { accent: Some("#0f766e".into()), logo: None };
    plan.settings.words = vec![OwnWords {
        kind: MailKind::Live,
        language: "en".into(),
        subject: "{first_name}, we have started".into(),
        text: "Dear {first_name},\n\nthe curtain is up: {title} has begun.\n\n{link}\n\nSee you inside!\nThe Fernwood team".into(),
    }];
}

/// Sends the host a mail of this kind, and opens it.
async fn opens(stage: &Stage, kind: MailKind, language: &str) {
    let (number, now) = (stage.mails(), stage.clock.now());
    let event = stage.store.event(&stage.slug).await.expect("the event");
    let sample = Sample { to: "hello@fernwood.example".into(), language: language.into() };
    let mut write = stage.store.write().await.expect("a turn");
    write.add_sample(&event.id, &sample, kind, now).await.expect("promised");
    write.commit().await.expect("a commit");
    stage.mail_text(number).await;
    stage.browser.open_page(&format!("{}/dev/mailbox/{number}/html", stage.server)).await;
}

async fn can_be_read(stage: &Stage, case: &str) {
    stage.browser.picture(&format!("mail-{case}")).await;
    let overflow = stage.browser.script("return document.documentElement.scrollWidth > innerWidth").await;
    assert_eq!(overflow, false, "nothing is cut off: {case}");
    assert_eq!(stage.browser.faults("document").await, json!([]), "{case}");
}

fn every_mail_can_be_read(language: &'static str, direction: &'static str, is_dark_and_narrow: bool) {
    play(planned, async move |stage| {
        if is_dark_and_narrow {
            stage.browser.prefers_dark().await;
            stage.browser.is_wide(320).await;
        } else {
            stage.browser.is_wide(720).await;
        }
        let look = if is_dark_and_narrow { "dark" } else { "light" };
        for kind in KINDS {
            opens(&stage, kind, language).await;
            let is = stage
                .browser
                .script("return document.documentElement.lang + ' ' + getComputedStyle(document.body.firstElementChild).direction");
            assert_eq!(is.await, format!("{language} {direction}"));
            let colours = stage.browser.script("return matchMedia('(prefers-color-scheme: dark)').matches").await;
            assert_eq!(colours, is_dark_and_narrow);
            can_be_read(&stage, &format!("{kind:?}-{language}-{look}").to_lowercase()).await;
        }
    });
}

#[test]
fn every_mail_can_be_read_in_english() {
    every_mail_can_be_read("en", "ltr", false);
}

#[test]
fn every_mail_can_be_read_in_english_in_the_dark_at_320_pixels() {
    every_mail_can_be_read("en", "ltr", true);
}

#[test]
fn every_mail_can_be_read_in_arabic() {
    every_mail_can_be_read("ar", "rtl", false);
}

#[test]
fn every_mail_can_be_read_in_arabic_in_the_dark_at_320_pixels() {
    every_mail_can_be_read("ar", "rtl", true);
}

#[test]
fn a_mail_in_the_hosts_own_words_can_be_read_by_its_registrant() {
    play(planned, async |stage| {
        stage.link_of_somebody_registered("ada@example.com").await;
        stage.store.change_event(&stage.slug, &Change::Start, stage.clock.now() + TimeDelta::zero()).await.expect("live");
        assert!(stage.mail_text(1).await.starts_with("Dear Ada,"));
        stage.browser.is_wide(720).await;
        stage.browser.open_page(&format!("{}/dev/mailbox/1/html", stage.server)).await;
        assert!(
            stage.browser.script("return document.body.innerText").await.as_str().is_some_and(|text| text.contains("The Fernwood team"))
        );
        can_be_read(&stage, "own-words").await;
    });
}
