//! Seats that a list gives: whoever is on it comes in by their code.

use crate::harness::TestServer;
use curtain_up_server::{event_plan::Settings, store::registrant::Seat};
use serde_json::json;

const LIST: &str = "code,email,firstname,lastname\n0042,ada@example.com,Ada,Lovelace\n0043,bob@example.com,Ada,Lovelace\n0044,cyd@example.com,Ada,Lovelace\n";

/// One seat, which Bob has: Ada has cancelled, and Cyd waits for one.
async fn full() -> TestServer {
    let server = TestServer::start().await;
    server.store().set_capacity("launch", Some(1), server.clock.now()).await.expect("one seat");
    for email in ["ada@example.com", "bob@example.com", "cyd@example.com"] {
        server.registered(email).await;
    }
    let grace = server.host("grace@example.org").await;
    let ada = server.registrant("ada@example.com").await;
    let cancelled = grace.post(&format!("/events/launch/people/{}/cancel", ada.id), &json!({})).await;
    assert!((200..300).contains(&cancelled.status), "{} {}", cancelled.status, cancelled.body);
    server.settings("launch", Settings { require_codes: Some(true), ..Settings::default() }).await;
    server
}

async fn seats(server: &TestServer) -> Vec<Seat> {
    server.registrants().await.into_iter().map(|person| person.seat).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_gives_a_seat_to_whom_it_names_and_says_so() {
    let server = full().await;
    assert_eq!(seats(&server).await, [Seat::Cancelled, Seat::Confirmed, Seat::WaitingList]);
    let report = server.upload(&["launch"], LIST).await;
    let changed: Vec<String> = report.events[0].changed.iter().map(|changed| changed.columns.join(" ")).collect();
    assert_eq!(changed, ["code seat", "code", "code seat"]);
    assert_eq!(seats(&server).await, [Seat::Confirmed; 3]);
    for code in ["0042", "0043", "0044"] {
        server.somebody().types(code).await.pass();
    }
    assert_eq!(server.upload(&["launch"], LIST).await.events[0].unchanged, [2, 3, 4]);
    for (email, kinds) in [("ada@example.com", 3), ("bob@example.com", 2), ("cyd@example.com", 2)] {
        assert_eq!(
            server.mails_to(email).await.len(),
            kinds,
            "whoever was told that they have no seat is told that they have one: {email}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_gives_nobody_a_seat_of_whom_it_says_otherwise_and_their_code_is_no_wrong_guess() {
    let server = full().await;
    let export = LIST.replace("lastname\n", "lastname,seat\n").replace("Lovelace\n", "Lovelace,SEAT\n");
    let export = ["cancelled", "confirmed", "waiting_list"].iter().fold(export, |export, seat| export.replacen("SEAT", seat, 1));
    let report = server.upload(&["launch"], &export).await;
    assert!(report.events[0].changed.iter().all(|changed| changed.columns == ["code"]), "{:?}", report.events[0].changed);
    assert_eq!(seats(&server).await, [Seat::Cancelled, Seat::Confirmed, Seat::WaitingList]);
    assert_eq!(server.upload(&["launch"], &export).await.events[0].unchanged, [2, 3, 4]);
    for (code, status) in [("0042", 401), ("0043", 200), ("0044", 401)] {
        assert_eq!(server.somebody().types(code).await.status, status, "{code}");
    }
    assert_eq!(server.failed_guesses().await, 0);
}
