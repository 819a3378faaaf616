//! Which mail comes when: reminders, and what everybody is told when an event starts, moves, ends, or does not take place.

use crate::harness::{Database, Letter, TestServer, ada, eventually, in_parallel, plan};
use chrono::TimeDelta;
use curtain_up_server::{
    civil_time::CivilTime,
    event_plan::EventPlan,
    store::{
        change::Change,
        outbox::{MailKind, MailState, OutboxEntry},
    },
};
use sqlx::{Connection, Executor, SqliteConnection};

fn reminding(slug: &str) -> EventPlan {
    EventPlan { reminders: vec![60, 5], ..plan(slug) }
}

/// A server whose event `talk` has reminders, with these people on its list and their confirmations sent.
async fn with_people(database: Database, people: &[&str]) -> TestServer {
    let server = TestServer::on(database).await;
    server.add(reminding("talk")).await;
    for email in people {
        assert_eq!(server.somebody().at("talk").register(email).await.status, 202);
    }
    eventually("the confirmations", || async { (sent(&server, MailKind::Confirmation).await == people.len()).then_some(()) }).await;
    server
}

async fn entries(server: &TestServer) -> Vec<OutboxEntry> {
    server.store().outbox(&server.event("talk").await.id).await.expect("an outbox")
}

async fn count(server: &TestServer, kind: MailKind, state: MailState) -> usize {
    entries(server).await.iter().filter(|mail| (mail.kind, mail.state) == (kind, state)).count()
}

async fn sent(server: &TestServer, kind: MailKind) -> usize {
    count(server, kind, MailState::Delivered).await
}

async fn arrives(server: &TestServer, kind: MailKind, mails: usize) {
    let arrived = || async { (sent(server, kind).await == mails).then_some(()) };
    eventually(&format!("{mails} × {kind:?}"), arrived).await;
}

/// Waits until nothing that is due is left.
async fn at_rest(server: &TestServer) {
    let rest = || async {
        let now = server.clock.now();
        let is_due = |mail: &OutboxEntry| mail.state == MailState::Processing || mail.state == MailState::Scheduled && mail.due_at <= now;
        (!entries(server).await.iter().any(is_due)).then_some(())
    };
    eventually("rest", rest).await;
}

async fn turn_to(server: &TestServer, before_start: TimeDelta) {
    let start = server.event("talk").await.plan.start.at;
    server.clock.advance(start - before_start - server.clock.now());
}

async fn change(server: &TestServer, change: Change) {
    server.store().change_event("talk", &change, server.clock.now()).await.expect("a change");
    server.context.bell.notify_one();
}

async fn later(server: &TestServer, by: TimeDelta) -> Change {
    let start = server.event("talk").await.plan.start;
    Change::Move(CivilTime::of(start.at + by, start.zone).expect("a time"))
}

