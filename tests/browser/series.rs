//! A series: the form offers its dates, and everything is about the one that was chosen.

use crate::stage::{Stage, play};
use chrono::TimeDelta;
use curtain_up_protocol::{Field, FieldKind, Phase};
use curtain_up_server::{
    civil_time::CivilTime,
    event_plan::{EventPlan, SeriesPlan},
};
use serde_json::json;

const DATES: &str = "labelled('Date')";
const CHOSEN: &str = "labelled('Date').selectedOptions[0].value";

/// Three dates, of which the first is full and the second closed, on the marketing page.
async fn three_dates(stage: &Stage) {
    let series = SeriesPlan::new("canopy", "Meet Canopy", "", "en").expect("a plan");
    stage.store.add_series(&series, stage.clock.now()).await.expect("a series");
    for (slug, days) in [("full", 1), ("shut", 2), ("open", 3)] {
        let at = |days| CivilTime::of(stage.clock.now() + TimeDelta::days(days), chrono_tz::Asia::Tokyo).expect("a time");
        let field = |label: &str| Field { label: label.into(), required: false, ..Field::plain("city", FieldKind::Text) };
        let plan = EventPlan {
            slug: slug.into(),
            title: "Meet Canopy".into(),
            start: at(days),
            capacity: (slug == "full").then_some(1),
            closes_at: (slug == "shut").then(|| stage.clock.now()),
            fields: if slug == "open" { vec![field("Your city")] } else { vec![] },
            series: Some("canopy".into()),
            ..EventPlan::default()
        };
        stage.store.add_event(&plan, stage.clock.now()).await.expect("a date");
    }
    stage.somebody_registers_for("full", "first@example.com").await;
}

async fn opens(stage: &Stage, query: &str) {
    let page = format!("{}{query}", stage.page_with(&format!("<curtain-up event='{}/s/canopy'></curtain-up>", stage.server)).await);
    stage.browser.open_page(&page).await;
    stage.browser.until("the dates", DATES).await;
}

async fn chooses(stage: &Stage, slug: &str) {
    stage
        .browser
        .script(&format!(
            "labelled('Date').focus(); labelled('Date').value = '{slug}'; labelled('Date').dispatchEvent(new Event('change'))"
        ))
        .await;
    stage.browser.until("the choice", &format!("{DATES} && {CHOSEN} === '{slug}'")).await;
}

#[test]
fn a_form_offers_the_dates_and_registers_for_the_chosen_one() {
    play(
        |_| {},
        async |stage| {
            three_dates(&stage).await;
            opens(&stage, "").await;
            let browser = &stage.browser;
            assert_eq!(browser.script(&format!("return {CHOSEN}")).await, "open", "the next one with a seat");
            let words = browser.script("return [...labelled('Date').options].map(words)").await;
            let words: Vec<&str> = words.as_array().expect("options").iter().filter_map(|word| word.as_str()).collect();
            assert!(words[0].ends_with("– Join the waiting list") && words[1].ends_with("– Registration has closed."), "{words:?}");
            let in_this_zone =
                "return new Date(Date.now() + 3 * 864e5).toLocaleDateString('en-US', { weekday: 'long', month: 'long', day: 'numeric' })";
            let day = browser.script(in_this_zone).await.as_str().expect("a day").to_owned();
            assert!(words[2].starts_with(&day), "{words:?} should be on {day}");
            browser.picture("series").await;

            for (label, text) in [("First name", "Ada"), ("Your city", "Delft")] {
                browser.fills(label, text).await;
            }
            chooses(&stage, "full").await;
            browser.sees("No seat is left.").await;
            browser.until("the focus where it was", &format!("{DATES}.matches(':focus')")).await;
            assert!(browser.script("return !labelled('Your city')").await == true, "the other date does not ask for it");
            chooses(&stage, "shut").await;
            browser.sees("Registration has closed.").await;
            chooses(&stage, "open").await;
            assert_eq!((browser.value_of("First name").await, browser.value_of("Your city").await), ("Ada".into(), "Delft".into()));

            let mails = stage.mails();
            browser.fills("Last name", "Lovelace").await;
            browser.fills("Email", "ada@example.com").await;
            browser.clicks("Register").await;
            browser.until("a countdown", "everything.some(e => e.getAttribute('role') === 'timer')").await;
            assert!(browser.script(&format!("return !{DATES}")).await == true, "it is chosen");
            let link = stage.link_in_mail(mails).await;
            assert!(link.contains("/e/open/live?"), "{link}");
            browser.open_page(&link).await;
            browser.sees("Your seat is ready, Ada.").await;
        },
    );
}

