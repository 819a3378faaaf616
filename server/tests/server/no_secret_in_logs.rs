//! No secret in a log: the real binary, with everything that it and its libraries can say switched on.

use crate::codes::signed;
use crate::harness::{
    PostOffice, Program, Reply, Visitor, eventually,
    post_office::Mood::{Blabs, Busy, Takes},
    server::free_port,
};
use serde_json::{Value, json};
use std::{fs::File, net::Ipv4Addr, process::Child};

/// The program serving, with everything that it says in a file.
struct Journal {
    program: Program,
    serving: Child,
    http: reqwest::Client,
    server: String,
}

impl Journal {
    fn start(office: &PostOffice) -> Self {
        let program = Program::new();
        let plan = json!({ "slug": "canary", "title": "Canary", "start": "2027-03-10T18:00", "zone": "Europe/Berlin", "duration_minutes": 60,
            "key_format": "eight_base32", "room": { "kind": "frame", "address": "https://room.example.com/canary" } });
        assert_eq!(program.add(&plan).code, 0);
        let listen = free_port().to_string();
        let server = format!("http://{listen}");
        let log = File::create(program.folder().join("log")).expect("a file");
        let arguments = ["serve", "--listen", &listen, "--public-url", &server, "--smtp", &office.smtp(), "--proxies", "1"];
        let serving = program.command(&arguments).env("CURTAIN_UP_LOG", "trace").stderr(log).spawn().expect("it serves");
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        Self { program, serving, http, server }
    }

    fn visitor(&self) -> Visitor {
        Visitor::new(&self.http, &self.server, Ipv4Addr::LOCALHOST).at("canary")
    }

    async fn is_serving(&self) {
        let up = || async { self.http.get(format!("{}/healthz", self.server)).send().await.ok() };
        eventually("serving", up).await;
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.program.folder().join("log")).expect("a log")
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        let _gone_already = self.serving.kill();
        let _status = self.serving.wait();
    }
}

/// Everything that lets somebody in without a registration: a list with codes, tickets, links that a portal signs. What of it
/// is secret.
async fn codes_that_carry(journal: &Journal) -> Vec<String> {
    for slug in ["aviary", "nest"] {
        let plan = json!({ "slug": slug, "title": slug, "start": "2027-03-10T18:00", "zone": "Europe/Berlin", "duration_minutes": 60,
            "settings": { "require_codes": true } });
        assert_eq!(journal.program.add(&plan).code, 0);
    }
    let scopes = ["--scope", "read", "--scope", "write", "--scope", "keys"];
    let token = journal.program.run(&[&["token", "add", "birdwatch"], &scopes[..]].concat()).out.trim().to_owned();
    let [aviary, nest] = ["aviary", "nest"].map(|slug| journal.visitor().at(slug));
    let at_desk = |method, path: &str| aviary.request(method, &format!("/api/desk{path}")).bearer_auth(&token);
    let list = "code,email,firstname,externalid\nTW33TTW33T,robin_bird@example.com,Canaria,feather-77\n";
    let upload = at_desk(reqwest::Method::POST, "/events/aviary/people-list?upload=all_or_nothing&with=nest");
    let uploaded = Reply::to(upload.header("content-type", "text/csv").body(list)).await;
    assert!(uploaded.body.contains("\"done\":true"), "{} {}", uploaded.status, uploaded.body);
    // Only hosts who are signed in are shown it at the desk; on the server's own shell it is made and shown alike.
    assert_eq!(Reply::to(at_desk(reqwest::Method::POST, "/link-secret/reveal")).await.status, 403);
    let secret = journal.program.run(&["link-secret"]).out.trim().to_owned();

    assert_eq!(aviary.types("WR0NGTW33T").await.status, 401);
    let pass = aviary.types("TW33TTW33T").await.pass();
    let ticket = aviary.ticket(&pass, "nest").await.expect("a ticket");
    assert_eq!(nest.get(&format!("/e/nest?ticket={ticket}")).await.status, 200);
    let moved = nest.door(json!({ "ticket": ticket })).await.pass();
    let expires = chrono::Utc::now().timestamp() + 300;
    let link = signed(&secret, &json!({ "id": "feather-77", "email": "robin_bird@example.com", "name": "Canaria", "expires": expires }));
    assert_eq!(aviary.get(&format!("/e/aviary?i={link}")).await.status, 200);
    let sent = aviary.door(json!({ "signed": link })).await.pass();
    assert_eq!(aviary.door(json!({ "signed": &link[1..] })).await.status, 401);
    let (payload, signature) = link.split_once('.').expect("two parts");
    let words = ["TW33TTW33T", "WR0NGTW33T", "feather-77", payload, signature].map(str::to_owned);
    words.into_iter().chain([pass, moved, sent, ticket["nest.".len()..].to_owned(), secret, token]).collect()
}

