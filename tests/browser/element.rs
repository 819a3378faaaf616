//! The element's contract with the page: what the page may say and set, and what it is told. A test a clause.

use crate::stage::{Stage, play};
use curtain_up_protocol::{Field, FieldKind, Phase, Room, RoomKind};
use curtain_up_server::event_plan::EventPlan;
use serde_json::{Value, json};
use std::time::Duration;

pub const EMAIL: &str = "ada@example.com";
/// What was told last to those who listen.
const HEARD: &str = "return document.querySelector('curtain-up').shadowRoot.querySelector('.heard').textContent";
const REQUESTS: &str = "performance.getEntriesByType('resource').filter(e => e.name.includes('/api/')).length";

pub fn plain(_: &mut EventPlan) {}

pub fn room_elsewhere(plan: &mut EventPlan) {
    plan.room = Some(Room { kind: RoomKind::Address, address: "https://room.example.com/launch".into() });
}

/// Opens a page that holds nothing but this; `EVENT` stands for the event's address.
pub async fn page(stage: &Stage, body: &str) {
    let listen = "window.told = []; for (const name of 'ready view submit registered resent entered live moved ended cancelled error'.split(' ')) \
        addEventListener('curtain-up:' + name, e => told.push({ name, detail: e.detail, cancelable: e.cancelable, composed: e.composed }));";
    stage.browser.before_every_page(listen).await;
    let body = body.replace("EVENT", &format!("{}/e/{}", stage.server, stage.slug));
    let bare = format!("document.addEventListener('DOMContentLoaded', () => document.body.innerHTML = {})", json!(body));
    stage.browser.before_every_page(&bare).await;
    stage.open_marketing_page().await;
}

/// The form on a page that holds nothing else.
pub async fn form(stage: &Stage, attributes: &str) {
    page(stage, &format!("<curtain-up event='EVENT' {attributes}></curtain-up>")).await;
    stage.browser.until("the form", "labelled('Email')").await;
}

pub async fn sets(stage: &Stage, script: &str) {
    stage.browser.script(&format!("const element = document.querySelector('curtain-up'); {script}")).await;
}

pub async fn registers(stage: &Stage) {
    for (label, text) in [("First name", "Ada"), ("Last name", "Lovelace"), ("Email", EMAIL)] {
        stage.browser.fills(label, text).await;
    }
    stage.browser.clicks("Register").await;
}

pub async fn told(stage: &Stage, name: &str) -> Value {
    stage.browser.until(name, &format!("told.some(e => e.name === '{name}')")).await;
    stage.browser.script(&format!("return told.find(e => e.name === '{name}')")).await
}

#[test]
fn properties_that_were_set_before_the_upgrade_are_kept() {
    play(plain, async |stage| {
        let early = format!(
            "document.addEventListener('DOMContentLoaded', () => {{ const element = document.createElement('curtain-up'); element.event = '{}/e/launch'; \
             element.prefillEmail = '{EMAIL}'; element.theme = 'dark'; document.body.replaceChildren(element); }})",
            stage.server
        );
        stage.browser.before_every_page(&early).await;
        stage.open_marketing_page().await;
        stage.browser.until("the form", "labelled('Email')").await;
        assert_eq!(stage.browser.value_of("Email").await, EMAIL);
        let theme = "const e = document.querySelector('curtain-up'); return [e.getAttribute('theme'), e.theme, Object.hasOwn(e, 'theme')]";
        assert_eq!(stage.browser.script(theme).await, json!(["dark", "dark", false]));
    });
}

#[test]
fn another_event_is_shown_as_soon_as_it_is_named() {
    play(plain, async |stage| {
        page(&stage, "<curtain-up event='EVENT-that-is-not'><a href='/'>The link stays</a></curtain-up>").await;
        assert_eq!(told(&stage, "error").await["detail"], json!({ "version": 1, "code": "event_not_found" }));
        stage.browser.sees("The link stays").await;
        sets(&stage, &format!("element.event = '{}/e/launch'", stage.server)).await;
        stage.browser.until("the form", "labelled('Email')").await;
        assert!(!stage.browser.shows("The link stays").await);
    });
}

#[test]
fn each_view_can_be_the_first_and_be_asked_for_later() {
    play(plain, async |stage| {
        page(&stage, "<curtain-up event='EVENT' view='countdown'></curtain-up>").await;
        stage.browser.until("a countdown", "everything.some(e => e.getAttribute('role') === 'timer')").await;
        stage.browser.picture("view-countdown").await;
        assert_eq!(told(&stage, "ready").await["detail"], json!({ "version": 1, "view": "countdown" }));
        for (view, words) in [("resend", "Resend my access link"), ("enter", "Access key"), ("form", "First name")] {
            sets(&stage, &format!("element.setAttribute('view', '{view}')")).await;
            stage.browser.sees(words).await;
        }
        stage.browser.clicks("Lost your access link?").await;
        stage.browser.sees("Resend my access link").await;
    });
}

