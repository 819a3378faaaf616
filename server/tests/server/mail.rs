//! Mail: what stands in it, and that each is sent once, whatever happens to servers on the way.

use crate::harness::{
    Database, Letter, PostOffice, TestServer, ada, eventually, plan,
    post_office::Mood::{Busy, Refuses},
};
use chrono::TimeDelta;
use curtain_up_server::{
    event_plan::EventPlan,
    store::outbox::{LEASE, MailState, OutboxEntry},
};
use serde_json::json;

async fn server_with(office: &PostOffice) -> TestServer {
    TestServer::with(Database::Sqlite, |config| {
        config.dev_mailbox = false;
        config.smtp = office.smtp();
    })
    .await
}

/// Waits until the one mail of `launch` was tried so often and stands so.
async fn at_attempt(server: &TestServer, attempts: i64, state: MailState) -> OutboxEntry {
    let tried = || async {
        let entry = server.outbox().await.into_iter().next()?;
        (entry.attempts == attempts && entry.state == state).then_some(entry)
    };
    eventually(&format!("attempt {attempts} ending {state:?}"), tried).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_confirmation_is_one_mail_to_one_person_with_text_html_and_calendar_entry() {
    let server = TestServer::start().await;
    let letter = server.registered("Ada@Example.com").await;
    assert_eq!(letter.recipients(), ["Ada@Example.com"]);
    assert_eq!((letter.from().as_str(), letter.reply_to().as_str()), ("curtain-up@example.org", "host@example.org"));
    assert_eq!(letter.subject(), "You are registered: Launch");
    assert_eq!(letter.header("Auto-Submitted"), "auto-generated");
    assert_eq!(letter.message_id(), format!("{}@127.0.0.1", server.outbox().await[0].id));
    assert_eq!(letter.key(), server.key_of(&server.registrant("ada@example.com").await));

    let link = letter.link();
    assert!(link.starts_with(&format!("{}/e/launch/live?email=Ada%40Example.com&key=", server.public_url())), "{link}");
    let html = letter.html();
    for part in [&link.replace('&', "&#38;"), &letter.key(), "calendar.google.com", "outlook.live.com"] {
        assert!(html.contains(part), "{part} in {html}");
    }
    server.somebody().open(&link).await.pass();

    let (name, calendar) = letter.files().remove(0);
    let calendar = calendar.replace("\r\n ", "");
    assert_eq!(name, "event.ics");
    let url = format!("URL:{link}");
    for line in ["BEGIN:VCALENDAR", "METHOD:PUBLISH", "DTSTART;TZID=Europe/Berlin:20270302T100000", "SUMMARY:Launch", "SEQUENCE:0", &url] {
        assert!(calendar.lines().any(|found| found == line), "{line} in {calendar}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn times_are_told_in_the_readers_zone_and_the_events_beside_it_where_they_differ() {
    let server = TestServer::start().await;
    for (email, zone, yours, both) in [
        ("tokyo@example.com", "Asia/Tokyo", "Tuesday, 2 March 2027, 18:00 (JST, Asia/Tokyo)", true),
        ("paris@example.com", "Europe/Paris", "Tuesday, 2 March 2027, 10:00 (CET, Europe/Paris)", false),
        ("lost@example.com", "Mars/Olympus", "Tuesday, 2 March 2027, 10:00 (CET, Europe/Berlin)", false),
    ] {
        let mut registration = ada(email);
        registration["zone"] = zone.into();
        assert_eq!(server.somebody().register_as(&registration).await.status, 202);
        let letter = server.last_mail_to(email).await;
        for body in [letter.text(), letter.html()] {
            assert!(body.contains(yours), "{zone}: {body}");
            let theirs = body.contains("10:00 (CET, Europe/Berlin)");
            assert_eq!(theirs, both || zone == "Mars/Olympus", "{zone}: {body}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_title_or_address_adds_a_header_or_a_recipient() {
    let server = TestServer::start().await;
    let title = "Launch\r\nBcc: eve@evil.example\r\n\r\nHello".to_owned();
    server.add(EventPlan { title, description: "\r\nX-Evil: 1\r\n".into(), ..plan("wild") }).await;
    for (number, first, last) in [
        (1, "Ada <eve@evil.example>,", "Lovelace"),
        (2, "\"Ada\" eve@evil.example;", "Bcc: eve@evil.example"),
        (3, "=?utf-8?q?Ada=0D=0ABcc:_eve@evil.example?=", "Lovelace"),
        (4, "Ada\u{2028}Bcc: eve@evil.example\u{85}x", "Ł\u{202e}ovelace 🎭"),
        (5, "<script>alert(1)</script>", "a@b.de, c@d.de"),
    ] {
        let email = format!("ada{number}@example.com");
        let answer = |field: &str, value: &str| json!({ "field": field, "values": [value] });
        let body = json!({ "answers": [answer("first_name", first), answer("last_name", last), answer("email", &email)] });
        let reply = server.somebody().at("wild").register_as(&body).await;
        if reply.status == 422 {
            assert_eq!(reply.fields(), ["first_name:invalid_value"], "{first}");
            continue;
        }
        let letter = eventually("the mail", || async { newest_mail_to(&server, &email) }).await;
        assert_eq!(letter.recipients(), [email.as_str()], "{}", letter.raw());
        let unexpected = ["bcc", "cc", "x-evil", "sender"].iter().any(|name| letter.header_names().contains(&(*name).to_owned()));
        assert!(!unexpected && letter.header_names().len() <= 10, "{:?}", letter.header_names());
        assert!(!letter.html().contains("<script>"), "{}", letter.html());
        assert!(!letter.files()[0].1.lines().any(|line| line.starts_with("X-Evil") || line.starts_with("Bcc")));
        assert_eq!(letter.recipient_name(), format!("{first} {last}"), "names arrive as they were typed");
    }
}

fn newest_mail_to(server: &TestServer, email: &str) -> Option<Letter> {
    let mails = server.context.mailbox.as_ref()?.mails().into_iter().map(Letter::new);
    mails.rev().find(|letter| letter.raw().contains(email))
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_waits_for_a_mail_server_that_is_away_and_is_sent_once_when_it_is_back() {
    let mut office = PostOffice::closed();
    let server = server_with(&office).await;
    assert_eq!(server.somebody().register("ada@example.com").await.status, 202);
    let entry = at_attempt(&server, 1, MailState::Deferred).await;
    assert_eq!(entry.problem.as_deref(), Some("the mail server cannot be reached"));

    office.reopen().await;
    server.clock.advance(TimeDelta::seconds(15));
    at_attempt(&server, 2, MailState::Delivered).await;
    server.clock.advance(TimeDelta::days(2));
    server.somebody().register("bob@example.com").await;
    eventually("Bob's mail", || async { (office.taken().len() == 2).then_some(()) }).await;
    assert_eq!(office.offered().len(), 2, "Ada's was not sent a second time");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_mail_server_is_tried_again_ever_later_with_the_same_message_id() {
    let office = PostOffice::with(&[Busy, Busy, Busy]).await;
    let server = server_with(&office).await;
    server.somebody().register("ada@example.com").await;
    for (attempt, longest_wait) in [(1, 15), (2, 30), (3, 60)] {
        let entry = at_attempt(&server, attempt, MailState::Deferred).await;
        assert_eq!(entry.problem.as_deref(), Some("the mail server answered 451"));
        assert!(office.taken().is_empty());
        server.clock.advance(TimeDelta::seconds(longest_wait));
    }
    at_attempt(&server, 4, MailState::Delivered).await;
    let ids: Vec<String> = office.offered().iter().map(Letter::message_id).collect();
    assert_eq!((ids.len(), office.taken().len()), (4, 1));
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_is_refused_for_good_bounces_and_is_not_tried_again() {
    let office = PostOffice::with(&[Refuses]).await;
    let server = server_with(&office).await;
    server.somebody().register("ada@example.com").await;
    let entry = at_attempt(&server, 1, MailState::Bounced).await;
    assert_eq!(entry.problem.as_deref(), Some("the mail server answered 554"));
    server.clock.advance(TimeDelta::days(2));
    server.somebody().register("bob@example.com").await;
    eventually("Bob's mail", || async { (office.taken().len() == 1).then_some(()) }).await;
    assert_eq!(office.offered().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_worker_had_leased_when_it_died_is_sent_after_its_lease() {
    let mut office = PostOffice::closed();
    let server = server_with(&office).await;
    server.somebody().register("ada@example.com").await;
    at_attempt(&server, 1, MailState::Deferred).await;
    // Another server's worker takes the mail, at a time that this server's clock has not reached, and dies.
    let soon = server.clock.now() + TimeDelta::seconds(15);
    let lost = server.store().lease_mail(soon).await.expect("an answer").expect("a mail");
    office.reopen().await;
    server.clock.advance(TimeDelta::seconds(15) + LEASE - TimeDelta::milliseconds(1));
    server.somebody().register("bob@example.com").await;
    eventually("Bob's mail", || async { (office.taken().len() == 1).then_some(()) }).await;
    assert_eq!(server.outbox().await[0].state, MailState::Processing, "the lease is still the dead worker's");
    server.clock.advance(TimeDelta::milliseconds(1));
    at_attempt(&server, 3, MailState::Delivered).await;
    assert!(office.taken()[1].message_id().starts_with(&lost.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_beyond_the_hours_cap_waits_for_the_next_hour() {
    let office = PostOffice::open().await;
    let server = TestServer::with(Database::Sqlite, |config| {
        config.dev_mailbox = false;
        config.smtp = office.smtp();
        config.mails_per_hour = 2;
    })
    .await;
    for number in 0..3 {
        server.somebody().register(&format!("ada{number}@example.com")).await;
    }
    let put_off = || async { (server.outbox().await.last()?.problem.as_deref() == Some("the server's cap")).then_some(()) };
    eventually("the third mail is put off", put_off).await;
    assert_eq!(office.taken().len(), 2);
    server.clock.advance(TimeDelta::hours(1));
    eventually("the third mail", || async { (office.taken().len() == 3).then_some(()) }).await;
}
