//! Links that platforms sign: the documented examples, and what is refused.

use super::meeting::here;
use crate::harness::{Reply, TestServer};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use curtain_up_server::{store::event::DEFAULT_ORGANISATION, trust::signed_links::LinkSecret};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use std::process::Command;

/// Signs as a platform does.
pub fn signed(secret: &str, payload: &Value) -> String {
    let payload = URL_SAFE_NO_PAD.encode(payload.to_string());
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
    mac.update(payload.as_bytes());
    format!("{payload}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

/// Who is on both meetings' lists.
pub const LIST: &str = "code,email,firstname,externalid\n0042,ada@example.com,Ada,7\n0043,eve@example.com,Eve,\n";

pub struct Portal {
    pub server: TestServer,
    secret: String,
}

impl Portal {
    pub async fn open() -> Self {
        let server = TestServer::start().await;
        server.meetings(&["meeting", "other"], LIST).await;
        let secret = LinkSecret::random();
        let sealed = secret.seal(&server.context.secrets, DEFAULT_ORGANISATION);
        server.store().renew_link_secret(&here(), &sealed, server.clock.now()).await.expect("kept");
        Self { secret: secret.reveal().to_owned(), server }
    }

    /// Ada as the portal knows her, with these changes.
    fn ada(&self, changes: Value) -> Value {
        let expires = (self.server.clock.now() + TimeDelta::minutes(5)).0 / 1000;
        let mut payload = json!({ "id": "7", "email": "ada@example.com", "name": "Ada Lovelace", "expires": expires });
        for (name, value) in changes.as_object().expect("changes") {
            payload[name] = value.clone();
        }
        payload
    }

    /// A link for Ada with these changes.
    pub fn sign(&self, changes: Value) -> String {
        signed(&self.secret, &self.ada(changes))
    }

    async fn enter(&self, payload: &Value) -> Reply {
        self.at("meeting", &signed(&self.secret, payload)).await
    }

    pub async fn at(&self, event: &str, token: &str) -> Reply {
        self.server.somebody().at(event).door(json!({ "signed": token })).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_link_lets_in_whom_the_list_knows_and_puts_others_onto_it() {
    let portal = Portal::open().await;
    for _ in 0..2 {
        assert_eq!(portal.enter(&portal.ada(json!({}))).await.json()["first_name"], "Ada", "again and again");
    }
    // The list knows Eve by her address, and goes on knowing her by it.
    let eve = json!({ "id": "8", "email": "eve@example.com", "name": "Eve" });
    portal.enter(&portal.ada(eve)).await.pass();
    let new = json!({ "id": "9", "email": "grace@example.com", "first_name": "Grace", "last_name": "Hopper", "name": null });
    let pass = portal.enter(&portal.ada(new)).await.pass();
    assert_eq!(portal.server.somebody().at("meeting").room(&pass).await.status, 200);
    let people = portal.server.people_at("meeting").await;
    let known: Vec<_> = people.iter().map(|person| (person.first_name.as_str(), person.external_id.as_deref())).collect();
    assert_eq!(known, [("Ada", Some("7")), ("Eve", None), ("Grace", Some("9"))]);
    // What the list says of somebody is not what a link says.
    portal.enter(&portal.ada(json!({ "email": "countess@example.com", "name": "Augusta" }))).await.pass();
    assert_eq!(portal.server.people_at("meeting").await[0].email, "ada@example.com");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_stale_altered_or_used_link_is_refused_alike() {
    let portal = Portal::open().await;
    let good = portal.ada(json!({}));
    let token = signed(&portal.secret, &good);
    let (payload, signature) = token.split_once('.').expect("two parts");
    let now = portal.server.clock.now().0 / 1000;
    let of = |changes: Value| signed(&portal.secret, &portal.ada(changes));
    for (case, event, wrong) in [
        ("forged", "meeting", signed("another secret", &good)),
        ("signed with nothing", "meeting", signed("", &good)),
        (
            "altered",
            "meeting",
            format!("{}.{signature}", URL_SAFE_NO_PAD.encode(portal.ada(json!({ "email": "eve@example.com" })).to_string())),
        ),
        ("without a signature", "meeting", payload.to_owned()),
        ("with half a signature", "meeting", format!("{payload}.{}", &signature[..20])),
        ("stale", "meeting", of(json!({ "expires": now }))),
        ("good for too long", "meeting", of(json!({ "expires": now + 40 * 86_400 }))),
        ("without an end", "meeting", of(json!({ "expires": null }))),
        ("of no address", "meeting", of(json!({ "email": "ada" }))),
        ("for another event", "meeting", of(json!({ "event": "other" }))),
        ("somebody else's address", "meeting", of(json!({ "id": "66" }))),
        ("nothing", "meeting", String::new()),
    ] {
        let reply = portal.at(event, &wrong).await;
        assert_eq!((reply.status, reply.code().as_str()), (401, "access_refused"), "{case}");
    }
    portal.at("other", &of(json!({ "event": "other" }))).await.pass();
    portal.at("meeting", &token).await.pass();

    let once = of(json!({ "once": true }));
    assert_eq!((portal.at("meeting", &once).await.status, portal.at("meeting", &once).await.status), (200, 401), "used");
    assert_eq!(portal.at("other", &once).await.status, 401, "used, at another event too");
    assert_eq!(portal.at("meeting", &format!("{once}=")).await.status, 401, "used, with padding too");
    portal.server.store().forget_tickets(portal.server.clock.now()).await.expect("a count");
    assert_eq!(portal.at("meeting", &once).await.status, 401, "and not forgotten before it is over");

    let renewed = LinkSecret::random().seal(&portal.server.context.secrets, DEFAULT_ORGANISATION);
    portal.server.store().renew_link_secret(&here(), &renewed, portal.server.clock.now()).await.expect("kept");
    assert_eq!(portal.at("meeting", &token).await.code(), "access_refused", "the secret was renewed");
}

/// The examples of docs/codes.md, by their languages, with what runs them.
#[tokio::test(flavor = "multi_thread")]
async fn the_documented_examples_make_links_that_let_in() {
    let portal = Portal::open().await;
    // The examples go by the machine's clock.
    portal.server.clock.advance(TimeDelta::milliseconds(chrono::Utc::now().timestamp_millis() - portal.server.clock.now().0));
    portal.server.add(super::meeting::meeting("today")).await;
    let docs = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/codes.md")).expect("docs/codes.md");
    let signing = docs.split_once("## Links that your own system signs").expect("the chapter").1;
    for (language, program, flag) in [("sh", "sh", "-c"), ("python", "python3", "-c"), ("js", "node", "-e"), ("php", "php", "-r")] {
        let code = signing.split(&format!("```{language}\n")).nth(1).and_then(|rest| rest.split("```").next()).expect(language);
        let code = code.trim_start_matches("<?php\n");
        let mut run = Command::new(program);
        run.args([flag, code]).env("LINK_SECRET", &portal.secret).env("EVENT_PAGE", "https://www.example.com/today");
        let output = match run.output() {
            Ok(output) => output,
            Err(error) => panic!("{program} is needed for this test ({error}); `cargo xtask setup` installs it"),
        };
        let link = String::from_utf8(output.stdout).expect("UTF-8");
        let token = link
            .trim()
            .strip_prefix("https://www.example.com/today?i=")
            .unwrap_or_else(|| panic!("{language}: {link} {:?}", output.stderr));
        let reply = portal.at("today", token).await;
        assert_eq!((reply.status, reply.json()["first_name"].as_str()), (200, Some("Ada")), "{language}: {link}");
        assert_eq!(portal.at("today", token).await.status, 401, "{language}: good once");
    }
}