fn registration(email: &str) -> Value {
    let answer = |field: &str, value: &str| json!({ "field": field, "values": [value] });
    json!({
        "answers": [answer("first_name", "Canaria"), answer("last_name", "Serinus"), answer("email", email)],
        "source": { "utm": [{ "name": "source", "value": "birdcage" }], "referrer": "https://aviary.example/" },
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn no_line_of_the_log_holds_a_key_a_signature_a_pass_an_address_or_a_name() {
    let office = PostOffice::with(&[Takes, Busy, Blabs]).await;
    let journal = Journal::start(&office);
    journal.is_serving().await;
    let visitor = journal.visitor();

    assert_eq!(visitor.register_as(&registration("yellowbird@example.com")).await.status, 202);
    let letter = eventually("the mail", || async { office.taken().pop() }).await;
    let (link, key) = (letter.link(), letter.key());
    let pass = visitor.open(&link).await.pass();
    visitor.clone().enter("yellowbird@example.com", &key).await.pass();
    assert_eq!(visitor.clone().enter("yellowbird@example.com", "WRNGKEY1").await.status, 401);
    assert_eq!(visitor.open(&link.replace("sig=", "sig=x")).await.status, 200, "a broken signature is an ordinary guess");
    assert_eq!(visitor.room(&pass).await.status, 200);
    assert_eq!(visitor.room(&pass[2..]).await.status, 401);
    assert_eq!(visitor.get(&link[journal.server.len()..]).await.status, 200);
    assert_eq!(visitor.get(&format!("/api/events/canary/none?email=yellowbird@example.com&key={key}")).await.status, 404);
    assert_eq!(visitor.get(&format!("/api/events/canary?pass={pass}")).await.status, 200);
    assert_eq!(visitor.clone().resend("yellowbird@example.com").await.status, 202);
    assert_eq!(visitor.register_as(&registration("yellowbird@")).await.status, 422);
    assert_eq!(visitor.post("pass", &json!({ "email": "yellowbird@example.com", "key": 1 })).await.status, 400);
    let form = |path: &str, body: String| {
        let request = visitor.request(reqwest::Method::POST, path).header("content-type", "application/x-www-form-urlencoded");
        Reply::to(request.body(body))
    };
    let entered = form("/e/canary/enter", link.split('?').nth(1).expect("a query").to_owned()).await;
    assert_eq!(entered.status, 303, "by the plain page");
    let cookie = entered.header("set-cookie").split(';').next().expect("a cookie").to_owned();
    let waiting = visitor.request(reqwest::Method::GET, "/e/canary/waiting").header("cookie", &cookie);
    assert_eq!(Reply::to(waiting).await.status, 200);
    assert_eq!(form("/e/canary/enter", "email=yellowbird@example.com&key=WRNGKEY1".to_owned()).await.status, 401);
    assert_eq!(form("/e/canary/register", "first_name=Canaria&last_name=Serinus&email=yellowbird@".to_owned()).await.status, 422);
    for refused in ["redbird@example.com", "bluebird@example.com"] {
        assert_eq!(visitor.register_as(&registration(refused)).await.status, 202);
    }
    eventually("a busy and a blabbing mail server", || async { (office.offered().len() >= 3).then_some(()) }).await;
    eventually("the end of the journey in the log", || async { journal.text().contains("the mail server answered 550").then_some(()) })
        .await;

    let carried = codes_that_carry(&journal).await;

    let log = journal.text();
    assert!(!log.contains('\u{1b}'), "colours are for terminals; in a file they break the words that somebody looks for");
    for control in
        ["curtain-up serves", "/api/events/canary/pass", "/api/events/nest/door", "DEBUG", "INSERT INTO registrants", "kind=Confirmation"]
    {
        assert!(log.contains(control), "the log holds everything: {control}");
    }
    let sig = link.split("sig=").nth(1).expect("a signature");
    for secret in [
        &key,
        sig,
        &pass,
        &cookie["curtain_up_pass=".len()..],
        "WRNGKEY1",
        "bird@example.com",
        "bird%40example.com",
        "Canaria",
        "Serinus",
        "birdcage",
    ]
    .into_iter()
    .chain(carried.iter().map(String::as_str))
    {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
    }
}
