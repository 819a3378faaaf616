//! The real server, killed again and again in the middle of its work: nothing that was acknowledged is lost.

use crate::harness::{OddOffice, Program, eventually, server::free_port, visitor::ada};
use chrono::TimeDelta;
use clap::Parser;
use curtain_up_server::{
    clock::Clock,
    config::ServeConfig,
    mail::worker::AT_ONCE,
    serve::Server,
    store::{
        Store,
        outbox::{MailState, OutboxEntry},
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    process::{Child, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

/// How often it is killed: 200 times in about 50 seconds, or `CURTAIN_UP_KILLS`.
fn kills() -> usize {
    std::env::var("CURTAIN_UP_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(200)
}

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    serve: ServeConfig,
}

/// A server and those who register with it, whether it is there or not.
struct Ordeal {
    program: Program,
    flags: Vec<String>,
    listen: SocketAddr,
    office: OddOffice,
    /// Addresses that were told `202`.
    ledger: Arc<Mutex<BTreeSet<String>>>,
    is_over: Arc<AtomicBool>,
}

impl Ordeal {
    async fn new() -> Self {
        let (program, listen) = (Program::new(), free_port());
        let office = OddOffice::with(&[]).await;
        let data = program.folder().join("data").display().to_string();
        let flags = [
            "--data",
            &data,
            "--listen",
            &listen.to_string(),
            "--public-url",
            &format!("http://{listen}"),
            "--smtp",
            &format!("smtp://{}", office.address()),
            "--proxies",
            "1",
        ]
        .map(str::to_owned)
        .to_vec();
        let plan = serde_json::json!({ "slug": "launch", "title": "Launch", "start": "2099-03-10T18:00", "zone": "UTC", "duration_minutes": 60,
            "reminders_minutes": [] });
        assert_eq!(program.pipe(&["event", "add", "-", "--data", &data], plan.to_string().as_bytes()).code, 0);
        Self { program, flags, listen, office, ledger: Arc::default(), is_over: Arc::default() }
    }

    /// Four people at a time register, one after the other, each once, whatever comes of it.
    fn load(&self) {
        let number = Arc::new(AtomicU32::new(1));
        for _person in 0..4 {
            let (ledger, is_over, number) = (self.ledger.clone(), self.is_over.clone(), number.clone());
            let address = format!("http://{}/api/events/launch/registrations", self.listen);
            tokio::spawn(async move {
                let http = reqwest::Client::builder().timeout(Duration::from_secs(5)).build().expect("a client");
                while !is_over.load(Ordering::Relaxed) {
                    let number = number.fetch_add(1, Ordering::Relaxed);
                    let email = format!("person{number}@example.com");
                    let client = std::net::Ipv4Addr::from_bits(0x0a00_0000 + number).to_string();
                    let sent = http.post(&address).header("x-forwarded-for", client).json(&ada(&email)).send().await;
                    match sent {
                        Ok(answer) if answer.status() == 202 => drop(ledger.lock().expect("a ledger").insert(email)),
                        _ => tokio::time::sleep(Duration::from_millis(20)).await,
                    }
                }
            });
        }
    }

    fn serve(&self) -> Child {
        let arguments: Vec<&str> = std::iter::once("serve").chain(self.flags.iter().map(String::as_str)).collect();
        self.program.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs")
    }

    /// One life of the server: it sends some mails, and dies while it sends more.
    async fn live_and_die(&self, number: usize) {
        let mut server = self.serve();
        let (before, enough) = (self.office.taken().len(), 1 + number % 5);
        eventually("mails", || async { (self.office.taken().len() >= before + enough).then_some(()) }).await;
        tokio::time::sleep(Duration::from_millis((number * 7 % 60) as u64)).await;
        server.kill().expect("SIGKILL");
        server.wait().expect("it is dead");
    }

    /// The server lives on until no mail is left: in this process, with a clock that shows that all leases are over.
    async fn recover(&self) -> Vec<OutboxEntry> {
        self.is_over.store(true, Ordering::Relaxed);
        let flags = std::iter::once("serve".to_owned()).chain(self.flags.iter().cloned());
        let clock = Clock::shifted();
        clock.advance(TimeDelta::minutes(10));
        let server = Server::prepare(Flags::parse_from(flags).serve, clock).await.expect("a server");
        let store: Store = server.context.store.clone();
        let event = store.event("launch").await.expect("the event").id;
        let done = || async {
            let mails = store.outbox(&event).await.expect("an outbox");
            mails.iter().all(|mail| mail.state == MailState::Delivered).then_some(mails)
        };
        eventually("all mails", done).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_mail_is_lost_however_often_the_server_is_killed_and_only_smtps_one_window_doubles_any() {
    let (ordeal, kills) = (Ordeal::new().await, kills());
    ordeal.load();
    for number in 0..kills {
        ordeal.live_and_die(number).await;
    }
    let outbox = ordeal.recover().await;

    let mut taken: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for letter in ordeal.office.taken() {
        taken.entry(letter.recipients().remove(0)).or_default().push(letter.message_id());
    }
    let ledger = ordeal.ledger.lock().expect("a ledger").clone();
    let lost: Vec<&String> = ledger.iter().filter(|email| !taken.contains_key(*email)).collect();
    assert!(lost.is_empty(), "{lost:?} were told 202 and got no mail");

    let attempts: BTreeMap<&str, i64> = outbox.iter().map(|mail| (mail.id.as_str(), mail.attempts)).collect();
    let mut doubled = 0;
    for ids in taken.values() {
        assert!(ids.iter().all(|id| *id == ids[0]), "a mail that is sent again has the same Message-ID: {ids:?}");
        let counted = attempts[ids[0].split('@').next().expect("an id")];
        assert!(ids.len() as i64 <= counted, "sent {} times, counted {counted} times", ids.len());
        doubled += ids.len() - 1;
    }
    let again: i64 = attempts.values().map(|attempts| attempts - 1).sum();
    eprintln!("{kills} kills, {} registrations, {} mails, {again} tried again, {doubled} doubled", ledger.len(), outbox.len());
    assert!(ledger.len() >= kills, "{} registrations are no load", ledger.len());
    assert!(again as usize <= kills * AT_ONCE, "no more is tried again than was under way");
}
