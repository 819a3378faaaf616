//! Passes without a name: how long they last.

use super::meeting::here;
use crate::harness::{Database, TestServer};
use curtain_up_server::{event_plan::Settings, store::person::Whom};
use serde_json::json;

const LIST: &str = "code,email,firstname,externalid
0001,ada@example.com,Ada,1
0002,bob@example.com,Bob,2
0003,cleo@example.com,Cleo,3
0004,dan@example.com,Dan,4
0005,eve@example.com,Eve,5
0006,fay@example.com,Fay,6
";

fn settings(require_codes: bool, anonymize: bool) -> Settings {
    Settings { require_codes: Some(require_codes), anonymize, ..Settings::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_came_through_the_open_door_is_out_once_the_host_requires_codes() {
    let server = TestServer::start().await;
    server.meetings(&["meeting"], LIST).await;
    server.settings("meeting", settings(false, false)).await;
    server.start_all(&["meeting"]).await;
    let visitor = server.somebody().at("meeting");
    let stranger = visitor.door(json!("anonymous")).await.pass();
    assert!(visitor.room(&stranger).await.json()["room"].is_object());
    for anonymize in [false, true] {
        server.settings("meeting", settings(true, anonymize)).await;
        assert_eq!(visitor.room(&stranger).await.code(), "pass_refused", "only people on the list are in now");
        assert_eq!(visitor.with_pass("presence", &stranger, json!({ "place": "room" })).await.code(), "pass_refused");
    }
    let ada = visitor.types("0001").await.pass();
    assert_eq!(visitor.room(&ada).await.status, 200, "who has a code is in without a name as well");
    server.settings("meeting", settings(false, false)).await;
    assert_eq!(visitor.room(&stranger).await.status, 200, "and strangers again where the door is open again");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_ends_a_pass_ends_the_pass_of_an_alias_too_on_both_databases() {
    for database in [Database::Sqlite, Database::Postgres] {
        let server = TestServer::on(database).await;
        server.meetings(&["meeting"], LIST).await;
        server.settings("meeting", settings(true, true)).await;
        server.start_all(&["meeting"]).await;
        let visitor = server.somebody().at("meeting");
        let mut passes = Vec::new();
        for number in 1..=6 {
            let pass = visitor.types(&format!("000{number}")).await.pass();
            visitor.signs(&pass, "room").await;
            passes.push(pass);
        }
        let people = server.people_at("meeting").await;
        let id = |name: &str| people.iter().find(|person| person.first_name == name).expect("somebody").id.clone();
        let (store, actor, secrets, now) = (server.store(), here(), &server.context.secrets, server.clock.now());
        let [ada, bob, cleo] = ["Ada", "Bob", "Cleo"].map(id);
        let whom = |id| Whom { actor: &actor, slug: "meeting", id };
        store.cancel_person(whom(&ada), secrets, now).await.expect("cancelled");
        store.erase_person(&actor, "meeting", &bob, secrets, now).await.expect("erased");
        store.replace_key(whom(&cleo), secrets, now).await.expect("replaced");
        // Dan gets another code, Eve another address.
        let list = "code,email,firstname,externalid\n0044,dan@example.com,Dan,4\n0005,eve@new.example.com,Eve,5\n";
        server.upload(&["meeting"], list).await;

        let mut rooms = Vec::new();
        for pass in &passes {
            rooms.push(visitor.room(pass).await.status);
        }
        assert_eq!(rooms, [401, 401, 401, 401, 401, 200], "cancelled, erased, another key, code, address, nothing: {database:?}");
        assert_eq!(visitor.types("0001").await.code(), "access_refused");
        for code in ["0003", "0044", "0005"] {
            let again = visitor.types(code).await.pass();
            assert!(visitor.room(&again).await.json()["room"].is_object(), "nobody has the seat elsewhere: {code}, {database:?}");
            visitor.signs(&again, "room").await;
        }
        let attended = server.people_at("meeting").await.into_iter().filter(|person| person.attended_at.is_some());
        let names: Vec<String> = attended.map(|person| person.first_name).collect();
        assert_eq!(names, ["Anonymous"; 6], "as many attended as before, none by name: {database:?}");
    }
}
