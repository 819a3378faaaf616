//! Bugs that were found, each by the test that would have found it.

use crate::codes::meeting::here;
use crate::harness::{Database, PostOffice, Program, Reply, TestServer, ada, eventually, in_parallel, plan, post_office::Mood::Busy};
use chrono::TimeDelta;
use curtain_up_protocol::desk::{Refusal, RefusalReason, UploadKind};
use curtain_up_protocol::{Email, Field, FieldKind, KeyFormat, MAX_LONG_TEXT};
use curtain_up_server::{
    event_plan::EventPlan,
    people_list::PeopleList,
    store::{
        outbox::MailState,
        people_list::Upload,
        registrant::{Registration, Seat},
    },
};
use reqwest::Method;
use serde_json::json;
use std::os::unix::fs::PermissionsExt;

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_to_a_wrong_method_replaced_the_answer_to_every_preflight() {
    let server = TestServer::start().await;
    let origin = "https://www.example.com";
    let preflight = server.somebody().preflight("registrations", origin, "POST").await;
    assert_eq!((preflight.status, preflight.header("access-control-allow-origin")), (200, origin));
    assert_eq!(preflight.header("access-control-allow-headers"), "content-type,authorization");
    let path = server.somebody().path("registrations");
    let wrong = Reply::to(server.somebody().request(Method::DELETE, &path).header("origin", origin)).await;
    assert_eq!((wrong.code().as_str(), wrong.header("access-control-allow-origin")), ("method_not_allowed", origin));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slug_written_with_percent_signs_went_around_the_list_of_origins() {
    let server = TestServer::start().await;
    server.add(EventPlan { origins: vec!["https://www.example.com".into()], ..plan("listed") }).await;
    for path in ["/api/events/listed", "/api/events/l%69sted", "/api/events/%6Cisted"] {
        let reply = Reply::to(server.somebody().request(Method::GET, path).header("origin", "https://evil.example")).await;
        assert_eq!(reply.header("access-control-allow-origin"), "", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_stood_behind_the_json_of_a_body_was_overlooked() {
    let server = TestServer::start().await;
    let visitor = server.somebody();
    let body = format!("{} and more", ada("ada@example.com"));
    let reply =
        Reply::to(visitor.request(Method::POST, &visitor.path("registrations")).header("content-type", "application/json").body(body));
    assert_eq!(reply.await.code(), "invalid_request");
    assert!(server.registrants().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_and_resending_at_once_were_a_deadlock_on_postgres() {
    let server = TestServer::on(Database::Postgres).await;
    server.registered("ada@example.com").await;
    let impatient = server.somebody();
    for _ten_minutes in 0..5 {
        server.pass(TimeDelta::hours(25)).await;
        let clicks =
            (0..40).map(|number| {
                let impatient = impatient.clone();
                async move {
                    if number % 2 == 0 { impatient.register("ada@example.com").await } else { impatient.resend("ada@example.com").await }
                }
            });
        assert!(in_parallel(40, clicks.collect::<Vec<_>>()).await.iter().all(|reply| reply.status == 202));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_registered_while_the_host_added_seats_was_put_on_the_waiting_list() {
    let server = TestServer::start().await;
    server.store().set_capacity("launch", Some(1), server.clock.now()).await.expect("one seat");
    server.registered("ada@example.com").await;
    let read_before = server.event("launch").await;
    server.store().set_capacity("launch", Some(2), server.clock.now()).await.expect("two seats");

    let request = serde_json::from_value(ada("bob@example.com")).expect("a registration");
    let email = Email::parse("bob@example.com").expect("an address");
    let registration = Registration { event: &read_before, email, request: &request, zone: None, language: None };
    let mut write = server.store().write().await.expect("a turn");
    let (bob, _) = write.register(&registration, &server.context.secrets, server.clock.now()).await.expect("Bob");
    assert_eq!(bob.seat, Seat::Confirmed);
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_for_the_hours_cap_used_up_the_attempts_so_that_one_failure_dropped_the_mail() {
    let office = PostOffice::with(&[crate::harness::post_office::Mood::Takes, Busy]).await;
    let server = TestServer::with(Database::Sqlite, |config| {
        config.dev_mailbox = false;
        config.smtp = office.smtp();
        config.mails_per_hour = 1;
    })
    .await;
    server.somebody().register("ada@example.com").await;
    eventually("the first mail", || async { (office.taken().len() == 1).then_some(()) }).await;
    server.somebody().register("bob@example.com").await;
    for _put_off in 0..9 {
        let put_off = || async { (server.outbox().await[1].state == MailState::Deferred).then_some(()) };
        eventually("waiting for the cap", put_off).await;
        assert_eq!(server.outbox().await[1].attempts, 0, "it was not tried");
        server.clock.advance(TimeDelta::minutes(5));
    }
    server.clock.advance(TimeDelta::hours(1));
    let tried = || async { (server.outbox().await[1].problem.as_deref() == Some("the mail server answered 451")).then_some(()) };
    eventually("the first attempt", tried).await;
    assert_eq!((server.outbox().await[1].state, server.outbox().await[1].attempts), (MailState::Deferred, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn counters_of_clients_long_gone_were_kept_for_ever() {
    let server = TestServer::start().await;
    for number in 0..20 {
        let stranger = server.somebody();
        stranger.clone().resend("nobody@example.com").await;
        stranger.enter(&format!("person{number}@example.com"), "0000").await;
    }
    assert_eq!(server.store().forget_counts(server.clock.now()).await.expect("a count"), 0, "all still count");
    server.pass(TimeDelta::days(1)).await;
    let forgotten = server.store().forget_counts(server.clock.now()).await.expect("a count");
    assert_eq!(forgotten, 20 + 20 + 20, "requests by client, failures by client, addresses that a client failed at");
    assert_eq!(server.failed_guesses().await, 20, "what counts for the life of an event stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_to_a_domain_in_letters_beyond_ascii_was_never_sent() {
    let server = TestServer::start().await;
    for email in ["o'neil+x@mail.example", "a!#$%&*/=?^_`{|}~-b@x.de", "1@1.de", "ada@bücher.example", "ada@почта.рф", "x@a--b.de", "x@1.2"]
    {
        assert_eq!(server.somebody().register(email).await.status, 202, "{email}");
        server.mails().await;
        let mail = server.outbox().await.pop().expect("a mail");
        assert_eq!((mail.state, mail.problem), (MailState::Delivered, None), "{email}");
    }
    assert_eq!(server.mails_to("ada@xn--bcher-kva.example").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_lacks_smtputf8_was_said_to_be_away() {
    let server = TestServer::start().await;
    server.somebody().register("пример@почта.рф").await;
    server.mails().await;
    let problem = server.outbox().await.remove(0).problem.unwrap_or_default();
    assert!(problem.contains("SMTPUTF8"), "{problem}");
}

#[test]
fn the_data_folder_was_open_to_every_user_of_the_machine() {
    let program = Program::new();
    assert_eq!(program.run(&["event", "demo"]).code, 0);
    let mode = std::fs::metadata(program.folder().join("curtain-up-data")).expect("a folder").permissions().mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registration_with_several_of_the_longest_answers_was_too_large() {
    let server = TestServer::start().await;
    let questions: Vec<String> = (0..10).map(|number| format!("question{number}")).collect();
    let field = |id: &String| Field { label: "?".into(), ..Field::plain(id, FieldKind::LongText) };
    server.add(EventPlan { fields: questions.iter().map(field).collect(), ..plan("asking") }).await;
    let mut registration = ada("ada@example.com");
    let answers = registration["answers"].as_array_mut().expect("a list");
    answers.extend(questions.iter().map(|id| json!({ "field": id, "values": ["🎭".repeat(MAX_LONG_TEXT)] })));
    assert_eq!(server.somebody().at("asking").register_as(&registration).await.status, 202);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_of_a_series_that_others_have_was_answered_as_if_the_server_had_failed() {
    let server = TestServer::start().await;
    let stranger = server.stranger("mallory@strangers.example").await;
    let event = |slug: &str, series: &str| json!({ "slug": slug, "title": "T", "start": "2027-03-10T18:00", "zone": "UTC", "duration_minutes": 60, "series": series });
    assert_eq!(stranger.post("/events", &event("theirs", "talks")).await.status, 201);
    let grace = server.host("grace@example.org").await;
    assert_eq!(grace.post("/events", &event("ours", "talks")).await.fields(), ["series:taken"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_was_uploaded_later_brought_back_whom_a_host_had_erased() {
    let server = TestServer::start().await;
    let file = "code,email,firstname\n0042,ada@example.com,Ada\n0043,bob@example.com,Bob\n";
    server.meetings(&["meeting"], file).await;
    let event = server.event("meeting").await;
    let ada = server.store().registrant_by_email(&event.id, "ada@example.com").await.expect("an answer").expect("Ada");
    let (secrets, now) = (&server.context.secrets, server.clock.now());
    server.store().erase_person(&here(), "meeting", &ada.id, secrets, now).await.expect("erased");
    let (list, slugs) = (PeopleList::read(file.as_bytes()).expect("a list"), ["meeting".to_owned()]);
    for (kind, done) in [(UploadKind::AllOrNothing, false), (UploadKind::WithoutRefused, true)] {
        let upload = Upload { list: &list, slugs: &slugs, kind };
        let report = server.store().upload_people(&here(), &upload, secrets, now, &|_| ()).await.expect("a report");
        assert_eq!((report.done, report.refused), (done, vec![Refusal { row: 2, reason: RefusalReason::Erased }]), "{kind:?}");
    }
    let left = server.store().registrants(&event.id).await.expect("a list");
    assert_eq!(left.iter().map(|person| person.email.as_str()).collect::<Vec<_>>(), ["bob@example.com"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_of_four_digits_could_be_guessed_as_often_as_the_long_ones_that_a_host_chose_later() {
    let server = TestServer::start().await;
    let ada = server.registered("ada@example.com").await;
    let grace = server.host("grace@example.org").await;
    let event = grace.event("launch").await;
    let mut plan = event["plan"].clone();
    plan["key_format"] = json!(KeyFormat::EightBase32);
    assert_eq!(grace.put("/events/launch", &json!({ "plan": plan, "version": event["version"] })).await.status, 200);
    let eve = server.registered("eve@example.com").await;
    assert_eq!((ada.key().len(), eve.key().len()), (4, 8));
    let spray = (0..400).map(|number| {
        let stranger = server.somebody();
        async move { stranger.enter(&format!("person{number}@example.com"), "0000").await.status }
    });
    in_parallel(100, spray.collect::<Vec<_>>()).await;

    assert_eq!(server.failed_guesses().await, 300);
    assert_eq!(server.somebody().enter("ada@example.com", &ada.key()).await.code(), "access_refused");
    server.somebody().open(&ada.link()).await.pass();
    // Nobody's guessing at four digits keeps out those whose keys are longer; they may type them as they like.
    server.somebody().enter("eve@example.com", &eve.key().to_lowercase()).await.pass();
}

#[test]
fn a_mistyped_organisation_was_made_by_whatever_named_it() {
    let program = Program::new();
    assert_eq!(program.run(&["host", "add", "ada@example.org"]).code, 0);
    for command in [
        &["token", "add", "nightly", "--scope", "read"][..],
        &["token", "list"],
        &["token", "remove", "7"],
        &["host", "list"],
        &["link-secret"],
    ] {
        let run = program.run(&[command, &["--organisation", "acmee"]].concat());
        assert_eq!((run.code, run.error.contains("there is no organisation “acmee”")), (1, true), "{command:?}: {}", run.error);
    }
    assert_eq!(program.run(&["token", "add", " ", "--scope", "read"]).code, 1);
    assert_eq!(program.run(&["host", "add", "alan@example.org", "--name", "Alan\nTuring"]).code, 1);
}

#[test]
fn where_the_secret_file_is_elsewhere_a_mistyped_folder_was_filled_with_an_empty_database() {
    let program = Program::new();
    assert_eq!(program.run(&["host", "add", "ada@example.org", "--secret-file", "kept"]).code, 0);
    let run = program.run(&["event", "list", "--secret-file", "kept", "--data", "mistyped"]);
    assert_eq!((run.code, program.folder().join("mistyped").exists()), (1, false), "{}", run.error);
}

#[test]
fn an_export_was_no_json_where_json_was_asked_for() {
    let program = Program::new();
    program
        .add(&json!({ "slug": "launch", "title": "Launch", "start": "2027-03-10T18:00", "zone": "Europe/Berlin", "duration_minutes": 60 }));
    assert_eq!(program.run(&["people", "export", "launch", "--json"]).out, "");
    assert!(program.run(&["people", "export", "launch"]).out.contains("email,"));
}
