//! People at the desk: found, shown, and helped.

use crate::harness::{Host, Reply, TestServer, ada, eventually, plan};
use chrono::TimeDelta;
use curtain_up_server::{
    event_plan::EventPlan,
    store::{address::BounceKind, event::DEFAULT_ORGANISATION},
};
use serde_json::{Value, json};

pub(super) async fn with_grace() -> (TestServer, Host) {
    let server = TestServer::start().await;
    let grace = server.host("grace@example.org").await;
    (server, grace)
}

async fn registered(server: &TestServer, first: &str, last: &str, email: &str, source: &str) {
    let mut body = ada(email);
    body["answers"][0]["values"] = json!([first]);
    body["answers"][1]["values"] = json!([last]);
    body["source"] = json!({ "utm": [{ "name": "source", "value": source }] });
    assert_eq!(server.somebody().register_as(&body).await.status, 202);
    server.clock.advance(TimeDelta::seconds(1));
}

fn emails(list: &Reply) -> Vec<String> {
    assert_eq!(list.status, 200, "{}", list.body);
    list.json()["people"].as_array().expect("people").iter().map(|person| person["email"].as_str().expect("text").to_owned()).collect()
}

pub(super) async fn person_id(grace: &Host, email: &str) -> String {
    let list = grace.get(&format!("/events/launch/people?search={email}")).await.json();
    list["people"][0]["id"].as_str().expect("a person").to_owned()
}

