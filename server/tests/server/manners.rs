//! The manners of mails: how one ends reminders, where bounces go, and who signed.

use crate::harness::{Database, Letter, Reply, TestServer, ada, eventually, in_parallel, plan};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use curtain_up_server::{
    config::DkimFlags,
    event_plan::EventPlan,
    store::outbox::{MailKind, MailState},
};
use reqwest::Method;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use sha2::{Digest, Sha256};

const SEED: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef";

async fn reminded() -> (TestServer, Letter) {
    let server = TestServer::on(Database::Sqlite).await;
    server.add(EventPlan { reminders: vec![60, 5], ..plan("talk") }).await;
    assert_eq!(server.somebody().at("talk").register("ada@example.com").await.status, 202);
    server.pass(TimeDelta::hours(23)).await;
    let letter = eventually("the reminder", || async { mail(&server, "At 10:00") }).await;
    (server, letter)
}

fn mail(server: &TestServer, subject: &str) -> Option<Letter> {
    let mails = server.context.mailbox.as_ref()?.mails().into_iter().map(Letter::new);
    mails.rev().find(|letter| letter.subject().starts_with(subject))
}

/// The address in `List-Unsubscribe`, as a path of the server.
fn stop_path(server: &TestServer, letter: &Letter) -> String {
    let address = letter.header("List-Unsubscribe").replace(['<', '>', '\r', '\n', ' '], "");
    address.strip_prefix(server.public_url()).expect("an address of this server").to_owned()
}

