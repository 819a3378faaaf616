//! What a hand does at the desk, a script can do.

use crate::harness::{Program, Reply, TestServer};
use curtain_up_server::clock::Clock;
use reqwest::Method;
use serde_json::{Value, json};

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_host_gets_in_by_the_link_that_the_command_prints() {
    let server = TestServer::start().await;
    // The command reads the machine's clock.
    server.clock.advance(Clock::System.now() - server.clock.now());
    let (program, data) = (Program::new(), server.folder().display().to_string());
    let run = |arguments: &[&str]| program.run(&[arguments, &["--data", &data]].concat());
    let added = run(&["host", "add", "ada@example.org", "--name", "Ada", "--public-url", server.public_url(), "--json"]);
    assert_eq!(added.code, 0, "{}", added.error);
    let link = json_of(&added.out)["link"].as_str().expect("a link").to_owned();
    let (page, token) = link.split_once("#sign-in=").expect("a token behind the #, which no log sees");
    assert_eq!(page, format!("{}/desk", server.public_url()));
    let signed_in = server.nobody().post("/session/token", &json!({ "token": token })).await;
    let ada = server.nobody().with_cookie(&signed_in);
    assert_eq!(ada.get("/session").await.json()["host"]["name"], "Ada");
    assert_eq!(ada.trail().await, ["signed_in -", "host_added -"]);

    assert_eq!(run(&["host", "add", "ada@example.org"]).code, 1);
    let with_password =
        ["host", "add", "eve@acme.example", "--organisation", "acme", "--role", "viewer", "--password-stdin", "--data", &data];
    assert_eq!(program.pipe(&with_password, b"short\n").code, 1);
    assert_eq!(program.pipe(&with_password, b"correct horse battery\n").code, 0);
    let signed_in = server.nobody().post("/session", &json!({ "email": "eve@acme.example", "password": "correct horse battery" })).await;
    let eve = server.nobody().with_cookie(&signed_in).get("/session").await.json();
    assert_eq!((&eve["organisation"]["id"], &eve["host"]["role"]), (&json!("acme"), &json!("viewer")));
    assert_eq!(json_of(&run(&["host", "list", "--organisation", "acme", "--json"]).out).as_array().map(Vec::len), Some(1));
    assert_eq!(run(&["host", "remove", "ada@example.org"]).code, 1, "an organisation keeps one host");
    assert_eq!(run(&["host", "remove", "nobody@example.org"]).code, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_from_the_command_line_opens_the_interface_until_it_is_removed() {
    let server = TestServer::start().await;
    let (program, data) = (Program::new(), server.folder().display().to_string());
    let made = json_of(&program.run(&["token", "add", "nightly", "--scope", "read", "--data", &data, "--json"]).out);
    let ask = || async {
        let request = server.nobody().bare_request(Method::GET, "/events/launch").bearer_auth(made["secret"].as_str().expect("a secret"));
        Reply::to(request).await.status
    };
    assert_eq!(ask().await, 200);
    let id = made["token"]["id"].as_str().expect("an id");
    assert!(program.run(&["token", "list", "--data", &data]).out.starts_with(&format!("{id}  nightly")));
    assert_eq!(program.run(&["token", "remove", id, "--data", &data]).code, 0);
    assert_eq!((program.run(&["token", "remove", id, "--data", &data]).code, ask().await), (1, 401));
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_listed_resent_to_exported_and_erased() {
    let server = TestServer::start().await;
    let link = server.registered("ada@example.com").await.link();
    server.registered("bob@example.com").await;
    let (program, data) = (Program::new(), server.folder().display().to_string());
    let run = |arguments: &[&str]| program.run(&[&["people"], arguments, &["--data", &data]].concat());
    let listed = json_of(&run(&["list", "launch", "--search", "ada@", "--json"]).out);
    assert_eq!(
        (listed.as_array().map(Vec::len), &listed[0]["email"], &listed[0]["mail"]),
        (Some(1), &json!("ada@example.com"), &json!("delivered"))
    );
    assert_eq!(run(&["list", "launch", "--mail", "lost"]).code, 2);

    let export = run(&["export", "launch", "--columns", "email,access_link", "--public-url", server.public_url()]);
    assert_eq!((export.code, export.out.lines().count()), (0, 3), "{}", export.error);
    assert!(export.out.contains(&link), "{}", export.out);
    assert_eq!(run(&["export", "launch", "--columns", "nothing"]).code, 1);
    assert_eq!(run(&["export", "launch", "--output", "people.csv", "--bom"]).code, 0);
    let file = std::fs::read_to_string(program.folder().join("people.csv")).expect("a file");
    assert!(file.starts_with('\u{feff}') && file.contains("bob@example.com") && !file.contains("/live?"));

    assert_eq!(json_of(&run(&["resend", "launch", "--never-opened", "--json"]).out), json!({ "promised": 2 }));
    assert_eq!(run(&["resend", "launch", "--email", "ada@example.com"]).out, "promised: 1\n");
    assert_eq!(run(&["resend", "launch"]).code, 2, "to whom must be said");
    assert!(server.mails_to("ada@example.com").await.len() >= 2);

    assert_eq!(run(&["erase", "launch", "ada@example.com"]).code, 0);
    assert_eq!(run(&["erase", "launch", "ada@example.com"]).code, 1);
    assert_eq!(server.registrants().await.len(), 1);
    let grace = server.host("grace@example.org").await;
    assert_eq!(grace.trail().await[1], "person_erased launch");
}

#[test]
fn an_event_is_printed_edited_duplicated_and_put_away() {
    let program = Program::new();
    program
        .add(&json!({ "slug": "launch", "title": "Launch", "start": "2027-03-10T18:00", "zone": "Europe/Berlin", "duration_minutes": 60 }));
    let mut plan = json_of(&program.run(&["event", "plan", "launch"]).out);
    plan["title"] = json!("Another title");
    let edit = |arguments: &[&str], plan: &Value| {
        program.pipe(&[&["event", "edit", "launch", "-", "--json"], arguments].concat(), plan.to_string().as_bytes())
    };
    assert_eq!(edit(&["--version", "1"], &plan).event()["title"], "Another title");
    let stale = edit(&["--version", "1"], &plan);
    assert!(stale.code == 1 && stale.error.contains("version 2"), "{}", stale.error);
    plan["slug"] = json!("other");
    assert!(edit(&[], &plan).error.contains("keeps its own"));

    let copy =
        program.run(&["event", "duplicate", "launch", "launch-2", "--start", "2027-04-10T18:00", "--series", "launch", "--json"]).event();
    assert_eq!((&copy["slug"], &copy["start"]), (&json!("launch-2"), &json!("2027-04-10T18:00:00")));
    assert_eq!(json_of(&program.run(&["event", "plan", "launch"]).out)["series"], "launch");
    assert_eq!(program.run(&["event", "archive", "launch"]).code, 0);
    assert_eq!(program.run(&["event", "archive", "launch", "--restore"]).code, 0);
}

#[test]
fn several_dates_are_made_by_one_command() {
    let program = Program::new();
    program
        .add(&json!({ "slug": "launch", "title": "Launch", "start": "2027-03-31T18:00", "zone": "Europe/Berlin", "duration_minutes": 60 }));
    let dates = |arguments: &[&str]| program.run(&[&["event", "dates", "launch", "--json"], arguments].concat());
    let slugs = |text: &str| json_of(text).as_array().expect("events").iter().map(|event| event["slug"].clone()).collect::<Vec<_>>();
    let fifth_wednesdays = ["launch-2027-06-30", "launch-2027-09-29"];
    for more in [&["--dry-run"][..], &[]] {
        let made = dates(&[&["--every", "month-weekday", "--times", "2"], more].concat());
        assert_eq!((made.code, slugs(&made.out)), (0, fifth_wednesdays.map(|slug| json!(slug)).to_vec()), "{}", made.error);
    }
    let again = dates(&["--every", "month-weekday", "--times", "2"]);
    assert!(again.code == 1 && again.error.contains("launch-2027-06-30, launch-2027-09-29"), "{}", again.error);
    let skipped = dates(&["--on", "2028-03-26T02:30", "--on", "2028-03-27T02:30"]);
    assert!(skipped.code == 1 && skipped.error.contains("date 1 (2028-03-26T02:30)"), "{}", skipped.error);
    assert_eq!(dates(&[]).code, 2, "which dates must be said");
    assert_eq!(dates(&["--every", "week"]).code, 2, "how many must be said");
    assert_eq!(dates(&["--on", "2027-04-02T18:00", "--series", "spring"]).code, 0);
    assert_eq!(json_of(&program.run(&["event", "plan", "launch"]).out)["series"], "spring");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_deed_of_the_command_line_is_in_the_trail() {
    let server = TestServer::start().await;
    // The commands read the machine's clock.
    server.clock.advance(Clock::System.now() - server.clock.now());
    server.registered("ada@example.com").await;
    let grace = server.host("grace@example.org").await;
    let (program, data) = (Program::new(), server.folder().display().to_string());
    std::fs::write(program.folder().join("words.txt"), "Come in: {link}").expect("written");
    for (deed, action) in [
        ("event move launch --start 2099-03-11T18:00", "event_moved launch"),
        ("event capacity launch --seats 500", "capacity_changed launch"),
        ("event reminders launch --minutes 60,5", "reminders_changed launch"),
        ("event settings launch --one-device off", "settings_changed launch"),
        ("event words set launch live --subject Live --text words.txt", "words_changed launch"),
        ("event words reset launch live", "words_changed launch"),
        ("event duplicate launch second --start 2099-04-11T18:00", "event_duplicated second"),
        ("event archive second", "event_archived second"),
        ("event archive second --restore", "event_restored second"),
        ("event series add spring --title Spring", "series_added -"),
        ("event series put launch --into spring", "series_changed launch"),
        ("event series take-out launch", "series_changed launch"),
        ("event start launch", "event_started launch"),
        ("people resend launch --email ada@example.com", "mail_resent launch"),
        ("people resend launch --bounced", "bulk_resent launch"),
        ("people export launch --output people.csv", "exported launch"),
        ("event end launch", "event_ended launch"),
        ("event cancel launch", "event_cancelled launch"),
        ("people erase launch ada@example.com", "person_erased launch"),
        ("host add alan@example.org", "host_added -"),
        ("token add nightly --scope read", "token_added -"),
        ("host link alan@example.org", "sign_in_link_shown -"),
        ("host remove alan@example.org", "host_removed -"),
    ] {
        let before = grace.trail().await.len();
        let words: Vec<&str> = deed.split(' ').chain(["--data", &data]).collect();
        let run = program.run(&words);
        assert_eq!(run.code, 0, "{deed}: {}", run.error);
        let trail = grace.trail().await;
        assert_eq!((trail[0].as_str(), trail.len()), (action, before + 1), "{deed}");
        assert_eq!(grace.get("/audit").await.json()["entries"][0]["actor"], "command line", "{deed}");
    }
    let before = grace.trail().await.len();
    assert_eq!(program.run(&["event", "cancel", "launch", "--data", &data]).code, 0);
    assert_eq!(grace.trail().await.len(), before, "what changes nothing is no deed");
}
