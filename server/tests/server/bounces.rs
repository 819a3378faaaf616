//! Mail that comes back: what is one, whose it is, and what follows from it.

use crate::harness::{Database, PostOffice, Program, Reply, TestServer, eventually, plan, post_office::Mood::Unknown, server::free_port};
use chrono::TimeDelta;
use curtain_up_server::{
    config::WebhookFlags,
    event_plan::EventPlan,
    mail::bounce::{
        Bounce, Returned,
        notification::{Finding, read},
    },
    store::{
        address::{AddressState, BounceKind},
        bounce::BOUNCES_BEFORE_PAUSE,
        outbox::{MailKind, MailState},
    },
    trust::{mail_signature::return_path, secrets::Secrets},
};
use reqwest::Method;
use std::{collections::BTreeMap, path::Path};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

const MAIL: &str = "01957ab0-0000-7000-8000-00000000abcd.r60.0";

/// A fixture by its name, with a Return-Path in it, and lines ending as mail servers end them.
fn fixture(name: &str, return_path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/server/bounce_fixtures").join(name);
    let text = std::fs::read_to_string(path).expect("a fixture");
    text.replace("{return_path}", return_path).replace('\n', "\r\n").into_bytes()
}

fn hard_bounce(return_path: &str) -> Vec<u8> {
    fixture("hard-postfix-unknown-user.eml", return_path)
}

#[test]
fn every_fixture_is_what_its_name_says() {
    let secrets = Secrets::derive(&[7; 32]);
    let address = format!("{}@bounces.example.com", return_path(&secrets, MAIL));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/server/bounce_fixtures");
    let mut kinds = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let name = entry.expect("a file").file_name().into_string().expect("a name");
        let kind = name.split('-').next().expect("a kind").to_owned();
        let bounce = |kind| Finding::Bounce(Bounce { of: Returned::Mail(MAIL.to_owned()), kind });
        let expected = match kind.as_str() {
            "hard" => bounce(BounceKind::Hard),
            "soft" => bounce(BounceKind::Soft),
            "complaint" => bounce(BounceKind::Complaint),
            "none" => Finding::NoBounce,
            _ => Finding::Forged,
        };
        assert_eq!(read(&fixture(&name, &address), None, &secrets), expected, "{name}");
        if kind != "forged" && kind != "complaint" && !name.contains("arf") {
            assert_eq!(read(&fixture(&name, &address), Some(&address), &secrets), expected, "{name}, with its envelope");
        }
        assert_eq!(read(&fixture(&name, &address), None, &Secrets::derive(&[8; 32])), Finding::Forged, "{name}, at another server");
        *kinds.entry(kind).or_insert(0) += 1;
    }
    assert!(kinds.values().sum::<i32>() >= 55 && kinds["none"] >= 18 && kinds["forged"] >= 5, "{kinds:?}");
}

/// A server with Ada on the list of `launch`, and the Return-Path of her confirmation.
async fn with_ada(change: impl FnOnce(&mut curtain_up_server::config::ServeConfig)) -> (TestServer, String) {
    let server = TestServer::with(Database::Sqlite, |config| {
        config.bounce_domain = Some("bounces.example.com".into());
        change(config);
    })
    .await;
    server.registered("ada@example.com").await;
    let mail = server.outbox().await.remove(0).id;
    let address = format!("{}@bounces.example.com", return_path(&server.context.secrets, &mail));
    (server, address)
}

