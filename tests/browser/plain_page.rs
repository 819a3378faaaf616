//! The hosted pages in a browser that runs no script.

use crate::{
    codes::{LIST, meeting},
    stage::{Stage, play},
};
use chrono::TimeDelta;
use curtain_up_protocol::{Consent, Field, FieldKind, Phase, Room, RoomKind};
use curtain_up_server::{event_plan::EventPlan, store::audit::Actor, trust::signed_links::LinkSecret};
use serde_json::json;

const EMAIL: &str = "ada@example.com";

fn plan(plan: &mut EventPlan) {
    plan.room = Some(Room { kind: RoomKind::Address, address: "https://room.example.com/launch".into() });
    plan.replay = Some("https://video.example.com/launch".into());
    plan.description = "Route planning for cargo bike fleets.".into();
    plan.fields = vec![
        Field { label: "Company".into(), help: "As on your badge.".into(), ..Field::plain("company", FieldKind::Text) },
        Field {
            label: "Interests".into(),
            required: false,
            choices: vec!["Maps".into(), "Prices".into()],
            ..Field::plain("interests", FieldKind::Choices)
        },
    ];
    plan.consents = vec![Consent { id: "privacy".into(), version: 1, text: "I agree to this.".into(), required: true }];
}

#[test]
fn from_the_form_through_the_mail_past_the_waiting_page_into_the_room_without_a_script() {
    play(plan, async |stage| {
        let browser = &stage.browser;
        browser.runs_no_scripts().await;
        browser.open_page(&format!("{}/e/launch?utm_source=mail", stage.server)).await;
        browser.picture("plain-form").await;
        browser.fills("First name", "Ada").await;
        browser.fills("Email", EMAIL).await;
        browser.clicks("Maps").await;
        browser.clicks("Register").await;

        browser.sees("Some answers need another look.").await;
        browser.picture("plain-problems").await;
        browser.has_focus("Last name").await;
        assert_eq!(browser.value_of("Email").await, EMAIL);
        assert_eq!(browser.script("return labelled('Maps').checked").await, true);
        browser.fills("Last name", "Lovelace").await;
        browser.fills("Company", "Fernwood").await;
        // In the summary, which leads to the box.
        browser.clicks("I agree to this.").await;
        browser.presses(" ").await;
        browser.clicks("Register").await;

        browser.sees("Check your mail").await;
        assert_eq!(browser.address().await, format!("{}/e/launch/registered", stage.server));
        browser.open_page(&stage.link_in_mail(0).await).await;
        browser.picture("plain-link").await;
        browser.clicks("Enter").await;

        browser.sees("Your seat is ready, Ada.").await;
        browser.picture("plain-waiting").await;
        assert_eq!(browser.address().await, format!("{}/e/launch/waiting", stage.server), "no secret in the address");
        assert_eq!(browser.script("return document.cookie").await, "", "no script could read the pass");
        assert!(!browser.shows("Join now").await);

        // The page that stands there now looks again after 15 seconds, by itself.
        stage.host_says(Phase::Live).await;
        browser.until("“Join now”", "called('Join now')?.href === 'https://room.example.com/launch'").await;
        browser.picture("plain-live").await;
        stage.host_says(Phase::Ended).await;
        browser.open_page(&format!("{}/e/launch/waiting", stage.server)).await;
        browser.until("the replay", "called('Watch the replay')?.href === 'https://video.example.com/launch'").await;
    });
}

#[test]
fn a_link_that_a_portal_signed_lets_in_by_a_button_without_a_script() {
    play(
        |plan| plan.settings.require_codes = Some(true),
        async |stage| {
            let secret = LinkSecret::random();
            let sealed = secret.seal(&stage.secrets(), "default");
            stage.store.show_link_secret(&Actor::command_line("default"), &sealed, stage.clock.now()).await.expect("kept");
            let expires = stage.clock.now().0 / 1000 + 300;
            let token = secret.sign(&json!({ "id": "7", "email": EMAIL, "name": "Ada Lovelace", "expires": expires }).to_string());
            let browser = &stage.browser;
            browser.runs_no_scripts().await;
            browser.open_page(&format!("{}/e/launch?i={token}", stage.server)).await;
            browser.sees("Press the button to go to your seat.").await;
            browser.picture("plain-signed").await;
            browser.clicks("Enter").await;
            browser.sees("Your seat is ready, Ada.").await;
            // Neither what was signed nor the pass stands in the address.
            browser.stands_at(&format!("{}/e/launch/waiting", stage.server)).await;
        },
    );
}

