//! The hosted pages without a program in the browser: what a person sees, types and presses, over HTTP.

mod codes;
mod trust;

use crate::harness::{Reply, TestServer, Visitor, ada, plan};
use chrono::TimeDelta;
use curtain_up_protocol::{AccessLink, Answer, Consent, Field, FieldKind, Phase, Room, RoomKind};
use curtain_up_server::event_plan::EventPlan;
use reqwest::Method;

type Pairs<'a> = &'a [(&'a str, &'a str)];

const ADA: Pairs = &[("first_name", "Ada"), ("last_name", "Lovelace"), ("email", "ada@example.com")];

/// Sends a form as a browser does.
async fn submit(visitor: &Visitor, path: &str, pairs: Pairs<'_>) -> Reply {
    Reply::to(written(visitor, path, pairs).header("sec-fetch-site", "same-origin")).await
}

fn written(visitor: &Visitor, path: &str, pairs: Pairs<'_>) -> reqwest::RequestBuilder {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    visitor.request(Method::POST, path).header("content-type", "application/x-www-form-urlencoded").body(body)
}

/// Opens a page with the cookie that an answer has set.
async fn with_cookie_of(visitor: &Visitor, answer: &Reply, path: &str) -> Reply {
    let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    Reply::to(visitor.request(Method::GET, path).header("cookie", cookie)).await
}

/// What the button on the page behind an access link sends.
fn parts(link: &str) -> Vec<(&'static str, String)> {
    let link = AccessLink::parse(link).expect("an access link");
    vec![("email", link.email), ("key", link.key), ("sig", link.sig.unwrap_or_default())]
}

async fn enter(visitor: &Visitor, parts: &[(&str, String)]) -> Reply {
    let pairs: Vec<(&str, &str)> = parts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    submit(visitor, "/e/launch/enter", &pairs).await
}

/// An event that asks for everything.
fn asking() -> EventPlan {
    let field = |id: &str, kind| Field { label: format!("Your {id}"), help: format!("About {id}"), ..Field::plain(id, kind) };
    let colours = || vec!["red & blue".to_owned(), "green".to_owned()];
    EventPlan {
        fields: vec![
            field("company", FieldKind::Text),
            field("question", FieldKind::LongText),
            Field { choices: colours(), ..field("colour", FieldKind::Choice) },
            Field { choices: colours(), ..field("colours", FieldKind::Choices) },
            Field { required: false, ..field("newsletter", FieldKind::Checkbox) },
            field("phone", FieldKind::Telephone),
            field("country", FieldKind::Country),
            Field { max: Some(10), ..field("team", FieldKind::Number) },
        ],
        consents: vec![Consent { id: "privacy".into(), version: 3, text: "I agree".into(), required: true }],
        ..plan("asking")
    }
}

const EVERYTHING: Pairs = &[
    ("company", "Fernwood"),
    ("question", "One\r\nTwo"),
    ("colour", "green"),
    ("colours", "red & blue"),
    ("colours", "green"),
    ("newsletter", "yes"),
    ("phone", "+49 30 123456"),
    ("country", "DE"),
    ("team", "7"),
    ("consent:privacy", "3"),
    ("source:utm_source", "mail"),
    ("source:ref", "friend"),
];

