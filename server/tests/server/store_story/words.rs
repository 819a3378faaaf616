//! The part of the story about what hosts change of mails, and registrants of their address.

use super::{lease_all, promise, registered, secrets};
use crate::harness::{ada, plan, server::MORNING};
use curtain_up_protocol::{Email, RegistrationRequest};
use curtain_up_server::{
    event_plan::{EventPlan, Settings, own_words::OwnWords},
    store::{
        Store, StoreError,
        address::BounceKind,
        audit::Actor,
        event::{DEFAULT_ORGANISATION, Event},
        outbox::{MailKind, MailState, Sample},
        registrant::Registration,
    },
    trust::claim::Claim,
};
use uuid::Uuid;

fn words(kind: MailKind, subject: &str) -> OwnWords {
    OwnWords { kind, language: "en".into(), subject: subject.into(), text: "{link}".into() }
}

pub(super) async fn hosts_change_words_and_reminders(store: &Store) {
    let event = store.add_event(&EventPlan { reminders: vec![60, 5], ..plan("said") }, MORNING).await.expect("an event");
    registered(store, &event, "said@example.com", "Ada", MORNING).await;
    let actor = Actor::command_line(DEFAULT_ORGANISATION);
    let (live, other, reminder) = (words(MailKind::Live, "a"), words(MailKind::Live, "b"), words(MailKind::Reminder, "c"));
    for (own, expected) in [(&live, vec![&live]), (&reminder, vec![&live, &reminder]), (&other, vec![&reminder, &other])] {
        let changed = store.set_words(&actor, "said", own.clone(), MORNING).await.expect("saved");
        assert_eq!(changed.plan.settings.words.iter().collect::<Vec<_>>(), expected);
    }
    let changed = store.reset_words(&actor, "said", MailKind::Live, "en", MORNING).await.expect("taken back");
    assert_eq!((changed.plan.settings.words, changed.version), (vec![reminder], 5));
    assert!(matches!(store.set_words(&actor, "none", live, MORNING).await, Err(StoreError::NoSuchEvent(_))));

    for (minutes, states) in [(&[30, 5][..], [1, 0, 1]), (&[], [0, 0, 0]), (&[60, 30], [1, 1, 0])] {
        assert_eq!(store.set_reminders("said", minutes, MORNING).await.expect("set").plan.reminders, minutes);
        let outbox = store.outbox(&event.id).await.expect("an outbox");
        let scheduled = |lead: &str| outbox.iter().filter(|mail| mail.id.ends_with(lead) && mail.state == MailState::Scheduled).count();
        assert_eq!(["r30.0", "r60.0", "r5.0"].map(scheduled), states, "{minutes:?}");
    }
    assert!(matches!(store.set_reminders("none", &[], MORNING).await, Err(StoreError::NoSuchEvent(_))));
}

pub(super) async fn samples_go_before_mails_to_everybody(store: &Store) {
    use curtain_up_server::store::change::Change;
    let event = store.add_event(&plan("tried"), MORNING).await.expect("an event");
    registered(store, &event, "tried@example.com", "Ada", MORNING).await;
    store.change_event("tried", &Change::Start, MORNING).await.expect("live");
    let sample = Sample { to: "host@example.org".into(), language: "ja".into() };
    let mut write = store.write().await.expect("a turn");
    write.add_sample(&event.id, &sample, MailKind::Cancelled, MORNING).await.expect("promised");
    write.commit().await.expect("a commit");
    let leased = lease_all(store, MORNING).await;
    let found: Vec<_> = leased.iter().map(|mail| (mail.kind, mail.sample.clone())).collect();
    assert_eq!(found, [(MailKind::Cancelled, Some(sample)), (MailKind::Live, None)]);
    for mail in leased {
        store.settle_mail(&mail, MailState::Delivered, MORNING, None, MORNING).await.expect("settled");
    }
}

