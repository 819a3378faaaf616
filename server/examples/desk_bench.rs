//! What the desk takes with a hundred thousand people on one list: times of pages and searches at the server, and the
//! memory of an export. Figures for people to read; no test hangs on them.
//!
//! `cargo run -p curtain-up-server --example desk_bench [PEOPLE] [DATABASE]`
#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)]

use clap::Parser;
use curtain_up_protocol::{Email, KeyFormat, desk::Role};
use curtain_up_server::{
    cli::Cli,
    clock::Clock,
    event_plan::EventPlan,
    store::{
        Store,
        audit::Actor,
        event::{DEFAULT_ORGANISATION, Event},
        host::NewHost,
        search_text::search_text,
    },
    trust::{access_keys::AccessKey, secrets::Secrets},
};
use sqlx::{AnyConnection, Connection};
use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    time::{Duration, Instant},
};

const FIRST: [&str; 8] = ["Ada", "Grace", "Alan", "Юлия", "Zoë", "José", "Linus", "Margaret"];
const LAST: [&str; 7] = ["Lovelace", "Hopper", "Turing", "Ärger", "Ó Briain", "Hamilton", "Kovács"];

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let people: usize = arguments.next().map_or(100_000, |text| text.parse().expect("a number of people"));
    let folder = tempfile::tempdir().expect("a folder");
    let database = arguments.next().unwrap_or_else(|| format!("sqlite:{}?mode=rwc", folder.path().join("curtain-up.db").display()));
    let secrets = Secrets::read_or_make(&folder.path().join("secret")).expect("a secret");
    let store = Store::open(&database).await.expect("a database");
    let now = Clock::System.now();
    let event = store.add_event(&EventPlan { slug: "bench".into(), ..EventPlan::default() }, now).await.expect("an event");
    let begun = Instant::now();
    seed(&database, &secrets, &event, people).await;
    println!("{people} people and {} mails written in {:.1} s", people * 2, begun.elapsed().as_secs_f64());

    let email = Email::parse("grace@example.org").expect("an address");
    let new = NewHost { email: &email, name: "Grace", role: Role::Host };
    let host = store.add_host(&Actor::command_line(DEFAULT_ORGANISATION), &new, now).await.expect("a host");
    let session = store.begin_session(&host.id, false, now).await.expect("a session");
    let address = serve(folder.path(), &database).await;
    let cookie = format!("curtain_up_desk={}", session.reveal());
    let ask = Ask { http: reqwest::Client::new(), base: format!("http://{address}/api/desk/events/bench"), cookie };

    let first = ask.time("first page", "/people", 200).await;
    for (what, path) in [
        ("first page, last first", "/people?descending=true"),
        ("first page by name", "/people?sort=name"),
        ("first page by address", "/people?sort=email"),
        ("first page with keys and links", "/people?reveal=key,link"),
        ("numbers", "/numbers"),
        ("the event", ""),
    ] {
        ask.time(what, path, 200).await;
    }
    for (what, path) in [
        ("search of one address", "/people?search=p77777@"),
        ("search of nobody", "/people?search=nobody-at-all"),
        ("search of a common name", "/people?search=lovelace"),
        ("search of two words, by name", "/people?search=ada%20turing&sort=name"),
        ("filter by source", "/people?source=news"),
        ("filter by mail: bounced", "/people?mail=bounced"),
        ("filter by mail: delivered", "/people?mail=delivered"),
    ] {
        ask.time(what, path, 300).await;
    }
    let deep = ask.last_page().await;
    println!("{:>8.1} ms  a page in the middle of the list ({:.1} of the first)", ms(deep), ms(deep) / ms(first));
    ask.export("/export?columns=all", people).await;
    ask.export("/export?columns=all&format=jsonl", people).await;
}

struct Ask {
    http: reqwest::Client,
    base: String,
    cookie: String,
}

impl Ask {
    async fn get(&self, path: &str) -> reqwest::Response {
        let answer = self.http.get(format!("{}{path}", self.base)).header("cookie", &self.cookie).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        answer
    }

    /// The middle of nine.
    async fn time(&self, what: &str, path: &str, wanted: u64) -> Duration {
        let mut times = Vec::new();
        for _ in 0..9 {
            let begun = Instant::now();
            self.get(path).await.bytes().await.expect("a body");
            times.push(begun.elapsed());
        }
        times.sort_unstable();
        let (median, worst) = (times[4], times[8]);
        println!(
            "{:>8.1} ms  {what} (worst {:.1} ms; {:.2} of the {wanted} ms that are allowed)",
            ms(median),
            ms(worst),
            ms(median) / wanted as f64
        );
        median
    }

