//! The whole journey, each way that leads into the room.

use crate::stage::{Stage, play};
use chrono::TimeDelta;
use curtain_up_protocol::{Phase, Room, RoomKind};
use curtain_up_server::{
    event_plan::EventPlan,
    mail::bounce::{Bounce, Returned},
    store::address::BounceKind,
};

const EMAIL: &str = "ada@example.com";

fn frame_room(plan: &mut EventPlan) {
    plan.room = Some(Room { kind: RoomKind::Frame, address: "https://room.example.com/launch".into() });
}

async fn registers(stage: &Stage) {
    stage.browser.fills("First name", "Ada").await;
    stage.browser.fills("Last name", "Lovelace").await;
    stage.browser.fills("Email", EMAIL).await;
    stage.browser.clicks("Register").await;
}

async fn is_in_the_room(stage: &Stage) {
    let frame = "everything.find(e => e.localName === 'iframe')?.src === 'https://room.example.com/launch'";
    stage.browser.until("the room", frame).await;
}

#[test]
fn from_the_marketing_page_through_the_mail_past_the_countdown_into_the_room_without_a_reload() {
    play(frame_room, async |stage| {
        stage.open_marketing_page().await;
        registers(&stage).await;
        stage.browser.sees("Check your mail").await;
        stage.browser.picture("check-mail").await;
        stage.browser.open_page(&stage.link_in_mail(0).await).await;
        stage.browser.until("a countdown", "everything.some(e => e.getAttribute('role') === 'timer')").await;
        stage.browser.picture("waiting").await;
        stage.browser.script("window.sameDocument = true").await;
        stage.host_says(Phase::Live).await;
        is_in_the_room(&stage).await;
        assert_eq!(stage.browser.script("return window.sameDocument").await, true);
    });
}

#[test]
fn by_address_and_access_key() {
    play(frame_room, async |stage| {
        let key = Stage::key_in(&stage.link_of_somebody_registered(EMAIL).await);
        stage.host_says(Phase::Live).await;
        stage.open_marketing_page().await;
        stage.browser.clicks("I already have a link").await;
        stage.browser.fills("Email", EMAIL).await;
        stage.browser.fills("Access key", &format!("{} {}", &key[..2], &key[2..])).await;
        stage.browser.clicks("Enter").await;
        is_in_the_room(&stage).await;
    });
}

#[test]
fn by_a_whole_link_pasted_into_the_field_for_the_key() {
    play(frame_room, async |stage| {
        let link = stage.link_of_somebody_registered(EMAIL).await;
        stage.host_says(Phase::Live).await;
        stage.open_marketing_page().await;
        stage.browser.clicks("I already have a link").await;
        stage.browser.fills("Access key", &link).await;
        stage.browser.clicks("Enter").await;
        is_in_the_room(&stage).await;
    });
}

#[test]
fn by_a_lost_link_that_comes_again_by_mail() {
    play(frame_room, async |stage| {
        stage.link_of_somebody_registered(EMAIL).await;
        stage.clock.advance(TimeDelta::minutes(11));
        stage.host_says(Phase::Live).await;
        stage.open_marketing_page().await;
        stage.browser.clicks("Lost your access link?").await;
        stage.browser.fills("Email", EMAIL).await;
        stage.browser.clicks("Resend my access link").await;
        stage.browser.sees("on the way").await;
        stage.browser.open_page(&stage.link_in_mail(1).await).await;
        is_in_the_room(&stage).await;
    });
}

#[test]
fn by_a_link_that_a_host_typed_by_hand() {
    play(frame_room, async |stage| {
        let key = Stage::key_in(&stage.link_of_somebody_registered(EMAIL).await);
        stage.host_says(Phase::Live).await;
        stage.browser.open_page(&format!("{}/e/launch/live?email={EMAIL}&key={key}", stage.server)).await;
        is_in_the_room(&stage).await;
    });
}

