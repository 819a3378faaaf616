//! Bad input to every route: a clear 4xx with a code and the field, never a 5xx, and nothing is lost.

use crate::harness::{Database, Reply, TestServer, Visitor, ada};
use curtain_up_protocol::{Field, FieldKind};
use curtain_up_server::event_plan::EventPlan;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_named_and_nothing_is_lost_on_sqlite() {
    bad_input_is_named_and_nothing_is_lost(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_named_and_nothing_is_lost_on_postgres() {
    bad_input_is_named_and_nothing_is_lost(Database::Postgres).await;
}

async fn bad_input_is_named_and_nothing_is_lost(database: Database) {
    let server = TestServer::on(database).await;
    let long_text = Field { required: false, label: "Question".into(), ..Field::plain("question", FieldKind::LongText) };
    server.add(EventPlan { fields: vec![long_text], ..crate::harness::plan("asking") }).await;
    let letter = server.registered("ada@example.com").await;
    let before = people(&server).await;

    wrong_methods_are_named(&server).await;
    wrong_bodies_are_named(&server).await;
    wrong_values_are_named(&server).await;
    wrong_addresses_lead_nowhere(&server).await;
    wrong_passes_are_refused(&server).await;
    what_is_no_http_is_refused(&server).await;

    assert_eq!(people(&server).await, before, "nothing is lost and nothing is added");
    server.somebody().open(&letter.link()).await.pass();
    assert_eq!(server.somebody().get("/healthz").await.status, 200);
}

async fn people(server: &TestServer) -> Vec<Value> {
    let person = |person: &curtain_up_server::store::registrant::Registrant| {
        json!([person.id, person.email, person.first_name, person.last_name, person.answers, person.source, person.sealed_key])
    };
    server.registrants().await.iter().map(person).collect()
}

async fn check(what: &str, request: RequestBuilder, status: u16, code: &str) -> Reply {
    let reply = Reply::to(request).await;
    assert_eq!((reply.status, reply.code().as_str()), (status, code), "{what}: {}", reply.body);
    assert_eq!(reply.header("content-type"), "application/json", "{what}");
    reply
}

async fn wrong_methods_are_named(server: &TestServer) {
    let read = ["/api/events/launch", "/api/events/launch/state.json", "/api/events/launch/room", "/e/launch", "/e/launch/live"];
    let files = ["/hosted-page.css", "/healthz", "/api/openapi.json", "/curtain-up.js"];
    let written = ["/api/events/launch/resend", "/api/events/launch/pass", "/webhooks/generic"];
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "BREW"] {
        let takes_reads = method == "GET";
        for path in read.iter().chain(&files).filter(|_| !takes_reads).chain(written.iter().filter(|_| method != "POST")) {
            let method = Method::from_bytes(method.as_bytes()).expect("a method");
            let request = server.somebody().request(method.clone(), path).json(&ada("eve@example.com"));
            check(&format!("{method} {path}"), request, 405, "method_not_allowed").await;
        }
    }
}

async fn wrong_bodies_are_named(server: &TestServer) {
    for noun in ["registrations", "resend", "pass"] {
        let visitor = server.somebody();
        let path = visitor.path(noun);
        let post = || visitor.request(Method::POST, &path);
        let typed = |kind: &str| post().header("content-type", kind);
        check("no body", post(), 415, "unsupported_media_type").await;
        for kind in ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "application/json2; charset=utf-8"] {
            check(kind, typed(kind).body(ada("eve@example.com").to_string()), 415, "unsupported_media_type").await;
        }
        let (deep, zipped) = ("[".repeat(200_000), vec![0x1f, 0x8b, 8, 0]);
        for body in
            ["", " ", "nonsense", "{", "{]", "[]", "null", "1", "\"email\"", "{\"email\":", "\u{feff}{}", &deep, "{\"a\":\"\\ud800\"}"]
        {
            let short: String = body.chars().take(20).collect();
            check(&format!("{noun}: {short}"), typed("application/json").body(body.to_owned()), 400, "invalid_request").await;
        }
        for bytes in [b"{\"email\":\"\xff\"}".to_vec(), zipped, vec![0; 100]] {
            check(&format!("{noun}: {bytes:?}"), typed("application/json").body(bytes), 400, "invalid_request").await;
        }
        let large = json!({ "answers": "x".repeat(10_000_000) }).to_string();
        check(&format!("{noun}: 10 MB"), typed("application/json").body(large), 413, "too_large").await;
    }
    for (noun, body, field) in [
        ("registrations", r#"{}"#, "answers"),
        ("registrations", r#"{"answers":1}"#, "answers"),
        ("registrations", r#"{"answers":[{"field":"email","values":"a@b.de"}]}"#, "answers[0].values"),
        ("registrations", r#"{"answers":[{"field":"email","values":[1]}]}"#, "answers[0].values[0]"),
        ("registrations", r#"{"answers":[{"values":[]}]}"#, "answers[0].field"),
        ("registrations", r#"{"answers":[],"consents":[{"id":"x","version":-1}]}"#, "consents[0].version"),
        ("registrations", r#"{"answers":[],"admin":true}"#, "admin"),
        ("registrations", r#"{"answers":[],"answers":[]}"#, "answers"),
        ("registrations", r#"{"answers":[],"zone":null}"#, "zone"),
        ("registrations", r#"{"answers":[],"source":{"utm":[{"name":"a"}]}}"#, "source.utm[0].value"),
        ("resend", r#"{}"#, "email"),
        ("resend", r#"{"email":null}"#, "email"),
        ("resend", r#"{"email":"a@b.de","event":"x"}"#, "event"),
        ("pass", r#"{"email":"a@b.de"}"#, "key"),
        ("pass", r#"{"email":"a@b.de","key":1234}"#, "key"),
        ("pass", r#"{"email":"a@b.de","key":"1","sig":{}}"#, "sig"),
        ("pass", r#"{"email":"a@b.de","email":"b@b.de","key":"1"}"#, "email"),
    ] {
        let visitor = server.somebody();
        let request = visitor.request(Method::POST, &visitor.path(noun)).header("content-type", "application/json").body(body);
        let reply = check(body, request, 400, "invalid_request").await;
        assert_eq!(reply.fields(), [format!("{field}:invalid_value")], "{noun} {body}");
    }
}

async fn wrong_values_are_named(server: &TestServer) {
    let long = "x".repeat(201);
    for (field, value, code) in [
        ("first_name", "", "required"),
        ("first_name", " \t ", "required"),
        ("first_name", "A\0da", "invalid_value"),
        ("first_name", "A\nda", "invalid_value"),
        ("last_name", "\u{1b}[31m", "invalid_value"),
        ("last_name", "\u{7f}", "invalid_value"),
        ("last_name", &long, "too_long"),
        ("email", "ada\0@example.com", "invalid_email"),
        ("email", "ada@example.com\r\nBcc: x@y.de", "invalid_email"),
        ("email", "ada\u{202e}@example.com", "invalid_email"),
        ("email", &format!("{long}@example.com"), "too_long"),
        ("question", "\0", "invalid_value"),
        ("question", &"x".repeat(5_001), "too_long"),
        ("nonsense\0", "x", "unknown_field"),
    ] {
        let mut body = ada("eve@example.com");
        let answers = body["answers"].as_array_mut().expect("a list");
        answers.retain(|answer| answer["field"] != field);
        answers.push(json!({ "field": field, "values": [value] }));
        let reply = server.somebody().at("asking").register_as(&body).await;
        assert_eq!((reply.status, reply.code().as_str()), (422, "invalid_fields"), "{field} {value:?}: {}", reply.body);
        assert_eq!(reply.fields(), [format!("{field}:{code}")], "{value:?}");
    }
    for email in ["", "ada", "ada\0@example.com", "ada@example.com\u{202e}", &long] {
        let reply = server.somebody().resend(email).await;
        assert_eq!((reply.status, reply.code().as_str()), (422, "invalid_fields"), "{email:?}: {}", reply.body);
    }
    let asking = server.event("asking").await.id;
    assert!(server.store().registrants(&asking).await.expect("a list").is_empty());
}

async fn wrong_addresses_lead_nowhere(server: &TestServer) {
    let long = "x".repeat(5_000);
    for slug in
        ["none", "LAUNCH", "laun_ch", "launch%00", "%00", "%ff", "%C3%28", "launch%2f", "..%2flaunch", "%F0%9F%8E%AD", &long, "'--", "$1"]
    {
        for noun in ["", "/state.json", "/room"] {
            let request = server.somebody().request(Method::GET, &format!("/api/events/{slug}{noun}"));
            check(&format!("{slug}{noun}"), request, 404, "event_not_found").await;
        }
        for page in [format!("/e/{slug}"), format!("/e/{slug}/live?email=a%40b.de&key=1")] {
            check(&page, server.somebody().request(Method::GET, &page), 404, "event_not_found").await;
        }
        for (noun, body) in [
            ("registrations", ada("eve@example.com")),
            ("resend", json!({ "email": "a@b.de" })),
            ("pass", json!({ "email": "a@b.de", "key": "1" })),
        ] {
            let request = server.somebody().request(Method::POST, &format!("/api/events/{slug}/{noun}")).json(&body);
            check(&format!("{slug}/{noun}"), request, 404, "event_not_found").await;
        }
    }
    for path in
        ["/", "/api", "/api/events", "/api/events/", "/api/events/launch/", "/api/events/launch/none", "/e/launch/live/x", "/secret"]
    {
        check(path, server.somebody().request(Method::GET, path), 404, "not_found").await;
    }
    for path in ["/curtain-up.db", "/%2e%2e/secret", "/none.js", "/../Cargo.txt", "/%00.js", "/%ff.js", "/dev/page"] {
        check(path, server.somebody().request(Method::GET, path), 404, "not_found").await;
    }
    for query in ["?", "?&&==", "?%00=%ff", "?email=a&email=b", "?key[]=1", &format!("?{long}")] {
        let visitor = server.somebody();
        assert_eq!(visitor.get(&format!("/api/events/launch/state.json{query}")).await.status, 200, "{query}");
        assert_eq!(visitor.get(&format!("/e/launch/live{query}")).await.status, 200, "{query}");
    }
}

async fn wrong_passes_are_refused(server: &TestServer) {
    let visitor = server.somebody();
    let path = visitor.path("room");
    let room = |header: Option<&[u8]>| {
        let request = visitor.request(Method::GET, &path);
        header.map_or(visitor.request(Method::GET, &path), |value| request.header("authorization", value))
    };
    check("none", room(None), 401, "pass_refused").await;
    let long = format!("Bearer {}", "A".repeat(8_000));
    for header in [&b""[..], b"Bearer", b"Bearer ", b"Basic YTpi", b"Bearer \xff\xfe", b"Bearer a b", b"Bearer ====", long.as_bytes()] {
        check(&format!("{header:?}"), room(Some(header)), 401, "pass_refused").await;
    }
}

async fn what_is_no_http_is_refused(server: &TestServer) {
    let visitor = server.somebody();
    let get = |rest: &str| format!("GET /healthz HTTP/1.1\r\nhost: x\r\n{rest}\r\n\r\n");
    for (what, bytes, status) in [
        ("a huge header", get(&format!("x: {}", "y".repeat(1_000_000))), "431"),
        ("a thousand headers", get(&"x: y\r\n".repeat(1_000)), "431"),
        ("a header without a colon", get("x"), "400"),
        ("two lengths", get("content-length: 1\r\ncontent-length: 2"), "400"),
        ("a length that is none", get("content-length: -1"), "400"),
        ("no HTTP", "hello\r\n\r\n".to_owned(), "400"),
    ] {
        let line = visitor.raw(bytes.as_bytes()).await;
        assert!(line.starts_with(&format!("HTTP/1.1 {status}")), "{what}: {line}");
    }
    let line = visitor.raw(b"GET /api/events/\xff\xfe HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert!(line.starts_with("HTTP/1.1 4"), "{line}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_odd_zone_language_or_tracking_keeps_nobody_from_registering_on_sqlite() {
    an_odd_zone_language_or_tracking_keeps_nobody_from_registering(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_odd_zone_language_or_tracking_keeps_nobody_from_registering_on_postgres() {
    an_odd_zone_language_or_tracking_keeps_nobody_from_registering(Database::Postgres).await;
}

async fn an_odd_zone_language_or_tracking_keeps_nobody_from_registering(database: Database) {
    let server = TestServer::on(database).await;
    let long = "ä".repeat(10_000);
    let utm = |name: &str, value: &str| json!({ "utm": [{ "name": name, "value": value }] });
    let many: Vec<Value> = (0..500).map(|number| json!({ "name": number.to_string(), "value": "x" })).collect();
    for (number, (part, value)) in [
        ("zone", json!("Mars/Olympus")),
        ("zone", json!("Europe/Berlin\0")),
        ("zone", json!(long)),
        ("language", json!("\u{202e}\0")),
        ("language", json!("x".repeat(10_000))),
        ("source", utm("source", &long)),
        ("source", utm("so\0urce", "\0\u{7}\u{202e}")),
        ("source", json!({ "utm": many })),
        ("source", json!({ "ref": long, "referrer": format!("javascript:{long}\0") })),
    ]
    .into_iter()
    .enumerate()
    {
        let email = format!("ada{number}@example.com");
        let mut body = ada(&email);
        body[part] = value;
        let reply = server.somebody().register_as(&body).await;
        assert_eq!(reply.status, 202, "{part} {number}: {}", reply.body);
        let person = server.registrant(&email).await;
        let longest =
            person.source.utm.iter().flat_map(|utm| [&utm.name, &utm.value]).chain([&person.source.reference, &person.source.referrer]);
        assert!(longest.clone().all(|text| text.chars().count() <= 500 && !text.contains('\0')), "{part} {number}");
        assert!(person.source.utm.len() <= 20 && person.zone.is_none() && person.language.is_none(), "{part} {number}");
    }
    assert_eq!(server.mails().await.len(), 9);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_scanner_that_opens_the_link_changes_nothing() {
    let server = TestServer::start().await;
    let letter = server.registered("ada@example.com").await;
    let before = people(&server).await;
    let scanner: Visitor = server.somebody();
    let link = &letter.link()[server.public_url().len()..];
    for method in [Method::GET, Method::HEAD] {
        assert_eq!(Reply::to(scanner.request(method, link)).await.status, 200);
    }
    assert_eq!((people(&server).await, server.failed_guesses().await, server.mails().await.len()), (before, 0, 1));
}