#[tokio::test(flavor = "multi_thread")]
async fn the_form_asks_for_everything_and_what_it_sends_is_kept_as_if_the_element_had_sent_it() {
    let server = TestServer::start().await;
    let event = server.add(asking()).await;
    let visitor = server.somebody();
    let page = visitor.get("/e/asking?plain&utm_source=mail&ref=friend").await;
    assert_eq!(page.status, 200);
    for control in [
        r#"<form method="post" action="/e/asking/register" novalidate>"#,
        r#"<input type="hidden" name="source:utm_source" value="mail">"#,
        r#"<input type="email" id="field-email" name="email" value="" autocomplete="email" required>"#,
        r#"<label for="field-company">Your company</label>"#,
        r#"<p class="help" id="help-company">About company</p>"#,
        r#"aria-describedby="help-company""#,
        r#"<textarea rows="4" id="field-question""#,
        r#"<option value="red &#38; blue">red &#38; blue</option>"#,
        r#"<input type="checkbox" name="colours" value="green">"#,
        r#"<option value="DE">Germany</option>"#,
        r#"<input type="checkbox" id="field-consent:privacy" name="consent:privacy" value="3" required>"#,
        r#"<span class="optional">optional</span>"#,
    ] {
        assert!(page.body.contains(control), "{control} in {}", page.body);
    }

    let sent = [ADA, EVERYTHING].concat();
    let done = submit(&visitor, "/e/asking/register", &sent).await;
    assert_eq!((done.status, done.header("location")), (303, "/e/asking/registered"), "{}", done.body);
    let person = server.store().registrants(&event.id).await.expect("a list").pop().expect("a registrant");
    let answer = |field: &str, values: &[&str]| Answer { field: field.into(), values: values.iter().map(ToString::to_string).collect() };
    for expected in [
        answer("question", &["One\nTwo"]),
        answer("colours", &["red & blue", "green"]),
        answer("newsletter", &["yes"]),
        answer("country", &["DE"]),
    ] {
        assert!(person.answers.contains(&expected), "{}", expected.field);
    }
    assert_eq!((person.consents[0].id.as_str(), person.consents[0].version), ("privacy", 3));
    assert_eq!((person.source.utm[0].value.as_str(), person.source.reference.as_str()), ("mail", "friend"));

    let told = visitor.get(done.header("location")).await;
    assert!(
        told.body.contains("Check your mail") && told.body.contains("Tuesday, 2 March 2027, 10:00 (CET, Europe/Berlin)"),
        "{}",
        told.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_comes_back_at_its_field_and_all_that_was_typed_is_kept() {
    let server = TestServer::start().await;
    let event = server.add(asking()).await;
    let sent: Pairs = &[
        ("first_name", "Ada"),
        ("email", "nobody"),
        ("company", "Fern & wood"),
        ("question", "One\r\nTwo"),
        ("colour", "mauve"),
        ("colours", "green"),
        ("newsletter", "yes"),
        ("team", "11"),
        ("country", "DE"),
        ("consent:privacy", "2"),
        ("shoe_size", "46"),
        ("source:utm_source", "mail"),
    ];
    let page = submit(&server.somebody(), "/e/asking/register", sent).await;
    assert_eq!(page.status, 422);
    for kept in [
        r#"value="Ada""#,
        r#"value="nobody""#,
        r#"value="Fern &#38; wood""#,
        "\nOne\nTwo</textarea>",
        r#"name="colours" value="green" checked"#,
        r#"value="yes" checked"#,
        r#"<option value="DE" selected>"#,
        r#"value="mail""#,
    ] {
        assert!(page.body.contains(kept), "{kept} in {}", page.body);
    }
    for (field, problem) in [
        ("last_name", "Please fill in this field."),
        ("email", "Please enter a complete email address, like name@example.com."),
        ("colour", "Please choose one of the answers."),
        ("phone", "Please fill in this field."),
        ("team", "This number is too small or too large."),
        ("consent:privacy", "Please agree to this in order to register."),
    ] {
        assert!(page.body.contains(&format!(r#"<p class="problem" id="problem-{field}">{problem}</p>"#)), "{field} in {}", page.body);
        assert!(page.body.contains(&format!(r##"<li><a href="#field-{field}">"##)), "{field} in the summary");
    }
    assert!(page.body.contains(r#"aria-describedby="help-team problem-team" aria-invalid="true""#));
    assert!(page.body.contains("<li>shoe_size: "), "what no field shows stands in the summary");
    assert_eq!(page.body.matches("autofocus").count(), 1);
    assert!(page.body.contains(r#"name="last_name" value="" autocomplete="family-name" required autofocus"#), "{}", page.body);
    assert!(page.body.contains("<title>Some answers need another look. · Launch</title>"));
    assert!(!page.body.contains("<script"), "the element would replace what was typed");
    assert!(server.store().registrants(&event.id).await.expect("a list").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_and_resending_answer_alike_whoever_is_registered_and_the_mail_comes() {
    let server = TestServer::start().await;
    let new = submit(&server.somebody(), "/e/launch/register", ADA).await;
    assert_eq!((new.status, new.header("location")), (303, "/e/launch/registered"), "{}", new.body);
    assert!(server.last_mail_to("ada@example.com").await.link().contains("/e/launch/live?"));
    let known = submit(&server.somebody(), "/e/launch/register", ADA).await;
    assert_eq!(new.all_but_the_date(), known.all_but_the_date());

    server.pass(TimeDelta::minutes(11)).await;
    let known = submit(&server.somebody(), "/e/launch/resend", &[("email", "ada@example.com")]).await;
    let unknown = submit(&server.somebody(), "/e/launch/resend", &[("email", "nobody@example.com")]).await;
    assert_eq!((known.status, known.header("location")), (303, "/e/launch/resent"));
    assert_eq!(known.all_but_the_date(), unknown.all_but_the_date());
    assert_eq!(server.mails_to("ada@example.com").await.len(), 2);
    assert!(server.somebody().get("/e/launch/resent").await.body.contains("is on the way"));

    let wrong = submit(&server.somebody(), "/e/launch/resend", &[("email", "nobody")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains(r#"value="nobody""#) && wrong.body.contains(r#"id="problem-email""#) && wrong.body.contains("autofocus"));
}

#[tokio::test(flavor = "multi_thread")]
async fn to_open_an_access_link_guesses_nothing_and_its_button_leads_to_the_waiting_page() {
    let server = TestServer::start().await;
    let mut registration = ada("ada@example.com");
    registration["zone"] = "America/New_York".into();
    assert_eq!(server.somebody().register_as(&registration).await.status, 202);
    let letter = server.last_mail_to("ada@example.com").await;
    let link = letter.link();
    let path = link.strip_prefix(server.public_url()).expect("an address of this server");
    for _scan in 0..50 {
        let scanned = server.somebody().get("/e/launch/live?email=ada@example.com&key=nokey&sig=none").await;
        assert_eq!((scanned.status, scanned.header("set-cookie")), (200, ""));
    }
    assert_eq!(server.failed_guesses().await, 0);

    let visitor = server.somebody();
    let page = visitor.get(path).await;
    assert_eq!(page.header("cache-control"), "no-store");
    let right = parts(&link);
    for (name, value) in &right {
        assert!(page.body.contains(&format!(r#"<input type="hidden" name="{name}" value="{value}">"#)), "{name}");
    }
    assert!(page.body.contains(r#"action="/e/launch/enter""#) && page.body.contains("<button>Enter</button>"));

    let entered = enter(&visitor, &right).await;
    assert_eq!((entered.status, entered.header("location")), (303, "/e/launch/waiting"), "{}", entered.body);
    let cookie = entered.header("set-cookie");
    assert!(cookie.starts_with("curtain_up_pass="), "{cookie}");
    assert!(cookie.ends_with("; Path=/e/launch; Max-Age=43200; HttpOnly; SameSite=Strict"), "{cookie}");

    let waiting = with_cookie_of(&visitor, &entered, "/e/launch/waiting").await;
    assert_eq!((waiting.status, waiting.header("cache-control")), (200, "no-store"));
    for words in [
        "Your seat is ready, Ada.",
        "Tuesday, 2 March 2027, 04:00 (EST, America/New_York)",
        "Tuesday, 2 March 2027, 10:00 (CET, Europe/Berlin)",
        r#"<meta http-equiv="refresh" content="300">"#,
    ] {
        assert!(waiting.body.contains(words), "{words} in {}", waiting.body);
    }
    let still = with_cookie_of(&visitor, &entered, "/e/launch/waiting?still").await;
    assert!(!still.body.contains("http-equiv"), "who reads slowly can make the page stay");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_waiting_page_shows_the_room_when_live_and_only_then_the_replay_after_it_and_says_what_was_cancelled() {
    let server = TestServer::start().await;
    server
        .add(EventPlan {
            room: Some(Room { kind: RoomKind::Address, address: "https://room.example.com/?a=1&b=2".into() }),
            ..plan("away")
        })
        .await;
    let visitor = server.somebody();
    let entered = enter(&visitor, &parts(&server.registered("ada@example.com").await.link())).await;
    let store = server.store();
    let page = async || with_cookie_of(&visitor, &entered, "/e/launch/waiting").await.body;

    server.pass(TimeDelta::hours(25)).await;
    let overdue = page().await;
    assert!(!overdue.contains("room.example.com") && overdue.contains(r#"<meta http-equiv="refresh" content="5">"#), "{overdue}");
    store.set_phase("launch", Phase::Live).await.expect("live");
    let live = page().await;
    assert!(live.contains(r#"<iframe class="room" src="https://room.example.com/launch" title="The room of Launch""#), "{live}");
    assert!(!live.contains("http-equiv"), "to look again would throw people out of the room");
    store.set_phase("launch", Phase::Ended).await.expect("ended");
    let ended = page().await;
    assert!(ended.contains(r#"href="https://replay.example.com/launch""#) && !ended.contains("room.example.com"), "{ended}");
    store.set_phase("launch", Phase::Cancelled).await.expect("cancelled");
    assert!(page().await.contains("This event has been cancelled"));
    assert!(server.somebody().get("/e/launch?plain").await.body.contains("This event has been cancelled"));

    let elsewhere = submit(&visitor, "/e/away/register", ADA).await;
    assert_eq!(elsewhere.status, 303);
    let mails = server.mails_to("ada@example.com").await;
    let link = mails.iter().map(crate::harness::Letter::link).find(|link| link.contains("/e/away/")).expect("a link");
    let entered = submit(&visitor, "/e/away/enter", &[("email", "ada@example.com"), ("key", &link)]).await;
    assert_eq!(entered.status, 303, "a whole link pasted into the field for the key");
    store.set_phase("away", Phase::Live).await.expect("live");
    let live = with_cookie_of(&visitor, &entered, "/e/away/waiting").await;
    assert!(
        live.body.contains(r#"<a class="button" href="https://room.example.com/?a=1&#38;b=2" rel="noreferrer">Join now</a>"#),
        "{}",
        live.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_says_why_one_cannot_register_and_offers_what_one_can() {
    let server = TestServer::start().await;
    let now = server.clock.now();
    server.add(EventPlan { opens_at: Some(now + TimeDelta::hours(1)), ..plan("early") }).await;
    server.add(EventPlan { closes_at: Some(now), ..plan("late") }).await;
    server.add(EventPlan { capacity: Some(1), ..plan("full") }).await;
    let visitor = server.somebody();
    assert_eq!(submit(&visitor, "/e/full/register", ADA).await.status, 303);
    for (slug, words, status) in [
        ("early", "Registration opens on Monday, 1 March 2027, 11:00", 409),
        ("late", "Registration has closed.", 409),
        ("full", "<button>Join the waiting list</button>", 303),
    ] {
        let page = visitor.get(&format!("/e/{slug}?plain")).await;
        assert!(page.body.contains(words), "{slug}: {}", page.body);
        assert_eq!(page.body.contains("/register\""), status == 303, "{slug}");
        let eve: Pairs = &[("first_name", "Eve"), ("last_name", "M"), ("email", "eve@example.com")];
        assert_eq!(submit(&visitor, &format!("/e/{slug}/register"), eve).await.status, status, "{slug}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_form_is_refused_on_a_page_and_a_form_opened_by_hand_leads_back() {
    let server = TestServer::start().await;
    let visitor = server.somebody();
    for path in ["/e/launch/register", "/e/launch/resend", "/e/launch/enter"] {
        let json = Reply::to(visitor.request(Method::POST, path).json(&ada("eve@example.com"))).await;
        assert_eq!((json.status, json.header("content-type")), (415, "text/html; charset=utf-8"), "{path}");
        let large = Reply::to(written(&visitor, path, &[("email", &"x".repeat(300_000))])).await;
        assert_eq!(large.status, 413, "{path}");
        let nowhere = submit(&visitor, &path.replace("launch", "none"), ADA).await;
        assert_eq!((nowhere.status, nowhere.code().as_str()), (404, "event_not_found"), "{path}");
    }
    let back = visitor.get("/e/launch/register").await;
    assert_eq!((back.status, back.header("location")), (303, "/e/launch?plain"));
    assert!(server.registrants().await.is_empty());
}