async fn state_of(server: &TestServer, email: &str) -> Option<AddressState> {
    server.store().address_state(email).await.expect("an answer")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bounce_by_pipe_stops_mail_to_the_address_until_the_host_says_otherwise() {
    let (server, address) = with_ada(|_| ()).await;
    let program = Program::new();
    let data = server.folder().to_str().expect("a path").to_owned();
    let pipe = |mail: Vec<u8>, to: String| program.pipe(&["bounce", "--data", &data, "--to", &to], &mail);

    let foreign = format!("f{}", &address[1..]);
    assert_eq!(pipe(hard_bounce(&address), foreign).code, 67, "EX_NOUSER");
    assert_eq!(pipe(fixture("none-vacation-gmail.eml", &address), address.clone()).code, 0, "taken and forgotten");
    assert_eq!(state_of(&server, "ada@example.com").await, None);
    let nowhere = program
        .pipe(&["bounce", "--data", &data, "--database", "postgres://nobody@127.0.0.1:1/none", "--to", &address], &hard_bounce(&address));
    assert_eq!(nowhere.code, 75, "EX_TEMPFAIL: the mail server tries again");

    assert_eq!(pipe(hard_bounce(&address), address.clone()).code, 0);
    assert_eq!(state_of(&server, "ada@example.com").await, Some(AddressState::Bounced));
    let entry = server.outbox().await.remove(0);
    assert_eq!((entry.state, entry.problem.as_deref()), (MailState::Bounced, Some("it came back: hard")));
    let shown = program.run(&["event", "show", "launch", "--data", &data]);
    assert!(shown.out.contains("addresses that take no mail: 1"), "{}", shown.out);
    let listed = program.run(&["people", "list", "launch", "--bounced", "--data", &data]);
    assert!(listed.out.contains("ada@example.com") && listed.out.contains("bounced"), "{}", listed.out);

    server.pass(TimeDelta::hours(1)).await;
    server.somebody().resend("ada@example.com").await;
    server.mails().await;
    let entry = server.outbox().await.remove(1);
    assert_eq!((entry.state, entry.problem.as_deref()), (MailState::NotSent, Some("the address takes no mail")));
    assert!(program.run(&["people", "mail-again", "Ada@Example.com", "--data", &data]).out.contains("again"));
    server.pass(TimeDelta::hours(1)).await;
    server.somebody().resend("ada@example.com").await;
    server.mails().await;
    assert_eq!(server.outbox().await[2].state, MailState::Delivered);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bounce_by_lmtp_is_taken_for_return_paths_of_this_server_and_for_no_other_address() {
    let listen = free_port();
    let (server, address) = with_ada(|config| config.lmtp = Some(listen)).await;
    let stream = TcpStream::connect(listen).await.expect("a connection");
    let mut stream = BufReader::new(stream);
    let mail = String::from_utf8(hard_bounce(&address)).expect("text");
    let data = format!("{}\r\n.\r\n", mail.replace("\r\n.", "\r\n.."));
    let forged = format!("<x{address}>");
    for (say, answer) in [
        (String::new(), "220 "),
        ("EHLO mx.example\r\n".into(), "500 "),
        ("LHLO mx.example\r\n".into(), "250 ENHANCEDSTATUSCODES"),
        ("RCPT TO:<ada@example.com>\r\n".into(), "503 "),
        ("MAIL FROM:<>\r\n".into(), "250 "),
        ("RCPT TO:<ada@example.com>\r\n".into(), "550 "),
        (format!("RCPT TO:{forged}\r\n"), "550 "),
        ("DATA\r\n".into(), "503 "),
        (format!("RCPT TO:<{address}>\r\n"), "250 "),
        ("DATA\r\n".into(), "354 "),
        (data, "250 "),
        ("QUIT\r\n".into(), "221 "),
    ] {
        stream.write_all(say.as_bytes()).await.expect("it reads");
        let mut line = String::new();
        loop {
            line.clear();
            stream.read_line(&mut line).await.expect("an answer");
            if line.get(3..4).is_none_or(|c| c != "-") {
                break;
            }
        }
        assert!(line.starts_with(answer), "{say}: {line}");
    }
    assert_eq!(state_of(&server, "ada@example.com").await, Some(AddressState::Bounced));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bounce_reported_often_is_one_strike_and_three_are_a_bounce() {
    let (server, _) = with_ada(|_| ()).await;
    for strike in 1..=3 {
        let mail = server.outbox().await.pop().expect("a mail").id;
        for _reported_again in 0..5 {
            let bounce = Bounce { of: Returned::Mail(mail.clone()), kind: BounceKind::Soft };
            server.store().take_bounce(&bounce, server.clock.now()).await.expect("written down");
        }
        let expected = if strike < 3 { AddressState::Failing } else { AddressState::Bounced };
        assert_eq!(state_of(&server, "ada@example.com").await, Some(expected), "strike {strike}");
        server.pass(TimeDelta::days(2)).await;
        server.somebody().resend("ada@example.com").await;
        server.mails().await;
    }
    let stranger = Bounce { of: Returned::Address("nobody@example.com".into()), kind: BounceKind::Hard };
    assert!(!server.store().take_bounce(&stranger, server.clock.now()).await.expect("an answer"), "nobody here is meant");
    assert_eq!(state_of(&server, "nobody@example.com").await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_the_mail_server_refuses_at_the_door_is_known_at_once() {
    let office = PostOffice::with(&[Unknown]).await;
    let server = TestServer::with(Database::Sqlite, |config| {
        config.dev_mailbox = false;
        config.smtp = office.smtp();
        config.bounce_domain = Some("bounces.example.com".into());
    })
    .await;
    server.somebody().register("ada@example.com").await;
    eventually("a refusal", || async { state_of(&server, "ada@example.com").await }).await;
    let entry = server.outbox().await.remove(0);
    assert_eq!((entry.state, entry.problem.as_deref()), (MailState::Bounced, Some("the mail server answered 550")));
    let expected = format!("{}@bounces.example.com", return_path(&server.context.secrets, &entry.id));
    assert_eq!(office.senders(), [expected], "each mail has a Return-Path of its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_without_proof_is_refused_and_changes_nothing() {
    let flags = WebhookFlags { postmark_password: Some("curtain:up".into()), ..Default::default() };
    let (server, _) = with_ada(|config| config.webhooks = flags).await;
    let body = r#"{"RecordType":"Bounce","Type":"HardBounce","Email":"Ada@example.com"}"#;
    let post = |path: &str| server.somebody().request(Method::POST, path).header("content-type", "application/json").body(body);
    for (path, status) in [("postmark", 401), ("generic", 401), ("mailgun", 401), ("sendgrid", 401), ("pigeon", 404)] {
        assert_eq!(Reply::to(post(&format!("/webhooks/{path}"))).await.status, status, "{path}");
    }
    let large = server.somebody().request(Method::POST, "/webhooks/postmark").basic_auth("curtain", Some("up")).body("x".repeat(3_000_000));
    assert_eq!(Reply::to(large).await.code(), "too_large");
    assert_eq!(state_of(&server, "ada@example.com").await, None);
    assert_eq!(Reply::to(post("/webhooks/postmark").basic_auth("curtain", Some("up"))).await.status, 204);
    assert_eq!(state_of(&server, "ada@example.com").await, Some(AddressState::Bounced));
}

#[tokio::test(flavor = "multi_thread")]
async fn reminders_pause_and_the_host_is_told_once_while_more_than_one_in_twenty_mails_bounces() {
    let server = TestServer::on(Database::Sqlite).await;
    server.add(EventPlan { reminders: vec![120, 60], ..plan("talk") }).await;
    for number in 0..=BOUNCES_BEFORE_PAUSE {
        assert_eq!(server.somebody().at("talk").register(&format!("gone{number}@example.com")).await.status, 202);
    }
    for name in ["ada", "bob"] {
        assert_eq!(server.somebody().at("talk").register(&format!("{name}@example.com")).await.status, 202);
    }
    server.mails().await;
    let of_talk = || async { server.store().outbox(&server.event("talk").await.id).await.expect("an outbox") };
    server.pass(TimeDelta::hours(22)).await;
    let count = |kind, state| async move { of_talk().await.iter().filter(|mail| (mail.kind, mail.state) == (kind, state)).count() };
    let all = usize::try_from(BOUNCES_BEFORE_PAUSE).expect("a count") + 3;
    eventually("the first reminders", || async { (count(MailKind::Reminder, MailState::Delivered).await == all).then_some(()) }).await;
    for number in 0..=BOUNCES_BEFORE_PAUSE {
        let bounce = Bounce { of: Returned::Address(format!("gone{number}@example.com")), kind: BounceKind::Hard };
        server.store().take_bounce(&bounce, server.clock.now()).await.expect("written down");
    }
    server.pass(TimeDelta::hours(1)).await;
    eventually("a pause", || async { (count(MailKind::Reminder, MailState::Deferred).await == 2).then_some(()) }).await;
    eventually("the host's mail", || async { (count(MailKind::BounceAlarm, MailState::Delivered).await == 1).then_some(()) }).await;
    server.pass(TimeDelta::minutes(2)).await;
    eventually("the pause goes on", || async { (count(MailKind::Reminder, MailState::Deferred).await == 2).then_some(()) }).await;
    assert_eq!(of_talk().await.iter().filter(|mail| mail.kind == MailKind::BounceAlarm).count(), 1, "once a day");
    server.somebody().at("talk").resend("ada@example.com").await;
    eventually("her link", || async { (count(MailKind::Resend, MailState::Delivered).await == 1).then_some(()) }).await;
}