#[test]
fn a_page_is_told_when_the_chosen_date_shows_another_view() {
    play(
        |_| {},
        async |stage| {
            three_dates(&stage).await;
            stage.browser.before_every_page("window.views = []; addEventListener('curtain-up:view', e => views.push(e.detail.view))").await;
            opens(&stage, "").await;
            for slug in ["full", "shut", "open"] {
                chooses(&stage, slug).await;
            }
            stage.browser.until("the views", "views.length >= 2").await;
            assert_eq!(stage.browser.script("return views").await, json!(["closed", "form"]));
        },
    );
}

#[test]
fn whoever_lost_a_link_or_has_a_key_says_for_which_date_and_stays_in_after_a_reload() {
    play(
        |_| {},
        async |stage| {
            three_dates(&stage).await;
            stage.store.set_capacity("full", None, stage.clock.now()).await.expect("room");
            let link = stage.somebody_registers_for("full", "ada@example.com").await;
            opens(&stage, "").await;
            let browser = &stage.browser;
            browser.clicks("Lost your access link?").await;
            chooses(&stage, "full").await;
            browser.sees("Resend my access link").await;
            browser.clicks("I already have a link").await;
            browser.until("the same date", &format!("{DATES} && {CHOSEN} === 'full'")).await;
            browser.fills("Access key", &link).await;
            browser.clicks("Enter").await;
            browser.sees("Your seat is ready").await;
            let address = browser.address().await;
            browser.open_page(&address).await;
            browser.sees("Your seat is ready").await;
            assert_eq!(browser.console().await, Vec::<String>::new());
        },
    );
}

#[test]
fn the_address_of_the_page_may_name_a_date_and_only_that_one_is_polled() {
    play(
        |_| {},
        async |stage| {
            three_dates(&stage).await;
            opens(&stage, "?date=shut").await;
            let browser = &stage.browser;
            browser.sees("Registration has closed.").await;
            chooses(&stage, "open").await;
            browser.until("the form", "labelled('Email')").await;
            browser.script("document.querySelector('curtain-up').view = 'countdown'; performance.clearResourceTimings()").await;
            stage.store.set_phase("open", Phase::Cancelled).await.expect("cancelled");
            browser.script("dispatchEvent(new Event('online'))").await;
            browser.sees("This event has been cancelled").await;
            let asked = "return [...new Set(performance.getEntriesByType('resource').map(e => e.name.match(/events\\/(\\w+)/)?.[1]).filter(Boolean))]";
            assert_eq!(browser.script(asked).await, json!(["open"]));
            chooses(&stage, "full").await;
            browser.sees("Join the waiting list").await;
        },
    );
}

#[test]
fn where_all_dates_stand_on_one_page_a_mailed_link_opens_its_own() {
    play(
        |_| {},
        async |stage| {
            three_dates(&stage).await;
            let page = stage.page_with(&format!("<curtain-up event='{}/s/canopy'></curtain-up>", stage.server)).await;
            let link = stage.somebody_registers_for("open", "ada@example.com").await;
            let query = link.split_once('?').expect("a query").1;
            // As the server writes it for dates with a permalink of the host's.
            stage.browser.open_page(&format!("{page}live?{query}&date=open")).await;
            stage.browser.sees("Your seat is ready, Ada.").await;
            assert!(!stage.browser.address().await.contains("key="));
        },
    );
}
