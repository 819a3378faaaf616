//! What an attacker gets, and what honest people get while somebody attacks.

use crate::harness::{Database, Letter, TestServer, ada, in_parallel, plan};
use chrono::TimeDelta;
use curtain_up_protocol::{KeyFormat, Phase};
use curtain_up_server::trust::{pass::Pass, secrets::Secrets};
use uuid::Uuid;

/// Keys of four digits that are not this one.
fn wrong_keys(letter: &Letter) -> impl Iterator<Item = String> + use<> {
    let right = letter.key();
    (0..10_000).map(|number| format!("{number:04}")).filter(move |key| *key != right).cycle()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_thousand_guesses_at_one_address_twenty_are_evaluated_and_the_mailed_link_works_on() {
    let server = TestServer::start().await;
    let letter = server.registered("ada@example.com").await;
    let mut keys = wrong_keys(&letter);
    for _three_hours in 0..100 {
        let guesses = keys.by_ref().take(100).map(|key| {
            let stranger = server.somebody();
            async move { stranger.enter("ada@example.com", &key).await.status }
        });
        assert!(in_parallel(100, guesses.collect::<Vec<_>>()).await.iter().all(|status| *status == 401));
        server.pass(TimeDelta::hours(3)).await;
    }
    assert_eq!(server.failed_guesses().await, 20);
    assert_eq!(server.somebody().enter("ada@example.com", &letter.key()).await.code(), "access_refused");
    assert_eq!(server.somebody().open(&letter.link_without_signature()).await.code(), "access_refused");
    server.somebody().open(&letter.link()).await.pass();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_guesses_at_the_same_moment_are_five_on_sqlite() {
    a_hundred_guesses_at_the_same_moment_are_five(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_guesses_at_the_same_moment_are_five_on_postgres() {
    a_hundred_guesses_at_the_same_moment_are_five(Database::Postgres).await;
}

async fn a_hundred_guesses_at_the_same_moment_are_five(database: Database) {
    let server = TestServer::on(database).await;
    let letter = server.registered("ada@example.com").await;
    let guesses = wrong_keys(&letter).take(100).map(|key| {
        let stranger = server.somebody();
        async move { stranger.enter("ada@example.com", &key).await.status }
    });
    assert_eq!(in_parallel(100, guesses.collect::<Vec<_>>()).await, [401; 100]);
    assert_eq!(server.failed_guesses().await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_five_thousand_addresses_that_one_client_sprays_ten_an_hour_are_evaluated() {
    let server = TestServer::start().await;
    let sprayer = server.somebody();
    let spray = |from: usize| {
        let sprayer = sprayer.clone();
        async move { sprayer.enter(&format!("person{from}@example.com"), "0000").await.status }
    };
    assert!(in_parallel(200, (0..4_900).map(spray)).await.iter().all(|status| *status == 401));
    assert_eq!(server.failed_guesses().await, 10);
    server.pass(TimeDelta::hours(1)).await;
    in_parallel(100, (4_900..5_000).map(spray)).await;
    assert_eq!(server.failed_guesses().await, 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_five_thousand_addresses_that_ever_new_clients_spray_three_hundred_are_evaluated_and_the_host_is_told_once() {
    let server = TestServer::start().await;
    let letter = server.registered("ada@example.com").await;
    let spray = (0..5_000).map(|number| {
        let stranger = server.somebody();
        async move { stranger.enter(&format!("person{number}@example.com"), "0000").await.status }
    });
    assert!(in_parallel(200, spray.collect::<Vec<_>>()).await.iter().all(|status| *status == 401));
    assert_eq!(server.failed_guesses().await, 300);
    let alarms = server.mails_to("host@example.org").await;
    assert_eq!(alarms.iter().map(Letter::subject).collect::<Vec<_>>(), ["Somebody guesses access keys: Launch"]);

    assert_eq!(server.somebody().enter("ada@example.com", &letter.key()).await.code(), "access_refused");
    server.somebody().open(&letter.link()).await.pass();
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_people_behind_one_address_get_in_though_some_of_them_mistype() {
    let server = TestServer::start().await;
    let address_of = |number: usize| format!("person{number}@example.com");
    let registrations = (0..500).map(|number| {
        let person = server.somebody();
        async move { person.register(&address_of(number)).await.status }
    });
    assert!(in_parallel(100, registrations.collect::<Vec<_>>()).await.iter().all(|status| *status == 202));

    let office = server.somebody();
    for clumsy in server.registrants().await.iter().take(9) {
        let wrong = if server.key_of(clumsy) == "0000" { "0001" } else { "0000" };
        assert_eq!(office.clone().enter(&clumsy.email, wrong).await.status, 401);
    }
    let entries: Vec<_> = server.registrants().await.iter().map(|person| (person.email.clone(), server.key_of(person))).collect();
    let entering = entries.into_iter().map(|(email, key)| {
        let office = office.clone();
        async move { office.enter(&email, &key).await.status }
    });
    assert_eq!(in_parallel(100, entering).await, [200; 500]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_counted_is_still_counted_after_a_restart() {
    let mut server = TestServer::start().await;
    let letter = server.registered("ada@example.com").await;
    for key in wrong_keys(&letter).take(5) {
        server.somebody().enter("ada@example.com", &key).await;
    }
    server.somebody().resend("ada@example.com").await;
    server.restart().await;

    assert_eq!(server.somebody().enter("ada@example.com", &letter.key()).await.code(), "access_refused");
    server.somebody().resend("ada@example.com").await;
    assert_eq!(server.mails().await.len(), 0, "a mail in ten minutes, and it went out before the restart");

    server.pass(TimeDelta::seconds(31)).await;
    server.somebody().enter("ada@example.com", &letter.key()).await.pass();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_equal_registrations_at_once_are_one_row_and_one_mail_on_sqlite() {
    a_hundred_equal_registrations_at_once_are_one_row_and_one_mail(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_equal_registrations_at_once_are_one_row_and_one_mail_on_postgres() {
    a_hundred_equal_registrations_at_once_are_one_row_and_one_mail(Database::Postgres).await;
}

async fn a_hundred_equal_registrations_at_once_are_one_row_and_one_mail(database: Database) {
    let server = TestServer::on(database).await;
    let registrations = (0..100).map(|_| server.somebody().register("ada@example.com"));
    let replies = in_parallel(100, registrations.collect::<Vec<_>>()).await;
    assert!(replies.iter().all(|reply| reply.all_but_the_date() == replies[0].all_but_the_date() && reply.status == 202));
    assert_eq!(server.registrants().await.len(), 1);
    assert_eq!(server.mails().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_requests_for_a_link_in_a_day_send_three_mails() {
    let server = TestServer::start().await;
    server.registered("ada@example.com").await;
    server.pass(TimeDelta::days(1)).await;
    for _quarter_of_an_hour in 0..50 {
        let requests = (0..200).map(|_| server.somebody().resend("ada@example.com"));
        assert!(in_parallel(200, requests.collect::<Vec<_>>()).await.iter().all(|reply| reply.status == 202));
        server.pass(TimeDelta::minutes(15)).await;
    }
    assert_eq!(server.mails_to("ada@example.com").await.len() - 1, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_client_has_six_links_an_hour_sent_again_whomever_they_are_for() {
    let server = TestServer::start().await;
    let addresses: Vec<String> = (0..10).map(|number| format!("person{number}@example.com")).collect();
    for address in &addresses {
        server.somebody().register(address).await;
    }
    server.pass(TimeDelta::minutes(10)).await;
    let client = server.somebody();
    for address in &addresses {
        client.clone().resend(address).await;
    }
    assert_eq!(server.mails().await.len(), 10 + 6);
    server.pass(TimeDelta::hours(1)).await;
    client.resend(&addresses[9]).await;
    assert_eq!(server.mails().await.len(), 10 + 6 + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pass_that_is_forged_of_another_event_or_expired_opens_nothing() {
    let server = TestServer::start().await;
    server.add(plan("other")).await;
    let letter = server.registered("ada@example.com").await;
    let person = server.registrant("ada@example.com").await;
    let pass = server.somebody().open(&letter.link()).await.pass();
    let claims = |registrant: &str| Pass {
        device: 0,
        event: Uuid::parse_str(&person.event_id).expect("an id"),
        registrant: Uuid::parse_str(registrant).expect("an id"),
        expires_at: server.clock.now() + TimeDelta::days(9),
    };
    let forged = claims(&person.id).token(&Secrets::derive(&[0; 32]));
    let of_nobody = claims(&person.event_id).token(&server.context.secrets);
    for (case, wrong) in [("none", ""), ("forged", &forged), ("of nobody", &of_nobody), ("cut", &pass[1..])] {
        assert_eq!(server.somebody().room(wrong).await.code(), "pass_refused", "{case}");
    }
    assert_eq!(server.somebody().at("other").room(&pass).await.code(), "pass_refused");

    assert_eq!(server.somebody().room(&pass).await.status, 200);
    server.pass(TimeDelta::hours(24 + 1 + 12)).await;
    assert_eq!(server.somebody().room(&pass).await.code(), "pass_refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_room_is_told_to_a_pass_while_the_event_is_live_and_the_replay_after_it() {
    let server = TestServer::start().await;
    let letter = server.registered("ada@example.com").await;
    let ada = server.somebody();
    let pass = ada.open(&letter.link()).await.pass();
    server.pass(TimeDelta::hours(25)).await;
    for (phase, room, replay) in [
        (Phase::Scheduled, None, None),
        (Phase::Live, Some("https://room.example.com/launch"), None),
        (Phase::Ended, None, Some("https://replay.example.com/launch")),
        (Phase::Cancelled, None, None),
    ] {
        server.store().set_phase("launch", phase).await.expect("a phase");
        let answer = ada.room(&pass).await;
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!((answer.json()["room"]["address"].as_str(), answer.json()["replay"].as_str()), (room, replay), "{phase:?}");
        for told_to_anybody in [ada.document().await, ada.state().await, ada.get("/e/launch").await, ada.room("").await] {
            assert!(!told_to_anybody.body.contains("room.example.com") && !told_to_anybody.body.contains("replay.example.com"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_file_of_the_database_holds_a_key_in_the_clear() {
    let server = TestServer::start().await;
    server
        .store()
        .add_event(&curtain_up_server::event_plan::EventPlan { key_format: KeyFormat::EightBase32, ..plan("vault") }, server.clock.now())
        .await
        .expect("an event");
    server.somebody().at("vault").register_as(&ada("ada@example.com")).await;
    let event = server.event("vault").await;
    let person = server.store().registrants(&event.id).await.expect("a list").remove(0);
    let key = server.key_of(&person);
    server.somebody().at("vault").enter("ada@example.com", &key).await.pass();
    let files = server.database_files();
    let holds = |text: &str| files.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(&person.sealed_key), "the files are those that hold the registrant");
    assert!(!holds(&key));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_a_host_types_by_hand_without_a_signature_lets_in() {
    let server = TestServer::start().await;
    let letter = server.registered("ada+tag@example.com").await;
    server.somebody().open(&letter.link_without_signature()).await.pass();
    server.somebody().open(&format!("?email=ada+tag@example.com&key={}", letter.key())).await.pass();
}