    /// How long a page takes far behind the beginning.
    async fn last_page(&self) -> Duration {
        let mut path = "/people?limit=500".to_owned();
        for _ in 0..100 {
            let page: serde_json::Value = self.get(&path).await.json().await.expect("JSON");
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/people?limit=500&cursor={next}");
        }
        let path = path.replace("limit=500", "limit=50");
        let begun = Instant::now();
        self.get(&path).await.bytes().await.expect("a body");
        begun.elapsed()
    }

    /// Reads an export as it comes, keeps none of it, and looks at the most memory that this whole process took.
    async fn export(&self, path: &str, people: usize) {
        // 5 sets the peak back to what is used now (proc(5)).
        let before = memory("VmRSS:");
        std::fs::write("/proc/self/clear_refs", "5").expect("the peak is set back");
        let begun = Instant::now();
        let mut answer = self.get(path).await;
        let (mut bytes, mut lines) = (0, 0);
        while let Some(chunk) = answer.chunk().await.expect("a chunk") {
            bytes += chunk.len();
            lines += chunk.iter().filter(|byte| **byte == b'\n').count();
        }
        let peak = memory("VmHWM:");
        assert!(lines >= people, "{lines} lines");
        println!(
            "{:>8.1} s   {path}: {:.1} MB; the whole process took {:.1} MB at most, {:.1} MB of them for the export ({:.2} of the 64 MB that are allowed)",
            begun.elapsed().as_secs_f64(),
            bytes as f64 / 1e6,
            peak,
            peak - before,
            peak / 64.0
        );
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// A line of `/proc/self/status`, in MB.
fn memory(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with(name)).expect("the line");
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<f64>().ok()).expect("a number") / 1000.0
}

/// The server as the command line starts it, in this process.
async fn serve(folder: &Path, database: &str) -> SocketAddr {
    let address = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
    let data = folder.display().to_string();
    let listen = address.to_string();
    let arguments = ["curtain-up", "serve", "--listen", &listen, "--data", &data, "--database", database];
    let cli = Cli::parse_from(arguments);
    tokio::spawn(async move { cli.run().await.expect("it serves") });
    while tokio::net::TcpStream::connect(address).await.is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    address
}

/// People of whom each has a confirmation and a reminder that have left; every hundredth came back.
async fn seed(database: &str, secrets: &Secrets, event: &Event, people: usize) {
    let mut connection = AnyConnection::connect(database).await.expect("the database");
    let mut transaction = connection.begin().await.expect("a transaction");
    for number in 0..people {
        let id = uuid::Uuid::now_v7().to_string();
        let (first, last) = (FIRST[number % FIRST.len()], LAST[number % LAST.len()]);
        let email = format!("p{number}@example{}.com", number % 50);
        let source = if number % 10 == 0 { "news" } else { "" };
        let at = event.created_at.0 + number as i64;
        sqlx::query(
            "INSERT INTO registrants (id, event_id, canonical_email, email, first_name, last_name, answers, consents, source, seat,
                sealed_key, registered_at, updated_at, search_text, source_name, attended_at)
             VALUES ($1, $2, $3, $3, $4, $5, '[{\"field\":\"company\",\"values\":[\"Analytical Engines Ltd.\"]}]', '[]',
                '{\"utm\":[{\"name\":\"source\",\"value\":\"news\"}],\"ref\":\"\",\"referrer\":\"https://www.example.com/events/launch\"}',
                'confirmed', $6, $7, $7, $8, $9, CASE WHEN $10 = 0 THEN $7 ELSE NULL END)",
        )
        .bind(&id)
        .bind(&event.id)
        .bind(&email)
        .bind(first)
        .bind(last)
        .bind(AccessKey::random(KeyFormat::FourDigits).seal(secrets, &id))
        .bind(at)
        .bind(search_text(first, last, &email, None))
        .bind(source)
        .bind((number % 3) as i64)
        .execute(&mut *transaction)
        .await
        .expect("a registrant");
        for (suffix, kind) in [("confirmation", "confirmation"), ("r60", "reminder")] {
            sqlx::query(
                "INSERT INTO outbox (id, event_id, registrant_id, kind, state, due_at, attempts, created_at, settled_at)
                 VALUES ($1, $2, $3, $4, $5, $6, 1, $6, $6)",
            )
            .bind(format!("{id}.{suffix}"))
            .bind(&event.id)
            .bind(&id)
            .bind(kind)
            .bind(if number % 100 == 0 { "bounced" } else { "delivered" })
            .bind(at)
            .execute(&mut *transaction)
            .await
            .expect("a mail");
        }
    }
    transaction.commit().await.expect("written");
}
