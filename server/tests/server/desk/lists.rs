//! Uploading lists at the desk: what a file would do, what it did, how far it is, and how it is stopped.

use crate::{
    codes::meeting::meeting,
    harness::{Host, Reply, TestServer},
};
use curtain_up_protocol::desk::Scope;
use curtain_up_server::store::event::DEFAULT_ORGANISATION;
use reqwest::Method;
use serde_json::{Value, json};

const LIST: &str = "code,email,firstname\n0042,ada@example.com,Ada\n0043,eve@example.com,Eve\n";

/// A server with two meetings, and a host.
pub async fn desk() -> (TestServer, Host) {
    let server = TestServer::start().await;
    for slug in ["meeting", "breakout"] {
        server.add(meeting(slug)).await;
    }
    let grace = server.host("grace@example.org").await;
    (server, grace)
}

fn request(host: &Host, query: &str, list: impl Into<reqwest::Body>) -> reqwest::RequestBuilder {
    let request = host.request(Method::POST, &format!("/events/meeting/people-list{query}"));
    request.header("content-type", "text/csv").body(list)
}

async fn upload(host: &Host, query: &str, list: impl Into<reqwest::Body>) -> Reply {
    Reply::to(request(host, query, list)).await
}

/// The last line of an answer.
fn report(reply: &Reply) -> Value {
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/jsonl; charset=utf-8"), "{}", reply.body);
    let last = reply.body.lines().last().expect("a line");
    serde_json::from_str::<Value>(last).expect("JSON")["report"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_says_what_an_upload_does_and_the_upload_does_it_at_all_events_it_names() {
    let (server, grace) = desk().await;
    let answer = report(&upload(&grace, "?with=breakout", LIST).await);
    let event = |slug: &str| json!({ "slug": slug, "added": [2, 3], "changed": [], "unchanged": [], "codes_made": 0, "guesses": 1, "weak": true, "new_fields": [] });
    assert_eq!((&answer["encoding"], &answer["separator"]), (&json!("utf8"), &json!(",")));
    assert_eq!(answer["report"], json!({ "done": false, "events": [event("breakout"), event("meeting")], "refused": [] }));
    assert!(server.people_at("meeting").await.is_empty() && !grace.trail().await.iter().any(|deed| deed.starts_with("list_uploaded")));

    let answer = report(&upload(&grace, "?upload=all_or_nothing&with=breakout", LIST).await);
    assert_eq!(answer["report"]["done"], true);
    assert_eq!((server.people_at("meeting").await.len(), server.people_at("breakout").await.len()), (2, 2));
    assert_eq!(grace.trail().await[..2], ["list_uploaded meeting", "list_uploaded breakout"]);
    assert!(grace.get("/audit").await.body.contains("2 added, 0 changed, 0 unchanged, 0 refused"));
    let codes = grace.get("/events/meeting/codes").await.json();
    assert_eq!((&codes["people"], &codes["guesses"], &codes["weak"]), (&json!(2), &json!(1), &json!(true)));
    assert!(codes["uploaded_at"].is_i64());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_of_people_who_have_registered_changes_nothing_and_makes_no_codes() {
    let (server, grace) = desk().await;
    server.registered("ada@example.com").await;
    let exported = grace.get("/events/launch/export?columns=all").await.body;
    let outcome = async |list: String| {
        let request = grace.request(Method::POST, "/events/launch/people-list").header("content-type", "text/csv").body(list);
        let event = report(&Reply::to(request).await)["report"]["events"][0].clone();
        (event["changed"].clone(), event["unchanged"].clone(), event["codes_made"].clone())
    };
    assert_eq!(outcome(exported.clone()).await, (json!([]), json!([2]), json!(0)));
    let renamed = exported.replace("Ada", "Augusta");
    assert_eq!(outcome(renamed).await, (json!([{ "row": 2, "columns": ["firstname"] }]), json!([]), json!(0)));
    let by_hand = "code,email,firstname\n,ada@example.com,Ada\n".to_owned();
    assert_eq!(outcome(by_hand).await, (json!([{ "row": 2, "columns": ["code"] }]), json!([]), json!(1)), "there, it is wished for");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_export_changes_of_somebody_without_a_code_leaves_them_without() {
    let (server, grace) = desk().await;
    server.registered("ada@example.com").await;
    let renamed = grace.get("/events/launch/export?columns=all").await.body.replace("Ada", "Augusta");
    let request = grace.request(Method::POST, "/events/launch/people-list?upload=all_or_nothing").header("content-type", "text/csv");
    assert_eq!(report(&Reply::to(request.body(renamed)).await)["report"]["done"], true);
    let ada = server.registrant("ada@example.com").await;
    assert_eq!((ada.first_name.as_str(), ada.sealed_code), ("Augusta", None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_row_stops_everything_unless_the_rest_is_wanted_and_comes_back_as_a_file_to_mend() {
    let (server, grace) = desk().await;
    let list = format!("{LIST}0043,alan@example.com,Alan\n0044,nobody,Nobody\n");
    let answer = report(&upload(&grace, "?upload=all_or_nothing", list.clone()).await);
    let refused = json!([{ "row": 4, "reason": "same_code", "first": 3 }, { "row": 5, "reason": "invalid_email" }]);
    assert_eq!((&answer["report"]["done"], &answer["report"]["refused"]), (&json!(false), &refused));
    assert!(server.people_at("meeting").await.is_empty());
    let answer = report(&upload(&grace, "?upload=without_refused", list).await);
    assert_eq!((&answer["report"]["done"], server.people_at("meeting").await.len()), (&json!(true), 2));
    let file = answer["refused_file"].as_str().expect("a file");
    assert!(file.contains("0043,alan@example.com,Alan,row 3 has the same code"), "{file}");
    let mended = file.replace("0043", "0045").replace("nobody", "nobody@example.com");
    let answer = report(&upload(&grace, "?upload=all_or_nothing", mended).await);
    assert_eq!((&answer["report"]["done"], server.people_at("meeting").await.len()), (&json!(true), 4));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_list_is_refused_by_its_columns() {
    let (_server, grace) = desk().await;
    for (list, query, status, fields) in [
        (String::new(), "", 422, vec!["file:required"]),
        ("PK\u{3}\u{4}\0\0\n".to_owned(), "", 422, vec!["file:invalid_value"]),
        ("code,surname\n1,a\n".to_owned(), "", 422, vec!["email:required", "firstname:required"]),
        ("code,email,E-Mail,firstname\n".to_owned(), "", 422, vec!["email:taken", "E-Mail:taken"]),
        (LIST.to_owned(), "?with=nowhere", 422, vec!["with:invalid_value"]),
        (LIST.to_owned(), "?upload=perhaps", 400, vec!["upload:invalid_value"]),
        (format!("code,email,firstname,{}\n", (0..100).map(|n| format!("a{n}")).collect::<Vec<_>>().join(",")), "", 413, vec![]),
        ("x".repeat(64 * 1024 * 1024 + 1), "", 413, vec![]),
    ] {
        let reply = upload(&grace, query, list).await;
        assert_eq!((reply.status, reply.fields()), (status, fields.into_iter().map(str::to_owned).collect()), "{}", reply.body);
    }
    let form = grace.request(Method::POST, "/events/meeting/people-list").header("content-type", "application/json").body("{}");
    assert_eq!(Reply::to(form).await.status, 415);
    let template = grace.get("/people-list-template").await;
    assert!(template.body.starts_with("code,email,firstname") && template.header("content-disposition").contains("people.csv"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_needs_to_be_allowed_codes_for_a_dry_run_too_since_it_tells_which_are_taken() {
    let (server, _grace) = desk().await;
    for (scopes, status) in [(&[Scope::Read, Scope::Write][..], 403), (&[Scope::Write, Scope::Keys], 200)] {
        assert_eq!(upload(&server.script(scopes).await, "", LIST).await.status, status, "{scopes:?}");
    }
}

/// A list that is written for a good while.
fn a_long_list() -> String {
    let rows = (0..20_000).map(|n| format!("K7Q{n:05}X,p{n}@example.com,P\n"));
    std::iter::once("code,email,firstname\n".to_owned()).chain(rows).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_upload_says_how_far_it_is_and_broken_off_leaves_nothing() {
    let (server, grace) = desk().await;
    let mut response = request(&grace, "?upload=all_or_nothing", a_long_list()).send().await.expect("an answer");
    let mut told = String::new();
    // Until rows are being written, in a transaction that is open now.
    let is_writing = |told: &str| told.lines().any(|line| line.starts_with("{\"progress\"") && !line.contains("\"done\":0,"));
    while !is_writing(&told) {
        let chunk = response.chunk().await.expect("a chunk").expect("more");
        told.push_str(std::str::from_utf8(&chunk).expect("text"));
        assert!(!told.contains("report"), "it was to take longer: {told}");
    }
    drop(response);
    // The next waits for the transaction that was broken off, and finds nothing of it.
    let answer = report(&upload(&grace, "", LIST).await);
    assert_eq!(answer["report"]["events"][0]["added"], json!([2, 3]));
    assert!(server.people_at("meeting").await.is_empty());
    assert!(!grace.trail().await.iter().any(|deed| deed.starts_with("list_uploaded")));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_uploads_one_list_at_a_time_and_is_told_to_come_again() {
    let (server, grace) = desk().await;
    let turn = server.context.uploads.turn(DEFAULT_ORGANISATION).expect("a turn");
    let reply = upload(&grace, "", LIST).await;
    assert_eq!((reply.status, reply.code().as_str(), reply.header("retry-after")), (503, "unavailable", "5"));
    drop(turn);
    assert_eq!(upload(&grace, "", LIST).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secret_for_links_is_made_once_shown_to_hosts_and_renewed() {
    let (_server, grace) = desk().await;
    let secret =
        async |path: &str| grace.post(&format!("/link-secret/{path}"), &json!({})).await.json()["secret"].as_str().map(str::to_owned);
    let first = secret("reveal").await.expect("a secret");
    assert_eq!(secret("reveal").await.as_ref(), Some(&first));
    let renewed = secret("renew").await.expect("a secret");
    assert_ne!(renewed, first);
    assert_eq!(secret("reveal").await, Some(renewed.clone()));
    assert_eq!(grace.trail().await[..4], ["link_secret_shown -", "link_secret_renewed -", "link_secret_shown -", "link_secret_shown -"]);
    assert!(!grace.get("/audit").await.body.contains(&renewed));
}
