//! Mails in the host's own words, and reminders at other times than were planned.

use crate::harness::{Letter, Program, TestServer, ada, eventually, plan};
use chrono::TimeDelta;
use curtain_up_server::{
    event_plan::{
        EventPlan,
        own_words::{OwnWords, problems},
    },
    store::{
        audit::Actor,
        change::Change,
        event::DEFAULT_ORGANISATION,
        outbox::{MailKind, MailState, Sample},
    },
};
use serde_json::{Value, json};

fn words(kind: MailKind, language: &str, subject: &str, text: &str) -> OwnWords {
    OwnWords { kind, language: language.into(), subject: subject.into(), text: text.into() }
}

async fn say(server: &TestServer, own: OwnWords) {
    assert_eq!(problems(&own), []);
    let actor = Actor::command_line(DEFAULT_ORGANISATION);
    server.store().set_words(&actor, "launch", own, server.clock.now()).await.expect("saved");
}

const HELLO: &str = "Dear {first_name} <{last_name}>,\nsee you at {title}, {start}.\n\n{link}\n\nOr by hand: {link} with {key}.";

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_says_what_the_host_says_and_brings_all_that_it_has_to() {
    let server = TestServer::start().await;
    say(&server, words(MailKind::Confirmation, "en", "{first_name}, your seat at {title}", HELLO)).await;
    let letter = server.registered("ada@example.com").await;
    assert_eq!(letter.subject(), "Ada, your seat at Launch");
    let (text, html, link) = (letter.text().replace("\r\n", "\n"), letter.html(), letter.link());
    let start = "Tuesday, 2 March 2027, 10:00 (CET, Europe/Berlin)";
    assert!(
        text.starts_with(&format!("Dear Ada <Lovelace>,\nsee you at Launch, {start}.\n\n{link}\n\nOr by hand: {link} with ")),
        "{text}"
    );
    let escaped = link.replace('&', "&#38;");
    let button = format!("<p><a href=\"{escaped}\" style=");
    assert!(html.contains("<p>Dear Ada &#60;Lovelace&#62;,<br>see you at Launch,"), "{html}");
    assert_eq!(html.matches(&button).count(), 1, "one button, where the host has put it: {html}");
    assert!(html.contains(&format!("Or by hand: <a href=\"{escaped}\">Open my access link</a> with ")), "{html}");
    assert!(html.contains(&letter.key()) && html.contains("calendar.google.com") && letter.files().len() == 1);
    server.somebody().open(&link).await.pass();
}

