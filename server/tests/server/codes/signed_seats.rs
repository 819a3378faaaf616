//! Whom a signed link lets in, and as whom: at full events, after a cancellation, through an open door, without a name.

use super::{meeting::here, signed::Portal};
use curtain_up_server::{
    event_plan::Settings,
    store::{person::Whom, registrant::Seat},
};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_portal_sends_gets_a_seat_even_where_all_are_taken() {
    let portal = Portal::open().await;
    let server = &portal.server;
    server.store().set_capacity("launch", Some(1), server.clock.now()).await.expect("one seat");
    for email in ["bob@example.com", "cyd@example.com"] {
        server.registered(email).await;
    }
    assert_eq!(server.registrant("cyd@example.com").await.seat, Seat::WaitingList);
    for (id, email) in [("70", "cyd@example.com"), ("71", "new@example.com")] {
        let link = portal.sign(json!({ "id": id, "email": email, "once": true }));
        let pass = portal.at("launch", &link).await.pass();
        assert_eq!(server.somebody().room(&pass).await.status, 200, "{email}");
        assert_eq!(portal.at("launch", &link).await.status, 401, "good once: {email}");
    }
    assert!(server.registrants().await.iter().all(|person| person.seat == Seat::Confirmed));
    let mails = server.mails_to("cyd@example.com").await.len();
    assert_eq!((mails, server.mails_to("new@example.com").await.len()), (2, 0), "who was told to wait is told of the seat");
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_host_has_cancelled_stays_out_and_keeps_the_link_for_another_day() {
    let portal = Portal::open().await;
    let server = &portal.server;
    let ada = server.people_at("meeting").await.remove(0);
    let (actor, secrets, now) = (here(), &server.context.secrets, server.clock.now());
    let whom = Whom { actor: &actor, slug: "meeting", id: &ada.id };
    server.store().cancel_person(whom, secrets, now).await.expect("cancelled");
    let link = portal.sign(json!({ "once": true }));
    assert_eq!(portal.at("meeting", &link).await.code(), "access_refused");
    server.upload(&["meeting"], super::signed::LIST).await;
    portal.at("meeting", &link).await.pass();
}

#[tokio::test(flavor = "multi_thread")]
async fn through_an_open_door_a_signed_link_lets_in_by_name_and_without_names_as_nobody() {
    let portal = Portal::open().await;
    let server = &portal.server;
    server.start_all(&["meeting"]).await;
    for (require_codes, anonymize, name) in [(false, false, "Ada"), (false, true, ""), (true, true, "")] {
        server.settings("meeting", Settings { require_codes: Some(require_codes), anonymize, ..Settings::default() }).await;
        let reply = portal.at("meeting", &portal.sign(json!({}))).await;
        assert_eq!(reply.json()["first_name"], name);
        let place = if anonymize { "room" } else { "waiting" };
        server.somebody().at("meeting").signs(&reply.pass(), place).await;
        assert_eq!(server.somebody().at("meeting").room(&reply.pass()).await.status, 200);
    }
    let attended = server.people_at("meeting").await.into_iter().filter(|person| person.attended_at.is_some());
    let names: Vec<String> = attended.map(|person| person.first_name).collect();
    assert_eq!(names, ["Anonymous"], "one and the same nobody");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_leaves_whom_a_list_brought_as_they_are_so_that_they_move_on_without_a_code() {
    let portal = Portal::open().await;
    let server = &portal.server;
    let eve = |id: &str| portal.sign(json!({ "id": id, "email": "eve@example.com", "name": "Eve" }));
    let pass = portal.at("meeting", &eve("8")).await.pass();
    let ticket = server.somebody().at("meeting").ticket(&pass, "other").await.expect("a ticket");
    let there = server.somebody().at("other").door(json!({ "ticket": ticket })).await;
    assert_eq!(there.json()["first_name"], "Eve");

    // Whom the links themselves brought is known by what the portal calls them, and found by it.
    let grace = || portal.sign(json!({ "id": "Portal-9", "email": "grace@example.com", "name": "Grace Hopper" }));
    portal.at("other", &grace()).await.pass();
    let pass = portal.at("meeting", &grace()).await.pass();
    assert!(server.somebody().at("meeting").ticket(&pass, "other").await.is_ok());
    let host = server.host("host@example.org").await;
    let found = host.get("/events/meeting/people?search=portal-9").await;
    assert!(found.body.contains("grace@example.com"), "{} {}", found.status, found.body);
}