pub(super) async fn a_bounced_address_is_corrected_once(store: &Store) {
    let event = store.add_event(&plan("mistyped"), MORNING).await.expect("an event");
    let (person, _) = registered(store, &event, "typo@example.com", "Ada", MORNING).await;
    let registrant = Uuid::parse_str(&person.id).expect("a UUID");
    let claim = Claim { registrant, is_new: true, email: "typo@example.com".into(), expires_at: MORNING };
    let correct = |email: &'static str| {
        let (event, claim) = (&event, &claim);
        async move {
            let request: RegistrationRequest = serde_json::from_value(ada(email)).expect("a registration");
            let email = Email::parse(email).expect("an address");
            let registration = Registration { event, email, request: &request, zone: None, language: None };
            let mut write = store.write().await.expect("a turn");
            let corrected = write.correct_address(&registration, claim, &secrets(), MORNING).await.expect("an answer");
            write.commit().await.expect("a commit");
            corrected
        }
    };
    assert!(correct("Right@example.com").await.is_none(), "mail arrives there");
    let mut write = store.write().await.expect("a turn");
    write.count_bounce("typo@example.com", BounceKind::Hard, MORNING).await.expect("a state");
    write.commit().await.expect("a commit");
    registered(store, &event, "taken@example.com", "Bob", MORNING).await;
    assert!(correct("taken@example.com").await.is_none(), "somebody else's");
    let corrected = correct("Right@example.com").await.expect("the registrant");
    assert_eq!(
        (corrected.id, corrected.email.as_str(), corrected.canonical_email.as_str()),
        (person.id, "Right@example.com", "right@example.com")
    );
    assert_ne!(corrected.sealed_key, person.sealed_key, "the old link dies");
    assert_eq!(corrected.zone.as_deref(), Some("Asia/Tokyo"), "what was known stays");
    assert!(correct("again@example.com").await.is_none(), "once");
}

pub(super) async fn the_last_mail_with_a_link_is_clicked_once(store: &Store) {
    let event = store.add_event(&plan("clicked"), MORNING).await.expect("an event");
    let (ada, _) = registered(store, &event, "clicks@example.com", "Ada", MORNING).await;
    store.count_click(&ada.id, MORNING).await.expect("nothing to click");
    for kind in [MailKind::Confirmation, MailKind::Resend, MailKind::ThankYou] {
        let mut write = store.write().await.expect("a turn");
        write.add_mail(&event.id, Some(ada.id.clone()), kind, MORNING).await.expect("promised");
        write.commit().await.expect("a commit");
        for mail in lease_all(store, MORNING).await {
            store.settle_mail(&mail, MailState::Delivered, MORNING, None, MORNING).await.expect("settled");
        }
    }
    assert!(!store.has_stayed(&ada.id, "device", MORNING, MORNING).await.expect("an answer"), "nobody has been there");
    for minute in [1, 2] {
        store.count_click(&ada.id, MORNING + chrono::TimeDelta::minutes(minute)).await.expect("counted");
    }
    let clicked: Vec<_> = store.outbox(&event.id).await.expect("an outbox").iter().map(|mail| mail.clicked_at).collect();
    assert_eq!(clicked, [None, Some(MORNING + chrono::TimeDelta::minutes(1)), None]);
}

pub(super) async fn a_mail_is_opened_once_where_the_host_wants_to_know(store: &Store) {
    let settings = Settings { track_opens: true, ..Settings::default() };
    let watched = store.add_event(&EventPlan { settings, ..plan("watched") }, MORNING).await.expect("an event");
    let private = store.add_event(&plan("private"), MORNING).await.expect("an event");
    let opened = |event: &Event| {
        let id = event.id.clone();
        async move { store.outbox(&id).await.expect("an outbox").remove(0).opened_at }
    };
    for (event, expected) in [(&watched, Some(MORNING)), (&private, None)] {
        let (ada, _) = registered(store, event, "opens@example.com", "Ada", MORNING).await;
        promise(store, event, &ada).await;
        let mail = store.outbox(&event.id).await.expect("an outbox").remove(0).id;
        store.count_open(&mail, MORNING).await.expect("too early");
        assert_eq!(opened(event).await, None, "what has not arrived is not opened");
        for mail in lease_all(store, MORNING).await {
            store.settle_mail(&mail, MailState::Delivered, MORNING, None, MORNING).await.expect("settled");
        }
        for minute in [0, 1] {
            store.count_open(&mail, MORNING + chrono::TimeDelta::minutes(minute)).await.expect("counted");
        }
        assert_eq!(opened(event).await, expected);
    }
    store.count_open("no mail", MORNING).await.expect("nothing to open");
}
