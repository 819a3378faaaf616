//! Who is there, on which device, and what is around them.

use crate::harness::{Database, TestServer};
use chrono::TimeDelta;
use curtain_up_protocol::{Phase, desk::MaterialTarget};
use curtain_up_server::{
    event_plan::{MaterialPlan, Settings},
    store::{StoreError, material::MaterialsChange},
};
use serde_json::json;

const LIST: &str = "code,email,firstname\n0042,ada@example.com,Ada\n0043,eve@example.com,Eve\n";

#[tokio::test(flavor = "multi_thread")]
async fn attendance_counts_from_activity_in_the_room_of_a_live_event_only() {
    for database in [Database::Sqlite, Database::Postgres] {
        let server = TestServer::on(database).await;
        let pass = {
            let letter = server.registered("ada@example.com").await;
            server.somebody().open(&letter.link()).await.pass()
        };
        let attended = || async { server.registrant("ada@example.com").await.attended_at };
        server.somebody().signs(&pass, "room").await;
        assert_eq!(attended().await, None, "nobody is in a room that is not open");
        server.store().set_phase("launch", Phase::Live).await.expect("live");
        server.somebody().room(&pass).await;
        server.somebody().signs(&pass, "waiting").await;
        assert_eq!(attended().await, None, "neither GET nor waiting is activity in the room");
        let first = server.clock.now();
        assert_eq!(server.somebody().signs(&pass, "room").await["next"], 60_000);
        server.clock.advance(TimeDelta::minutes(5));
        server.somebody().signs(&pass, "room").await;
        assert_eq!(attended().await, Some(first), "the first time is kept");
        let event = server.event("launch").await;
        assert_eq!(server.store().people_present(&event.id, server.clock.now()).await.expect("a count"), 1);
        assert_eq!(server.store().people_present(&event.id, server.clock.now() + TimeDelta::minutes(3)).await.expect("a count"), 0);
        for wrong in ["", "forged"] {
            assert_eq!(server.somebody().with_pass("presence", wrong, json!({ "place": "room" })).await.code(), "pass_refused");
        }
        assert_eq!(server.somebody().with_pass("presence", &pass, json!({ "place": "moon" })).await.code(), "invalid_request");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_has_one_seat_which_a_second_device_may_take() {
    let server = TestServer::start().await;
    server.meetings(&["meeting"], LIST).await;
    server.start_all(&["meeting"]).await;
    let visitor = server.somebody().at("meeting");
    let [first, second] = [visitor.types("0042").await.pass(), visitor.types("0042").await.pass()];
    let elsewhere = |pass: &str| {
        let (visitor, pass) = (visitor.clone(), pass.to_owned());
        async move { visitor.signs(&pass, "room").await["elsewhere"].as_bool().expect("an answer") }
    };
    let has_room = |pass: &str| {
        let (visitor, pass) = (visitor.clone(), pass.to_owned());
        async move { visitor.room(&pass).await.json()["room"].is_object() }
    };
    assert!(!elsewhere(&first).await);
    assert!(elsewhere(&second).await, "the second is told");
    assert_eq!((has_room(&first).await, has_room(&second).await), (true, false));
    let taken = visitor.with_pass("presence", &second, json!({ "place": "room", "take": true })).await.json();
    assert_eq!(taken["elsewhere"], false);
    assert!(elsewhere(&first).await, "the first is told");
    assert_eq!((has_room(&first).await, has_room(&second).await), (false, true));
    server.clock.advance(TimeDelta::minutes(3));
    assert!(!elsewhere(&first).await, "a device that is heard of no longer has no seat");
    let other = visitor.types("0043").await.pass();
    assert!(!elsewhere(&other).await, "other people are other people");

    server.settings("meeting", Settings { require_codes: Some(true), one_device: false, ..Settings::default() }).await;
    assert!(!elsewhere(&second).await && !elsewhere(&first).await && !elsewhere(&second).await, "the host can turn that off");
    assert!(has_room(&first).await && has_room(&second).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn materials_are_told_to_a_pass_in_their_order_and_time() {
    let server = TestServer::start().await;
    server.meetings(&["meeting", "other"], LIST).await;
    let now = server.clock.now();
    let material = |title: &str, target: MaterialTarget, from: Option<i64>, to: Option<i64>| MaterialPlan {
        title: title.into(),
        description: "<b>text</b>".into(),
        target,
        visible_from: from.map(|minutes| now + TimeDelta::minutes(minutes)),
        visible_to: to.map(|minutes| now + TimeDelta::minutes(minutes)),
    };
    let slides = || MaterialTarget::Address("https://example.com/slides".into());
    for (plan, position) in [
        (material("third", slides(), None, None), Some(30)),
        (material("first", slides(), None, None), Some(10)),
        (material("second", MaterialTarget::Event("other".into()), None, None), Some(20)),
        (material("later", slides(), Some(5), None), None),
        (material("sooner", slides(), None, Some(5)), None),
        (material("unsafe", MaterialTarget::Address("javascript:alert(1)".into()), None, None), None),
    ] {
        server.materials("meeting", MaterialsChange::Add(&plan, position)).await.expect("a link");
    }
    let pass = server.somebody().at("meeting").types("0042").await.pass();
    let titles = || async {
        let told = server.somebody().at("meeting").signs(&pass, "waiting").await;
        let room = server.somebody().at("meeting").room(&pass).await.json();
        assert_eq!(told["materials"], room["materials"], "with the room the same");
        told["materials"].as_array().expect("a list").iter().map(|link| link["title"].as_str().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(titles().await, ["first", "second", "third", "sooner"]);
    server.clock.advance(TimeDelta::minutes(5));
    assert_eq!(titles().await, ["first", "second", "third", "later"]);
    let told = server.somebody().at("meeting").signs(&pass, "waiting").await;
    let link =
        json!({ "title": "second", "description": "<b>text</b>", "address": format!("{}/e/other", server.public_url()), "event": "other" });
    assert_eq!(told["materials"][1], link);
    assert!(server.somebody().at("meeting").document().await.json()["materials"].is_null(), "without a pass nobody is told");

    let event = server.event("meeting").await;
    let first = server.store().materials(&event.id).await.expect("a list").remove(0);
    let changed = material("changed", slides(), None, None);
    server.materials("meeting", MaterialsChange::Rewrite(&first.id, &changed)).await.expect("changed");
    let elsewhere = server.materials("other", MaterialsChange::Rewrite(&first.id, &changed)).await;
    assert!(matches!(elsewhere, Err(StoreError::NoSuchMaterial(_))), "another event's");
    assert_eq!(titles().await, ["changed", "second", "third", "later"]);
    let ids: Vec<String> = server.store().materials(&event.id).await.expect("a list").into_iter().rev().map(|link| link.id).collect();
    server.materials("meeting", MaterialsChange::Order(&ids)).await.expect("ordered");
    assert_eq!(titles().await, ["later", "third", "second", "changed"]);
    server.materials("meeting", MaterialsChange::Remove(&first.id)).await.expect("removed");
    assert!(matches!(server.materials("meeting", MaterialsChange::Remove(&first.id)).await, Err(StoreError::NoSuchMaterial(_))));
    assert!(matches!(server.materials("meeting", MaterialsChange::Order(&ids)).await, Err(StoreError::OtherMaterials)));
    assert_eq!(titles().await, ["later", "third", "second"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_attended_by_name_did_so_as_somebody_once_attendees_are_anonymous() {
    let server = TestServer::start().await;
    server.meetings(&["meeting"], LIST).await;
    server.start_all(&["meeting"]).await;
    let pass = server.somebody().at("meeting").types("0042").await.pass();
    server.somebody().at("meeting").signs(&pass, "room").await;
    let attended = || async {
        let people = server.people_at("meeting").await;
        people.into_iter().filter(|person| person.attended_at.is_some()).map(|person| person.first_name).collect::<Vec<_>>()
    };
    assert_eq!(attended().await, ["Ada"]);
    server.settings("meeting", Settings { require_codes: Some(true), anonymize: true, ..Settings::default() }).await;
    assert_eq!(attended().await, ["Anonymous"]);
    // The same person comes again, and is the same nobody.
    let again = server.somebody().at("meeting").types("0042").await.pass();
    server.somebody().at("meeting").signs(&again, "room").await;
    server.somebody().at("meeting").signs(&pass, "room").await;
    assert_eq!(attended().await, ["Anonymous"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_list_nor_export_shows_a_name_with_activity_once_attendees_are_anonymous() {
    let server = TestServer::start().await;
    let link = server.registered("ada@example.com").await.link();
    let visitor = server.somebody();
    let pass = visitor.open(&link).await.pass();
    server.start_all(&["launch"]).await;
    let stays = || async {
        for _minute in 0..3 {
            visitor.signs(&pass, "room").await;
            server.pass(TimeDelta::minutes(1)).await;
        }
    };
    let grace = server.host("grace@example.org").await;
    let told = || async {
        let export = grace.get("/events/launch/export?format=csv&columns=email,mail_status,attended_at").await;
        let person = export.body.lines().find(|line| line.starts_with("ada@example.com")).map(str::to_owned);
        person.unwrap_or_else(|| panic!("{} {}", export.status, export.body))
    };
    stays().await;
    let named = told().await;
    assert!(named.starts_with("ada@example.com,clicked,2"), "{named}");
    server.settings("launch", Settings { anonymize: true, ..Settings::default() }).await;
    assert_eq!(told().await, "ada@example.com,delivered,", "what was recorded before");
    stays().await;
    assert_eq!(told().await, "ada@example.com,delivered,", "a pass of before");
    server.mails().await;
}