#[test]
fn a_key_that_is_wrong_and_a_link_that_is_lost_without_a_script() {
    play(
        |event| {
            plan(event);
            (event.fields, event.consents) = (Vec::new(), Vec::new());
        },
        async |stage| {
            let key = Stage::key_in(&stage.link_of_somebody_registered(EMAIL).await);
            stage.clock.advance(TimeDelta::minutes(11));
            let browser = &stage.browser;
            browser.runs_no_scripts().await;
            browser.is_wide(320).await;
            browser.prefers_dark().await;
            browser.open_page(&format!("{}/e/launch", stage.server)).await;
            browser.picture("plain-form-narrow-dark").await;
            browser.clicks("I already have a link").await;
            browser.fills("Email", EMAIL).await;
            browser.fills("Access key", "nokey").await;
            browser.clicks("Enter").await;
            browser.sees("does not let you in").await;
            browser.picture("plain-refused-narrow-dark").await;
            assert_eq!(browser.script("return document.documentElement.scrollWidth <= innerWidth").await, true);
            browser.clicks("Lost your access link?").await;
            browser.fills("Email", EMAIL).await;
            browser.clicks("Resend my access link").await;
            browser.sees("is on the way").await;
            assert!(stage.link_in_mail(1).await.contains(&key));
            browser.clicks("I already have a link").await;
            browser.fills("Email", EMAIL).await;
            browser.fills("Access key", &key).await;
            browser.clicks("Enter").await;
            browser.sees("Your seat is ready, Ada.").await;
        },
    );
}

#[test]
fn a_browser_that_refuses_webassembly_finds_the_plain_form_by_the_link_on_the_hosted_page() {
    play(
        |_| {},
        async |stage| {
            let browser = &stage.browser;
            browser.before_every_page("delete globalThis.WebAssembly").await;
            browser.open_page(&format!("{}/e/launch?utm_source=news", stage.server)).await;
            browser.clicks("Nothing to fill in here? Use the plain page.").await;
            let mails = stage.mails();
            for (label, text) in [("First name", "Ada"), ("Last name", "Lovelace"), ("Email", "ada@example.com")] {
                browser.fills(label, text).await;
            }
            browser.clicks("Register").await;
            browser.sees("Check your mail").await;
            browser.open_page(&stage.link_in_mail(mails).await).await;
            browser.clicks("Enter").await;
            browser.sees("Your seat is ready, Ada.").await;
        },
    );
}

#[test]
fn a_code_opens_a_room_and_the_rooms_linked_to_it_without_a_script() {
    play(
        |_| {},
        async |stage| {
            for slug in ["one", "two"] {
                meeting(&stage, slug, None, LIST).await;
                stage.host_runs(&["event", "start", slug]).await;
            }
            stage
                .host_runs(&["material", "add", "one", "--title", "Breakout 2", "--description", "Smaller groups", "--event", "two"])
                .await;
            stage.host_runs(&["material", "add", "one", "--title", "Slides", "--address", "https://slides.example.com/"]).await;
            let browser = &stage.browser;
            browser.runs_no_scripts().await;
            browser.open_page(&format!("{}/e/one", stage.server)).await;
            browser.picture("plain-code").await;
            browser.fills("Access code", "0042").await;
            browser.clicks("Enter").await;
            browser.sees("The room is open.").await;
            browser.picture("plain-room").await;
            browser.until("the slides", "called('Slides')?.href === 'https://slides.example.com/'").await;
            for _ in 0..2 {
                browser.clicks("Breakout 2").await;
                // No code is asked, and no ticket stands in the address.
                browser.stands_at(&format!("{}/e/two/waiting", stage.server)).await;
                // By the list of linked events.
                browser.clicks("Title of one").await;
                browser.sees("Smaller groups").await;
            }
            browser.is_wide(320).await;
            assert_eq!(browser.script("return document.documentElement.scrollWidth <= innerWidth").await, true);
            browser.picture("plain-room-narrow").await;
        },
    );
}
