//! Getting in: by password, by mail; sessions, their cookie, and what keeps others out.

use crate::harness::{Database, Host, Letter, Reply, TestServer, eventually};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse battery";

fn credentials(email: &str, password: &str) -> Value {
    json!({ "email": email, "password": password })
}

/// A server with the host Grace, who has a password.
async fn with_grace() -> (TestServer, Host) {
    let server = TestServer::start().await;
    let grace = server.host("grace@example.org").await;
    assert_eq!(grace.put("/password", &json!({ "new": PASSWORD })).await.status, 204);
    (server, grace)
}

/// The token in the one link to sign in by that was mailed.
async fn mailed_token(server: &TestServer, email: &str) -> String {
    eventually("a link to sign in by", || async { mailed_tokens(server, email).pop() }).await
}

fn mailed_tokens(server: &TestServer, email: &str) -> Vec<String> {
    let mails = server.context.mailbox.as_ref().expect("a mailbox").mails().into_iter().map(Letter::new);
    let texts = mails.filter(|letter| letter.recipients() == [email]).map(|letter| letter.text());
    let token = |text: String| text.split("/desk#sign-in=").nth(1)?.split_whitespace().next().map(str::to_owned);
    texts.filter_map(token).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_signs_in_by_password_and_out_again() {
    let (server, _) = with_grace().await;
    let reply = server.nobody().post("/session", &credentials(" Grace@Example.org", PASSWORD)).await;
    assert_eq!((reply.status, reply.header("cache-control")), (204, "no-store"));
    let cookie = reply.header("set-cookie");
    assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && cookie.contains("; Path=/"), "{cookie}");
    assert!(!cookie.contains("Secure"), "this server is reached by http");
    let grace = server.nobody().with_cookie(&reply);
    let session = grace.get("/session").await.json();
    assert_eq!(
        (&session["host"]["email"], &session["host"]["role"], &session["organisation"]["id"], &session["has_password"]),
        (&json!("grace@example.org"), &json!("host"), &json!("default"), &json!(true))
    );
    assert_eq!(grace.delete("/session").await.status, 204);
    assert_eq!(grace.get("/session").await.code(), "not_signed_in");
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_https_the_cookie_is_secure() {
    let server = TestServer::with(Database::Sqlite, |config| config.public_url = "https://events.example.com".to_owned()).await;
    let grace = server.host("grace@example.org").await;
    let signs_in = |host: Host| async move { host.bare_request(Method::DELETE, "/session").header("curtain-up-desk", "1") };
    let reply = Reply::to(signs_in(grace).await).await;
    assert!(reply.header("set-cookie").contains("; Secure"), "{reply:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_unknown_and_locked_are_refused_alike() {
    let (server, _) = with_grace().await;
    let wrong = server.nobody().post("/session", &credentials("grace@example.org", "wrong password")).await;
    let unknown = server.nobody().post("/session", &credentials("nobody@example.org", "wrong password")).await;
    let no_address = server.nobody().post("/session", &credentials("grace", PASSWORD)).await;
    assert_eq!((wrong.status, wrong.code()), (401, "sign_in_refused".to_owned()));
    assert_eq!(wrong.all_but_the_date(), unknown.all_but_the_date());
    assert_eq!(wrong.all_but_the_date(), no_address.all_but_the_date());
    for _ in 0..4 {
        server.nobody().post("/session", &credentials("grace@example.org", "wrong password")).await;
    }
    let locked = server.nobody().post("/session", &credentials("grace@example.org", PASSWORD)).await;
    assert_eq!(wrong.all_but_the_date(), locked.all_but_the_date(), "after five failures the right one is refused too");
    server.clock.advance(TimeDelta::seconds(31));
    assert_eq!(server.nobody().post("/session", &credentials("grace@example.org", PASSWORD)).await.status, 204);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_client_does_not_get_through_the_addresses_of_many() {
    let (server, _) = with_grace().await;
    let client = server.nobody();
    for number in 0..10 {
        client.post("/session", &credentials(&format!("host{number}@example.org"), "wrong password")).await;
    }
    assert_eq!(client.post("/session", &credentials("grace@example.org", PASSWORD)).await.status, 401, "this client is locked");
    assert_eq!(server.nobody().post("/session", &credentials("grace@example.org", PASSWORD)).await.status, 204, "the host is not");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailed_link_signs_in_once_and_frees_who_was_locked_out() {
    let (server, _) = with_grace().await;
    for _ in 0..30 {
        server.nobody().post("/session", &credentials("grace@example.org", "wrong password")).await;
        server.clock.advance(TimeDelta::hours(2));
    }
    assert_eq!(server.nobody().post("/session", &credentials("grace@example.org", PASSWORD)).await.status, 401, "locked for good");

    let asked = server.nobody().post("/session/mail", &json!({ "email": "grace@example.org" })).await;
    let for_nobody = server.nobody().post("/session/mail", &json!({ "email": "nobody@example.org" })).await;
    let for_no_address = server.nobody().post("/session/mail", &json!({ "email": "nobody" })).await;
    assert_eq!(asked.status, 202);
    assert_eq!(asked.all_but_the_date(), for_nobody.all_but_the_date());
    assert_eq!(asked.all_but_the_date(), for_no_address.all_but_the_date());

    let token = mailed_token(&server, "grace@example.org").await;
    assert!(!server.database_files().windows(token.len()).any(|bytes| bytes == token.as_bytes()), "only its hash is kept");
    let signed_in = server.nobody().post("/session/token", &json!({ "token": token })).await;
    assert_eq!(signed_in.status, 204);
    let grace = server.nobody().with_cookie(&signed_in);
    assert_eq!(grace.put("/password", &json!({ "new": "another password" })).await.status, 204, "without the old one");
    assert_eq!(server.nobody().post("/session/token", &json!({ "token": token })).await.code(), "sign_in_refused", "used up");
    assert_eq!(server.nobody().post("/session", &credentials("grace@example.org", "another password")).await.status, 204);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailed_link_is_over_after_a_quarter_of_an_hour_and_mails_are_few() {
    let (server, _) = with_grace().await;
    let ask = || async { server.nobody().post("/session/mail", &json!({ "email": "grace@example.org" })).await };
    for _ in 0..5 {
        assert_eq!(ask().await.status, 202);
    }
    let token = mailed_token(&server, "grace@example.org").await;
    assert_eq!(mailed_tokens(&server, "grace@example.org").len(), 1, "one mail a minute");
    server.clock.advance(TimeDelta::minutes(15));
    assert_eq!(server.nobody().post("/session/token", &json!({ "token": token })).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_end_when_they_lie_unused_when_they_are_old_and_with_a_new_password() {
    let (server, grace) = with_grace().await;
    for _ in 0..4 {
        server.clock.advance(TimeDelta::days(6));
        assert_eq!(grace.get("/session").await.status, 200, "it is used");
    }
    server.clock.advance(TimeDelta::days(6));
    assert_eq!(grace.get("/session").await.status, 401, "thirty days are the end");

    let sign_in = || async { server.nobody().post("/session", &credentials("grace@example.org", PASSWORD)).await };
    let (here, there) = (server.nobody().with_cookie(&sign_in().await), server.nobody().with_cookie(&sign_in().await));
    for (old, status) in [("", 422), ("wrong password", 422), (PASSWORD, 204)] {
        assert_eq!(here.put("/password", &json!({ "old": old, "new": "another password" })).await.status, status, "{old}");
    }
    assert_eq!((here.get("/session").await.status, there.get("/session").await.status), (200, 401));
    server.clock.advance(TimeDelta::days(7));
    assert_eq!(here.get("/session").await.status, 401, "a week unused");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_site_can_make_a_browser_do_nothing() {
    let (server, grace) = with_grace().await;
    let body = json!({ "columns": ["name"] });
    for (headers, status) in [
        (&[("curtain-up-desk", "1"), ("sec-fetch-site", "same-origin")][..], 204),
        (&[("curtain-up-desk", "1")], 204),
        (&[], 403),
        (&[("sec-fetch-site", "same-origin")], 403),
        (&[("curtain-up-desk", "1"), ("sec-fetch-site", "cross-site")], 403),
        (&[("curtain-up-desk", "1"), ("sec-fetch-site", "same-site")], 403),
        (&[("curtain-up-desk", "1"), ("origin", "https://evil.example")], 403),
    ] {
        let with_headers =
            |request: reqwest::RequestBuilder| headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let reply = Reply::to(with_headers(grace.bare_request(Method::PUT, "/columns")).json(&body)).await;
        assert_eq!(reply.status, status, "{headers:?}");
        let signs_in =
            with_headers(server.nobody().bare_request(Method::POST, "/session")).json(&credentials("grace@example.org", PASSWORD));
        assert_eq!(Reply::to(signs_in).await.status, status, "nobody is signed in as somebody else: {headers:?}");
    }
    assert!(grace.get("/session").await.header("access-control-allow-origin").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_manage_hosts_and_an_organisation_keeps_one() {
    let (server, grace) = with_grace().await;
    let added = grace.post("/hosts", &json!({ "email": "alan@example.org", "name": "Alan", "role": "viewer" })).await;
    assert_eq!(added.status, 201, "{}", added.body);
    assert_eq!(grace.post("/hosts", &json!({ "email": "ALAN@example.org", "role": "host" })).await.fields(), ["email:taken"]);
    let token = mailed_token(&server, "alan@example.org").await;
    server.clock.advance(TimeDelta::days(6));
    let grace = grace.with_cookie(&server.nobody().post("/session", &credentials("grace@example.org", PASSWORD)).await);
    let alan = server.nobody().with_cookie(&server.nobody().post("/session/token", &json!({ "token": token })).await);
    assert_eq!(alan.get("/hosts").await.code(), "not_allowed");

    let members = grace.get("/hosts").await.json();
    let id_of = |name: &str| {
        members.as_array().expect("hosts").iter().find(|host| host["email"] == name).expect("a host")["id"]
            .as_str()
            .expect("an id")
            .to_owned()
    };
    let (grace_id, alan_id) = (id_of("grace@example.org"), id_of("alan@example.org"));
    assert_eq!(grace.delete(&format!("/hosts/{grace_id}")).await.code(), "last_host");
    assert_eq!(grace.patch(&format!("/hosts/{grace_id}"), &json!({ "role": "viewer" })).await.code(), "last_host");
    assert_eq!(grace.patch(&format!("/hosts/{alan_id}"), &json!({ "role": "host" })).await.json()["role"], "host");
    assert_eq!(alan.get("/hosts").await.status, 200, "at once");
    assert_eq!(alan.delete(&format!("/hosts/{grace_id}")).await.status, 204);
    assert_eq!(grace.get("/session").await.code(), "not_signed_in");
    assert_eq!(server.nobody().post("/session", &credentials("grace@example.org", PASSWORD)).await.status, 401);
    assert!(alan.trail().await.starts_with(&["host_removed -".to_owned(), "host_changed -".to_owned()]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_columns_that_a_host_chose_are_kept_for_them_alone() {
    let server = TestServer::start().await;
    let (grace, alan) = (server.host("grace@example.org").await, server.viewer("alan@example.org").await);
    assert_eq!(grace.get("/columns").await.json(), json!({ "columns": [] }));
    assert_eq!(alan.put("/columns", &json!({ "columns": ["name", "mail"] })).await.status, 204, "a viewer's own view is no change");
    assert_eq!(alan.get("/columns").await.json(), json!({ "columns": ["name", "mail"] }));
    assert_eq!(grace.get("/columns").await.json(), json!({ "columns": [] }));
    let long = vec!["x"; 101];
    assert_eq!(grace.put("/columns", &json!({ "columns": long })).await.status, 422);
}
