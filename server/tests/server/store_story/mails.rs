//! The part of the story about mails to everybody and mails that come back.

use super::{lease_all, promise, registered, secrets};
use crate::harness::{plan, server::MORNING};
use chrono::TimeDelta;
use curtain_up_protocol::{Email, Phase, desk::MailStatus};
use curtain_up_server::{
    civil_time::CivilTime,
    event_plan::{EventPlan, Settings},
    mail::bounce::{Bounce, Returned},
    store::{
        Store, StoreError,
        address::{AddressState, BounceKind},
        audit::Actor,
        change::Change,
        event::DEFAULT_ORGANISATION,
        outbox::{MailKind, MailState},
        person::Whom,
    },
};

pub(super) async fn changes_are_told_once(store: &Store) {
    let event = store.add_event(&EventPlan { reminders: vec![60, 5], ..plan("told") }, MORNING).await.expect("an event");
    let (ada, _) = registered(store, &event, "told@example.com", "Ada", MORNING).await;
    let ids =
        || async { store.outbox(&event.id).await.expect("an outbox").into_iter().map(|mail| (mail.id, mail.state)).collect::<Vec<_>>() };
    let is = |reason: &str, state| (format!("{}.{reason}", ada.id), state);
    assert_eq!(ids().await, [is("r5.0", MailState::Scheduled), is("r60.0", MailState::Scheduled)]);
    let start = CivilTime::of(event.plan.start.at + TimeDelta::hours(1), event.plan.start.zone).expect("a time");
    let changes = [Change::Move(start.clone()), Change::Move(start), Change::Start, Change::Start, Change::End, Change::Cancel];
    let expected =
        [(2, Phase::Scheduled), (2, Phase::Scheduled), (3, Phase::Live), (3, Phase::Live), (4, Phase::Ended), (5, Phase::Cancelled)];
    for (change, expected) in changes.iter().zip(expected) {
        let changed = store.change_event("told", change, MORNING).await.expect("a change");
        assert_eq!((changed.version, changed.phase), expected, "{change:?}");
    }
    let all = [
        is("end.1", MailState::NotSent),
        is("live.1", MailState::NotSent),
        is("moved.1", MailState::NotSent),
        is("r5.1", MailState::NotSent),
        is("r60.1", MailState::NotSent),
    ];
    let mut found = ids().await;
    found.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(found, all, "a cancellation of what is over tells nobody");
    assert!(matches!(store.change_event("none", &Change::Start, MORNING).await, Err(StoreError::NoSuchEvent(_))));
}

pub(super) async fn reminders_are_stopped_by_one(store: &Store) {
    let event = store.add_event(&EventPlan { reminders: vec![5], ..plan("quiet") }, MORNING).await.expect("an event");
    let (ada, _) = registered(store, &event, "quiet@example.com", "Ada", MORNING).await;
    registered(store, &event, "loud@example.com", "Bob", MORNING).await;
    store.stop_reminders(&ada.id, MORNING).await.expect("stopped");
    let (found, its_event) = store.person(&ada.id).await.expect("an answer").expect("Ada");
    assert_eq!((found.reminders_off, its_event.id), (true, event.id.clone()));
    assert!(store.person("nobody").await.expect("an answer").is_none());
    let states: Vec<MailState> = store.outbox(&event.id).await.expect("an outbox").iter().map(|mail| mail.state).collect();
    assert_eq!(states, [MailState::Unsubscribed, MailState::Scheduled]);
    store.change_event("quiet", &Change::Cancel, MORNING).await.expect("a change");
    for mail in lease_all(store, MORNING).await {
        store.settle_mail(&mail, MailState::Delivered, MORNING, None, MORNING).await.expect("settled");
    }
}

