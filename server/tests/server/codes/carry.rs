//! One code, many rooms: tickets from one event to another, and who is given one.

use super::meeting::meeting;
use crate::harness::{Database, TestServer, in_parallel};
use chrono::TimeDelta;
use curtain_up_protocol::Phase;
use curtain_up_server::{
    event_plan::{EventPlan, Settings},
    store::audit::Actor,
};
use serde_json::json;

const LIST: &str = "code,email,firstname,externalid\n0042,ada@example.com,Ada,\n0043,eve@example.com,Eve,\n";

/// Two meetings, each with its list, and Ada in the first.
async fn two(first: &str, second: &str) -> (TestServer, String) {
    let server = TestServer::start().await;
    server.meetings(&["one"], first).await;
    server.meetings(&["two"], second).await;
    server.link("one", "two").await;
    let pass = server.somebody().at("one").types("0042").await.pass();
    (server, pass)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_of_external_ids() {
    let ada = |code: &str, email: &str, id: &str| format!("code,email,firstname,externalid\n{code},{email},Ada,{id}\n");
    let without_column = "code,email,firstname\n0042,ada@example.com,Ada\n".to_owned();
    for (case, first, second, carries) in [
        ("equal", ada("0042", "ada@example.com", "7"), ada("0042", "ada@example.com", "7"), true),
        ("equal, another address and code", ada("0042", "ada@example.com", "7"), ada("9999", "countess@example.com", "7"), true),
        ("different", ada("0042", "ada@example.com", "7"), ada("0042", "ada@example.com", "8"), false),
        ("missing there", ada("0042", "ada@example.com", "7"), ada("0042", "ada@example.com", ""), false),
        ("missing here", ada("0042", "ada@example.com", ""), ada("0042", "ada@example.com", "7"), false),
        ("missing on both sides, same address and code", ada("0042", "ada@example.com", ""), ada("00-42", "ADA@example.com", ""), true),
        ("no column on either side", without_column.clone(), without_column, true),
        ("missing on both sides, another code", ada("0042", "ada@example.com", ""), ada("9999", "ada@example.com", ""), false),
        ("missing on both sides, another address", ada("0042", "ada@example.com", ""), ada("0042", "eve@example.com", ""), false),
    ] {
        let (server, pass) = two(&first, &second).await;
        let ticket = server.somebody().at("one").ticket(&pass, "two").await;
        assert_eq!(ticket.is_ok(), carries, "{case}");
        let rooms = server.somebody().at("one").signs(&pass, "waiting").await["rooms"].clone();
        assert_eq!(rooms.as_array().map(Vec::len), Some(usize::from(carries)), "the switcher lists it alike: {case}");
        if let Ok(ticket) = ticket {
            let there = server.somebody().at("two").door(json!({ "ticket": ticket })).await;
            assert_eq!(there.json()["first_name"], "Ada", "{case}");
            assert_eq!(server.somebody().at("two").room(&there.pass()).await.status, 200);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_anonymity_or_without_codes_on_either_side_nothing_carries_over() {
    let codes = Settings { require_codes: Some(true), ..Settings::default() };
    let nameless = Settings { anonymize: true, ..codes.clone() };
    let open = Settings { require_codes: Some(false), ..codes.clone() };
    for (case, first, second, carries) in [
        ("codes on both sides", &codes, &codes, true),
        ("nameless there", &codes, &nameless, false),
        ("nameless here", &nameless, &codes, false),
        ("open there", &codes, &open, false),
        ("people register there", &codes, &Settings::default(), false),
        ("people register here", &Settings::default(), &codes, false),
    ] {
        let (server, pass) = two(LIST, LIST).await;
        server.settings("one", first.clone()).await;
        server.settings("two", second.clone()).await;
        let pass = if first.anonymize { server.somebody().at("one").types("0042").await.pass() } else { pass };
        let ticket = server.somebody().at("one").ticket(&pass, "two").await;
        assert_eq!(ticket.is_ok(), carries, "{case}: {ticket:?}");
        let last_moment = server.somebody().at("one").ticket(&pass, "two").await;
        server.settings("two", nameless.clone()).await;
        if let Ok(ticket) = last_moment {
            assert_eq!(server.somebody().at("two").door(json!({ "ticket": ticket })).await.code(), "access_refused", "{case}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_is_good_once_for_a_minute_at_its_event_and_for_its_person_on_both_databases() {
    for database in [Database::Sqlite, Database::Postgres] {
        let server = TestServer::on(database).await;
        server.meetings(&["one", "two", "three"], LIST).await;
        let [ada, eve] = [server.somebody().at("one").types("0042").await.pass(), server.somebody().at("one").types("0043").await.pass()];
        let ticket = || async { server.somebody().at("one").ticket(&ada, "two").await.expect("a ticket") };
        let use_at = |event: &'static str, ticket: String| {
            let visitor = server.somebody().at(event);
            async move { visitor.door(json!({ "ticket": ticket })).await.status }
        };

        let twice = ticket().await;
        assert_eq!((use_at("two", twice.clone()).await, use_at("two", twice).await), (200, 401), "twice");
        let rushed = ticket().await;
        let rush = in_parallel(10, (0..10).map(|_| use_at("two", rushed.clone())).collect::<Vec<_>>()).await;
        assert_eq!(rush.iter().filter(|status| **status == 200).count(), 1, "ten at once: {rush:?}");
        let elsewhere = ticket().await;
        assert_eq!((use_at("three", elsewhere.clone()).await, use_at("two", elsewhere).await), (401, 200), "for another event");
        let in_time = ticket().await;
        server.clock.advance(TimeDelta::milliseconds(59_999));
        assert_eq!(use_at("two", in_time).await, 200);
        let late = ticket().await;
        server.clock.advance(TimeDelta::seconds(60));
        assert_eq!(use_at("two", late).await, 401, "late");
        for forged in ["", "two.", "two.AAAAAAAAAAAAAAAAAAAAAA"] {
            assert_eq!(use_at("two", forged.to_owned()).await, 401, "{forged}");
        }

        // The tab holds a pass already: the ticket is its owner's or nobody's.
        let eve_there = server.somebody().at("two").types("0043").await.pass();
        let refused = server.somebody().at("two").with_pass("door", &eve_there, json!({ "ticket": ticket().await })).await;
        assert_eq!(refused.code(), "access_refused", "by another's pass");
        let other = server.somebody().at("two").with_pass("door", &eve, json!({ "ticket": ticket().await })).await;
        assert_eq!(other.code(), "access_refused", "by another's pass for the first event");
        let ada_there = server.somebody().at("two").types("0042").await.pass();
        for own in [&ada_there, &ada] {
            assert_eq!(server.somebody().at("two").with_pass("door", own, json!({ "ticket": ticket().await })).await.status, 200);
        }

        // Asked for with a pass that is not this event's, or with none.
        assert_eq!(server.somebody().at("one").ticket(&ada_there, "two").await, Err("pass_refused".into()));
        assert_eq!(server.somebody().at("one").ticket("", "two").await, Err("pass_refused".into()));
        for nowhere in ["one", "none", "launch", "no slug"] {
            assert_eq!(server.somebody().at("one").ticket(&ada, nowhere).await, Err("access_refused".into()), "{nowhere}");
        }
        assert!(server.store().forget_tickets(server.clock.now() + TimeDelta::hours(1)).await.expect("a count") <= 1, "used ones are gone");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pass_that_a_later_list_has_ended_is_in_nobodys_way() {
    let list = |code: &str| format!("code,email,firstname,externalid\n{code},ada@example.com,Ada,7\n0043,eve@example.com,Eve,8\n");
    let (server, pass) = two(&list("0042"), &list("0042")).await;
    let there = server.somebody().at("two");
    let [hers, eves] = [there.types("0042").await.pass(), there.types("0043").await.pass()];
    server.upload(&["two"], &list("0099")).await;
    for (kept, status) in [(&hers, 200), (&eves, 401)] {
        let ticket = server.somebody().at("one").ticket(&pass, "two").await.expect("a ticket");
        assert_eq!(there.with_pass("door", kept, json!({ "ticket": ticket })).await.status, status);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn five_rooms_many_to_many_again_and_again_whatever_their_phase() {
    let server = TestServer::start().await;
    let all = ["a", "b", "c", "d", "e"];
    server.meetings(&all, LIST).await;
    for from in all {
        for to in all.iter().filter(|to| **to != from) {
            server.link(from, to).await;
        }
    }
    server.start_all(&["a", "b", "c"]).await;
    server.store().set_phase("e", Phase::Ended).await.expect("ended");
    let mut pass = server.somebody().at("a").types("0042").await.pass();
    let mut here = "a";
    for round in 0..3 {
        for there in ["b", "c", "d", "e", "a"] {
            let ticket = server
                .somebody()
                .at(here)
                .ticket(&pass, there)
                .await
                .unwrap_or_else(|code| panic!("{here} to {there}, round {round}: {code}"));
            pass = server.somebody().at(there).door(json!({ "ticket": ticket })).await.pass();
            let signed = server.somebody().at(there).signs(&pass, "waiting").await;
            assert_eq!(signed["elsewhere"], false, "moving about is no second device");
            let rooms: Vec<(&str, &str)> = signed["rooms"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|room| (room["event"].as_str().unwrap_or(""), room["phase"].as_str().unwrap_or("")))
                .collect();
            let phase = |slug| match slug {
                "d" => "scheduled",
                "e" => "ended",
                _ => "live",
            };
            let expected: Vec<(&str, &str)> = all.iter().filter(|slug| **slug != there).map(|slug| (*slug, phase(slug))).collect();
            assert_eq!(rooms, expected, "the others, with who is live");
            assert_eq!(signed["materials"].as_array().map(Vec::len), Some(4));
            here = there;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_lost_the_seat_has_lost_the_way_too_and_other_organisations_are_none_of_it() {
    let (server, pass) = two(LIST, LIST).await;
    let there = server.people_at("two").await.remove(0);
    let ticket = server.somebody().at("one").ticket(&pass, "two").await.expect("a ticket");
    sqlx_delete(&server, &there.id).await;
    assert_eq!(server.somebody().at("two").door(json!({ "ticket": ticket })).await.code(), "access_refused");
    assert_eq!(server.somebody().at("one").ticket(&pass, "two").await, Err("access_refused".into()));

    let other = server
        .store()
        .add_event_of("other", &EventPlan { slug: "theirs".into(), ..meeting("theirs") }, server.clock.now())
        .await
        .expect("an event");
    assert_eq!(other.organisation_id, "other");
    server.upload_as(&Actor::command_line("other"), &["theirs"], LIST).await;
    assert_eq!(server.somebody().at("one").ticket(&pass, "theirs").await, Err("access_refused".into()));
}

/// Takes somebody off a list by putting them onto the waiting list, which lets nobody in.
async fn sqlx_delete(server: &TestServer, id: &str) {
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&format!("sqlite:{}", server.folder().join("curtain-up.db").display())).await.expect("the database");
    sqlx::query("UPDATE registrants SET seat = 'waiting_list' WHERE id = $1").bind(id.to_owned()).execute(&pool).await.expect("changed");
}