#[tokio::test(flavor = "multi_thread")]
async fn own_words_are_for_their_kind_and_language_until_they_are_taken_back() {
    let server = TestServer::start().await;
    say(&server, words(MailKind::Confirmation, "de", "Servus {first_name}", "Bis bald!\n\n{link}")).await;
    say(&server, words(MailKind::WaitingList, "en", "Patience, {first_name}", "It is full.")).await;
    let register = |email: &'static str, language: &'static str| {
        let (server, mut body) = (&server, ada(email));
        body["language"] = json!(language);
        async move {
            assert_eq!(server.somebody().register_as(&body).await.status, 202);
            server.last_mail_to(email).await.subject()
        }
    };
    assert_eq!(register("a@example.com", "de-AT").await, "Servus Ada");
    assert_eq!(register("b@example.com", "en").await, "You are registered: Launch");
    assert_eq!(register("c@example.com", "fr").await, "Votre inscription : Launch");
    server.store().set_capacity("launch", Some(3), server.clock.now()).await.expect("full");
    assert_eq!(register("d@example.com", "en").await, "Patience, Ada");
    server.store().set_capacity("launch", None, server.clock.now()).await.expect("not full");
    let actor = Actor::command_line(DEFAULT_ORGANISATION);
    server.store().reset_words(&actor, "launch", MailKind::Confirmation, "de", server.clock.now()).await.expect("taken back");
    assert_ne!(register("e@example.com", "de").await, "Servus Ada");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_mail_comes_to_the_host_and_lets_nobody_in() {
    let server = TestServer::start().await;
    say(&server, words(MailKind::Reminder, "en", "Soon: {title}", "Now {first_name}!\n\n{link}")).await;
    server.store().change_event("launch", &Change::Cancel, server.clock.now()).await.expect("cancelled");
    let event = server.event("launch").await;
    for language in ["", "ar"] {
        let sample = Sample { to: "host@example.org".into(), language: language.into() };
        let mut write = server.store().write().await.expect("a turn");
        write.add_sample(&event.id, &sample, MailKind::Reminder, server.clock.now()).await.expect("promised");
        write.commit().await.expect("a commit");
    }
    let mails = server.mails_to("host@example.org").await;
    let subjects: Vec<String> = mails.iter().map(Letter::subject).collect();
    assert!(subjects.contains(&"[Test] Soon: Launch".to_owned()) && subjects.iter().all(|subject| subject.starts_with("[Test] ")));
    let letter = mails.into_iter().find(|letter| letter.subject().ends_with("Soon: Launch")).expect("the mail");
    assert!(letter.text().starts_with("Now Ada!"));
    assert_eq!(server.somebody().open(&letter.link()).await.code(), "access_refused");
}

#[test]
fn the_command_line_sets_shows_previews_and_resets_words_and_refuses_what_cannot_be_filled_in() {
    let program = Program::new();
    let plan = json!({ "slug": "launch", "title": "Launch", "start": "2027-03-10T18:00", "zone": "UTC", "duration_minutes": 60,
        "host_email": "host@example.org" });
    assert_eq!(program.add(&plan).code, 0);
    let set = |subject: &str, text: &str| {
        program.pipe(&["event", "words", "set", "launch", "reminder", "--subject", subject, "--text", "-"], text.as_bytes())
    };
    for (subject, text, message) in [
        ("Soon {name}", "{link}", "subject: “{name}” is nothing that is filled in here"),
        ("Soon", "Come!", "text: “{link}” is missing"),
        ("", "{link}", "subject: write something"),
    ] {
        let refused = set(subject, text);
        assert!(refused.code == 1 && refused.error.contains(message), "{}", refused.error);
    }
    assert!(program.run(&["event", "words", "show", "launch"]).out.contains("what this server says"));
    assert_eq!(set("Soon {first_name}", "Come, {first_name}!\n\n{link}\n").code, 0);
    let shown = program.run(&["event", "words", "show", "launch", "--json"]);
    assert!(shown.out.contains("Soon {first_name}"), "{}", shown.out);
    let preview = program.run(&["event", "words", "preview", "launch", "reminder"]);
    assert!(preview.out.starts_with("Soon Ada\n\nCome, Ada!\n\nhttp://127.0.0.1:3000/e/launch/live?email="), "{}", preview.out);
    assert!(program.run(&["event", "words", "preview", "launch", "reminder", "--html", "--language", "ja"]).out.contains("lang=\"ja\""));
    assert_eq!(program.run(&["event", "words", "test", "launch", "reminder"]).code, 0);
    assert!(program.run(&["event", "show", "launch"]).out.contains("mails scheduled: 1"));
    assert_eq!(program.run(&["event", "words", "reset", "launch", "reminder"]).code, 0);
    assert!(program.run(&["event", "words", "preview", "launch", "reminder"]).out.starts_with("At 18:00 UTC: Launch"));
    assert_eq!(program.run(&["event", "words", "preview", "launch", "bounce_alarm"]).code, 2);
}

async fn reminders(server: &TestServer) -> Vec<(String, MailState)> {
    let event = server.event("talk").await;
    let mails = server.store().outbox(&event.id).await.expect("an outbox");
    let of_reminder = |id: &str| id.split('.').skip(1).collect::<Vec<_>>().join(".");
    let mut found: Vec<_> =
        mails.iter().filter(|mail| mail.kind == MailKind::Reminder).map(|mail| (of_reminder(&mail.id), mail.state)).collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn reminders_are_added_moved_and_switched_off_while_people_are_on_the_list() {
    use MailState::{Delivered, NotSent, Scheduled};
    let server = TestServer::start().await;
    server.add(EventPlan { reminders: vec![60, 5], ..plan("talk") }).await;
    assert_eq!(server.somebody().at("talk").register("ada@example.com").await.status, 202);
    let set = |minutes: &'static [i64]| async { server.store().set_reminders("talk", minutes, server.clock.now()).await.expect("set") };
    let are = |expected: &[(&str, MailState)]| expected.iter().map(|(id, state)| ((*id).to_owned(), *state)).collect::<Vec<_>>();

    set(&[2880, 30, 5]).await;
    let moved = are(&[("r30.0", Scheduled), ("r5.0", Scheduled), ("r60.0", NotSent)]);
    assert_eq!(reminders(&server).await, moved, "none for two days before, which is the past");
    set(&[]).await;
    assert_eq!(reminders(&server).await, are(&[("r30.0", NotSent), ("r5.0", NotSent), ("r60.0", NotSent)]));
    set(&[60, 30]).await;
    assert_eq!(reminders(&server).await, are(&[("r30.0", Scheduled), ("r5.0", NotSent), ("r60.0", Scheduled)]));

    server.pass(TimeDelta::hours(23)).await;
    let sent =
        || async { (reminders(&server).await == are(&[("r30.0", Scheduled), ("r5.0", NotSent), ("r60.0", Delivered)])).then_some(()) };
    eventually("the first reminder", sent).await;
    set(&[30]).await;
    assert_eq!(reminders(&server).await, are(&[("r30.0", Scheduled), ("r5.0", NotSent), ("r60.0", Delivered)]), "what was sent is sent");
    assert_eq!(server.event("talk").await.plan.reminders, [30]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_just_registered_does_not_wait_behind_a_mail_to_everybody() {
    let server = TestServer::start().await;
    let store = server.store();
    for number in 0..3 {
        server.registered(&format!("early{number}@example.com")).await;
    }
    server.mails().await;
    // An hour before anybody's clock, so that the server's own worker finds nothing due.
    let later = server.clock.now();
    server.clock.advance(TimeDelta::hours(-1));
    store.change_event("launch", &Change::Start, later).await.expect("live");
    let event = server.event("launch").await;
    let mut write = store.write().await.expect("a turn");
    write.add_mail(&event.id, Some(server.registrants().await[0].id.clone()), MailKind::Resend, later).await.expect("promised");
    write.commit().await.expect("a commit");
    let mut kinds = Vec::new();
    while let Some(mail) = store.lease_mail(later).await.expect("an answer") {
        kinds.push(mail.kind);
    }
    assert_eq!(kinds, [MailKind::Resend, MailKind::Live, MailKind::Live, MailKind::Live]);
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_desk_words_are_read_saved_previewed_tried_and_taken_back() {
    let server = TestServer::start().await;
    let grace = server.host("grace@example.org").await;
    let line = |answer: &Value, kind: &str| {
        answer["words"].as_array().expect("a list").iter().find(|line| line["words"]["kind"] == kind).expect("the kind").clone()
    };
    let given = grace.get("/events/launch/words").await.json();
    let confirmation = line(&given, "confirmation");
    assert_eq!((&confirmation["own"], &confirmation["words"]["subject"]), (&json!(false), &json!("You are registered: {title}")));
    assert!(confirmation["words"]["text"].as_str().expect("a text").ends_with("\n\n{link}"));
    assert_eq!(given["words"].as_array().map(Vec::len), Some(9));

    let own = |subject: &str, text: &str| json!({ "kind": "confirmation", "language": "en", "subject": subject, "text": text });
    for (path, subject, text, fields) in [
        ("words", "Hi {name}", "{link}", ["subject:unknown_placeholder"]),
        ("words", "Hi", "Come!", ["text:missing_placeholder"]),
        ("words/preview", "Hi", "{link} {", ["text:unknown_placeholder"]),
    ] {
        let body = own(subject, text);
        let path = format!("/events/launch/{path}");
        let refused = if path.ends_with("words") { grace.put(&path, &body).await } else { grace.post(&path, &body).await };
        assert_eq!((refused.status, refused.fields()), (422, fields.map(str::to_owned).to_vec()), "{path}");
    }
    let preview = grace.post("/events/launch/words/preview", &own("Hi {first_name}", "Come!\n\n{link}")).await.json();
    assert_eq!(preview["subject"], "Hi Ada");
    assert!(
        preview["html"].as_str().expect("HTML").contains("<p>Come!</p>") && preview["text"].as_str().expect("a text").starts_with("Come!")
    );
    assert_eq!(line(&grace.get("/events/launch/words").await.json(), "confirmation")["own"], false, "a preview saves nothing");

    let saved = grace.put("/events/launch/words", &own("Hi {first_name}", "Come!\n\n{link}")).await;
    assert_eq!((saved.status, &line(&saved.json(), "confirmation")["own"]), (200, &json!(true)), "{}", saved.body);
    assert_eq!(line(&grace.get("/events/launch/words?language=de").await.json(), "confirmation")["own"], false);
    assert_eq!(grace.post("/events/launch/words/test", &json!({ "kind": "confirmation" })).await.status, 202);
    assert_eq!(server.last_mail_to("grace@example.org").await.subject(), "[Test] Hi Ada");
    assert_eq!(grace.post("/events/launch/words/test", &json!({ "kind": "bounce_alarm" })).await.fields(), ["kind:invalid_value"]);
    let reset = grace.delete("/events/launch/words?kind=confirmation&language=en").await;
    assert_eq!((reset.status, &line(&reset.json(), "confirmation")["own"]), (200, &json!(false)), "{}", reset.body);
    assert_eq!(grace.trail().await[..2], ["words_changed launch", "words_changed launch"]);

    let (viewer, stranger) = (server.viewer("vera@example.org").await, server.stranger("eve@example.org").await);
    assert_eq!(viewer.get("/events/launch/words").await.status, 200);
    assert_eq!(viewer.put("/events/launch/words", &own("x", "{link}")).await.status, 403);
    for reply in [stranger.get("/events/launch/words").await, stranger.put("/events/launch/words", &own("x", "{link}")).await] {
        assert_eq!(reply.code(), "event_not_found");
    }
}
