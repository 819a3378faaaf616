//! Somebody has mistyped their address and learns of it in the tab in which they have just registered.

use crate::harness::{Database, PostOffice, Reply, TestServer, Visitor, ada, eventually, post_office::Mood::Unknown};
use chrono::TimeDelta;
use curtain_up_server::{
    mail::bounce::{Bounce, Returned},
    store::address::BounceKind,
};
use serde_json::{Value, json};

/// A registration that corrects another.
fn correction(email: &str, claim: &str) -> Value {
    let mut body = ada(email);
    body["claim"] = json!(claim);
    body
}

/// Mail to this address comes back.
async fn bounces(server: &TestServer, email: &str) {
    server.mails().await;
    let bounce = Bounce { of: Returned::Address(email.into()), kind: BounceKind::Hard };
    assert!(server.store().take_bounce(&bounce, server.clock.now()).await.expect("written down"));
}

async fn is_told(visitor: &Visitor, claim: &str) -> bool {
    let reply = visitor.bounced(claim).await;
    assert_eq!((reply.status, reply.header("cache-control")), (200, "no-store"));
    reply.json()["bounced"].as_bool().expect("yes or no")
}

fn emails(server: &[curtain_up_server::store::registrant::Registrant]) -> Vec<&str> {
    server.iter().map(|person| person.email.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_mistyped_their_address_corrects_it_and_keeps_their_registration() {
    let server = TestServer::start().await;
    let visitor = server.somebody();
    let claim = visitor.clone().register("ada@exmaple.com").await.claim();
    let old_link = server.last_mail_to("ada@exmaple.com").await.link();
    assert!(!is_told(&visitor, &claim).await, "nothing has come back yet");
    bounces(&server, "ada@exmaple.com").await;
    assert!(is_told(&visitor, &claim).await);

    let corrected = visitor.clone().register_as(&correction("Ada@example.com", &claim)).await;
    let people = server.registrants().await;
    assert_eq!(emails(&people), ["Ada@example.com"], "one person, at the right address");
    assert_eq!(visitor.open(&old_link).await.code(), "access_refused", "the old link is dead");
    let letter = server.last_mail_to("Ada@example.com").await;
    visitor.open(&letter.link()).await.pass();
    assert!(!is_told(&visitor, &corrected.claim()).await);

    let again = visitor.clone().register_as(&correction("eve@example.com", &claim)).await;
    assert_eq!(again.status, 202);
    assert_eq!(emails(&server.registrants().await), ["Ada@example.com", "eve@example.com"], "a claim corrects once");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_the_mail_server_refuses_is_told_of_within_seconds() {
    let office = PostOffice::with(&[Unknown]).await;
    let server = TestServer::with(Database::Sqlite, |config| {
        config.dev_mailbox = false;
        config.smtp = office.smtp();
    })
    .await;
    let visitor = server.somebody();
    let claim = visitor.clone().register("gone@example.com").await.claim();
    eventually("the bounce", || async { is_told(&visitor, &claim).await.then_some(()) }).await;
    visitor.register_as(&correction("ada@example.com", &claim)).await;
    eventually("the new mail", || async { (office.taken().len() == 1).then_some(()) }).await;
    assert_eq!(office.taken()[0].recipients(), ["ada@example.com"]);
}

/// Eve registers an address that is on the list already and gets what everybody gets.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_takes_over_or_learns_of_a_registration_that_was_there_before() {
    let server = TestServer::start().await;
    server.registered("victim@example.com").await;
    let eve = server.somebody();
    let claim = eve.clone().register("victim@example.com").await.claim();
    let of_stranger = server.somebody().register("stranger@example.com").await.claim();
    assert_eq!(claim.len(), of_stranger.len());
    for email in ["victim@example.com", "stranger@example.com"] {
        bounces(&server, email).await;
    }
    assert!(is_told(&eve, &claim).await && is_told(&eve, &of_stranger).await, "known or not, they are told the same");

    let taken = eve.clone().register_as(&correction("eve@example.com", &claim)).await;
    let corrected = eve.clone().register_as(&correction("eva@example.com", &of_stranger)).await;
    assert_eq!(taken.all_but_the_date(), corrected.all_but_the_date(), "known or not, they are answered the same");
    let people = server.registrants().await;
    assert_eq!(emails(&people), ["victim@example.com", "eva@example.com", "eve@example.com"], "the victim's place stays theirs");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_is_good_for_an_address_that_bounced_at_its_event_for_an_hour_and_for_nothing_else() {
    let server = TestServer::start().await;
    let visitor = server.somebody();
    let claim = visitor.clone().register("ada@example.com").await.claim();
    visitor.clone().register_as(&correction("bob@example.com", &claim)).await;
    assert_eq!(emails(&server.registrants().await), ["ada@example.com", "bob@example.com"], "mail to Ada arrives: nothing to correct");

    let refused = |reply: Reply| (reply.status, reply.code());
    let no = (401, "pass_refused".to_owned());
    server.add(crate::harness::plan("talk")).await;
    assert_eq!(refused(visitor.at("talk").bounced(&claim).await), no);
    assert_eq!(refused(visitor.bounced(&format!("A{}", &claim[1..])).await), no);
    assert_eq!(refused(visitor.get(&visitor.path("registrations")).await), no);

    bounces(&server, "ada@example.com").await;
    server.clock.advance(TimeDelta::hours(1));
    assert_eq!(refused(visitor.bounced(&claim).await), no, "over");
    visitor.register_as(&correction("eve@example.com", &claim)).await;
    assert_eq!(server.registrants().await.len(), 3, "too late to correct, in time to register");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_to_an_address_on_the_list_leaves_both_as_they_are() {
    let server = TestServer::start().await;
    let ada = server.registered("ada@example.com").await;
    let visitor = server.somebody();
    let claim = visitor.clone().register("adda@example.com").await.claim();
    bounces(&server, "adda@example.com").await;
    let answer = visitor.clone().register_as(&correction("ada@example.com", &claim)).await;
    assert_eq!(answer.claim().len(), claim.len());
    assert_eq!(emails(&server.registrants().await), ["ada@example.com", "adda@example.com"]);
    visitor.open(&ada.link()).await.pass();
}
