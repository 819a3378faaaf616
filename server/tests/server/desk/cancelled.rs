//! A registration that a host cancels: who had it is out, and is told so.

use super::people::{person_id, with_grace};
use crate::harness::{Letter, ada, plan};
use chrono::TimeDelta;
use curtain_up_protocol::Phase;
use curtain_up_server::event_plan::EventPlan;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_registration_lets_nobody_in_and_gives_its_seat_away() {
    let (server, grace) = with_grace().await;
    server.add(EventPlan { reminders: vec![60], capacity: Some(1), ..plan("small") }).await;
    for email in ["ada@example.com", "bob@example.com"] {
        assert_eq!(server.somebody().at("small").register(email).await.status, 202);
        server.clock.advance(TimeDelta::seconds(1));
    }
    let people = || async { grace.get("/events/small/people?reveal=link").await.json()["people"].clone() };
    let before = people().await;
    assert_eq!((&before[0]["seat"], &before[1]["seat"]), (&json!("confirmed"), &json!("waiting_list")));
    let id = before[0]["id"].as_str().expect("an id");
    assert_eq!(grace.post(&format!("/events/small/people/{id}/cancel"), &json!({})).await.json()["person"]["seat"], "cancelled");
    let after = people().await;
    assert_eq!((&after[0]["seat"], &after[1]["seat"]), (&json!("cancelled"), &json!("confirmed")));
    assert_eq!(server.somebody().at("small").open(before[0]["link"].as_str().expect("a link")).await.status, 401);
    assert_eq!(grace.post(&format!("/events/small/people/{id}/resend"), &json!({})).await.status, 409);
    assert!(grace.get("/events/small/numbers").await.json()["mails"]["scheduled"].as_i64().unwrap_or(0) <= 2);

    assert_eq!(server.somebody().at("small").register("ada@example.com").await.status, 202);
    assert_eq!(people().await[0]["seat"], "waiting_list", "who registers again is back on the list, behind the others");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_link_is_handed_out_that_lets_nobody_in() {
    let (server, grace) = with_grace().await;
    server.add(EventPlan { capacity: Some(1), ..plan("small") }).await;
    for email in ["ada@example.com", "bob@example.com"] {
        assert_eq!(server.somebody().at("small").register(email).await.status, 202);
        server.clock.advance(TimeDelta::seconds(1));
    }
    let people = || async { grace.get("/events/small/people?reveal=key,link").await.json()["people"].clone() };
    let path = |person: &Value, what: &str| format!("/events/small/people/{}/{what}", person["id"].as_str().expect("an id"));
    let (ada, bob) = (people().await[0].clone(), people().await[1].clone());
    assert_eq!(grace.post(&path(&ada, "reveal"), &json!({})).await.json()["access_link"], ada["link"]);
    let shown = |trail: Vec<String>| trail.iter().filter(|deed| deed.starts_with("key_shown")).count();
    let before = shown(grace.trail().await);
    let waits = grace.post(&path(&bob, "reveal"), &json!({})).await;
    assert_eq!((waits.status, waits.code().as_str(), &bob["link"]), (409, "registration_closed", &Value::Null));
    assert!(grace.get("/events/small/export?columns=email,access_link").await.body.contains("bob@example.com,\r\n"));

    assert_eq!(grace.post(&path(&ada, "cancel"), &json!({})).await.status, 200);
    let cancelled = grace.post(&path(&ada, "reveal"), &json!({})).await;
    assert_eq!((cancelled.status, &people().await[0]["link"]), (409, &Value::Null));
    assert_eq!(shown(grace.trail().await), before, "nothing was shown");
    let seated = grace.post(&path(&bob, "reveal"), &json!({})).await.json();
    let link = seated["access_link"].as_str().expect("a link, now that there is a seat");
    server.somebody().at("small").open(link).await.pass();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_cancelled_is_told_and_their_calendar_too() {
    let (server, grace) = with_grace().await;
    let mut body = ada("ada@example.com");
    body["language"] = json!("de");
    assert_eq!(server.somebody().register_as(&body).await.status, 202);
    let booked = server.last_mail_to("ada@example.com").await;
    let path = format!("/events/launch/people/{}", person_id(&grace, "ada@example.com").await);
    for _clicked_twice in 0..2 {
        assert_eq!(grace.post(&format!("{path}/cancel"), &json!({})).await.status, 200);
    }
    let told = server.mails_to("ada@example.com").await;
    assert_eq!(told.len(), 2, "one mail");
    let letter = &told[1];
    assert!(letter.subject().starts_with("Anmeldung storniert: ") && !letter.text().contains("key="), "{}", letter.text());
    assert!(letter.raw().contains("method=CANCEL"));
    let entry = |letter: &Letter, name: &str| {
        let (_, file) = letter.files().into_iter().find(|(file, _)| file.ends_with(".ics")).expect("a calendar entry");
        file.lines().find(|line| line.starts_with(name)).expect("the line").to_owned()
    };
    assert_eq!((entry(letter, "METHOD").as_str(), entry(letter, "STATUS").as_str()), ("METHOD:CANCEL", "STATUS:CANCELLED"));
    assert_eq!(entry(letter, "UID"), entry(&booked, "UID"), "the entry that they have");
    let kinds =
        grace.get(&path).await.json()["mails"].as_array().expect("mails").iter().map(|mail| mail["kind"].clone()).collect::<Vec<_>>();
    assert_eq!(kinds, ["registration_cancelled", "confirmation"]);

    server.registered("bob@example.com").await;
    let bob = format!("/events/launch/people/{}", person_id(&grace, "bob@example.com").await);
    server.store().set_phase("launch", Phase::Ended).await.expect("over");
    assert_eq!(grace.post(&format!("{bob}/cancel"), &json!({})).await.status, 200);
    assert_eq!(server.mails_to("bob@example.com").await.len(), 1, "what is over is over");
}
