//! Answers do not tell who is registered, by their bytes or by their time.

use crate::harness::{TestServer, ada};
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_key_a_refused_address_and_a_locked_one_look_the_same_to_the_byte() {
    let server = TestServer::start().await;
    let letter = server.registered("ada@example.com").await;
    server.registered("locked@example.com").await;
    for _failure in 0..5 {
        server.somebody().enter("locked@example.com", "no key").await;
    }
    let wrong = if letter.key() == "0000" { "0001" } else { "0000" };
    let reference = server.somebody().enter("ada@example.com", wrong).await;
    assert_eq!((reference.status, reference.code().as_str()), (401, "access_refused"));
    let forged = letter.link().replace("sig=", "sig=A");
    for (case, reply) in [
        ("an unknown address", server.somebody().enter("nobody@example.com", &letter.key()).await),
        ("a locked address", server.somebody().enter("locked@example.com", wrong).await),
        ("a malformed address", server.somebody().enter("no address", wrong).await),
        ("an address with a NUL", server.somebody().enter("ada\0@example.com", wrong).await),
        ("an empty address", server.somebody().enter("", wrong).await),
        ("an empty key", server.somebody().enter("ada@example.com", "").await),
        ("a key of another length", server.somebody().enter("ada@example.com", &"9".repeat(1_000)).await),
        ("a forged signature", server.somebody().open(&forged.replace(&letter.key(), wrong)).await),
    ] {
        assert_eq!(reply.all_but_the_date(), reference.all_but_the_date(), "{case}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_and_resending_answer_alike_whoever_is_registered() {
    let server = TestServer::start().await;
    let new = server.somebody().register("ada@example.com").await;
    assert_eq!(new.status, 202);
    let known = server.somebody().register("Ada@Example.com").await;
    assert_eq!(new.all_but_the_date(), known.all_but_the_date());

    let known = server.somebody().resend("ada@example.com").await;
    let unknown = server.somebody().resend("nobody@example.com").await;
    assert_eq!(known.all_but_the_date(), unknown.all_but_the_date());
    let curious = server.somebody();
    for _again in 0..20 {
        let used_up = curious.clone().resend("ada@example.com").await;
        assert_eq!(used_up.all_but_the_date(), unknown.all_but_the_date());
    }
}

/// The work takes a few milliseconds and the answer leaves on a tick, so an early answer is one that went around it.
#[tokio::test(flavor = "multi_thread")]
async fn no_answer_about_a_person_leaves_before_its_tick() {
    let server = TestServer::start().await;
    let letter = server.registered("ada@example.com").await;
    let visitor = server.somebody();
    let pass = |email: &str, key: &str| ("pass", serde_json::json!({ "email": email, "key": key }));
    let resend = |email: &str| ("resend", serde_json::json!({ "email": email }));
    for (noun, body) in [
        pass("ada@example.com", &letter.key()),
        pass("ada@example.com", "no key"),
        pass("nobody@example.com", "no key"),
        pass("no address", "no key"),
        resend("ada@example.com"),
        resend("nobody@example.com"),
        ("registrations", ada("ada@example.com")),
        ("registrations", ada("new@example.com")),
    ] {
        let asked = Instant::now();
        visitor.post(noun, &body).await;
        assert!(asked.elapsed() >= Duration::from_millis(100), "{noun} {body} after {:?}", asked.elapsed());
    }
}