/// The status of somebody's mail, in the table and by the filter, which must agree.
async fn mail_status(grace: &Host, email: &str) -> String {
    let person = grace.get(&format!("/events/launch/people?search={email}")).await.json()["people"][0].clone();
    let status = person["mail"].as_str().expect("a status").to_owned();
    let filtered = grace.get(&format!("/events/launch/people?search={email}&mail={status}")).await;
    assert_eq!(emails(&filtered), [email], "the filter finds what the column shows: {status}");
    status
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_filtered_and_sorted() {
    let (server, grace) = with_grace().await;
    for (first, last, email, source) in [
        ("Ada", "Lovelace", "ada@example.com", "news"),
        ("Юлия", "Ärger", "b_b@example.com", ""),
        ("Zoë", "Adams", "c%c@example.com", "news"),
    ] {
        registered(&server, first, last, email, source).await;
    }
    for (query, expected) in [
        ("", &["ada@example.com", "b_b@example.com", "c%c@example.com"][..]),
        ("descending=true", &["c%c@example.com", "b_b@example.com", "ada@example.com"]),
        ("sort=name", &["c%c@example.com", "ada@example.com", "b_b@example.com"]),
        ("sort=email&descending=true", &["c%c@example.com", "b_b@example.com", "ada@example.com"]),
        ("search=ADA", &["ada@example.com", "c%c@example.com"]),
        ("search=love%20ada", &["ada@example.com"]),
        ("search=%C3%84RGER", &["b_b@example.com"]),
        ("search=%D0%AE%D0%9B", &["b_b@example.com"]),
        ("search=_", &["b_b@example.com"]),
        ("search=%25", &["c%c@example.com"]),
        ("search=%27%20OR%201=1--", &[]),
        ("source=news", &["ada@example.com", "c%c@example.com"]),
        ("attended=true", &[]),
        ("attended=false&source=news&search=lovelace", &["ada@example.com"]),
        ("seat=waiting_list", &[]),
    ] {
        let list = grace.get(&format!("/events/launch/people?{query}")).await;
        assert_eq!(emails(&list), expected, "{query}");
        assert_eq!(list.json()["total"], expected.len(), "{query}");
    }
    for wrong in ["sort=age", "mail=lost", "attended=perhaps", "reveal=password", "cursor=x", "limit=many", "x=y"] {
        assert_eq!(grace.get(&format!("/events/launch/people?{wrong}")).await.status, 400, "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_one_another_without_a_gap_or_a_repetition() {
    let (server, grace) = with_grace().await;
    for number in 0..7 {
        registered(&server, "Ada", &format!("L{}", number % 3), &format!("p{number}@example.com"), "").await;
    }
    for order in ["sort=registered_at", "sort=name", "sort=email", "sort=name&descending=true"] {
        let all = emails(&grace.get(&format!("/events/launch/people?{order}")).await);
        let (mut paged, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = grace.get(&format!("/events/launch/people?{order}&limit=2{cursor}")).await;
            paged.extend(emails(&page));
            assert_eq!(page.json()["total"], 7);
            let Some(next) = page.json()["next"].as_str().map(str::to_owned) else { break };
            cursor = format!("&cursor={next}");
            // Whoever registers meanwhile moves nobody.
            assert_eq!(server.somebody().register("p3@example.com").await.status, 202);
        }
        if !order.contains("name") {
            assert_eq!(paged, all, "{order}");
        }
        paged.sort_unstable();
        paged.dedup();
        assert_eq!(paged.len(), 7, "{order}");
    }
    let of_names = grace.get("/events/launch/people?sort=name&limit=1").await.json()["next"].as_str().expect("a cursor").to_owned();
    assert_eq!(grace.get(&format!("/events/launch/people?cursor={of_names}")).await.status, 400, "a cursor is for its order");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_status_of_mail_is_in_words_that_hosts_know() {
    let (server, grace) = with_grace().await;
    server.registered("ada@example.com").await;
    assert_eq!(mail_status(&grace, "ada@example.com").await, "delivered");
    let ada = server.registrant("ada@example.com").await;
    let set = |sql: &'static str| {
        let id = ada.id.clone();
        let server = &server;
        async move { server.execute(sql, &id).await }
    };
    for (sql, expected) in [
        ("UPDATE outbox SET opened_at = 1 WHERE registrant_id = $1", "opened"),
        ("UPDATE outbox SET clicked_at = 1 WHERE registrant_id = $1", "clicked"),
        ("UPDATE registrants SET reminders_off = 1 WHERE id = $1", "unsubscribed"),
        ("UPDATE outbox SET state = 'dropped' WHERE registrant_id = $1", "unsubscribed"),
        ("UPDATE registrants SET reminders_off = 0 WHERE id = $1", "dropped"),
        ("UPDATE outbox SET state = 'not_sent' WHERE registrant_id = $1", "not_sent"),
        ("UPDATE outbox SET state = 'deferred', due_at = 9999999999999 WHERE registrant_id = $1", "deferred"),
        ("UPDATE outbox SET state = 'processing', leased_until = 9999999999999 WHERE registrant_id = $1", "processing"),
        ("UPDATE outbox SET state = 'scheduled' WHERE registrant_id = $1", "scheduled"),
        ("UPDATE outbox SET state = 'bounced' WHERE registrant_id = $1", "bounced"),
        ("UPDATE outbox SET state = 'delivered' WHERE registrant_id = $1", "clicked"),
        ("DELETE FROM outbox WHERE registrant_id = $1", "not_sent"),
    ] {
        set(sql).await;
        assert_eq!(mail_status(&grace, "ada@example.com").await, expected, "{sql}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_that_is_still_to_come_hides_no_mail_that_arrived() {
    let (server, grace) = with_grace().await;
    server.add(EventPlan { reminders: vec![60], ..plan("talk") }).await;
    assert_eq!(server.somebody().at("talk").register("ada@example.com").await.status, 202);
    let status = || async { grace.get("/events/talk/people").await.json()["people"][0]["mail"].clone() };
    eventually("the confirmation", || async { (status().await == "delivered").then_some(()) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_and_links_are_shown_to_hosts_who_ask_and_it_is_noted() {
    let (server, grace) = with_grace().await;
    let letter = server.registered("ada@example.com").await;
    let key = server.key_of(&server.registrant("ada@example.com").await);
    let plain = grace.get("/events/launch/people").await;
    assert!(!plain.body.contains("\"key\"") && !plain.body.contains("/live?"), "{}", plain.body);
    assert_eq!(grace.trail().await.len(), 1, "nothing was shown");
    let shown = grace.get("/events/launch/people?reveal=key,link").await.json()["people"][0].clone();
    assert_eq!((&shown["key"], &shown["link"]), (&json!(key), &json!(letter.link())));

    let id = person_id(&grace, "ada@example.com").await;
    let revealed = grace.post(&format!("/events/launch/people/{id}/reveal"), &json!({})).await.json();
    assert_eq!((&revealed["key"], &revealed["access_link"]), (&json!(key), &json!(letter.link())));
    assert_eq!(revealed["mailto"]["to"], "ada@example.com");
    assert!(revealed["mailto"]["body"].as_str().expect("text").contains(&letter.link()));
    assert_eq!(revealed["mailto"]["subject"], "Your access link: Launch");
    assert_eq!(grace.trail().await[..2], ["key_shown launch", "keys_shown launch"]);
    let viewer = server.viewer("eve@example.org").await;
    assert_eq!(viewer.get("/events/launch/people?reveal=key").await.code(), "not_allowed");
    assert_eq!(viewer.post(&format!("/events/launch/people/{id}/reveal"), &json!({})).await.code(), "not_allowed");
    assert_eq!(viewer.get(&format!("/events/launch/people/{id}")).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_sent_again_at_once_even_to_an_address_that_bounced() {
    let (server, grace) = with_grace().await;
    server.registered("ada@example.com").await;
    let mut write = server.store().write().await.expect("a turn");
    write.count_bounce("ada@example.com", BounceKind::Hard, server.clock.now()).await.expect("counted");
    write.commit().await.expect("written");
    assert_eq!(mail_status(&grace, "ada@example.com").await, "bounced");

    let path = format!("/events/launch/people/{}/resend", person_id(&grace, "ada@example.com").await);
    assert_eq!(grace.post(&path, &json!({})).await.status, 202);
    assert_eq!(grace.post(&path, &json!({})).await.status, 429, "a double click sends one mail");
    let letter = server.last_mail_to("ada@example.com").await;
    assert!(letter.subject().starts_with("Your access link"), "{}", letter.subject());
    assert_eq!(mail_status(&grace, "ada@example.com").await, "delivered");
    let page = grace.get(path.trim_end_matches("/resend")).await.json();
    let kinds: Vec<_> = page["mails"].as_array().expect("mails").iter().map(|mail| (mail["kind"].clone(), mail["state"].clone())).collect();
    assert_eq!(kinds, [(json!("resend"), json!("delivered")), (json!("confirmation"), json!("delivered"))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_address_ends_the_old_link_and_its_pass_and_brings_a_new_one() {
    let (server, grace) = with_grace().await;
    let old = server.registered("adda@example.com").await.link();
    server.registered("bob@example.com").await;
    let pass = server.somebody().open(&old).await.pass();
    let path = format!("/events/launch/people/{}", person_id(&grace, "adda@example.com").await);
    assert_eq!(grace.patch(&path, &json!({ "email": "BOB@example.com" })).await.fields(), ["email:taken"]);
    assert_eq!(grace.patch(&path, &json!({ "email": "ada" })).await.fields(), ["email:invalid_email"]);
    let corrected = grace.patch(&path, &json!({ "email": "ada@example.com" })).await;
    assert_eq!((corrected.status, &corrected.json()["person"]["email"]), (200, &json!("ada@example.com")), "{}", corrected.body);
    assert_eq!(corrected.json()["mails"].as_array().map(Vec::len), Some(2), "the timeline stays theirs");
    assert_eq!(grace.get(&path).await.status, 404, "they have another id");

    let new = server.last_mail_to("ada@example.com").await.link();
    assert_eq!(server.somebody().open(&old).await.status, 401);
    assert_eq!(server.somebody().open(&old.replace("adda", "ada")).await.status, 401, "the old key is worth nothing either");
    assert_eq!(server.somebody().room(&pass).await.status, 401);
    assert_eq!(server.somebody().open(&new).await.status, 200);
    assert_eq!(emails(&grace.get("/events/launch/people?search=adda").await), [""; 0]);
    assert_eq!(grace.get("/audit").await.json()["entries"][0]["person"]["email"], "ada@example.com");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replaced_key_ends_links_and_passes_and_the_answers_stay() {
    let (server, grace) = with_grace().await;
    let old = server.registered("ada@example.com").await.link();
    let pass = server.somebody().open(&old).await.pass();
    let before = server.registrant("ada@example.com").await;
    let replaced = grace.post(&format!("/events/launch/people/{}/replace-key", before.id), &json!({})).await;
    assert_eq!(replaced.status, 200, "{}", replaced.body);
    let new = server.last_mail_to("ada@example.com").await.link();
    assert_eq!((server.somebody().open(&old).await.status, server.somebody().open(&new).await.status), (401, 200));
    assert_eq!(server.somebody().room(&pass).await.status, 401);
    let after = server.registrant("ada@example.com").await;
    assert_eq!((after.registered_at, after.first_name, after.consents), (before.registered_at, before.first_name, before.consents));
    assert_eq!(server.registrants().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_moves_to_another_date_with_their_reminders() {
    let (server, grace) = with_grace().await;
    server.add(EventPlan { reminders: vec![60, 5], capacity: Some(1), ..plan("second") }).await;
    server.add(EventPlan { reminders: vec![60, 5], ..plan("first") }).await;
    assert_eq!(server.somebody().at("first").register("ada@example.com").await.status, 202);
    let id = grace.get("/events/first/people").await.json()["people"][0]["id"].as_str().expect("an id").to_owned();
    for (to, problem) in [("none", "to:not_a_choice"), ("first", "to:not_a_choice"), ("<b>", "to:not_a_choice")] {
        assert_eq!(grace.post(&format!("/events/first/people/{id}/move"), &json!({ "to": to })).await.fields(), [problem]);
    }
    let moved = grace.post(&format!("/events/first/people/{id}/move"), &json!({ "to": "second" })).await;
    assert_eq!((moved.status, &moved.json()["person"]["seat"]), (200, &json!("confirmed")), "{}", moved.body);
    let scheduled = |slug: &'static str| {
        let grace = grace.clone();
        async move { grace.get(&format!("/events/{slug}/numbers")).await.json() }
    };
    eventually("the confirmation", || async { (scheduled("second").await["mails"]["delivered"] == 1).then_some(()) }).await;
    let (first, second) = (scheduled("first").await, scheduled("second").await);
    assert_eq!(
        (&first["confirmed"], &second["confirmed"], &second["mails"]["scheduled"]),
        (&json!(0), &json!(1), &json!(2)),
        "{first} {second}"
    );
    assert_eq!(first["mails"]["scheduled"], Value::Null, "no reminder of the first date");
    let letter = server.last_mail_to("ada@example.com").await;
    assert!(letter.subject().starts_with("You are registered") && letter.link().contains("/e/second/live?"), "{}", letter.link());
    assert_eq!(server.somebody().at("second").open(&letter.link()).await.status, 200);

    assert_eq!(server.somebody().at("first").register("bob@example.com").await.status, 202);
    let bob = grace.get("/events/first/people").await.json()["people"][0]["id"].as_str().expect("an id").to_owned();
    let waits = grace.post(&format!("/events/first/people/{bob}/move"), &json!({ "to": "second" })).await.json();
    assert_eq!(waits["person"]["seat"], "waiting_list", "the second date is full");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_erased_is_gone_and_only_a_keyed_hash_stays() {
    let (server, grace) = with_grace().await;
    server.registered("ada.unmistakable@example.com").await;
    let mut write = server.store().write().await.expect("a turn");
    write.count_bounce("ada.unmistakable@example.com", BounceKind::Complaint, server.clock.now()).await.expect("counted");
    write.commit().await.expect("written");
    let id = person_id(&grace, "ada.unmistakable@example.com").await;
    grace.post("/events/launch/bulk", &json!({ "kind": "resend", "to": { "ids": [id] } })).await;
    for search in ["ada unmistakable", "somebody-else"] {
        assert_eq!(grace.post("/events/launch/exports", &json!({ "search": search })).await.status, 202);
    }
    assert_eq!(grace.delete(&format!("/events/launch/people/{id}")).await.status, 204);
    assert_eq!(grace.delete(&format!("/events/launch/people/{id}")).await.status, 404);

    assert!(server.registrants().await.is_empty() && server.outbox().await.is_empty());
    for path in ["/events/launch/people", "/events/launch/export", "/events/launch/export?format=jsonl&columns=all", "/audit"] {
        let reply = grace.get(path).await;
        assert!(reply.status == 200 && !reply.body.contains("unmistakable"), "{path}: {}", reply.body);
    }
    let texts = server.every_text().await;
    assert!(!texts.contains("unmistakable") && texts.contains("somebody-else"), "no table holds the address");
    let secrets = &server.context.secrets;
    assert!(server.store().is_suppressed(DEFAULT_ORGANISATION, "ada.unmistakable@example.com", secrets).await.expect("an answer"));

    assert_eq!(server.somebody().register("ada.unmistakable@example.com").await.status, 202);
    assert!(
        !server.store().is_suppressed(DEFAULT_ORGANISATION, "ada.unmistakable@example.com", secrets).await.expect("an answer"),
        "they came back"
    );
    let state = server.store().address_state("ada.unmistakable@example.com").await.expect("an answer");
    assert_eq!(
        state.map(|state| serde_json::to_string(&state).expect("JSON")).as_deref(),
        Some("\"complained\""),
        "and still want no mail"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_sent_again_to_many_with_progress() {
    let (server, grace) = with_grace().await;
    for number in 0..5 {
        server.registered(&format!("p{number}@example.com")).await;
    }
    server.execute("UPDATE outbox SET state = 'bounced' WHERE registrant_id = $1", &server.registrant("p0@example.com").await.id).await;
    server.execute("UPDATE outbox SET clicked_at = 1 WHERE registrant_id = $1", &server.registrant("p1@example.com").await.id).await;
    let ids = json!({ "ids": [server.registrant("p4@example.com").await.id, "nobody"] });
    for (to, expected) in [(json!("bounced"), 1), (json!("never_opened"), 4), (ids, 1), (json!({ "filter": { "search": "p1" } }), 1)] {
        let begun = grace.post("/events/launch/bulk", &json!({ "kind": "resend", "to": to })).await;
        assert_eq!(begun.status, 202, "{}", begun.body);
        let path = format!("/jobs/{}", begun.json()["job"].as_str().expect("a job"));
        let done = eventually("the job", || async { Some(grace.get(&path).await.json()).filter(|job| job["state"] == "done") }).await;
        assert_eq!((&done["done"], &done["total"]), (&json!(expected), &json!(expected)), "{to}");
        assert_eq!(grace.delete(&path).await.json()["state"], "done", "what is over is not stopped");
        assert_eq!(grace.get("/events/launch/jobs").await.json(), json!([]), "what is over runs no more");
        server.mails().await;
        server.clock.advance(TimeDelta::minutes(1));
    }
    assert_eq!(server.mails().await.iter().filter(|letter| letter.subject().starts_with("Your access link")).count(), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_loaded_again_finds_the_jobs_that_run_the_newest_first() {
    let (server, grace) = with_grace().await;
    server.registered("ada@example.com").await;
    let stand = "CREATE TRIGGER no_job_gets_on BEFORE UPDATE OF done ON jobs BEGIN SELECT RAISE(ABORT, 'not now'); END";
    server.execute(stand, "").await;
    let mut begun = Vec::new();
    for to in [json!({ "filter": {} }), json!({ "ids": [] })] {
        let job = grace.post("/events/launch/bulk", &json!({ "kind": "resend", "to": to })).await.json()["job"].clone();
        begun.push(json!({ "id": job, "event": "launch", "state": "running", "done": 0, "total": 1 - begun.len() }));
    }
    assert_eq!(grace.get("/events/launch/jobs").await.json(), json!([begun[1], begun[0]]));
    grace.delete(&format!("/jobs/{}", begun[1]["id"].as_str().expect("an id"))).await;
    assert_eq!(grace.get("/events/launch/jobs").await.json(), json!([begun[0]]), "what was stopped runs no more");
}

#[tokio::test(flavor = "multi_thread")]
async fn links_and_mails_are_as_the_host_set_them() {
    let (server, grace) = with_grace().await;
    let mut event = grace.event("launch").await;
    event["plan"]["settings"]["link_style"] = json!("short");
    event["plan"]["settings"]["languages"] = json!(["en", "fr"]);
    event["plan"]["settings"]["room_hosts"] = json!(["room.example.com"]);
    let saved = grace.put("/events/launch", &json!({ "plan": event["plan"], "version": event["version"] })).await;
    assert_eq!(saved.status, 200, "{}", saved.body);
    event["plan"]["room"]["address"] = json!("https://elsewhere.example.com/");
    let elsewhere = grace.put("/events/launch", &json!({ "plan": event["plan"], "version": saved.json()["version"] })).await;
    assert_eq!(elsewhere.fields(), ["room:not_a_choice"]);
    for (email, language, subject) in [("a@example.com", "fr-CA", "Votre inscription"), ("b@example.com", "de", "You are registered")] {
        let mut body = ada(email);
        body["language"] = json!(language);
        assert_eq!(server.somebody().register_as(&body).await.status, 202);
        let letter = server.last_mail_to(email).await;
        assert!(letter.subject().starts_with(subject), "{language}: {}", letter.subject());
        assert!(!letter.link().contains("sig=") && server.somebody().open(&letter.link()).await.status == 200, "{}", letter.link());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_registrants_write_is_text_wherever_the_desk_shows_it() {
    let (server, grace) = with_grace().await;
    for (number, hostile) in XSS.iter().enumerate() {
        let mut body = ada(&format!("p{number}@example.com"));
        body["answers"][0]["values"] = json!([hostile]);
        body["answers"][1]["values"] = json!([hostile]);
        body["source"] = json!({ "ref": hostile, "referrer": hostile, "utm": [{ "name": "source", "value": hostile }] });
        assert_eq!(server.somebody().register_as(&body).await.status, 202, "{hostile}");
    }
    let list = grace.get("/events/launch/people?limit=500").await;
    assert_eq!((list.header("content-type"), list.header("x-content-type-options")), ("application/json", "nosniff"));
    let shown = list.json();
    for hostile in XSS {
        let person = shown["people"].as_array().expect("people").iter().find(|person| person["first_name"] == hostile);
        assert!(person.is_some_and(|person| person["source_name"] == hostile), "as it was written: {hostile}");
    }
    for letter in server.mails().await {
        let html = letter.html();
        assert!(!html.contains("<script") && !html.contains("<img src=x") && !html.contains("<svg"), "{html}");
    }
}

/// What somebody writes who wants it to run.
const XSS: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
    "</textarea><script>alert(1)</script>",
    "'-alert(1)-'",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
];
