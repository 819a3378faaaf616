//! One code, many rooms: the help article step by step, on one origin and on several.

use crate::stage::{Stage, play};
use axum::{Router, response::Html, routing::get};
use chrono::TimeDelta;
use curtain_up_protocol::{Phase, Room, RoomKind};
use curtain_up_server::{
    event_plan::{EventPlan, Settings},
    store::audit::Actor,
};
use serde_json::{Value, json};
use std::{path::PathBuf, time::Duration};
use tokio::net::TcpListener;

pub const LIST: &str = "code,email,firstname\n0042,ada@example.com,Ada\n0043,alan@example.com,Alan\n";

pub fn any(_: &mut EventPlan) {}

/// A page of its own origin with the element of an event. Its address.
async fn page_of(server: &str, slug: &str) -> String {
    let html = format!(
        r#"<!doctype html><html lang="en"><title>{slug}</title><script type="module" src="{server}/curtain-up.js" crossorigin></script>
        <curtain-up event="{server}/e/{slug}"></curtain-up>"#
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let router = Router::new().fallback(get(move || async move { Html(html) }));
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://localhost:{port}/{slug}")
}

/// The plan of a meeting as its host writes it: in ten minutes, in a frame.
fn plan(stage: &Stage, slug: &str, permalink: Option<&str>) -> Value {
    let start = (stage.clock.now() + TimeDelta::minutes(10)).to_utc().expect("a time").format("%Y-%m-%dT%H:%M").to_string();
    json!({ "slug": slug, "title": format!("Title of {slug}"), "start": start, "zone": "UTC", "duration_minutes": 60, "permalink": permalink,
        "room": { "kind": "frame", "address": format!("https://room.example.com/{slug}") } })
}

fn file(stage: &Stage, name: &str, text: &str) -> String {
    let path: PathBuf = stage.folder().join(name);
    std::fs::write(&path, text).expect("a file");
    path.display().to_string()
}

/// A meeting with the list, codes required.
pub async fn meeting(stage: &Stage, slug: &str, permalink: Option<&str>, list: &str) {
    let plan = file(stage, &format!("{slug}.json"), &plan(stage, slug, permalink).to_string());
    stage.host_runs(&["event", "add", &plan]).await;
    let list = file(stage, &format!("{slug}.csv"), list);
    stage.host_runs(&["people", "import", &list, slug]).await;
    stage.host_runs(&["event", "settings", slug, "--require-codes", "on"]).await;
}

/// Waits until somebody is in an event's room.
pub async fn is_in_the_room(stage: &Stage, slug: &str) {
    let frame = format!("everything.find(e => e.localName === 'iframe' && e.src === 'https://room.example.com/{slug}')");
    stage.browser.until(&format!("the room of {slug}"), &frame).await;
    let address = stage.browser.address().await;
    assert!(!address.contains("ticket"), "{address}");
}

/// The same, by the event's title too.
pub async fn is_in(stage: &Stage, slug: &str) {
    is_in_the_room(stage, slug).await;
    stage.browser.sees(&format!("Title of {slug}")).await;
}

/// The help article by the command line, and what its attendee sees.
pub async fn help_article(stage: &Stage) {
    // 1 to 5: create Meeting1, prepare the list, upload it, create Meeting2, upload the same list.
    let [one, two] = ["meeting1", "meeting2"].map(|slug| file(stage, &format!("{slug}.json"), &plan(stage, slug, None).to_string()));
    let list = file(stage, "people.csv", LIST);
    stage.host_runs(&["event", "add", &one]).await;
    stage.host_runs(&["people", "import", &list, "meeting1"]).await;
    stage.host_runs(&["event", "add", &two]).await;
    stage.host_runs(&["people", "import", &list, "meeting2"]).await;
    // 6: a link in Meeting1 to Meeting2, and back.
    stage
        .host_runs(&["material", "add", "meeting1", "--title", "Breakout 2", "--description", "Smaller groups", "--event", "meeting2"])
        .await;
    stage.host_runs(&["material", "add", "meeting2", "--title", "Plenary", "--event", "meeting1"]).await;
    stage.host_runs(&["event", "settings", "meeting1", "--require-codes", "on", "--anonymize", "off"]).await;
    stage.host_runs(&["event", "settings", "meeting2", "--require-codes", "on", "--anonymize", "off"]).await;
    // 7: start both.
    stage.host_runs(&["event", "start", "meeting1"]).await;
    stage.host_runs(&["event", "start", "meeting2"]).await;
    // 8: join Meeting1, be asked for the code, go to the materials, click the link, be in Meeting2 without being asked.
    stage.browser.open_page(&format!("{}/e/meeting1", stage.server)).await;
    stage.browser.sees("Type the access code").await;
    stage.browser.picture("codes-door").await;
    assert!(!stage.browser.shows("First name").await && !stage.browser.shows("Email").await, "the code before anything else");
    stage.browser.fills("Access code", "0099").await;
    stage.browser.clicks("Enter").await;
    stage.browser.sees("This code does not let you in.").await;
    stage.browser.fills("Access code", "0042").await;
    stage.browser.clicks("Enter").await;
    is_in(stage, "meeting1").await;
    stage.browser.sees("Welcome, Ada.").await;
    stage.browser.sees("Materials").await;
    stage.browser.sees("Smaller groups").await;
    stage.browser.picture("codes-room").await;
    for _ in 0..3 {
        stage.browser.clicks("Breakout 2").await;
        is_in(stage, "meeting2").await;
        assert!(!stage.browser.shows("Type the access code").await);
        stage.browser.sees("Welcome, Ada.").await;
        stage.browser.clicks("Plenary").await;
        is_in(stage, "meeting1").await;
    }
    // Known by name, and nobody else: the widget says within seconds that they are there.
    let event = stage.store.event("meeting1").await.expect("the event");
    let mut attended = Vec::new();
    for _ in 0..300 {
        let people = stage.store.registrants(&event.id).await.expect("a list");
        attended = people.into_iter().filter(|person| person.attended_at.is_some()).map(|person| person.first_name).collect();
        if !attended.is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(attended, ["Ada"]);
    // The browser itself says that the wrong code was refused.
    let said: Vec<String> = stage.browser.console().await.into_iter().filter(|said| !said.contains("status of 401")).collect();
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn the_help_article_step_by_step() {
    play(any, async |stage| help_article(&stage).await);
}

/// Goes round five rooms that all lead to each other: three are live, one has not started, one is over.
async fn round_of_five(stage: &Stage, pages: [Option<String>; 5]) {
    let all = ["a", "b", "c", "d", "e"];
    for (slug, page) in all.iter().zip(&pages) {
        meeting(stage, slug, page.as_deref(), LIST).await;
    }
    for from in all {
        for to in all.iter().filter(|to| **to != from) {
            stage.host_runs(&["material", "add", from, "--title", &format!("Go to {to}"), "--event", to]).await;
        }
    }
    for slug in ["a", "b", "c", "e"] {
        stage.host_runs(&["event", "start", slug]).await;
    }
    stage.host_runs(&["event", "end", "e"]).await;
    let first = pages[0].clone().unwrap_or_else(|| format!("{}/e/a", stage.server));
    stage.browser.open_page(&first).await;
    stage.browser.fills("Access code", "0042").await;
    stage.browser.clicks("Enter").await;
    is_in(stage, "a").await;
    for to in ["b", "c", "a", "c", "b"] {
        stage.browser.clicks(&format!("Go to {to}")).await;
        is_in(stage, to).await;
    }
    stage.browser.clicks("Go to d").await;
    stage.browser.sees("Your seat is ready, Ada.").await;
    stage.browser.until("a countdown", "everything.find(e => e.getAttribute('role') === 'timer')").await;
    stage.browser.sees("Title of d").await;
    stage.browser.sees("Live now").await;
    stage.browser.picture("codes-five").await;
    stage.browser.clicks("Go to e").await;
    stage.browser.sees("This event has ended").await;
    // By the switcher, which lists the same rooms by their titles.
    stage.browser.clicks("Title of c").await;
    is_in(stage, "c").await;
}

/// Five rooms, by their materials and by the switcher.
pub async fn five_rooms(stage: &Stage) {
    round_of_five(stage, [None, None, None, None, None]).await;
}

#[test]
fn five_rooms_many_to_many_on_one_origin() {
    play(any, async |stage| five_rooms(&stage).await);
}

#[test]
fn five_rooms_many_to_many_on_three_origins() {
    play(any, async |stage| {
        let pages = [page_of(&stage.server, "a").await, page_of(&stage.server, "b").await, page_of(&stage.server, "c").await];
        let origins: Vec<&str> = pages.iter().filter_map(|page| page.rsplit_once('/')).map(|(origin, _)| origin).collect();
        assert!(origins[0] != origins[1] && origins[1] != origins[2] && origins[0] != origins[2]);
        // The others are hosted pages, so that there are four in all.
        let [a, b, c] = pages;
        round_of_five(&stage, [Some(a), Some(b), Some(c), None, None]).await;
    });
}

#[test]
fn an_event_that_does_not_know_the_person_asks_for_its_code() {
    play(any, async |stage| {
        meeting(&stage, "one", None, "code,email,firstname,externalid\n0042,ada@example.com,Ada,7\n").await;
        meeting(&stage, "two", None, "code,email,firstname,externalid\n0042,ada@example.com,Ada,8\n").await;
        stage.host_runs(&["material", "add", "one", "--title", "Go to two", "--event", "two"]).await;
        stage.host_runs(&["event", "start", "one"]).await;
        stage.browser.open_page(&format!("{}/e/one", stage.server)).await;
        stage.browser.fills("Access code", "0042").await;
        stage.browser.clicks("Enter").await;
        is_in(&stage, "one").await;
        stage.browser.sees("Go to two").await;
        assert!(!stage.browser.shows("Title of two").await, "the switcher lists only what the person may enter");
        stage.browser.clicks("Go to two").await;
        stage.browser.sees("Title of two").await;
        stage.browser.sees("Type the access code").await;
        stage.browser.fills("Access code", "0042").await;
        stage.browser.clicks("Enter").await;
        stage.browser.sees("Your seat is ready, Ada.").await;
    });
}

#[test]
fn without_codes_people_enter_as_anonymous_and_where_attendees_are_anonymous_nobody_has_a_name() {
    play(
        |plan| plan.settings = Settings { require_codes: Some(false), ..Settings::default() },
        async |stage| {
            stage.open_marketing_page().await;
            stage.browser.sees("You take part as “Anonymous”.").await;
            stage.browser.clicks("Enter").await;
            stage.browser.sees("Your seat is ready.").await;
            meeting(&stage, "one", None, LIST).await;
            stage.host_runs(&["event", "settings", "one", "--anonymize", "on"]).await;
            stage.browser.open_page(&format!("{}/e/one", stage.server)).await;
            stage.browser.fills("Access code", "0042").await;
            stage.browser.clicks("Enter").await;
            stage.browser.sees("Your seat is ready.").await;
            assert!(!stage.browser.shows("Ada").await);
        },
    );
}

#[test]
fn a_link_that_a_platform_signed_lets_in_and_leaves_the_address() {
    play(
        |plan| {
            plan.settings = Settings { require_codes: Some(true), ..Settings::default() };
            plan.room = Some(Room { kind: RoomKind::Frame, address: "https://room.example.com/launch".into() });
        },
        async |stage| {
            let now = stage.clock.now();
            let secret = curtain_up_server::trust::signed_links::LinkSecret::random();
            let sealed = secret.seal(&stage.secrets(), "default");
            stage.store.show_link_secret(&Actor::command_line("default"), &sealed, now).await.expect("kept");
            let expires = now.0 / 1000 + 300;
            let payload = json!({ "id": "7", "email": "ada@example.com", "name": "Ada Lovelace", "expires": expires, "once": true });
            let token = secret.sign(&payload.to_string());
            stage.host_says(Phase::Live).await;
            stage.browser.open_page(&format!("{}?utm_source=portal&i={token}", stage.page)).await;
            stage.browser.sees("Welcome, Ada.").await;
            assert!(stage.browser.address().await.ends_with("?utm_source=portal"), "{}", stage.browser.address().await);
            // The tab keeps the pass; in another one the link is used up.
            stage.browser.script("sessionStorage.clear()").await;
            stage.browser.open_page(&format!("{}?i={token}", stage.page)).await;
            stage.browser.sees("Type the access code").await;
        },
    );
}

fn in_a_frame(plan: &mut EventPlan) {
    plan.room = Some(Room { kind: RoomKind::Frame, address: "https://room.example.com/launch".into() });
}

/// The signs of presence, which tell of what is around the room too, are minutes apart in a crowd.
const NO_SIGNS: &str =
    "const f = window.fetch; window.fetch = (r, o) => String(r.url ?? r).endsWith('/presence') ? new Promise(() => undefined) : f(r, o);";
const COUNTDOWN: &str = "everything.some(e => e.getAttribute('role') === 'timer')";

#[test]
fn what_a_host_adds_beside_the_room_is_there_as_soon_as_the_widget_hears_of_a_change() {
    play(in_a_frame, async |stage| {
        stage.browser.before_every_page(NO_SIGNS).await;
        stage.host_runs(&["material", "add", "launch", "--title", "Slides", "--address", "https://slides.example.com/"]).await;
        let link = stage.link_of_somebody_registered("ada@example.com").await;
        stage.host_says(Phase::Live).await;
        stage.browser.open_page(&link).await;
        stage.browser.sees("Slides").await;
        stage.host_runs(&["material", "add", "launch", "--title", "Survey", "--address", "https://survey.example.com/"]).await;
        stage.browser.script("dispatchEvent(new Event('online'))").await;
        stage.browser.sees("Survey").await;
    });
}

#[test]
fn nobody_is_kept_out_of_the_room_by_what_is_around_it() {
    play(in_a_frame, async |stage| {
        let wrong = "const g = window.fetch; window.fetch = async (r, o) => { const answer = await g(r, o); \
            return String(r.url ?? r).endsWith('/room') ? new Response(JSON.stringify({ ...await answer.json(), materials: 7 })) : answer; };";
        let link = stage.link_of_somebody_registered("ada@example.com").await;
        stage.browser.before_every_page(NO_SIGNS).await;
        stage.browser.before_every_page(wrong).await;
        stage.browser.open_page(&link).await;
        stage.browser.until("a countdown", COUNTDOWN).await;
        stage.browser.until("the companion", "performance.getEntriesByType('resource').some(e => e.name.includes('/companion-'))").await;
        stage.host_says(Phase::Live).await;
        stage.browser.script("dispatchEvent(new Event('online'))").await;
        is_in_the_room(&stage, "launch").await;
    });
}

#[test]
fn what_is_around_the_room_of_an_event_is_not_shown_with_another_that_the_page_names_meanwhile() {
    play(in_a_frame, async |stage| {
        stage.host_plans_another("other").await;
        stage.host_runs(&["material", "add", "launch", "--title", "Slides", "--address", "https://slides.example.com/"]).await;
        let there = stage.somebody_registers_for("other", "ada@example.com").await;
        let link = stage.link_of_somebody_registered("ada@example.com").await;
        stage.host_says(Phase::Live).await;
        let slow = "const g = window.fetch; window.fetch = (r, o) => String(r.url ?? r).endsWith('/launch/room') \
            ? new Promise(answer => window.answers = () => answer(g(r, o).finally(() => window.answered = true))) : g(r, o);";
        stage.browser.before_every_page(NO_SIGNS).await;
        stage.browser.before_every_page(slow).await;
        stage.browser.open_page(&there).await;
        stage.browser.until("a countdown", COUNTDOWN).await;
        stage.browser.open_page(&link).await;
        stage.browser.until("the room being asked for", "window.answers").await;
        let other = "const element = document.querySelector('curtain-up'); element.event = element.event.replace('/launch', '/other');";
        stage.browser.script(other).await;
        stage.browser.until("the countdown of the other event", COUNTDOWN).await;
        stage.browser.script("answers()").await;
        stage.browser.until("the answer", "window.answered").await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert!(!stage.browser.shows("Slides").await);
    });
}
