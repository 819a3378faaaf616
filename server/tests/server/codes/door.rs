//! The door: by code, without one, without a name.

use super::meeting::meeting;
use crate::harness::{Database, TestServer, in_parallel, plan};
use chrono::TimeDelta;
use curtain_up_protocol::desk::LinkStyle;
use curtain_up_server::{
    event_plan::{EventPlan, Settings},
    mail::letter::access_link,
    store::registrant::Seat,
    trust::access_keys::AccessKey,
};
use serde_json::json;

const LIST: &str = "code,email,firstname\n0042,ada@example.com,Ada\nBLUE-BIRD-7,alan@example.com,Alan\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_right_code_lets_in_and_greets_by_name_on_both_databases() {
    for database in [Database::Sqlite, Database::Postgres] {
        let server = TestServer::on(database).await;
        server.meetings(&["meeting"], LIST).await;
        assert_eq!(server.somebody().at("meeting").document().await.json()["door"], "code", "{database:?}");
        for (typed, name) in [("0042", "Ada"), (" 00-42 ", "Ada"), ("００４２", "Ada"), ("blue bird 7", "Alan")] {
            let reply = server.somebody().at("meeting").types(typed).await;
            assert_eq!((reply.status, reply.json()["first_name"].as_str()), (200, Some(name)), "{typed}");
            assert_eq!(server.somebody().at("meeting").room(&reply.pass()).await.status, 200);
        }
        for wrong in ["42", "0043", "", "-", "0042\u{0}", &"9".repeat(100)] {
            let reply = server.somebody().at("meeting").types(wrong).await;
            assert_eq!((reply.status, reply.code().as_str()), (401, "access_refused"), "{wrong:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_registers_where_codes_are_required_and_a_code_is_one_events() {
    let server = TestServer::start().await;
    server.meetings(&["meeting"], LIST).await;
    server.add(meeting("other")).await;
    let reply = server.somebody().at("meeting").register("eve@example.com").await;
    assert_eq!((reply.status, reply.code().as_str()), (409, "registration_closed"));
    assert_eq!(server.somebody().at("other").types("0042").await.code(), "access_refused");
    assert_eq!(server.somebody().at("launch").types("0042").await.code(), "access_refused", "people register there");
    assert_eq!(server.somebody().at("meeting").door(json!("anonymous")).await.code(), "access_refused");
    for nonsense in [json!({}), json!(null), json!({ "code": 42 }), json!({ "key": "0042" })] {
        assert_eq!(server.somebody().at("meeting").door(nonsense).await.code(), "invalid_request");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_sealed_at_rest() {
    let server = TestServer::start().await;
    server.meetings(&["meeting"], "code,email,firstname\nVERYSECRETCODE,ada@example.com,Ada\n").await;
    let files = server.database_files();
    let holds = |text: &[u8]| files.windows(text.len()).any(|window| window == text);
    assert!(holds(b"ada@example.com") && !holds(b"VERYSECRETCODE"));
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_codes_meets_the_counters_of_keys() {
    let server = TestServer::start().await;
    // A strong code: the event takes more wrong ones than a client has.
    server.meetings(&["strong"], "code,email,firstname\nK7QX2M9P,ada@example.com,Ada\n").await;
    let one = server.somebody().at("strong");
    let wrong = (0..30).map(|n| {
        let one = one.clone();
        async move { one.types(&format!("9{n:03}")).await.status }
    });
    assert!(in_parallel(30, wrong.collect::<Vec<_>>()).await.iter().all(|status| *status == 401));
    assert_eq!(one.types("K7QX2M9P").await.status, 401, "one client has guessed enough, and then not even the right one counts");
    assert_eq!(server.somebody().at("strong").types("K7QX2M9P").await.status, 200, "others are let in");
    server.pass(TimeDelta::minutes(16)).await;
    assert_eq!(one.types("K7QX2M9P").await.status, 200, "after a quarter of an hour so is the client");

    // Two numbers in a row: one guess hits one. Thirty wrong codes, whoever types them, and then nobody's counts.
    server.meetings(&["meeting"], "code,email,firstname\n0042,ada@example.com,Ada\n0043,alan@example.com,Alan\n").await;
    for n in 0..30 {
        assert_eq!(server.somebody().at("meeting").types(&format!("9{n:03}")).await.status, 401);
    }
    assert_eq!(server.somebody().at("meeting").types("0042").await.status, 401, "the event has had its guesses");
    let event = server.event("meeting").await;
    let alarms = server.store().outbox(&event.id).await.expect("an outbox");
    assert_eq!(alarms.len(), 1, "the host is told once");
    // Who has a mailed link comes in.
    let person = server.people_at("meeting").await.remove(0);
    let key = server.key_of(&person);
    let sig = curtain_up_server::trust::link_signature::sign(&server.context.secrets, &event.id, &person.canonical_email, &key);
    let link = format!("?email={}&key={key}&sig={sig}", person.email);
    server.somebody().at("meeting").open(&link).await.pass();
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_people_behind_one_office_address_get_in_although_some_mistype_their_codes() {
    let server = TestServer::start().await;
    let codes: Vec<String> = (1..=500_u64).map(|n| format!("{:012}", n * 1_987_654_321)).collect();
    let rows: String = codes.iter().enumerate().map(|(n, code)| format!("{code},p{n}@example.com,P\n")).collect();
    server.meetings(&["meeting"], &format!("code,email,firstname\n{rows}")).await;
    let office = server.somebody().at("meeting");
    let people = codes.into_iter().enumerate().map(|(n, code)| {
        let office = office.clone();
        async move {
            if n % 20 == 0 {
                assert_eq!(office.types(&format!("{code}1")).await.status, 401, "a slip of the finger");
            }
            office.types(&code).await.status
        }
    });
    let entered = in_parallel(50, people.collect::<Vec<_>>()).await;
    assert_eq!(entered.iter().filter(|status| **status == 200).count(), 500);
}

#[tokio::test(flavor = "multi_thread")]
async fn strong_codes_take_more_wrong_ones_before_the_door_shuts() {
    let server = TestServer::start().await;
    server.meetings(&["meeting"], "code,email,firstname\n,ada@example.com,Ada\n0042XYZ,alan@example.com,Alan\n").await;
    for n in 0..40 {
        assert_eq!(server.somebody().at("meeting").types(&format!("9{n:03}")).await.status, 401);
    }
    server.somebody().at("meeting").types("0042XYZ").await.pass();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_required_codes_people_enter_as_anonymous() {
    let server = TestServer::start().await;
    let open = Settings { require_codes: Some(false), ..Settings::default() };
    server.add(EventPlan { settings: open, capacity: Some(2), ..plan("open") }).await;
    assert_eq!(server.somebody().at("open").document().await.json()["door"], "open");
    for _ in 0..2 {
        let reply = server.somebody().at("open").door(json!("anonymous")).await;
        assert_eq!(reply.json()["first_name"], "");
        assert_eq!(server.somebody().at("open").room(&reply.pass()).await.status, 200);
    }
    assert_eq!(server.somebody().at("open").door(json!("anonymous")).await.code(), "registration_closed", "all seats are taken");
    let people = server.people_at("open").await;
    assert!(people.iter().all(|person| person.first_name == "Anonymous" && person.seat == Seat::Anonymous && person.email.is_empty()));
    server.store().change_event("open", &curtain_up_server::store::change::Change::Start, server.clock.now()).await.expect("live");
    let mails = server.store().outbox(&server.event("open").await.id).await.expect("an outbox");
    assert!(mails.is_empty(), "nobody without an address is written to");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_attendees_are_anonymous_nothing_that_happens_can_be_told_of_anybody() {
    let server = TestServer::start().await;
    server.meetings(&["meeting"], LIST).await;
    server.settings("meeting", Settings { require_codes: Some(true), anonymize: true, ..Settings::default() }).await;
    server.start_all(&["meeting"]).await;
    let reply = server.somebody().at("meeting").types("0042").await;
    assert_eq!(reply.json()["first_name"], "", "nobody is greeted by name");
    server.somebody().at("meeting").signs(&reply.pass(), "room").await;
    let again = server.somebody().at("meeting").types("0042").await.pass();
    server.somebody().at("meeting").signs(&again, "room").await;

    let people = server.people_at("meeting").await;
    let (named, nameless): (Vec<_>, Vec<_>) = people.into_iter().partition(|person| person.seat != Seat::Anonymous);
    assert!(named.len() == 2 && named.iter().all(|person| person.attended_at.is_none()), "names without activity");
    assert_eq!(nameless.len(), 1, "the same person is one, however often they come");
    assert!(nameless[0].attended_at.is_some() && nameless[0].external_id.is_none() && nameless[0].sealed_code.is_none());
    assert!(nameless[0].id != named[0].id);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plain_page_asks_for_the_code_too() {
    let server = TestServer::start().await;
    server.meetings(&["meeting"], LIST).await;
    let page = server.somebody().get("/e/meeting/enter").await;
    assert!(page.body.contains("name=\"code\"") && !page.body.contains("name=\"email\""), "{}", page.body);
    let somebody = server.somebody();
    let send = |code: &'static str| {
        somebody
            .request(reqwest::Method::POST, "/e/meeting/enter")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("code={code}"))
    };
    let wrong = crate::harness::Reply::to(send("0043")).await;
    assert!(wrong.status == 401 && wrong.body.contains("This code does not let you in."), "{} {}", wrong.status, wrong.body);
    let right = crate::harness::Reply::to(send("0042")).await;
    assert_eq!((right.status, right.header("location")), (303, "/e/meeting/waiting"));
    let event = server.somebody().get("/e/meeting?plain").await;
    assert!(
        event.body.contains("/e/meeting/enter") && !event.body.contains("name=\"first_name\""),
        "nobody registers there: {}",
        event.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_code_is_required_a_key_opens_nothing_but_a_mailed_link_does() {
    let server = TestServer::start().await;
    let short = Settings { require_codes: Some(true), link_style: LinkStyle::Short, ..Settings::default() };
    server.add(EventPlan { settings: short, ..meeting("meeting") }).await;
    server.upload(&["meeting"], LIST).await;
    let event = server.event("meeting").await;
    let ada = server.people_at("meeting").await.into_iter().find(|person| person.first_name == "Ada").expect("Ada");
    let by_key = server.somebody().at("meeting").enter("ada@example.com", &server.key_of(&ada)).await;
    assert_eq!((by_key.status, by_key.code().as_str()), (401, "access_refused"), "a key of four digits is no code of the host's");
    let (head, key) =
        (&server.context.config.public_url, AccessKey::open(&ada.sealed_key, &server.context.secrets, &ada.id).expect("a key"));
    let link = access_link(&event, &ada, &key, head, &server.context.secrets);
    assert!(link.contains("&sig="), "signed, whatever its style: {link}");
    server.somebody().at("meeting").open(&link).await.pass();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_came_in_by_a_code_that_a_later_list_changes_is_out() {
    let server = TestServer::start().await;
    server.meetings(&["meeting"], LIST).await;
    let visitor = server.somebody().at("meeting");
    let [ada, alan] = [visitor.types("0042").await.pass(), visitor.types("BLUE-BIRD-7").await.pass()];
    server.upload(&["meeting"], &LIST.replace("0042", "0099").replace("Alan\n", "Alan M.\n")).await;
    assert_eq!(visitor.room(&ada).await.code(), "pass_refused");
    assert_eq!(visitor.room(&alan).await.status, 200, "another name is another name, no more");
    assert_eq!(visitor.types("0042").await.code(), "access_refused");
    let again = visitor.types("0099").await.pass();
    assert_eq!(visitor.room(&again).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_list_gives_another_code_is_reminded_once_on_both_databases() {
    for database in [Database::Sqlite, Database::Postgres] {
        let server = TestServer::on(database).await;
        server.add(EventPlan { reminders: vec![60, 5], ..meeting("meeting") }).await;
        server.upload(&["meeting"], LIST).await;
        let event = server.event("meeting").await.id;
        let reminders = || async { server.store().outbox(&event).await.expect("an outbox").len() };
        assert_eq!(reminders().await, 4, "two for each");
        // Somebody new has everybody's reminders promised again, as far as they are not.
        let other = LIST.replace("0042", "0099").replace("BLUE-BIRD-7", "RED-BIRD-8") + "0044,eve@example.com,Eve\n";
        server.upload(&["meeting"], &other).await;
        assert_eq!(reminders().await, 6, "{database:?}");
    }
}
