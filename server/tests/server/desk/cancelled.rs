//! Whose registration is cancelled at the desk is told so.

use super::people::{person_id, with_grace};
use crate::harness::{Letter, ada};
use curtain_up_protocol::Phase;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_cancelled_is_told_and_their_calendar_too() {
    let (server, grace) = with_grace().await;
    let mut body = ada("ada@example.com");
    body["language"] = json!("de");
    assert_eq!(server.somebody().register_as(&body).await.status, 202);
    let booked = server.last_mail_to("ada@example.com").await;
    let path = format!("/events/launch/people/{}", person_id(&grace, "ada@example.com").await);
    for _clicked_twice in 0..2 {
        assert_eq!(grace.post(&format!("{path}/cancel"), &json!({})).await.status, 200);
    }
    let told = server.mails_to("ada@example.com").await;
    assert_eq!(told.len(), 2, "one mail");
    let letter = &told[1];
    assert!(letter.subject().starts_with("Anmeldung storniert: ") && !letter.text().contains("key="), "{}", letter.text());
    assert!(letter.raw().contains("method=CANCEL"));
    let entry = |letter: &Letter, name: &str| {
        let (_, file) = letter.files().into_iter().find(|(file, _)| file.ends_with(".ics")).expect("a calendar entry");
        file.lines().find(|line| line.starts_with(name)).expect("the line").to_owned()
    };
    assert_eq!((entry(letter, "METHOD").as_str(), entry(letter, "STATUS").as_str()), ("METHOD:CANCEL", "STATUS:CANCELLED"));
    assert_eq!(entry(letter, "UID"), entry(&booked, "UID"), "the entry that they have");
    let kinds =
        grace.get(&path).await.json()["mails"].as_array().expect("mails").iter().map(|mail| mail["kind"].clone()).collect::<Vec<_>>();
    assert_eq!(kinds, ["registration_cancelled", "confirmation"]);

    server.registered("bob@example.com").await;
    let bob = format!("/events/launch/people/{}", person_id(&grace, "bob@example.com").await);
    server.store().set_phase("launch", Phase::Ended).await.expect("over");
    assert_eq!(grace.post(&format!("{bob}/cancel"), &json!({})).await.status, 200);
    assert_eq!(server.mails_to("bob@example.com").await.len(), 1, "what is over is over");
}
