//! One story that calls every method of the store, told on SQLite and on PostgreSQL: one SQL text serves both.

mod codes;
mod desk;
mod mails;
mod words;

use crate::harness::{Database, TestServer, ada, in_parallel, plan, server::MORNING};
use chrono::TimeDelta;
use curtain_up_protocol::{Email, KeyFormat, Phase, RegistrationRequest, Timestamp};
use curtain_up_server::{
    civil_time::CivilTime,
    event_plan::{EventPlan, SeriesPlan},
    store::{
        Store, StoreError,
        event::Event,
        guess::{GuessScopes, Target, key_guesses},
        outbox::{LEASE, LeasedMail, MailKind, MailState},
        registrant::{Registrant, Registration, Seat},
    },
    trust::{guessing::after_failure, rate::Rate, secrets::Secrets},
};

#[tokio::test(flavor = "multi_thread")]
async fn the_story_on_sqlite() {
    the_story(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_story_on_postgres() {
    the_story(Database::Postgres).await;
}

/// The store is opened by a server that sends nothing: its worker's clock stands before every mail of the story.
async fn the_story(database: Database) {
    let server = TestServer::with(database, |_| ()).await;
    server.clock.advance(TimeDelta::days(-365));
    let store = server.store();
    store.ping().await.expect("it answers");
    events_are_added_found_and_moved(store).await;
    series_hold_their_dates(store).await;
    events_start_by_themselves(store).await;
    mails::changes_are_told_once(store).await;
    mails::reminders_are_stopped_by_one(store).await;
    mails::whoever_gets_another_id_is_reminded_once(store).await;
    words::hosts_change_words_and_reminders(store).await;
    words::samples_go_before_mails_to_everybody(store).await;
    words::a_bounced_address_is_corrected_once(store).await;
    words::the_last_mail_with_a_link_is_clicked_once(store).await;
    words::a_mail_is_opened_once_where_the_host_wants_to_know(store).await;
    people_register_and_merge(store).await;
    seats_go_to_those_who_waited_longest(store).await;
    mails_are_leased_settled_and_taken_over(store).await;
    guesses_are_counted_one_after_the_other(store).await;
    mails::bounces_are_counted_by_address(store).await;
    codes::lists_are_uploaded_and_people_known_by_their_codes(store).await;
    rates_hold_however_many_ask_at_once(store).await;
    what_counts_no_longer_is_forgotten(store).await;
    desk::hosts_come_in_and_go(store).await;
    desk::tokens_mails_to_hosts_and_the_trail_are_kept(store).await;
    desk::events_are_edited_by_those_who_saw_them_last(store).await;
    desk::people_are_found_and_helped(store).await;
    desk::people_are_moved_before_their_mails_leave(store).await;
    desk::keys_are_replaced_while_mails_leave(store).await;
    desk::jobs_are_done_in_parts_and_stopped_in_between(store).await;
    assert_eq!(store.restate_all_mail().await.expect("a count"), 0, "after all this, everybody's mail status is true");
    mails::a_status_is_what_follows_from_the_mails(store).await;
}

fn secrets() -> Secrets {
    Secrets::derive(&[7; 32])
}

async fn registered(store: &Store, event: &Event, email: &str, first_name: &str, now: Timestamp) -> (Registrant, bool) {
    let mut request: RegistrationRequest = serde_json::from_value(ada(email)).expect("a registration");
    request.answers[0].values = vec![first_name.to_owned()];
    let email = Email::parse(email).expect("an address");
    let registration = Registration { event, email, request: &request, zone: Some("Asia/Tokyo".into()), language: None };
    let mut write = store.write().await.expect("a turn");
    let outcome = write.register(&registration, &secrets(), now).await.expect("a registrant");
    write.commit().await.expect("a commit");
    outcome
}

async fn promise(store: &Store, event: &Event, registrant: &Registrant) {
    let mut write = store.write().await.expect("a turn");
    write.lock_person(&registrant.id).await.expect("locked");
    write.add_mail(&event.id, Some(registrant.id.clone()), MailKind::Confirmation, MORNING).await.expect("a promise");
    write.commit().await.expect("a commit");
}

async fn events_are_added_found_and_moved(store: &Store) {
    let full = EventPlan { capacity: Some(3), opens_at: Some(MORNING), origins: vec!["https://a.example".into()], ..plan("full") };
    let added = store.add_event(&full, MORNING).await.expect("an event");
    let found = store.event("full").await.expect("the event");
    assert_eq!((found.id, found.version, found.phase), (added.id, 1, Phase::Scheduled));
    assert_eq!((found.plan.capacity, found.plan.opens_at, found.plan.closes_at), (Some(3), Some(MORNING), None));
    assert_eq!((found.plan.origins, found.plan.start, found.plan.duration), (full.origins.clone(), full.start.clone(), full.duration));
    assert!(matches!(store.add_event(&full, MORNING).await, Err(StoreError::SlugTaken(slug)) if slug == "full"));
    assert!(matches!(store.event("none").await, Err(StoreError::NoSuchEvent(slug)) if slug == "none"));
    assert_eq!(store.events().await.expect("a list").len(), 2);

    let live = store.set_phase("full", Phase::Live).await.expect("live");
    assert_eq!((live.version, live.phase, live.calendar_sequence), (2, Phase::Live, 0));
    assert_eq!(store.set_phase("full", Phase::Live).await.expect("again").version, 2, "to say it twice changes nothing");
    let cancelled = store.set_phase("full", Phase::Cancelled).await.expect("cancelled");
    assert_eq!((cancelled.version, cancelled.calendar_sequence), (3, 1));
    let start = CivilTime::parse("2027-06-01T20:00", "America/New_York").expect("a time");
    let moved = store.move_event("full", &start).await.expect("moved");
    assert_eq!((moved.plan.start, moved.plan.duration), (start.clone(), full.duration));
    assert_eq!((moved.version, moved.calendar_sequence, moved.phase), (4, 2, Phase::Scheduled));
    for missing in [store.set_phase("none", Phase::Live).await.err(), store.move_event("none", &start).await.err()] {
        assert!(matches!(missing, Some(StoreError::NoSuchEvent(_))));
    }
}

async fn series_hold_their_dates(store: &Store) {
    let canopy = SeriesPlan::new("canopy", "Canopy", "What it is about", "de").expect("a plan");
    store.add_series(&canopy, MORNING).await.expect("a series");
    assert!(matches!(store.add_series(&canopy, MORNING).await, Err(StoreError::SeriesTaken(slug)) if slug == "canopy"));
    let found = store.series("canopy").await.expect("the series");
    assert_eq!((found.plan, found.organisation_id.as_str(), found.created_at), (canopy, "default", MORNING));
    assert!(matches!(store.series("none").await, Err(StoreError::NoSuchSeries(_))));
    assert_eq!(store.all_series().await.expect("all").len(), 1);

    let date = |slug: &str, series: &str| EventPlan { series: Some(series.into()), ..plan(slug) };
    assert_eq!(store.add_event(&date("march", "canopy"), MORNING).await.expect("a date").plan.series.as_deref(), Some("canopy"));
    assert!(matches!(store.add_event(&date("april", "none"), MORNING).await, Err(StoreError::NoSuchSeries(_))));
    assert!(matches!(store.set_series("full", Some("none"), MORNING).await, Err(StoreError::NoSuchSeries(_))));
    let others = store.add_event_of("others", &date("april", "canopy"), MORNING).await;
    assert!(matches!(others, Err(StoreError::NoSuchSeries(_))), "a series of another organisation");
    assert!(matches!(store.event("april").await, Err(StoreError::NoSuchEvent(_))), "nothing half added");
    assert_eq!(store.set_series("full", Some("canopy"), MORNING).await.expect("put in").plan.series.as_deref(), Some("canopy"));
    let slugs = |dates: Vec<Event>| dates.into_iter().map(|date| date.plan.slug).collect::<Vec<_>>();
    assert_eq!(slugs(store.dates("canopy").await.expect("dates")), ["march", "full"], "the earliest first");
    assert_eq!(store.set_series("full", None, MORNING).await.expect("taken out").plan.series, None);
    assert_eq!(slugs(store.dates("canopy").await.expect("dates")), ["march"]);
}

async fn events_start_by_themselves(store: &Store) {
    let start = plan("auto").start.at;
    store.add_event(&EventPlan { starts_by_itself: true, ..plan("auto") }, MORNING).await.expect("an event");
    assert!(store.start_due_events(start - TimeDelta::milliseconds(1)).await.expect("none").is_empty());
    let all_at_once =
        in_parallel(8, (0..8).map(|_| store.clone()).map(|store| async move { store.start_due_events(start).await.expect("some") }));
    assert_eq!(all_at_once.await.concat(), ["auto"], "of all servers that look, one starts it");
    assert_eq!(store.event("auto").await.expect("the event").version, 2);
    assert_eq!(store.event("launch").await.expect("the event").phase, Phase::Scheduled, "a host starts this one");
}

async fn people_register_and_merge(store: &Store) {
    let event = store.event("launch").await.expect("the event");
    let (first, is_new) = registered(store, &event, "Ada@Example.com", "Ada", MORNING).await;
    assert!(is_new && first.seat == Seat::Confirmed && first.canonical_email == "ada@example.com");
    let (second, is_new) = registered(store, &event, "ada@example.com", "Augusta", MORNING + TimeDelta::hours(1)).await;
    assert!(!is_new);
    assert_eq!((&second.id, &second.sealed_key, second.registered_at), (&first.id, &first.sealed_key, MORNING));
    assert_eq!((second.first_name.as_str(), second.zone.as_deref()), ("Augusta", Some("Asia/Tokyo")));

    let found = store.registrant_by_email(&event.id, "ada@example.com").await.expect("an answer").expect("Ada");
    assert_eq!(found.id, first.id);
    assert!(store.registrant(&event.id, &first.id).await.expect("an answer").is_some());
    assert!(store.registrant("another event", &first.id).await.expect("an answer").is_none());
    assert!(store.registrant_by_email(&event.id, "nobody@example.com").await.expect("an answer").is_none());

    let same = in_parallel(
        50,
        (0..50)
            .map(|_| (store.clone(), event.clone()))
            .map(|(store, event)| async move { registered(&store, &event, "crowd@example.com", "Crowd", MORNING).await.1 }),
    );
    assert_eq!(same.await.iter().filter(|is_new| **is_new).count(), 1, "one row, however many ask at once");
    assert_eq!(store.registrants(&event.id).await.expect("a list").len(), 2);
}

async fn seats_go_to_those_who_waited_longest(store: &Store) {
    let event = store.event("full").await.expect("the event");
    let rush = in_parallel(
        20,
        (0..20).map(|number| (number, store.clone(), event.clone())).map(|(number, store, event)| async move {
            registered(&store, &event, &format!("rush{number}@example.com"), "Rush", MORNING + TimeDelta::seconds(number)).await.0.seat
        }),
    );
    assert_eq!(rush.await.iter().filter(|seat| **seat == Seat::Confirmed).count(), 3, "three seats, however many come at once");
    assert_eq!(store.seats_taken(&event.id).await.expect("a count"), 3);

    let waiting = || async {
        let people = store.registrants(&event.id).await.expect("a list");
        people.into_iter().filter(|person| person.seat == Seat::WaitingList).map(|person| person.email).collect::<Vec<_>>()
    };
    let queue = waiting().await;
    let (changed, seated) = store.set_capacity("full", Some(5), MORNING).await.expect("more seats");
    assert_eq!((changed.plan.capacity, seated, waiting().await), (Some(5), 2, queue[2..].to_vec()));
    assert_eq!(store.set_capacity("full", Some(1), MORNING).await.expect("fewer seats").1, 0, "nobody loses a seat");
    assert_eq!(store.seats_taken(&event.id).await.expect("a count"), 5);
    assert_eq!(store.set_capacity("full", None, MORNING).await.expect("no limit").1, 15);
    assert!(waiting().await.is_empty());
    assert_eq!(store.outbox(&event.id).await.expect("an outbox").len(), 17, "everybody who got a seat is told");
    assert!(matches!(store.set_capacity("none", None, MORNING).await, Err(StoreError::NoSuchEvent(_))));
}

async fn mails_are_leased_settled_and_taken_over(store: &Store) {
    let taken = in_parallel(4, (0..4).map(|_| store.clone()).map(|store| async move { lease_all(&store, MORNING).await }));
    let mut ids: Vec<String> = taken.await.into_iter().flatten().map(|mail| mail.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 17, "four workers share the mails, and no mail is taken twice");
    assert!(lease_all(store, MORNING + LEASE - TimeDelta::milliseconds(1)).await.is_empty());

    let taken_over = lease_all(store, MORNING + LEASE).await;
    assert_eq!(taken_over.len(), 17, "what a dead worker held is taken over");
    assert!(taken_over.iter().all(|mail| mail.attempts == 2 && mail.registrant.is_some() && mail.event.plan.slug == "full"));
    for mail in &taken_over {
        store.settle_mail(mail, MailState::Delivered, MORNING, None, MORNING).await.expect("settled");
    }
    assert!(lease_all(store, MORNING + LEASE * 9).await.is_empty());

    let event = store.event("launch").await.expect("the event");
    let person = store.registrant_by_email(&event.id, "ada@example.com").await.expect("an answer").expect("Ada");
    promise(store, &event, &person).await;
    let slow = lease_all(store, MORNING).await.remove(0);
    let quick = lease_all(store, MORNING + LEASE).await.remove(0);
    store.settle_mail(&slow, MailState::Delivered, MORNING, None, MORNING).await.expect("no error");
    assert_eq!(store.outbox(&event.id).await.expect("an outbox")[0].state, MailState::Processing, "the lease was another worker's by then");
    let later = MORNING + TimeDelta::hours(1);
    store.settle_mail(&quick, MailState::Deferred, later, Some("busy"), MORNING).await.expect("settled");
    let entry = store.outbox(&event.id).await.expect("an outbox").remove(0);
    assert_eq!((entry.state, entry.attempts, entry.problem.as_deref()), (MailState::Deferred, 2, Some("busy")));
    assert!(lease_all(store, later - TimeDelta::milliseconds(1)).await.is_empty());
    let again = lease_all(store, later).await.remove(0);
    store.put_back_mail(&again, later, "not now").await.expect("put back");
    let entry = store.outbox(&event.id).await.expect("an outbox").remove(0);
    assert_eq!((entry.state, entry.attempts, entry.problem.as_deref()), (MailState::Deferred, 2, Some("not now")), "put back untried");
}

/// Everything that one worker gets until nothing is due. Where another worker was quicker, it asks again.
async fn lease_all(store: &Store, now: Timestamp) -> Vec<LeasedMail> {
    let mut mails = Vec::new();
    let mut misses = 0;
    while misses < 20 {
        match store.lease_mail(now).await.expect("an answer") {
            Some(mail) => mails.push(mail),
            None => misses += 1,
        }
    }
    mails
}

async fn guesses_are_counted_one_after_the_other(store: &Store) {
    let scopes = |address: i32| {
        let event = key_guesses(&secrets(), "event", KeyFormat::FourDigits);
        GuessScopes { target: Target::Address(format!("address {address}")), client: "client".into(), event }
    };
    let failures = in_parallel(
        30,
        (0..30).map(|number| (number, store.clone())).map(|(number, store)| async move {
            let mut write = store.write().await.expect("a turn");
            let counts = write.lock_guess_counts(&scopes(number % 3), MORNING).await.expect("counts");
            write.save_guess_counts(&scopes(number % 3), &after_failure(&counts, MORNING), MORNING).await.expect("saved");
            write.commit().await.expect("a commit");
        }),
    );
    failures.await;
    let failed = async |event: &str| store.failed_guesses(event, &secrets()).await.expect("a count");
    assert_eq!(failed("event").await, 30, "no failure is lost, however many come at once");
    assert_eq!(failed("unknown").await, 0);

    let mut write = store.write().await.expect("a turn");
    let counts = write.lock_guess_counts(&scopes(0), MORNING + TimeDelta::minutes(59)).await.expect("counts");
    assert_eq!((counts.address.total, counts.client.total, counts.other_addresses), (10, 30, 2));
    assert!(counts.address.locked_until > MORNING);
    let counts = write.lock_guess_counts(&scopes(0), MORNING + TimeDelta::hours(1)).await.expect("counts");
    assert_eq!(counts.other_addresses, 0, "after an hour they are forgotten");
    drop(write);
}

async fn rates_hold_however_many_ask_at_once(store: &Store) {
    let rate = Rate { count: 6, window: TimeDelta::hours(1), spacing: TimeDelta::zero() };
    let crowd =
        in_parallel(40, (0..40).map(|_| store.clone()).map(move |store| async move { count(&store, "crowd", rate, MORNING).await }));
    assert_eq!(crowd.await.iter().filter(|allowed| **allowed).count(), 6);
    assert!(!count(store, "crowd", rate, MORNING + TimeDelta::minutes(59)).await);
    assert!(count(store, "crowd", rate, MORNING + TimeDelta::hours(1)).await);

    let spaced = Rate { spacing: TimeDelta::minutes(10), ..rate };
    let minutes = [(0, true), (9, false), (10, true), (19, false), (20, true)];
    for (minute, allowed) in minutes {
        assert_eq!(count(store, "spaced", spaced, MORNING + TimeDelta::minutes(minute)).await, allowed, "minute {minute}");
    }
}

async fn what_counts_no_longer_is_forgotten(store: &Store) {
    let rate = Rate { count: 1, window: TimeDelta::hours(1), spacing: TimeDelta::zero() };
    assert!(count(store, "resends-by-client:a", rate, MORNING).await);
    assert_eq!(store.forget_counts(MORNING + TimeDelta::minutes(59)).await.expect("a count"), 0);
    assert_eq!(store.forget_counts(MORNING + TimeDelta::hours(1)).await.expect("a count"), 1 + 3, "a rate and three guessed addresses");
    assert!(count(store, "resends-by-client:a", rate, MORNING).await);
}

async fn count(store: &Store, scope: &str, rate: Rate, now: Timestamp) -> bool {
    let mut write = store.write().await.expect("a turn");
    let allowed = write.count(scope, rate, now).await.expect("an answer");
    write.commit().await.expect("a commit");
    allowed
}
