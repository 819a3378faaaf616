//! A mail counts as clicked when a person has come by it, and not when a scanner has.

use crate::harness::{Reply, TestServer, Visitor, plan};
use chrono::TimeDelta;
use curtain_up_protocol::Phase;
use curtain_up_server::event_plan::EventPlan;
use reqwest::Method;
use serde_json::json;

/// What a widget says every minute.
async fn is_there(visitor: &Visitor, pass: &str, place: &str) {
    let sign = visitor.request(Method::POST, &visitor.path("presence")).bearer_auth(pass).json(&json!({ "place": place }));
    let reply = Reply::to(sign).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
}

async fn clicks(server: &TestServer) -> usize {
    server.outbox().await.iter().filter(|mail| mail.clicked_at.is_some()).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scanner_that_opens_the_link_runs_scripts_and_submits_forms_counts_for_nobody() {
    let server = TestServer::start().await;
    let link = server.registered("ada@example.com").await.link();
    let scanner = server.somebody();
    let path = link.trim_start_matches(server.public_url()).to_owned();
    for _look in 0..3 {
        assert_eq!(scanner.get(&path).await.status, 200);
        let (_, form) = link.split_once('?').expect("a query");
        let submit = scanner.request(Method::POST, "/e/launch/enter").header("content-type", "application/x-www-form-urlencoded");
        assert_eq!(Reply::to(submit.body(form.to_owned())).await.status, 303, "the plain page's button");
        let pass = scanner.open(&link).await.pass();
        for _loaded_again in 0..2 {
            is_there(&scanner, &pass, "waiting").await;
            server.pass(TimeDelta::seconds(5)).await;
        }
    }
    server.store().set_phase("launch", Phase::Live).await.expect("live");
    let pass = scanner.open(&link).await.pass();
    is_there(&scanner, &pass, "room").await;
    assert_eq!(clicks(&server).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_is_still_there_a_minute_later_has_clicked_the_last_mail_once() {
    let server = TestServer::start().await;
    let link = server.registered("ada@example.com").await.link();
    let ada = server.somebody();
    let pass = ada.open(&link).await.pass();
    for (minute, clicked) in [(0, 0), (1, 1), (2, 1), (3, 1)] {
        is_there(&ada, &pass, "waiting").await;
        assert_eq!(clicks(&server).await, clicked, "after {minute} minutes");
        server.pass(TimeDelta::minutes(1)).await;
    }
    server.pass(TimeDelta::minutes(10)).await;
    server.somebody().resend("ada@example.com").await;
    server.mails().await;
    for _minute in 0..2 {
        is_there(&ada, &pass, "waiting").await;
        server.pass(TimeDelta::minutes(1)).await;
    }
    assert_eq!(clicks(&server).await, 2, "each mail for itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_let_in_at_once_has_clicked_no_mail() {
    let server = TestServer::start().await;
    server.add(EventPlan { instant_entry: true, ..plan("instant") }).await;
    let visitor = server.somebody().at("instant");
    let pass = visitor.clone().register("ada@example.com").await.json()["pass"]["pass"].as_str().expect("a pass").to_owned();
    for _minute in 0..3 {
        is_there(&visitor, &pass, "waiting").await;
        server.pass(TimeDelta::minutes(1)).await;
    }
    let mails = server.store().outbox(&server.event("instant").await.id).await.expect("an outbox");
    assert!(mails.iter().all(|mail| mail.clicked_at.is_none()));
}
