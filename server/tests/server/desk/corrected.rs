//! What follows somebody whose address or event a host changes, and what does not.

use super::people::{person_id, with_grace};
use crate::harness::{Host, Letter, TestServer, eventually, plan};
use curtain_up_server::{
    event_plan::EventPlan,
    mail::bounce::{Bounce, Returned},
    store::address::{AddressState, BounceKind},
};
use serde_json::{Value, json};

/// Ada has registered with a typo, her confirmation is on its way, and a host corrects the address. The mail that went astray.
async fn corrected() -> (TestServer, Host, String) {
    let (server, grace) = with_grace().await;
    server.registered("ada@exmaple.com").await;
    let astray = server.outbox().await.remove(0).id;
    let path = format!("/events/launch/people/{}", person_id(&grace, "exmaple").await);
    assert_eq!(grace.patch(&path, &json!({ "email": "ada@example.com" })).await.status, 200);
    server.last_mail_to("ada@example.com").await;
    (server, grace, astray)
}

async fn ada(grace: &Host) -> Value {
    grace.get("/events/launch/people").await.json()["people"][0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_comes_back_late_says_nothing_of_the_address_that_was_corrected_since() {
    for (kind, state) in [(BounceKind::Hard, AddressState::Bounced), (BounceKind::Complaint, AddressState::Complained)] {
        for by_mail in [true, false] {
            let (server, grace, astray) = corrected().await;
            let of = if by_mail { Returned::Mail(astray) } else { Returned::Address("ada@exmaple.com".into()) };
            assert!(server.store().take_bounce(&Bounce { of, kind }, server.clock.now()).await.expect("written down"));
            let known = async |email| server.store().address_state(email).await.expect("an answer");
            assert_eq!((known("ada@exmaple.com").await, known("ada@example.com").await), (Some(state), None), "{kind:?}");
            assert_eq!(ada(&grace).await["mail"], "delivered", "{kind:?}");
            let path = format!("/events/launch/people/{}", person_id(&grace, "ada@example.com").await);
            assert_eq!(grace.delete(&path).await.status, 204);
            let texts = server.every_text().await;
            assert!(!texts.contains("ada@ex"), "neither address outlasts her");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stranger_opened_was_not_opened_by_whom_it_was_meant_for() {
    let (server, grace, astray) = corrected().await;
    server.execute("UPDATE outbox SET opened_at = 1 WHERE id = $1", &astray).await;
    let begun = grace.post("/events/launch/bulk", &json!({ "kind": "resend", "to": "never_opened" })).await.json();
    let path = format!("/jobs/{}", begun["job"].as_str().expect("a job"));
    eventually("the job", || async { (grace.get(&path).await.json()["done"] == 1).then_some(()) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_moved_to_another_date_has_the_old_one_taken_out_of_their_calendar() {
    let (server, grace) = with_grace().await;
    server.add(EventPlan { capacity: Some(1), ..plan("second") }).await;
    for (email, seat) in [("ada@example.com", "confirmed"), ("bob@example.com", "waiting_list")] {
        let booked = server.registered(email).await;
        let path = format!("/events/launch/people/{}/move", person_id(&grace, email).await);
        assert_eq!(grace.post(&path, &json!({ "to": "second" })).await.json()["person"]["seat"], seat);
        let told = || async { server.mails_to(email).await.into_iter().nth(1) };
        let files = eventually("the mail about the other date", told).await.files();
        let lines = |name: &str| files.iter().find(|(file, _)| file == name).map(|(_, entry)| entry.clone());
        let former = lines("moved.ics").expect("what takes the former entry out");
        for line in ["METHOD:CANCEL", "STATUS:CANCELLED", &uid(&booked)] {
            assert!(former.lines().any(|found| found == line), "{line} in {former}");
        }
        let entry = lines("event.ics").map(|entry| entry.contains("METHOD:PUBLISH") && entry.contains("UID:second@"));
        assert_eq!(entry, (seat == "confirmed").then_some(true), "{email}");
    }
}

fn uid(letter: &Letter) -> String {
    let (_, entry) = letter.files().into_iter().find(|(file, _)| file == "event.ics").expect("a calendar entry");
    entry.lines().find(|line| line.starts_with("UID:")).expect("a UID").to_owned()
}