#[test]
fn to_a_room_at_an_address_of_its_own_people_are_taken_by_a_link_and_by_themselves() {
    play(
        |plan| plan.room = Some(Room { kind: RoomKind::Address, address: "https://room.example.com/launch".into() }),
        async |stage| {
            let link = stage.link_of_somebody_registered(EMAIL).await;
            stage.host_says(Phase::Live).await;
            stage.browser.open_page(&link).await;
            stage.browser.until("“Join now”", "called('Join now')?.href === 'https://room.example.com/launch'").await;
            let relation = stage.browser.script("return called('Join now').rel").await;
            assert!(relation.as_str().is_some_and(|rel| rel.contains("noreferrer")), "{relation}");
            for _ in 0..200 {
                if stage.browser.address().await.starts_with("https://room.example.com/") {
                    return;
                }
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
            panic!("still at {}", stage.browser.address().await);
        },
    );
}

#[test]
fn a_link_opened_after_the_end_says_so_and_offers_the_replay() {
    play(
        |plan| plan.replay = Some("https://video.example.com/launch".into()),
        async |stage| {
            let link = stage.link_of_somebody_registered(EMAIL).await;
            stage.host_says(Phase::Ended).await;
            stage.browser.open_page(&link).await;
            stage
                .browser
                .until("the replay", "everything.some(e => e.localName === 'a' && e.href === 'https://video.example.com/launch')")
                .await;
            stage.browser.picture("ended").await;
        },
    );
}

#[test]
fn a_link_of_somebody_who_never_registered_is_refused_and_leads_to_the_lost_link() {
    play(frame_room, async |stage| {
        stage.browser.open_page(&format!("{}/e/launch/live?email=nobody@example.com&key=0000", stage.server)).await;
        stage.browser.until("the address kept", "labelled('Email')?.value === 'nobody@example.com'").await;
        stage.browser.picture("refused").await;
        stage.browser.clicks("Lost your access link?").await;
        stage.browser.sees("Resend my access link").await;
    });
}

#[test]
fn the_secrets_of_a_link_leave_the_address_bar_and_a_reload_keeps_the_seat() {
    play(frame_room, async |stage| {
        let link = stage.link_of_somebody_registered(EMAIL).await;
        stage.browser.open_page(&format!("{link}&utm_source=mail#top")).await;
        stage.browser.until("a countdown", "everything.some(e => e.getAttribute('role') === 'timer')").await;
        let address = stage.browser.address().await;
        assert_eq!(address, format!("{}/e/launch/live?utm_source=mail#top", stage.server));
        let requests = stage.browser.script("return performance.getEntriesByType('resource').map(e => e.name).join(' ')").await;
        assert!(!requests.to_string().contains(&Stage::key_in(&link)), "{requests}");
        stage.browser.open_page(&address).await;
        stage.browser.until("a countdown", "everything.some(e => e.getAttribute('role') === 'timer')").await;
    });
}

#[test]
fn instant_entry_lets_a_new_registrant_in_at_once() {
    play(
        |plan| {
            frame_room(plan);
            plan.instant_entry = true;
        },
        async |stage| {
            stage.host_says(Phase::Live).await;
            stage.open_marketing_page().await;
            registers(&stage).await;
            is_in_the_room(&stage).await;
        },
    );
}

#[test]
fn whoever_registers_for_a_full_event_joins_the_waiting_list() {
    play(
        |plan| plan.capacity = Some(1),
        async |stage| {
            stage.link_of_somebody_registered("first@example.com").await;
            stage.open_marketing_page().await;
            stage.browser.fills("First name", "Ada").await;
            stage.browser.fills("Last name", "Lovelace").await;
            stage.browser.fills("Email", EMAIL).await;
            stage.browser.picture("full").await;
            stage.browser.clicks("Join the waiting list").await;
            stage.browser.sees("Check your mail").await;
            assert!(stage.mail_text(1).await.contains("waiting list"));
        },
    );
}

#[test]
fn a_mistyped_address_is_corrected_where_it_was_typed() {
    play(frame_room, async |stage| {
        stage.open_marketing_page().await;
        stage.browser.fills("First name", "Ada").await;
        stage.browser.fills("Last name", "Lovelace").await;
        stage.browser.fills("Email", "ada@exmaple.com").await;
        stage.browser.clicks("Register").await;
        let old_link = stage.link_in_mail(0).await;
        let bounce = Bounce { of: Returned::Address("ada@exmaple.com".into()), kind: BounceKind::Hard };
        stage.store.take_bounce(&bounce, stage.clock.now()).await.expect("written down");
        stage.browser.sees("Mail to this address came back. Please correct it.").await;
        stage.browser.picture("bounced").await;
        assert_eq!(stage.browser.value_of("First name").await, "Ada", "nothing has to be typed twice");
        stage.browser.fills("Email", EMAIL).await;
        stage.browser.clicks("Register").await;
        stage.browser.sees(EMAIL).await;
        let link = stage.link_in_mail(1).await;
        let event = stage.store.event(&stage.slug).await.expect("the event");
        assert_eq!(stage.store.registrants(&event.id).await.expect("a list").len(), 1, "one registration, corrected");
        stage.browser.open_page(&old_link).await;
        stage.browser.sees("does not let you in").await;
        stage.host_says(Phase::Live).await;
        stage.browser.open_page(&link).await;
        is_in_the_room(&stage).await;
    });
}