async fn reminders_left(server: &TestServer) -> usize {
    let mails = server.store().outbox(&server.event("talk").await.id).await.expect("an outbox");
    mails.iter().filter(|mail| (mail.kind, mail.state) == (MailKind::Reminder, MailState::Scheduled)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn reminders_end_with_a_post_without_a_cookie_and_links_are_sent_as_before() {
    let (server, reminder) = reminded().await;
    assert_eq!(reminder.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    let path = stop_path(&server, &reminder);
    assert!(reminder.text().contains(&path), "who reads the text finds it too");

    // Scanners look first, as often as they like.
    for method in [Method::GET, Method::HEAD, Method::GET] {
        assert_eq!(Reply::to(server.somebody().request(method, &path)).await.status, 200);
    }
    let page = server.somebody().get(&path).await;
    assert!(page.body.contains("<form method=\"post\">") && page.body.contains("No more reminders of Launch?"), "{}", page.body);
    assert!(page.header("content-security-policy").contains("default-src 'none'") && page.header("set-cookie").is_empty());
    assert_eq!(reminders_left(&server).await, 1);

    let one_click = server.somebody().request(Method::POST, &path).header("content-type", "application/x-www-form-urlencoded");
    let done = Reply::to(one_click.body("List-Unsubscribe=One-Click")).await;
    assert!(done.status == 200 && done.body.contains("You get no more reminders of Launch"), "{}", done.body);
    assert_eq!(reminders_left(&server).await, 0);
    assert_eq!(server.somebody().at("talk").resend("ada@example.com").await.status, 202);
    let again = eventually("the link", || async { mail(&server, "Your access link") }).await;
    assert!(!again.header_names().contains(&"list-unsubscribe".to_owned()), "a link that somebody asked for is no list");
    assert!(!server.somebody().get(&path).await.body.contains("<form"), "it is done already");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_ends_the_reminders_of_somebody_else() {
    let (server, reminder) = reminded().await;
    let path = stop_path(&server, &reminder);
    let (before, sig) = path.split_once("sig=").expect("a signature");
    for forged in [
        format!("{before}sig="),
        format!("{before}sig={}", "0".repeat(32)),
        before.to_owned(),
        "/unsubscribe".to_owned(),
        format!("{before}sig={sig}0"),
    ] {
        let reply = Reply::to(server.somebody().request(Method::POST, &forged)).await;
        assert_eq!((reply.status, reply.code().as_str()), (404, "not_found"), "{forged}");
    }
    assert_eq!(reminders_left(&server).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn signed_mails_carry_a_signature_over_what_matters() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = folder.path().join("key");
    std::fs::write(&key, STANDARD.encode(SEED) + "\n").expect("a file");
    let server = TestServer::with(Database::Sqlite, |config| {
        config.dkim = Some(DkimFlags { key, selector: "s1".into(), domain: "example.org".into() });
    })
    .await;
    let letter = server.registered("ada@example.com").await;
    let signature = letter.header("DKIM-Signature").replace(['\r', '\n', '\t', ' '], "");
    for part in
        ["d=example.org", "s=s1", "a=ed25519-sha256", "c=relaxed/relaxed", "h=from:to:subject", "list-unsubscribe:list-unsubscribe-post"]
    {
        assert!(signature.contains(part), "{part} in {signature}");
    }
    let key = Ed25519KeyPair::from_seed_unchecked(SEED).expect("a key");
    let public = UnparsedPublicKey::new(&ED25519, key.public_key().as_ref().to_vec());
    let tag = |name: &str| signature.split(';').find_map(|tag| tag.strip_prefix(name)?.strip_prefix('=')).expect("a tag").to_owned();
    let sealed = STANDARD.decode(tag("b")).expect("base64");
    let holds = |raw: &str| public.verify(&Sha256::digest(signed_headers(raw, &tag("h"))), &sealed).is_ok();
    assert!(holds(&letter.raw()), "{}", letter.raw());
    assert!(!holds(&letter.raw().replacen("Subject: You", "Subject: We", 1)), "another subject");
    assert!(!holds(&format!("List-Unsubscribe: <https://evil.example>\r\n{}", letter.raw())), "a header more");
    let (_, body) = letter.raw().split_once("\r\n\r\n").map(|(head, body)| (head.to_owned(), body.to_owned())).expect("a body");
    assert_eq!(STANDARD.encode(Sha256::digest(relaxed_body(&body))), tag("bh"));
}

/// Headers as a verifier hashes them (RFC 6376, 3.4.2 and 3.7), by nothing but the standard.
fn signed_headers(raw: &str, names: &str) -> String {
    let head = raw.split("\r\n\r\n").next().expect("headers").replace("\r\n ", " ").replace("\r\n\t", " ");
    let relaxed = |line: &str| {
        let (name, value) = line.split_once(':').expect("a header");
        format!("{}:{}", name.trim().to_ascii_lowercase(), value.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let lines: Vec<String> = head.split("\r\n").map(relaxed).collect();
    let find = |name: &str| lines.iter().rev().find(|line| line.split(':').next() == Some(name));
    let signed: String = names.split(':').filter_map(find).map(|line| format!("{line}\r\n")).collect();
    let own = find("dkim-signature").expect("a signature");
    let (before, _) = own.rsplit_once("b=").expect("a tag");
    signed + before + "b="
}

/// The body as a verifier hashes it (RFC 6376, 3.4.4).
fn relaxed_body(body: &str) -> String {
    let line = |line: &str| {
        let squeezed = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        if line.starts_with([' ', '\t']) { format!(" {squeezed}") } else { squeezed }
    };
    body.split("\r\n").map(line).collect::<Vec<_>>().join("\r\n").trim_end_matches("\r\n").to_owned() + "\r\n"
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_come_in_the_readers_language_from_right_to_left_too() {
    let server = TestServer::on(Database::Sqlite).await;
    server.add(EventPlan { language: "de".into(), ..plan("talk") }).await;
    let server = std::sync::Arc::new(server);
    let readers = [
        ("fr-CA", "Votre inscription : Launch"),
        ("ar", "تم تسجيلك: Launch"),
        ("", "Sie sind angemeldet: Launch"),
        ("ja-JP", "登録完了：Launch"),
    ];
    let letters = readers.into_iter().enumerate().map(|(number, (language, subject))| {
        let server = server.clone();
        async move {
            let email = format!("reader{number}@example.com");
            let mut registration = ada(&email);
            registration["language"] = language.into();
            assert_eq!(server.somebody().at("talk").register_as(&registration).await.status, 202);
            eventually(subject, || async { mail(&server, subject) }).await
        }
    });
    let letters = in_parallel(4, letters.collect::<Vec<_>>()).await;
    assert!(letters[1].html().contains("<html lang=\"ar\" dir=\"rtl\">"), "{}", letters[1].html());
    assert!(letters[0].html().contains("<html lang=\"fr\" dir=\"ltr\">"));
    assert!(letters[2].text().contains("Dienstag, 2. März 2027, 10:00 Uhr (CET, Europe/Berlin)"));
}
