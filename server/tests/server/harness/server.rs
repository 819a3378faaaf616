//! A real server in this process, with a clock whose hands the test turns.

use super::{Letter, Visitor, eventually, postgres};
use chrono::TimeDelta;
use curtain_up_protocol::{Room, RoomKind, Timestamp};
use curtain_up_server::{
    civil_time::CivilTime,
    clock::Clock,
    config::{DataConfig, ServeConfig, WebhookFlags},
    event_plan::EventPlan,
    http::{Context, Fetch, Sns},
    serve::{ServeError, Server},
    store::{
        Store,
        event::Event,
        outbox::{MailState, OutboxEntry},
        registrant::Registrant,
    },
    trust::access_keys::AccessKey,
};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};

/// When every test begins: 1 March 2027, 09:00 UTC.
pub const MORNING: Timestamp = Timestamp(1_803_891_600_000);

/// The event `launch` of every test server starts a day later. It has no reminders, so that only tests about them meet any.
pub fn plan(slug: &str) -> EventPlan {
    EventPlan {
        slug: slug.into(),
        title: "Launch".into(),
        host_email: Some("host@example.org".into()),
        start: CivilTime::of(MORNING + TimeDelta::days(1), chrono_tz::Europe::Berlin).expect("a time"),
        room: Some(Room { kind: RoomKind::Frame, address: "https://room.example.com/launch".into() }),
        replay: Some("https://replay.example.com/launch".into()),
        reminders: Vec::new(),
        ..EventPlan::default()
    }
}

#[derive(Clone, Copy, Debug)]
pub enum Database {
    Sqlite,
    Postgres,
}

pub struct TestServer {
    pub clock: Clock,
    pub context: Context,
    config: ServeConfig,
    fetch: Fetch,
    http: reqwest::Client,
    visitors: AtomicU32,
    running: Option<Running>,
    folder: TempDir,
}

impl TestServer {
    pub async fn start() -> Self {
        Self::on(Database::Sqlite).await
    }

    pub async fn on(database: Database) -> Self {
        Self::with(database, |_| ()).await
    }

    /// A server whose configuration the test has changed. It sends mail to its own mailbox, by SMTP.
    pub async fn with(database: Database, change: impl FnOnce(&mut ServeConfig)) -> Self {
        Self::with_network(database, Arc::new(|_| None), change).await
    }

    /// The same, where the world's documents are what the test says.
    pub async fn with_network(database: Database, fetch: Fetch, change: impl FnOnce(&mut ServeConfig)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let listen = free_port();
        let mut config = ServeConfig {
            data: DataConfig {
                data: folder.path().to_owned(),
                database: match database {
                    Database::Sqlite => None,
                    Database::Postgres => Some(postgres::fresh_database().await),
                },
                secret_file: None,
            },
            listen,
            public_url: format!("http://{listen}"),
            smtp: String::new(),
            smtp_ca: None,
            mail_from: "Curtain Up <curtain-up@example.org>".parse().expect("a mailbox"),
            mails_per_hour: 1_000_000,
            bounce_domain: None,
            lmtp: None,
            webhooks: WebhookFlags::default(),
            dkim: None,
            proxies: 1,
            dev_mailbox: true,
            dev_page: None,
        };
        change(&mut config);
        let clock = Clock::manual(MORNING);
        let (context, running) = run(&config, &clock, &fetch).await;
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        let server = Self { clock, context, config, fetch, http, visitors: AtomicU32::new(1), running: Some(running), folder };
        server.add(plan("launch")).await;
        server
    }

    /// Stops the server in an orderly way and starts it again on the same data and port.
    pub async fn restart(&mut self) {
        if let Some((stop, done)) = self.running.take() {
            stop.send(()).expect("it runs");
            self.http = reqwest::Client::new();
            done.await.expect("no panic").expect("an orderly end");
        }
        let (context, running) = run(&self.config, &self.clock, &self.fetch).await;
        (self.context, self.running) = (context, Some(running));
    }

    /// Lets time pass, once no mail is under way: one whose lease runs out meanwhile is sent again, as it should be.
    pub async fn pass(&self, time: TimeDelta) {
        self.mails().await;
        self.clock.advance(time);
    }

    pub fn store(&self) -> &Store {
        &self.context.store
    }

    pub fn public_url(&self) -> &str {
        &self.config.public_url
    }

    pub async fn add(&self, plan: EventPlan) -> Event {
        self.store().add_event(&plan, self.clock.now()).await.expect("a new event")
    }

    pub async fn event(&self, slug: &str) -> Event {
        self.store().event(slug).await.expect("the event")
    }

    /// Somebody who asks from an address that nobody has asked from before.
    pub fn somebody(&self) -> Visitor {
        let number = self.visitors.fetch_add(1, Ordering::Relaxed);
        Visitor::new(
            &self.http,
            &format!("http://{}", self.config.listen),
            Ipv4Addr::from_bits(Ipv4Addr::new(10, 0, 0, 0).to_bits() + number),
        )
    }

    /// Registers somebody for `launch` and gives their access link as it came by mail.
    pub async fn registered(&self, email: &str) -> Letter {
        assert_eq!(self.somebody().register(email).await.status, 202);
        self.last_mail_to(email).await
    }