#[test]
fn what_the_page_knows_is_filled_in_and_what_somebody_typed_wins() {
    let fields = |plan: &mut EventPlan| {
        plan.fields = vec![
            Field { label: "Team".into(), ..Field::plain("team_size", FieldKind::Number) },
            Field { label: "News".into(), required: false, ..Field::plain("news", FieldKind::Checkbox) },
            Field { label: "Bike".into(), choices: vec!["Long".into(), "Short".into()], ..Field::plain("bike", FieldKind::Choice) },
        ];
    };
    play(fields, async |stage| {
        let known = "prefill-first-name=Ada data-prefill-last-name=Lovelace prefill-team-size=12 prefill-news=yes prefill-bike=Short";
        form(&stage, known).await;
        let values =
            "return ['First name', 'Last name', 'Team', 'Bike'].map(name => labelled(name).value).concat(labelled('News').checked)";
        assert_eq!(stage.browser.script(values).await, json!(["Ada", "Lovelace", "12", "Short", true]));
        stage.browser.fills("First name", "Augusta").await;
        sets(&stage, "element.prefillFirstName = 'Grace'; element.prefillLastName = 'Hopper'; element.prefillEmail = 'grace@example.com'")
            .await;
        stage.browser.until("the new answers", "labelled('Last name').value === 'Hopper'").await;
        assert_eq!(stage.browser.value_of("First name").await, "Augusta");
        stage.browser.until("the focus where it was", "labelled('First name').matches(':focus')").await;
        stage.browser.clicks("Register").await;
        stage.browser.sees("grace@example.com").await;
        let event = stage.store.event("launch").await.expect("the event");
        let people = stage.store.registrants(&event.id).await.expect("the people");
        let answers: Vec<&str> = people[0].answers.iter().flat_map(|answer| &answer.values).map(String::as_str).collect();
        assert_eq!(answers, ["12", "yes", "Short"]);
    });
}

#[test]
fn campaigns_come_from_the_page_and_from_the_element_unless_they_are_switched_off() {
    let sent = "window.sent = []; const f = window.fetch; window.fetch = async r => { if (r instanceof Request && r.method === 'POST') sent.push(await r.clone().json()); return f(r); };";
    for (attributes, expected) in [
        ("", json!([{ "name": "source", "value": "letter" }, { "name": "medium", "value": "mail" }])),
        ("utm=forward utm-source=poster", json!([{ "name": "source", "value": "poster" }, { "name": "medium", "value": "mail" }])),
        ("utm=off utm-campaign='spring sale'", json!([{ "name": "campaign", "value": "spring sale" }])),
    ] {
        play(plain, async |mut stage| {
            stage.browser.before_every_page(sent).await;
            stage.page.push_str("?utm_source=letter&utm_medium=mail");
            form(&stage, attributes).await;
            registers(&stage).await;
            stage.browser.sees("Check your mail").await;
            assert_eq!(stage.browser.script("return sent[0].source.utm").await, expected, "{attributes}");
        });
    }
}

#[test]
fn a_campaign_that_the_page_names_or_switches_off_later_counts() {
    play(plain, async |mut stage| {
        let sent = "window.sent = []; const f = window.fetch; window.fetch = async r => { if (r instanceof Request && r.method === 'POST') sent.push(await r.clone().json()); return f(r); };";
        stage.browser.before_every_page(sent).await;
        stage.page.push_str("?utm_source=letter");
        form(&stage, "").await;
        sets(&stage, "element.utm = 'off'; element.utmCampaign = 'late'").await;
        registers(&stage).await;
        stage.browser.sees("Check your mail").await;
        assert_eq!(stage.browser.script("return sent[0].source.utm").await, json!([{ "name": "campaign", "value": "late" }]));
    });
}

/// Whether the view, which the page's own styles do not reach, is drawn for such surroundings.
pub fn looks(theme: &str) -> String {
    format!("getComputedStyle(document.querySelector('curtain-up').shadowRoot.querySelector('.curtain-up')).colorScheme === '{theme}'")
}