/// Reminders follow whoever gets another id, and are not promised a second time.
pub(super) async fn whoever_gets_another_id_is_reminded_once(store: &Store) {
    let event = store.add_event(&EventPlan { reminders: vec![60], ..plan("reissued") }, MORNING).await.expect("an event");
    let (ada, _) = registered(store, &event, "reissued@example.com", "Ada", MORNING).await;
    let actor = Actor::command_line(DEFAULT_ORGANISATION);
    let reminders = async || {
        let outbox = store.outbox(&event.id).await.expect("an outbox");
        outbox.into_iter().filter(|mail| mail.kind == MailKind::Reminder && mail.state == MailState::Scheduled).count()
    };
    store.replace_key(Whom { actor: &actor, slug: "reissued", id: &ada.id }, &secrets(), MORNING).await.expect("replaced");
    for (minutes, expected) in [(&[60, 30][..], 2), (&[30], 1), (&[60, 30], 2)] {
        store.set_reminders("reissued", minutes, MORNING).await.expect("changed");
        assert_eq!(reminders().await, expected, "{minutes:?}");
    }
    let start = CivilTime::of(event.plan.start.at + TimeDelta::hours(1), event.plan.start.zone).expect("a time");
    store.change_event("reissued", &Change::Move(start), MORNING).await.expect("an event is moved whoever has another id");
    assert_eq!(reminders().await, 2);
    store.change_event("reissued", &Change::Cancel, MORNING).await.expect("cancelled");
    for mail in lease_all(store, MORNING).await {
        store.settle_mail(&mail, MailState::Delivered, MORNING, None, MORNING).await.expect("settled");
    }
}

pub(super) async fn bounces_are_counted_by_address(store: &Store) {
    use AddressState::{Bounced, Complained, Failing};
    use BounceKind::{Complaint, Hard, Soft};
    for (email, bounces) in [
        ("a@example.com", &[(Hard, Bounced), (Soft, Bounced)][..]),
        ("b@example.com", &[(Soft, Failing), (Soft, Failing), (Soft, Bounced), (Complaint, Complained), (Hard, Complained)]),
    ] {
        for (kind, state) in bounces {
            let mut write = store.write().await.expect("a turn");
            assert_eq!(write.count_bounce(email, *kind, MORNING).await.expect("a state"), *state, "{email} {kind:?}");
            write.commit().await.expect("a commit");
        }
    }
    assert_eq!(store.address_state("a@example.com").await.expect("an answer"), Some(Bounced));
    store.refuse_address("quiet@example.com", MORNING).await.expect("written down");
    let quiet = store.event("quiet").await.expect("the event");
    assert_eq!(store.address_states(&quiet.id).await.expect("a list"), [("quiet@example.com".to_owned(), Bounced)]);
    let cancellation = store.outbox(&quiet.id).await.expect("an outbox").pop().expect("a mail").id;
    for (of, is_known) in [
        (Returned::Mail(cancellation), true),
        (Returned::Mail("none".into()), false),
        (Returned::Address("Loud@example.com".into()), true),
        (Returned::Address("none@example.com".into()), false),
    ] {
        assert_eq!(store.take_bounce(&Bounce { of, kind: Hard }, MORNING).await.expect("an answer"), is_known);
    }
    assert_eq!(store.address_state("loud@example.com").await.expect("an answer"), Some(Bounced));
    let (actor, new) = (Actor::command_line(DEFAULT_ORGANISATION), Email::parse("louder@example.com").expect("an address"));
    let loud = store.registrant_by_email(&quiet.id, "loud@example.com").await.expect("an answer").expect("Bob").id;
    let whom = Whom { actor: &actor, slug: "quiet", id: &loud };
    store.correct_address(whom, &new, &secrets(), MORNING).await.expect("corrected");
    let late = Bounce { of: Returned::Address("loud@example.com".into()), kind: Complaint };
    assert!(store.take_bounce(&late, MORNING).await.expect("an answer"), "the mail that went there is known still");
    assert_eq!(store.address_state("loud@example.com").await.expect("an answer"), Some(Complained));
    assert_eq!(store.address_state("louder@example.com").await.expect("an answer"), None);
    assert!(!store.too_many_bounce(DEFAULT_ORGANISATION, MORNING).await.expect("an answer"));
    for _told in 0..2 {
        store.tell_host_of_bounces(&quiet, MORNING).await.expect("an answer");
    }
    let alarms = store.outbox(&quiet.id).await.expect("an outbox").into_iter().filter(|mail| mail.kind == MailKind::BounceAlarm);
    assert_eq!(alarms.count(), 1);
    let alarm = lease_all(store, MORNING).await.remove(0);
    store.settle_mail(&alarm, MailState::Delivered, MORNING, None, MORNING).await.expect("settled");
    assert!(
        store.forget_bounces("a@example.com", MORNING).await.expect("an answer")
            && !store.forget_bounces("a@example.com", MORNING).await.expect("an answer")
    );
    assert_eq!(store.address_state("a@example.com").await.expect("an answer"), None);
}

