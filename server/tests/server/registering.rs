//! Registering: what is kept, who gets a seat, when the doors are open, and which pages may ask.

use crate::harness::{Letter, Reply, TestServer, ada, plan};
use chrono::TimeDelta;
use curtain_up_protocol::{Consent, Field, FieldKind, Phase};
use curtain_up_server::{
    event_plan::EventPlan,
    store::registrant::{GivenConsent, Seat},
};
use serde_json::{Value, json};

fn with(mut registration: Value, extra: &Value) -> Value {
    for (name, value) in extra.as_object().expect("an object") {
        match (name.as_str(), registration.get_mut(name)) {
            ("answers", Some(answers)) => answers.as_array_mut().expect("a list").extend(value.as_array().expect("a list").clone()),
            _ => registration[name] = value.clone(),
        }
    }
    registration
}

fn asking() -> EventPlan {
    EventPlan {
        fields: vec![
            Field { label: "Company".into(), required: false, ..Field::plain("company", FieldKind::Text) },
            Field { label: "Topics".into(), choices: vec!["a".into(), "b".into()], ..Field::plain("topics", FieldKind::Choices) },
        ],
        consents: vec![
            Consent { id: "privacy".into(), version: 2, text: "I agree.".into(), required: true },
            Consent { id: "news".into(), version: 1, text: "Send me news.".into(), required: false },
        ],
        ..plan("asking")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_again_merges_answers_and_keeps_key_source_and_the_time_of_each_consent() {
    let server = TestServer::start().await;
    let event = server.add(asking()).await;
    let visitor = server.somebody().at("asking");
    let first = json!({
        "answers": [{ "field": "company", "values": [" Analytical Engines "] }, { "field": "topics", "values": ["a"] }],
        "consents": [{ "id": "privacy", "version": 2 }],
        "zone": "Asia/Tokyo",
        "language": "ja",
        "source": { "utm": [{ "name": "source", "value": "mail" }], "ref": "ada", "referrer": "https://a.example/" },
    });
    assert_eq!(visitor.register_as(&with(ada("ada@example.com"), &first)).await.status, 202);
    let registered_at = server.clock.now();
    let before = server.store().registrants(&event.id).await.expect("a list").remove(0);

    server.pass(TimeDelta::hours(1)).await;
    let second = json!({
        "answers": [{ "field": "company", "values": [""] }, { "field": "topics", "values": ["b", "a"] }],
        "consents": [{ "id": "privacy", "version": 2 }, { "id": "news", "version": 1 }],
        "source": { "ref": "somebody else" },
    });
    assert_eq!(visitor.register_as(&with(ada("ADA@example.com"), &second)).await.status, 202);
    let after = server.store().registrants(&event.id).await.expect("a list").remove(0);

    let answers: Vec<_> = after.answers.iter().map(|answer| (answer.field.as_str(), answer.values.join("+"))).collect();
    assert_eq!(answers, [("company", "Analytical Engines".to_owned()), ("topics", "b+a".to_owned())]);
    assert_eq!((after.zone.as_deref(), after.language.as_deref()), (Some("Asia/Tokyo"), Some("ja")));
    assert_eq!(after.source, before.source);
    assert_eq!((after.source.reference.as_str(), after.source.utm[0].value.as_str()), ("ada", "mail"));
    assert_eq!((&after.sealed_key, &after.id), (&before.sealed_key, &before.id));
    let agreed = |id: &str, version, at| GivenConsent { id: id.into(), version, at };
    assert_eq!(after.consents, [agreed("privacy", 2, registered_at), agreed("news", 1, server.clock.now())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_that_is_wrong_is_named_and_nothing_is_kept() {
    let server = TestServer::start().await;
    let event = server.add(asking()).await;
    let wrong = json!({
        "answers": [{ "field": "email", "values": ["nobody"] }, { "field": "topics", "values": ["c"] }],
        "consents": [{ "id": "privacy", "version": 1 }],
    });
    let reply = server.somebody().at("asking").register_as(&wrong).await;
    assert_eq!((reply.status, reply.code().as_str()), (422, "invalid_fields"));
    assert_eq!(
        reply.fields(),
        ["first_name:required", "last_name:required", "email:invalid_email", "topics:not_a_choice", "consent:privacy:consent_needed"]
    );
    assert!(server.store().registrants(&event.id).await.expect("a list").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_after_the_last_seat_waits_without_a_link_until_the_host_adds_seats() {
    let server = TestServer::start().await;
    server.store().set_capacity("launch", Some(1), server.clock.now()).await.expect("one seat");
    let seated = server.registered("ada@example.com").await;
    assert_eq!(server.somebody().document().await.json()["admission"], "full");
    let notice = server.registered("bob@example.com").await;
    assert!(notice.subject().contains("waiting list") && !notice.raw().contains("key="), "{}", notice.raw());

    let bob = server.registrant("bob@example.com").await;
    assert_eq!(bob.seat, Seat::WaitingList);
    assert_eq!(server.somebody().enter("bob@example.com", &server.key_of(&bob)).await.code(), "access_refused");
    server.somebody().open(&seated.link()).await.pass();

    server.store().set_capacity("launch", Some(2), server.clock.now()).await.expect("two seats");
    server.somebody().open(&server.last_mail_to("bob@example.com").await.link()).await.pass();
}

#[tokio::test(flavor = "multi_thread")]
async fn registration_opens_and_closes_to_the_millisecond() {
    let server = TestServer::start().await;
    let start = server.clock.now();
    let (opens, closes) = (start + TimeDelta::hours(1), start + TimeDelta::hours(2));
    server.add(EventPlan { opens_at: Some(opens), closes_at: Some(closes), ..plan("timed") }).await;
    let millisecond = TimeDelta::milliseconds(1);
    for (at, admission, code) in [
        (opens - millisecond, "not_yet_open", "not_yet_open"),
        (opens, "open", ""),
        (closes - millisecond, "open", ""),
        (closes, "closed", "registration_closed"),
    ] {
        server.pass(at - server.clock.now()).await;
        let visitor = server.somebody().at("timed");
        assert_eq!(visitor.document().await.json()["admission"], admission);
        let reply = visitor.register("ada@example.com").await;
        assert_eq!((reply.status, reply.code().as_str()), (if code.is_empty() { 202 } else { 409 }, code), "{admission}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_registers_for_a_live_event_but_not_for_one_that_is_over_or_cancelled() {
    let server = TestServer::start().await;
    for (phase, status, code) in
        [(Phase::Live, 202, ""), (Phase::Ended, 409, "registration_closed"), (Phase::Cancelled, 409, "registration_closed")]
    {
        server.store().set_phase("launch", phase).await.expect("a phase");
        let reply = server.somebody().register("ada@example.com").await;
        assert_eq!((reply.status, reply.code().as_str()), (status, code), "{phase:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn instant_entry_gives_a_pass_to_whoever_is_new_and_to_nobody_else() {
    let server = TestServer::start().await;
    server.add(EventPlan { instant_entry: true, ..plan("instant") }).await;
    let visitor = server.somebody().at("instant");
    let new = visitor.clone().register("ada@example.com").await;
    let pass = new.json()["pass"]["pass"].as_str().expect("a pass").to_owned();
    assert_eq!(visitor.room(&pass).await.status, 200);
    assert_eq!(new.header("cache-control"), "no-store");
    assert!(visitor.clone().register("ada@example.com").await.json()["pass"].is_null());
    server.store().set_capacity("instant", Some(1), server.clock.now()).await.expect("one seat");
    assert!(visitor.register("bob@example.com").await.json()["pass"].is_null(), "no seat, no pass");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_pages_of_listed_origins_may_read_an_event() {
    let server = TestServer::start().await;
    server.add(EventPlan { origins: vec!["https://www.example.com".into()], ..plan("listed") }).await;
    let allowed = |reply: &Reply| reply.header("access-control-allow-origin").to_owned();
    for (event, origin, expected) in [
        ("listed", "https://www.example.com", "https://www.example.com"),
        ("listed", server.public_url(), server.public_url()),
        ("listed", "https://www.example.com.evil.example", ""),
        ("listed", "http://www.example.com", ""),
        ("listed", "null", ""),
        ("launch", "https://anywhere.example", "https://anywhere.example"),
    ] {
        let visitor = server.somebody().at(event);
        for (noun, method) in [("registrations", "POST"), ("resend", "POST"), ("pass", "POST"), ("room", "GET")] {
            let preflight = visitor.preflight(noun, origin, method).await;
            assert_eq!((preflight.status, allowed(&preflight).as_str()), (200, expected), "preflight of {noun} from {origin}");
            assert!(preflight.header("vary").contains("origin"));
            assert!(preflight.header("access-control-allow-credentials").is_empty());
        }
        let path = visitor.path("room");
        let refused = Reply::to(visitor.request(reqwest::Method::GET, &path).header("origin", origin)).await;
        assert_eq!((refused.status, allowed(&refused).as_str()), (401, expected), "problems are read by whoever may read answers");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_state_is_tiny_cacheable_the_same_for_everybody_and_its_version_grows() {
    let server = TestServer::start().await;
    server.add(EventPlan { origins: vec!["https://www.example.com".into()], ..plan("listed") }).await;
    server.registered("ada@example.com").await;
    let visitor = server.somebody().at("listed");
    let mut version = 0;
    for phase in [Phase::Scheduled, Phase::Live, Phase::Ended, Phase::Cancelled] {
        server.store().set_phase("listed", phase).await.expect("a phase");
        let path = visitor.path("state.json");
        let state = Reply::to(visitor.request(reqwest::Method::GET, &path).header("origin", "https://anywhere.example")).await;
        assert_eq!(state.header("access-control-allow-origin"), "*");
        assert_eq!(state.header("cache-control"), "public, max-age=1, stale-while-revalidate=5");
        assert_eq!((state.header("vary"), state.header("set-cookie")), ("", ""), "one copy in a cache serves everybody");
        assert!(state.body.len() + state.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum::<usize>() < 1024);
        let json = state.json();
        assert_eq!((&json["phase"], &json["now"]), (&serde_json::to_value(phase).expect("JSON"), &json!(server.clock.now())));
        assert_eq!(json["starts_at"], json!(plan("listed").start.at));
        assert!(json["version"].as_i64() > Some(version), "{json}");
        version = json["version"].as_i64().expect("a number");
    }
    let preflight = visitor.preflight("state.json", "https://anywhere.example", "GET").await;
    assert_eq!((preflight.status, preflight.header("access-control-allow-origin")), (200, "*"));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_cache_keeps_what_is_one_persons_own_and_no_page_that_holds_a_link_tells_where_one_came_from() {
    let server = TestServer::start().await;
    let letter = server.registered("ada@example.com").await;
    let visitor = server.somebody();
    let pass = visitor.open(&letter.link()).await;
    let room = visitor.room(&pass.pass()).await;
    let refused = visitor.clone().enter("ada@example.com", "").await;
    for private in [&pass, &room, &refused, &visitor.clone().register("bob@example.com").await, &visitor.clone().resend("a@b.de").await] {
        assert_eq!(private.header("cache-control"), "no-store");
    }
    let page = visitor.get(&path_of(&letter)).await;
    assert_eq!((page.status, page.header("referrer-policy"), page.header("cache-control")), (200, "no-referrer", "no-store"));
    // The button for browsers that run no script is all that holds the link; without a link the page is everybody's.
    let bare: Vec<&str> = page.body.lines().filter(|line| !line.starts_with(r#"<input type="hidden" name=""#)).collect();
    assert!(bare.iter().all(|line| !line.contains(&letter.key()) && !line.contains("ada@example.com")), "{bare:?}");
    assert_eq!(visitor.get("/e/launch").await.header("cache-control"), "no-cache");
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
    assert_eq!(visitor.document().await.header("cache-control"), "public, max-age=1, stale-while-revalidate=5");
}

fn path_of(letter: &Letter) -> String {
    let link = reqwest::Url::parse(&letter.link()).expect("a link");
    format!("{}?{}", link.path(), link.query().expect("a query"))
}