#[test]
fn another_theme_or_language_keeps_what_was_typed() {
    play(plain, async |stage| {
        form(&stage, "").await;
        stage.browser.fills("First name", "Ada").await;
        sets(&stage, "element.theme = 'dark'; element.lang = 'en-GB'").await;
        stage.browser.until("dark", &looks("dark")).await;
        sets(&stage, "document.body.style.background = '#14141c'").await;
        stage.browser.picture("theme-dark").await;
        assert_eq!(stage.browser.value_of("First name").await, "Ada");
        sets(&stage, "element.theme = 'light'").await;
        stage.browser.until("light", &looks("light")).await;
    });
}

#[test]
fn every_preview_is_shown_and_asks_no_server() {
    play(plain, async |stage| {
        page(&stage, "<curtain-up preview=scheduled></curtain-up>").await;
        stage.browser.until("the form", "labelled('Email')").await;
        // The element that the page had before this one has asked.
        stage.browser.script("performance.clearResourceTimings()").await;
        for (preview, words) in [
            ("full", "Join the waiting list"),
            ("waiting", "Add to calendar"),
            ("live", "Join now"),
            ("ended", "This event has ended"),
            ("cancelled", "This event has been cancelled"),
            ("not-yet-open", "opens"),
            ("closed", "Registration has closed"),
            ("scheduled", "First name"),
        ] {
            sets(&stage, &format!("element.preview = '{preview}'")).await;
            stage.browser.sees(words).await;
            stage.browser.picture(&format!("preview-{preview}")).await;
        }
        registers(&stage).await;
        stage.browser.sees("Check your mail").await;
        assert_eq!(stage.browser.script(&format!("return [{REQUESTS}, sessionStorage.length]")).await, json!([0, 0]));
        assert_eq!(stage.browser.console().await, Vec::<String>::new());
    });
}

#[test]
fn the_page_is_told_of_each_step_and_never_of_address_or_key() {
    play(room_elsewhere, async |stage| {
        form(&stage, "").await;
        registers(&stage).await;
        told(&stage, "registered").await;
        stage.browser.clicks("Lost your access link?").await;
        stage.browser.clicks("Resend my access link").await;
        told(&stage, "resent").await;
        stage.browser.clicks("I already have a link").await;
        stage.browser.fills("Access key", "not-it").await;
        stage.browser.clicks("Enter").await;
        assert_eq!(told(&stage, "error").await["detail"], json!({ "version": 1, "code": "access_refused" }));
        let key = Stage::key_in(&stage.link_in_mail(0).await);
        stage.browser.fills("Access key", &key).await;
        stage.browser.clicks("Enter").await;
        told(&stage, "entered").await;
        let all = stage.browser.script("return told").await;
        let names: Vec<&str> = all.as_array().expect("events").iter().filter_map(|event| event["name"].as_str()).collect();
        let expected = "ready submit registered view view submit resent view view submit error submit entered view";
        assert_eq!(names.join(" "), expected);
        assert_eq!(all[1]["detail"], json!({ "version": 1, "view": "form" }));
        assert!(all.as_array().expect("events").iter().all(|event| event["composed"] == true && event["detail"]["version"] == 1));
        assert!(!all.to_string().contains("ada") && !all.to_string().contains(&key), "{all}");
    });
}

#[test]
fn a_page_that_prevents_registered_goes_on_by_itself() {
    play(plain, async |stage| {
        stage.browser.before_every_page("addEventListener('curtain-up:registered', e => e.preventDefault())").await;
        form(&stage, "").await;
        registers(&stage).await;
        assert_eq!(told(&stage, "registered").await["cancelable"], true);
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert!(!stage.browser.shows("Check your mail").await);
        assert!(stage.link_in_mail(0).await.contains("key="));
    });
}

#[test]
fn a_page_that_prevents_registered_is_left_alone_where_people_are_let_in_at_once_and_the_event_is_live() {
    let at_once = |plan: &mut EventPlan| {
        plan.instant_entry = true;
        room_elsewhere(plan);
    };
    play(at_once, async |stage| {
        stage.host_says(Phase::Live).await;
        stage.browser.before_every_page("addEventListener('curtain-up:registered', e => e.preventDefault())").await;
        form(&stage, "").await;
        registers(&stage).await;
        told(&stage, "entered").await;
        let asked = "performance.getEntriesByType('resource').some(e => e.name.endsWith('/room'))";
        stage.browser.until("the way to the room", asked).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert!(!stage.browser.shows("Join now").await && !stage.browser.shows("Taking you in").await);
        assert_eq!(stage.browser.script(HEARD).await, "", "nobody is told that they will be taken there");
        assert_eq!(stage.browser.script("return told.filter(e => e.name === 'view').length").await, 0);
    });
}