    /// The registrants of `launch`, in their order.
    pub async fn registrants(&self) -> Vec<Registrant> {
        self.store().registrants(&self.event("launch").await.id).await.expect("a list")
    }

    pub async fn registrant(&self, email: &str) -> Registrant {
        self.registrants().await.into_iter().find(|person| person.canonical_email == email).expect("a registrant")
    }

    /// The access key, as the store holds it for the mail.
    pub fn key_of(&self, person: &Registrant) -> String {
        AccessKey::open(&person.sealed_key, &self.context.secrets, &person.id).expect("a sealed key").reveal().to_owned()
    }

    /// How many guesses at `launch` were evaluated and found wrong.
    pub async fn failed_guesses(&self) -> i64 {
        let event = self.event("launch").await.id;
        self.store().failed_guesses(&event, &self.context.secrets).await.expect("a count")
    }

    pub async fn outbox(&self) -> Vec<OutboxEntry> {
        self.store().outbox(&self.event("launch").await.id).await.expect("an outbox")
    }

    /// All mails of `launch`, once none is left to be sent.
    pub async fn mails(&self) -> Vec<Letter> {
        let at_rest = || async {
            let is_due = |mail: &OutboxEntry| mail.state == MailState::Scheduled && mail.due_at <= self.clock.now();
            let under_way = |mail: &OutboxEntry| mail.state == MailState::Processing || is_due(mail);
            (!self.outbox().await.iter().any(under_way)).then_some(())
        };
        eventually("sending all mails", at_rest).await;
        // Whatever a test has done until now: the status that is kept is the one that follows from everybody's mails.
        assert_eq!(self.store().restate_all_mail().await.expect("a count"), 0, "somebody's mail status was not kept true");
        self.context.mailbox.as_ref().expect("a mailbox").mails().into_iter().map(Letter::new).collect()
    }

    pub async fn mails_to(&self, email: &str) -> Vec<Letter> {
        self.mails().await.into_iter().filter(|letter| letter.recipients() == [email]).collect()
    }

    pub async fn last_mail_to(&self, email: &str) -> Letter {
        self.mails_to(email).await.pop().expect("a mail")
    }

    /// Where its data is.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Changes a row behind the server's back: `$1` is its id.
    pub async fn execute(&self, sql: &'static str, id: &str) {
        sqlx::query(sql).bind(id).execute(&mut self.connection().await).await.expect("it is done");
        self.store().restate_all_mail().await.expect("it is kept in mind");
    }

    /// Everything that stands in any table.
    pub async fn every_text(&self) -> String {
        let mut connection = self.connection().await;
        let tables = sqlx::query("SELECT name FROM sqlite_master WHERE type = 'table'").fetch_all(&mut connection).await.expect("tables");
        let mut texts = String::new();
        for table in tables {
            let table: String = table.get(0);
            let of_table = format!("SELECT name FROM pragma_table_info('{table}')");
            for column in sqlx::query(AssertSqlSafe(of_table)).fetch_all(&mut connection).await.expect("columns") {
                let column: String = column.get(0);
                let values = format!("SELECT COALESCE(CAST({column} AS TEXT), '') FROM {table} WHERE typeof({column}) <> 'blob'");
                for value in sqlx::query(AssertSqlSafe(values)).fetch_all(&mut connection).await.expect("values") {
                    texts.push_str(&value.get::<String, _>(0));
                    texts.push('\n');
                }
            }
        }
        texts
    }

    async fn connection(&self) -> AnyConnection {
        AnyConnection::connect(&self.config.data.database_address()).await.expect("the database")
    }

    /// Everything that the database has written to files.
    pub fn database_files(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).expect("a folder").flatten().map(|entry| entry.path());
        let of_database = files.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("curtain-up.db")));
        of_database.flat_map(|path| std::fs::read(path).expect("a file")).collect()
    }
}

type Running = (oneshot::Sender<()>, JoinHandle<Result<(), ServeError>>);

async fn run(config: &ServeConfig, clock: &Clock, fetch: &Fetch) -> (Context, Running) {
    let mut server = Server::prepare(config.clone(), clock.clone()).await.expect("a server");
    server.context.sns = Arc::new(Sns::new(&config.webhooks, fetch.clone()).expect("a certificate"));
    let context = server.context.clone();
    let (stop, stopped) = oneshot::channel();
    let done = tokio::spawn(server.run(async {
        let _stopped_or_test_over = stopped.await;
    }));
    (context, (stop, done))
}

/// Links in mails name the port, so it must be known before the server starts. Each port is given away once, and none of
/// those that the system takes for outgoing connections: between being found free and being listened on, it stays free.
pub fn free_port() -> SocketAddr {
    const PORTS: std::ops::Range<u16> = 12_000..32_000;
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = std::process::id().wrapping_mul(997).wrapping_add(GIVEN.fetch_add(1, Ordering::Relaxed));
        let port = PORTS.start + u16::try_from(number % u32::from(PORTS.end - PORTS.start)).expect("a port");
        if let Ok(address) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|listener| listener.local_addr()) {
            return address;
        }
    }
}
