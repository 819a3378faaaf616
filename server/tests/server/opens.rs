//! A mail counts as opened when the picture in it is fetched, where its host wants to know; and elsewhere it holds none.

use crate::harness::{Host, Letter, Reply, TestServer, eventually};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

/// Has the host want to know, or not.
async fn track_opens(grace: &Host, wanted: bool) {
    let mut event = grace.event("launch").await;
    event["plan"]["settings"]["track_opens"] = json!(wanted);
    let saved = grace.put("/events/launch", &json!({ "plan": event["plan"], "version": event["version"] })).await;
    assert_eq!(saved.status, 200, "{}", saved.body);
}

async fn tracked() -> (TestServer, Host) {
    let server = TestServer::start().await;
    let grace = server.host("grace@example.org").await;
    track_opens(&grace, true).await;
    (server, grace)
}

/// The picture's address in a mail, as a mail program finds it: without the server's name.
fn picture(server: &TestServer, letter: &Letter) -> Option<String> {
    let html = letter.html();
    let (_, rest) = html.split_once("<img src=\"")?;
    let (address, _) = rest.split_once('"')?;
    Some(address.strip_prefix(server.public_url()).expect("the server's own").to_owned())
}

async fn person(grace: &Host, email: &str) -> Value {
    grace.get(&format!("/events/launch/people?search={email}")).await.json()["people"][0].clone()
}

async fn status(grace: &Host, email: &str) -> String {
    person(grace, email).await["mail"].as_str().expect("a status").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_is_read_says_so_at_the_desk() {
    let (server, grace) = tracked().await;
    let letter = server.registered("ada@example.com").await;
    server.registered("bob@example.com").await;
    let picture = picture(&server, &letter).expect("a picture");
    assert!(!letter.text().contains("opened.gif"), "whoever reads the text fetches nothing");
    let id = person(&grace, "ada@example.com").await["id"].as_str().expect("an id").to_owned();
    assert!(!picture.contains("ada") && !picture.contains(&id) && !picture.contains(&id.replace('-', "")), "it names nobody: {picture}");
    assert_eq!(status(&grace, "ada@example.com").await, "delivered");

    let mailbox = server.somebody();
    assert_eq!(Reply::to(mailbox.request(Method::HEAD, &picture)).await.status, 200);
    assert_eq!(status(&grace, "ada@example.com").await, "delivered", "HEAD changes nothing");
    let fetched = mailbox.get(&picture).await;
    assert_eq!((fetched.status, fetched.header("content-type"), fetched.header("cache-control")), (200, "image/gif", "no-store"));
    assert!(fetched.headers.get("set-cookie").is_none());
    assert_eq!(status(&grace, "ada@example.com").await, "opened");
    assert_eq!(grace.get("/events/launch/people?mail=opened").await.json()["total"], 1);
    let first = grace.get(&format!("/events/launch/people/{id}")).await.json()["mails"].clone();
    assert_eq!(first[0]["state"], "opened");
    server.pass(TimeDelta::minutes(5)).await;
    mailbox.get(&picture).await;
    assert_eq!(grace.get(&format!("/events/launch/people/{id}")).await.json()["mails"], first, "it is opened once");
    let numbers = grace.get("/events/launch/numbers").await.json();
    assert_eq!((&numbers["mails"]["opened"], &numbers["mails"]["delivered"]), (&json!(1), &json!(1)));

    let begun = grace.post("/events/launch/bulk", &json!({ "kind": "resend", "to": "never_opened" })).await.json();
    let job = format!("/jobs/{}", begun["job"].as_str().expect("a job"));
    let done = eventually("the job", || async { Some(grace.get(&job).await.json()).filter(|job| job["state"] == "done") }).await;
    assert_eq!(done["total"], 1, "Bob alone");
    assert_eq!((server.mails_to("ada@example.com").await.len(), server.mails_to("bob@example.com").await.len()), (1, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_opens_a_mail_and_comes_has_clicked_it() {
    let (server, grace) = tracked().await;
    let letter = server.registered("ada@example.com").await;
    server.somebody().get(&picture(&server, &letter).expect("a picture")).await;
    let ada = server.somebody();
    let pass = ada.open(&letter.link()).await.pass();
    for _minute in 0..2 {
        let sign = ada.request(Method::POST, &ada.path("presence")).bearer_auth(&pass).json(&json!({ "place": "waiting" }));
        assert_eq!(Reply::to(sign).await.status, 200);
        server.pass(TimeDelta::minutes(1)).await;
    }
    assert_eq!(status(&grace, "ada@example.com").await, "clicked");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_wants_to_know_mails_hold_no_picture() {
    let server = TestServer::start().await;
    let grace = server.host("grace@example.org").await;
    assert_eq!(grace.event("launch").await["plan"]["settings"]["track_opens"], false, "off by default");
    let letter = server.registered("ada@example.com").await;
    assert!(!letter.raw().contains("opened.gif") && !letter.html().contains("<img"), "{}", letter.html());

    track_opens(&grace, true).await;
    let letter = server.registered("bob@example.com").await;
    let picture = picture(&server, &letter).expect("a picture");
    let sample = grace.post("/events/launch/words/test", &json!({ "kind": "confirmation" })).await;
    assert_eq!(sample.status, 202, "{}", sample.body);
    assert!(!server.last_mail_to("grace@example.org").await.html().contains("<img"), "a host's own sample tells nothing");
    track_opens(&grace, false).await;
    assert_eq!(server.somebody().get(&picture).await.status, 200);
    assert_eq!(status(&grace, "bob@example.com").await, "delivered", "a mail from before is not looked at either");
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_the_same_picture_whatever_they_ask_for() {
    let (server, grace) = tracked().await;
    let letter = server.registered("ada@example.com").await;
    let known = picture(&server, &letter).expect("a picture");
    let fetched = server.somebody().get(&known).await;
    let id = person(&grace, "ada@example.com").await["id"].as_str().expect("an id").to_owned();
    assert_eq!(grace.delete(&format!("/events/launch/people/{id}")).await.status, 204);
    let forged = format!("/opened.gif?mail={id}");
    for path in [known.as_str(), &known[..known.len() - 1], &forged, "/opened.gif?mail=", "/opened.gif", "/opened.gif?mail=%00&mail=%ff"] {
        let other = server.somebody().get(path).await;
        assert_eq!(other.all_but_the_date(), fetched.all_but_the_date(), "{path}");
    }
    assert_eq!(server.somebody().request(Method::POST, &known).send().await.expect("an answer").status(), 405);
}