#[test]
fn a_page_that_prevents_live_takes_people_to_the_room_itself() {
    play(room_elsewhere, async |stage| {
        let link = stage.link_of_somebody_registered(EMAIL).await;
        stage.host_says(Phase::Live).await;
        stage.browser.before_every_page("addEventListener('curtain-up:live', e => { e.preventDefault(); window.late = true; })").await;
        stage.browser.open_page(&link).await;
        stage.browser.until("the event", "window.late").await;
        stage.browser.until("the waiting page", "everything.some(e => e.matches('.view-waiting'))").await;
        tokio::time::sleep(Duration::from_secs(7)).await;
        assert!(!stage.browser.shows("Join now").await);
        assert_eq!(stage.browser.script(HEARD).await, "", "nobody is told that they will be taken there");
        assert!(stage.browser.address().await.starts_with(&stage.server));
    });
}

#[test]
fn a_page_that_opens_late_is_told_that_the_event_is_over_or_cancelled() {
    for (phase, name) in [(Phase::Ended, "ended"), (Phase::Cancelled, "cancelled")] {
        play(plain, async |stage| {
            stage.host_says(phase).await;
            page(&stage, "<curtain-up event='EVENT'></curtain-up>").await;
            assert_eq!(told(&stage, name).await["detail"], json!({ "version": 1 }));
        });
    }
}

#[test]
fn the_page_is_told_that_the_start_has_moved_that_it_is_live_and_that_it_is_cancelled() {
    play(plain, async |stage| {
        page(&stage, "<curtain-up event='EVENT' view=countdown></curtain-up>").await;
        told(&stage, "ready").await;
        stage.host_moves_start(chrono::TimeDelta::hours(2)).await;
        stage.browser.script("dispatchEvent(new Event('online'))").await;
        assert_eq!(told(&stage, "moved").await["detail"], json!({ "version": 1 }));
        for (phase, name, cancelable) in [(Phase::Live, "live", true), (Phase::Cancelled, "cancelled", false)] {
            stage.host_says(phase).await;
            stage.browser.script("dispatchEvent(new Event('online'))").await;
            let event = told(&stage, name).await;
            assert_eq!(
                (&event["detail"], &event["cancelable"], &event["composed"]),
                (&json!({ "version": 1 }), &json!(cancelable), &json!(true))
            );
        }
    });
}

#[test]
fn slots_show_what_the_page_puts_in() {
    play(plain, async |stage| {
        let slots =
            "<b slot=header>Above it</b><a href='/'>Register elsewhere</a><b slot=success>See you there!</b><b slot=footer>Below it</b>";
        page(&stage, &format!("<curtain-up event='EVENT'>{slots}</curtain-up>")).await;
        stage.browser.until("the form", "labelled('Email')").await;
        stage.browser.sees("Above it").await;
        stage.browser.sees("Below it").await;
        assert!(!stage.browser.shows("Register elsewhere").await && !stage.browser.shows("See you there!").await);
        registers(&stage).await;
        stage.browser.sees("See you there!").await;
        stage.browser.picture("slots").await;
    });
}

#[test]
fn many_elements_of_one_event_ask_for_its_state_once() {
    play(plain, async |stage| {
        let link = stage.link_of_somebody_registered(EMAIL).await;
        stage.clock.advance(chrono::TimeDelta::minutes(9));
        let many = "document.addEventListener('DOMContentLoaded', () => { const one = document.querySelector('curtain-up'); \
            for (let i = 0; i < 4; i++) { const next = one.cloneNode(true); next.setAttribute('view', 'countdown'); one.after(next); } })";
        stage.browser.before_every_page(many).await;
        stage.browser.open_page(&link).await;
        let timers = "everything.filter(e => e.getAttribute('role') === 'timer').length";
        stage.browser.until("five countdowns", &format!("{timers} === 5")).await;
        stage.browser.script("performance.clearResourceTimings()").await;
        tokio::time::sleep(Duration::from_secs(11)).await;
        let polls = "return performance.getEntriesByType('resource').filter(e => e.name.endsWith('/state.json')).length";
        let polls = stage.browser.script(polls).await.as_u64().expect("a number");
        assert!((1..=3).contains(&polls), "{polls} requests in eleven seconds");
        stage.browser.script("document.querySelectorAll('curtain-up').forEach(e => e.remove()); window.beats = 0; const s = window.setTimeout; window.setTimeout = (...a) => { beats++; return s(...a); }").await;
        tokio::time::sleep(Duration::from_millis(2_500)).await;
        assert_eq!(stage.browser.script("return beats").await, 0, "a ticker is left");
    });
}
