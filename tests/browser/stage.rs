//! The stage of a test: a server with one event, a marketing page on another origin, a browser before it.

use crate::{browser::Browser, engine::Engine};
use axum::{Router, response::Html, routing::get};
use chrono::TimeDelta;
use clap::Parser;
use curtain_up_protocol::{AccessLink, Phase};
use curtain_up_server::{
    civil_time::CivilTime,
    cli::Cli,
    clock::Clock,
    config::ServeConfig,
    dev::mailbox::Mailbox,
    event_plan::EventPlan,
    serve::Server,
    store::{Store, audit::Actor},
    trust::secrets::Secrets,
};
use mail_parser::MessageParser;
use std::{
    future::Future,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// Everything that a test plays with.
pub struct Stage {
    pub browser: Browser,
    pub store: Store,
    pub clock: Clock,
    pub slug: String,
    /// Where the server is.
    pub server: String,
    /// Where the marketing page is.
    pub page: String,
    mailbox: Mailbox,
    config: ServeConfig,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
    folder: tempfile::TempDir,
}

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    serve: ServeConfig,
}

/// Plays a test on a stage of its own: an event planned as `plan` says, starting in ten minutes unless it says otherwise.
pub fn play<F: Future<Output = ()>>(plan: impl FnOnce(&mut EventPlan), test: impl FnOnce(Stage) -> F) {
    play_in(Engine::Chromium, plan, test);
}

/// Plays a test in this engine.
pub fn play_in<F: Future<Output = ()>>(engine: Engine, plan: impl FnOnce(&mut EventPlan), test: impl FnOnce(Stage) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let browser = Browser::open(engine).await;
        let session = browser.clone();
        let stage = Stage::build(plan, browser).await;
        let played = tokio::task::LocalSet::new().run_until(async { caught(test(stage)).await }).await;
        // A session that stays open keeps the driver busy for two minutes.
        session.close().await;
        if let Err(panic) = played {
            std::panic::resume_unwind(panic);
        }
    });
}

/// Plays something that may panic.
pub async fn caught<F: Future<Output = ()>>(test: F) -> Result<(), Box<dyn std::any::Any + Send>> {
    use futures::FutureExt;
    std::panic::AssertUnwindSafe(test).catch_unwind().await
}