/// The status that is kept with somebody follows every step of their mails, and is what would be worked out anew.
pub(super) async fn a_status_is_what_follows_from_the_mails(store: &Store) {
    use MailStatus::{Bounced, Clicked, Deferred, Delivered, NotSent, Opened, Processing, Scheduled, Unsubscribed};
    let settings = Settings { track_opens: true, ..Settings::default() };
    let event = store.add_event(&EventPlan { settings, reminders: vec![5], ..plan("kept") }, MORNING).await.expect("an event");
    let (ada, _) = registered(store, &event, "kept@example.com", "Ada", MORNING).await;
    let is = async |expected: MailStatus| {
        assert_eq!(store.restate_all_mail().await.expect("a count"), 0, "before {expected:?}, a status was not kept true");
        assert_eq!(store.listed_person(&event.id, &ada.id).await.expect("Ada").mail, expected);
    };
    let leave = async || {
        for mail in lease_all(store, MORNING + TimeDelta::minutes(2)).await {
            store.settle_mail(&mail, MailState::Delivered, MORNING, None, MORNING).await.expect("settled");
        }
    };
    let change = async |minutes, change: Change| {
        store.change_event("kept", &change, MORNING + TimeDelta::minutes(minutes)).await.expect("a change");
    };
    let actor = Actor::command_line(DEFAULT_ORGANISATION);
    let whom = Whom { actor: &actor, slug: "kept", id: &ada.id };
    leave().await;
    is(NotSent).await;
    promise(store, &event, &ada).await;
    is(Scheduled).await;
    let mail = lease_all(store, MORNING).await.remove(0);
    is(Processing).await;
    store.put_back_mail(&mail, MORNING, "not now").await.expect("put back");
    is(Deferred).await;
    leave().await;
    is(Delivered).await;
    store.count_open(&mail.id, MORNING).await.expect("counted");
    is(Opened).await;
    store.count_click(&ada.id, MORNING).await.expect("counted");
    is(Clicked).await;
    store.refuse_address("kept@example.com", MORNING).await.expect("written down");
    is(Bounced).await;
    store.forget_bounces("kept@example.com", MORNING).await.expect("forgotten");
    is(Clicked).await;
    let bounce = |of| Bounce { of, kind: BounceKind::Hard };
    store.take_bounce(&bounce(Returned::Mail(mail.id.clone())), MORNING).await.expect("taken");
    is(Bounced).await;
    store.resend_link(whom, &secrets(), MORNING).await.expect("promised");
    is(Scheduled).await;
    leave().await;
    is(Delivered).await;
    store.stop_reminders(&ada.id, MORNING).await.expect("stopped");
    is(Unsubscribed).await;
    let start = CivilTime::of(event.plan.start.at + TimeDelta::hours(1), event.plan.start.zone).expect("a time");
    change(1, Change::Move(start)).await;
    is(Scheduled).await;
    change(2, Change::Start).await;
    is(Scheduled).await;
    leave().await;
    change(2, Change::End).await;
    is(Unsubscribed).await;
    change(2, Change::Cancel).await;
    is(Unsubscribed).await;
    let replaced = store.replace_key(whom, &secrets(), MORNING + TimeDelta::minutes(3)).await.expect("replaced");
    assert_eq!(store.listed_person(&event.id, &replaced).await.expect("Ada").mail, Scheduled);
    leave().await;
    store.erase_person(&actor, "kept", &replaced, &secrets(), MORNING).await.expect("erased");
    assert_eq!(store.restate_all_mail().await.expect("a count"), 0);
}