fn letters(server: &TestServer, subject: &str) -> Vec<Letter> {
    let mails = server.context.mailbox.as_ref().expect("a mailbox").mails().into_iter().map(Letter::new);
    mails.filter(|letter| letter.subject().contains(subject)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_cadence_on_sqlite() {
    the_whole_cadence(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_cadence_on_postgres() {
    the_whole_cadence(Database::Postgres).await;
}

async fn the_whole_cadence(database: Database) {
    let server = with_people(database, &["ada@example.com", "bob@example.com"]).await;
    turn_to(&server, TimeDelta::minutes(60) + TimeDelta::milliseconds(1)).await;
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    assert_eq!(sent(&server, MailKind::Reminder).await, 0, "not a millisecond early");
    turn_to(&server, TimeDelta::minutes(60)).await;
    arrives(&server, MailKind::Reminder, 2).await;
    let reminder = letters(&server, "At 10:00 CET: Launch").remove(0);
    server.somebody().at("talk").open(&reminder.link()).await.pass();

    // Carl comes late: the first reminder is of the past.
    assert_eq!(server.somebody().at("talk").register("carl@example.com").await.status, 202);
    turn_to(&server, TimeDelta::minutes(5)).await;
    arrives(&server, MailKind::Reminder, 2 + 3).await;

    turn_to(&server, TimeDelta::zero()).await;
    change(&server, Change::Start).await;
    arrives(&server, MailKind::Live, 3).await;
    turn_to(&server, TimeDelta::hours(-1)).await;
    change(&server, Change::End).await;
    arrives(&server, MailKind::ThankYou, 3).await;
    let thanks = letters(&server, "Thank you").remove(0);
    assert!(thanks.text().contains("https://replay.example.com/launch") && !thanks.raw().contains("key="), "{}", thanks.text());
    for again in [Change::End, Change::End] {
        change(&server, again).await;
    }
    at_rest(&server).await;
    assert_eq!(entries(&server).await.len(), 3 + 5 + 3 + 3, "each mail once");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_early_start_leaves_the_remaining_reminders_not_sent() {
    let server = with_people(Database::Sqlite, &["ada@example.com"]).await;
    turn_to(&server, TimeDelta::minutes(30)).await;
    at_rest(&server).await;
    change(&server, Change::Start).await;
    arrives(&server, MailKind::Live, 1).await;
    assert_eq!((sent(&server, MailKind::Reminder).await, count(&server, MailKind::Reminder, MailState::NotSent).await), (1, 1));
    let left = entries(&server).await.into_iter().find(|mail| mail.state == MailState::NotSent).expect("a mail");
    assert_eq!(left.problem.as_deref(), Some("the event has started"));
    turn_to(&server, TimeDelta::minutes(-5)).await;
    at_rest(&server).await;
    assert_eq!(sent(&server, MailKind::Reminder).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_event_moves_its_reminders_and_says_so_with_a_newer_calendar_entry() {
    let server = with_people(Database::Sqlite, &["ada@example.com"]).await;
    turn_to(&server, TimeDelta::minutes(60)).await;
    arrives(&server, MailKind::Reminder, 1).await;
    let to = later(&server, TimeDelta::hours(24)).await;
    change(&server, to.clone()).await;
    change(&server, to).await;
    arrives(&server, MailKind::Moved, 1).await;
    let moved = letters(&server, "New time: Launch").remove(0);
    assert!(moved.text().contains("Wednesday, 3 March 2027, 10:00 (CET, Europe/Berlin)"), "{}", moved.text());
    let calendar = moved.files().remove(0).1;
    assert!(calendar.contains("SEQUENCE:1\r\n") && calendar.contains("DTSTART;TZID=Europe/Berlin:20270303T100000\r\n"), "{calendar}");
    turn_to(&server, TimeDelta::minutes(60)).await;
    arrives(&server, MailKind::Reminder, 2).await;
    turn_to(&server, TimeDelta::minutes(5)).await;
    arrives(&server, MailKind::Reminder, 3).await;
    at_rest(&server).await;
    assert_eq!(sent(&server, MailKind::Moved).await, 1, "a move to where it stands is none");

    let sooner = later(&server, TimeDelta::minutes(25)).await;
    change(&server, sooner).await;
    arrives(&server, MailKind::Moved, 2).await;
    turn_to(&server, TimeDelta::minutes(5)).await;
    arrives(&server, MailKind::Reminder, 4).await;
    at_rest(&server).await;
    assert_eq!(sent(&server, MailKind::Reminder).await, 4, "the hour before the new start had passed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_event_sends_nothing_but_the_cancellation_to_the_waiting_list_too() {
    let server = with_people(Database::Sqlite, &["ada@example.com"]).await;
    server.store().set_capacity("talk", Some(1), server.clock.now()).await.expect("one seat");
    assert_eq!(server.somebody().at("talk").register("bob@example.com").await.status, 202);
    at_rest(&server).await;
    change(&server, Change::Cancel).await;
    arrives(&server, MailKind::Cancelled, 2).await;
    assert_eq!(count(&server, MailKind::Reminder, MailState::NotSent).await, 2);
    let told = letters(&server, "Cancelled: Launch");
    let entry = told.iter().flat_map(Letter::files).map(|(_, calendar)| calendar).collect::<String>();
    for line in ["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:1"] {
        assert_eq!(entry.lines().filter(|found| *found == line).count(), 1, "{line}, to Ada alone: {entry}");
    }
    turn_to(&server, TimeDelta::minutes(-5)).await;
    at_rest(&server).await;
    assert_eq!(sent(&server, MailKind::Reminder).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_gets_a_seat_from_the_waiting_list_is_reminded_too() {
    let server = with_people(Database::Sqlite, &["ada@example.com"]).await;
    server.store().set_capacity("talk", Some(1), server.clock.now()).await.expect("one seat");
    assert_eq!(server.somebody().at("talk").register("bob@example.com").await.status, 202);
    assert_eq!(count(&server, MailKind::Reminder, MailState::Scheduled).await, 2, "who waits is not reminded");
    at_rest(&server).await;
    turn_to(&server, TimeDelta::minutes(30)).await;
    server.store().set_capacity("talk", Some(2), server.clock.now()).await.expect("two seats");
    // Four mails leave at once, so only what is due at different times comes in an order.
    at_rest(&server).await;
    turn_to(&server, TimeDelta::minutes(5)).await;
    at_rest(&server).await;
    let subjects =
        |email: &str| letters(&server, "").iter().filter(|letter| letter.recipients() == [email]).map(Letter::subject).collect::<Vec<_>>();
    let expected = ["You are on the waiting list: Launch", "You are registered: Launch", "At 10:00 CET: Launch"];
    assert_eq!(subjects("bob@example.com"), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_starts_by_itself_says_so_by_mail_once_however_many_servers_start_it() {
    let server = TestServer::on(Database::Postgres).await;
    server.add(EventPlan { starts_by_itself: true, ..reminding("talk") }).await;
    for number in 0..20 {
        assert_eq!(server.somebody().at("talk").register(&format!("person{number}@example.com")).await.status, 202);
    }
    turn_to(&server, TimeDelta::zero()).await;
    let now = server.clock.now();
    let servers = (0..8).map(|_| server.store().clone()).map(|store| async move {
        store.start_due_events(now).await.expect("an answer");
        store.change_event("talk", &Change::Start, now).await.expect("an answer");
    });
    in_parallel(8, servers).await;
    arrives(&server, MailKind::Live, 20).await;
    at_rest(&server).await;
    assert_eq!(entries(&server).await.iter().filter(|mail| mail.kind == MailKind::Live).count(), 20);
    assert_eq!(letters(&server, "Live now").len(), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn registering_while_the_event_moves_loses_nobodys_reminders() {
    for database in [Database::Sqlite, Database::Postgres] {
        let server = TestServer::on(database).await;
        server.add(reminding("talk")).await;
        let store = server.store().clone();
        let (now, to) = (server.clock.now(), later(&server, TimeDelta::hours(3)).await);
        let visitors: Vec<_> = (0..40).map(|_| server.somebody().at("talk")).collect();
        let crowd = visitors.into_iter().enumerate().map(|(number, visitor)| {
            let (store, to) = (store.clone(), to.clone());
            async move {
                if number == 20 {
                    store.change_event("talk", &to, now).await.expect("moved");
                }
                visitor.register_as(&ada(&format!("person{number}@example.com"))).await.status
            }
        });
        assert!(in_parallel(40, crowd.collect::<Vec<_>>()).await.iter().all(|status| *status == 202));
        let event = server.event("talk").await;
        let reminders: Vec<_> = entries(&server).await.into_iter().filter(|mail| mail.kind == MailKind::Reminder).collect();
        assert_eq!(reminders.len(), 80, "{database:?}");
        let is_right = |mail: &OutboxEntry| [60, 5].iter().any(|lead| mail.due_at == event.plan.start.at - TimeDelta::minutes(*lead));
        assert!(reminders.iter().all(is_right), "{database:?}: all before the new start");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_thousand_registrants_are_told_in_seconds() {
    let server = TestServer::on(Database::Sqlite).await;
    // The worker's clock stands before every mail of this test.
    let now = server.clock.now();
    server.clock.advance(TimeDelta::days(-365));
    let event = server.add(EventPlan { reminders: vec![60, 5], ..plan("talk") }).await;
    let file = format!("sqlite:{}", server.folder().join("curtain-up.db").display());
    let mut connection = SqliteConnection::connect(&file).await.expect("the database");
    let crowd = format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
         INSERT INTO registrants (id, event_id, canonical_email, email, first_name, last_name, answers, consents, source, seat, sealed_key,
            registered_at, updated_at)
         SELECT printf('01957ab0-0000-7000-8000-%012x', i), '{}', 'p' || i || '@example.com', 'p' || i || '@example.com', 'A', 'B', '[]',
            '[]', '{{}}', 'confirmed', '', {now}, {now} FROM n",
        event.id,
        now = now.0
    );
    connection.execute(sqlx::AssertSqlSafe(crowd)).await.expect("a crowd");
    let mut seconds = Vec::new();
    for change in [later(&server, TimeDelta::hours(3)).await, Change::Start, Change::End] {
        let begin = std::time::Instant::now();
        server.store().change_event("talk", &change, now).await.expect("a change");
        seconds.push(begin.elapsed().as_secs_f64());
    }
    let begin = std::time::Instant::now();
    for _mail in 0..100 {
        let mail = server.store().lease_mail(now).await.expect("an answer").expect("a mail");
        server.store().settle_mail(&mail, MailState::Delivered, now, None, now).await.expect("settled");
    }
    seconds.push(begin.elapsed().as_secs_f64());
    // The figures stand in the output of `cargo test -- --nocapture`; the bound is for machines that are busy.
    eprintln!(
        "move {:.1} s, start {:.1} s, end {:.1} s, 100 of 100,000 due mails leased and settled {:.1} s",
        seconds[0], seconds[1], seconds[2], seconds[3]
    );
    assert!(seconds.iter().all(|seconds| *seconds < 60.0), "{seconds:?}");
    assert_eq!(count(&server, MailKind::ThankYou, MailState::Scheduled).await, 100_000 - 100);
}