impl Stage {
    async fn build(plan: impl FnOnce(&mut EventPlan), browser: Browser) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Clock::shifted();
        let listen = free_port();
        let flags = ["test", "--dev-mailbox", "--proxies", "1"].map(str::to_owned);
        let mut config = Flags::parse_from(flags).serve;
        config.data.data = folder.path().to_owned();
        config.listen = listen;
        config.public_url = format!("http://{listen}");
        let start = CivilTime::of(clock.now() + TimeDelta::minutes(10), chrono_tz::America::New_York).expect("a time");
        let mut event = EventPlan { slug: "launch".into(), title: "The launch".into(), start, ..EventPlan::default() };
        plan(&mut event);
        let server = Server::prepare(config.clone(), clock.clone()).await.expect("a server");
        let store = server.context.store.clone();
        let mailbox = server.context.mailbox.clone().expect("a mailbox");
        store.add_event(&event, clock.now()).await.expect("an event");
        let page = serve_marketing_page(format!("http://{listen}"), event.slug.clone()).await;
        let mut stage = Self {
            browser,
            store,
            clock,
            slug: event.slug,
            server: config.public_url.clone(),
            page,
            mailbox,
            config,
            running: None,
            folder,
        };
        stage.run(server);
        stage
    }

    fn run(&mut self, server: Server) {
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(async move {
            server
                .run(async {
                    let _ended = stopped.await;
                })
                .await
                .expect("served");
        });
        self.running = Some((stop, running));
    }

    /// Takes the server away.
    pub async fn stop_server(&mut self) {
        if let Some((stop, running)) = self.running.take() {
            let _gone = stop.send(());
            // Connections that the browser keeps alive would hold a graceful stop up.
            tokio::time::sleep(Duration::from_millis(200)).await;
            running.abort();
        }
    }

    /// Brings the server back, on the same address and the same data.
    pub async fn start_server(&mut self) {
        let server = Server::prepare(self.config.clone(), self.clock.clone()).await.expect("a server");
        self.mailbox = server.context.mailbox.clone().expect("a mailbox");
        self.run(server);
    }

    /// Where the server's data is.
    pub fn folder(&self) -> &Path {
        &self.config.data.data
    }

    /// The server's own secrets.
    pub fn secrets(&self) -> Secrets {
        Secrets::read_or_make(&self.config.data.secret_path()).expect("secrets")
    }

    /// The host runs `curtain-up` with these arguments.
    pub async fn host_runs(&self, arguments: &[&str]) {
        let data = self.folder().display().to_string();
        let command = ["curtain-up"].iter().chain(arguments).copied().chain(["--data", &data]);
        Cli::try_parse_from(command).expect("a command").run().await.unwrap_or_else(|error| panic!("{arguments:?}: {error}"));
    }

    /// Opens the marketing page.
    pub async fn open_marketing_page(&self) {
        self.browser.open_page(&self.page).await;
    }

    /// The host says that the event is in another phase.
    pub async fn host_says(&self, phase: Phase) {
        self.store.set_phase(&self.slug, phase).await.expect("a phase");
    }

    /// The host plans another event like this one.
    pub async fn host_plans_another(&self, slug: &str) {
        let event = self.store.event(&self.slug).await.expect("the event");
        let plan = EventPlan { slug: slug.to_owned(), ..event.plan };
        self.store.add_event(&plan, self.clock.now()).await.expect("another event");
    }

    /// The host edits the event.
    pub async fn host_edits(&self, edit: impl FnOnce(&mut EventPlan)) {
        let event = self.store.event(&self.slug).await.expect("the event");
        let mut plan = event.plan;
        edit(&mut plan);
        let host = Actor::command_line("default");
        self.store.edit_event(&host, &plan, event.version, &self.secrets(), self.clock.now()).await.expect("edited");
    }

    /// The host moves the event.
    pub async fn host_moves_start(&self, from_now: TimeDelta) {
        let start = CivilTime::of(self.clock.now() + from_now, chrono_tz::America::New_York).expect("a time");
        self.store.move_event(&self.slug, &start).await.expect("moved");
    }

    /// Registers somebody without a browser and returns the link in their mail.
    pub async fn link_of_somebody_registered(&self, email: &str) -> String {
        self.somebody_registers_for(&self.slug, email).await
    }

    /// The same for any event.
    pub async fn somebody_registers_for(&self, slug: &str, email: &str) -> String {
        let mails = self.mails();
        let body = serde_json::json!({ "answers": [
            { "field": "first_name", "values": ["Ada"] }, { "field": "last_name", "values": ["Lovelace"] }, { "field": "email", "values": [email] } ] });
        let answer = reqwest::Client::new()
            .post(format!("{}/api/events/{slug}/registrations", self.server))
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status().as_u16(), 202);
        self.link_in_mail(mails).await
    }

    /// The server's database, as an address.
    pub fn database(&self) -> String {
        format!("sqlite:{}", self.folder.path().join("curtain-up.db").display())
    }

    /// A page on an origin of its own that holds nothing but this, below the widget's script.
    pub async fn page_with(&self, body: &str) -> String {
        serve(self.html_with(body, "")).await
    }

    /// This page, on an origin of its own.
    pub async fn serves(&self, html: String) -> String {
        serve(html).await
    }

    /// This page, with a script beside it.
    pub async fn serves_with(&self, html: String, path: &'static str, script: String) -> String {
        let script = get(move || async move { ([("content-type", "text/javascript"), ("access-control-allow-origin", "*")], script) });
        at_an_origin_of_its_own(Router::new().route(path, script).fallback(get(move || async move { Html(html) }))).await
    }

    /// Pages by their paths on an origin of their own, each with this script in its head.
    pub async fn site_with(&self, pages: &[(&'static str, &str)], script: &str) -> String {
        let script = script.replace("</script", "<\\/script");
        let add = |router: Router, (path, body): &(&'static str, &str)| {
            let html = self.html_with(body, &script);
            router.route(path, get(move || async move { Html(html) }))
        };
        at_an_origin_of_its_own(pages.iter().fold(Router::new(), add)).await
    }

    fn html_with(&self, body: &str, script: &str) -> String {
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A page</title><link rel=\"icon\" href=\"data:,\">\
             <meta name=\"viewport\" content=\"width=device-width\"><script>{script}</script>\
             <script type=\"module\" src=\"{}/curtain-up.js\" crossorigin></script></head><body>{body}</body></html>",
            self.server
        )
    }

    /// How many mails came so far.
    pub fn mails(&self) -> usize {
        self.mailbox.mails().len()
    }

    /// Waits for the mail with this number and returns the access link in its text part.
    pub async fn link_in_mail(&self, number: usize) -> String {
        let text = self.mail_text(number).await;
        text.lines().find(|line| line.contains("/live?")).expect("a link in the mail").trim().to_owned()
    }

    /// Waits for the mail with this number and returns its text part.
    pub async fn mail_text(&self, number: usize) -> String {
        let raw = self.mail(number).await;
        MessageParser::default().parse(&raw).and_then(|mail| mail.body_text(0).map(|text| text.into_owned())).expect("a mail")
    }

    /// Waits for the mail with this number and returns the calendar entry in it, each of its lines in one.
    pub async fn calendar_in_mail(&self, number: usize) -> String {
        let raw = self.mail(number).await;
        let mail = MessageParser::default().parse(&raw).expect("a mail");
        let calendar = mail.attachments().find_map(|part| part.text_contents().filter(|text| text.starts_with("BEGIN:VCALENDAR")));
        calendar.expect("a calendar entry").replace("\r\n ", "")
    }

    async fn mail(&self, number: usize) -> Vec<u8> {
        for _ in 0..600 {
            if let Some(raw) = self.mailbox.mails().get(number) {
                return raw.clone();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("mail {number} did not come");
    }

    /// The access key in a link.
    pub fn key_in(link: &str) -> String {
        AccessLink::parse(link).expect("a link").key
    }
}

/// The marketing page that `index.html` is, on an origin of its own, with its element pointing to the test's server.
async fn serve_marketing_page(server: String, slug: String) -> String {
    let html = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/index.html")).expect("index.html");
    let html = html.replace("http://127.0.0.1:3000", &server).replace("/e/launch\"", &format!("/e/{slug}\""));
    serve(html).await
}

/// This page at every address of an origin of its own.
async fn serve(html: String) -> String {
    at_an_origin_of_its_own(Router::new().fallback(get(move || async move { Html(html) }))).await
}

async fn at_an_origin_of_its_own(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://localhost:{port}/")
}

/// Links in mails name the port, so it must be known before the server starts. Each is given away once, and none of those
/// that the system takes for outgoing connections: between being found free and being listened on, it stays free.
fn free_port() -> SocketAddr {
    const PORTS: std::ops::Range<u16> = 12_000..32_000;
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = std::process::id().wrapping_mul(997).wrapping_add(GIVEN.fetch_add(1, Ordering::Relaxed));
        let port = PORTS.start + u16::try_from(number % u32::from(PORTS.end - PORTS.start)).expect("a port");
        if let Ok(address) = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|listener| listener.local_addr()) {
            return address;
        }
    }
}
