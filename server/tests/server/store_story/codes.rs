//! Codes in the store's story: lists, tickets, presence, materials.

use super::secrets;
use crate::{
    codes::meeting::{here, meeting},
    harness::{in_parallel, plan, server::MORNING},
};
use chrono::TimeDelta;
use curtain_up_protocol::{
    Presence,
    desk::{MaterialTarget, UploadKind, UploadProgress, UploadReport},
};
use curtain_up_server::{
    event_plan::{EventPlan, MaterialPlan, Settings},
    people_list::PeopleList,
    store::{
        Store, StoreError,
        event::{DEFAULT_ORGANISATION, Event},
        link_secret::StoredLinkSecret,
        material::MaterialsChange,
        people_list::Upload,
        presence::Sign,
        registrant::Seat,
        ticket::Ticket,
    },
    trust::access_codes::AccessCode,
};

async fn upload(store: &Store, list: &str, slugs: &[&str]) -> UploadReport {
    let list = PeopleList::read(list.as_bytes()).expect("a list");
    let slugs: Vec<String> = slugs.iter().map(|slug| (*slug).to_owned()).collect();
    let done = std::sync::Mutex::new(Vec::new());
    let say = |progress: UploadProgress| {
        done.lock().expect("a lock").push((progress.done, progress.total));
    };
    let upload = Upload { list: &list, slugs: &slugs, kind: UploadKind::AllOrNothing };
    let report = store.upload_people(&here(), &upload, &secrets(), MORNING, &say).await.expect("an upload");
    let done = done.into_inner().expect("a lock");
    assert!(done.is_sorted() && done.last().is_none_or(|(done, total)| done == total), "{done:?}");
    report
}

pub async fn lists_are_uploaded_and_people_known_by_their_codes(store: &Store) {
    let [one, two] = [store.add_event(&meeting("one"), MORNING).await, store.add_event(&meeting("two"), MORNING).await]
        .map(|event| event.expect("an event"));
    let many: String = (0..120).map(|n| format!("K7Q{n:05}X,p{n}@example.com,P,\n")).collect();
    let list = format!("code,email,firstname,externalid\n0042,ada@example.com,Ada,7\n,alan@example.com,Alan,\n{many}");
    let report = upload(store, &list, &["two", "one", "two"]).await;
    assert_eq!(report.events.iter().map(|event| event.added.len()).collect::<Vec<_>>(), [122, 122]);
    assert_eq!(upload(store, &list, &["one"]).await.events[0].unchanged.len(), 122);
    // Two people exchange their codes, and a hundred get new ones.
    let exchanged = list.replace("K7Q00000X", "swap").replace("K7Q00001X", "K7Q00000X").replace("swap", "K7Q00001X").replace("K7Q", "N8R");
    assert_eq!(upload(store, &exchanged, &["one"]).await.events[0].changed.len(), 120);
    assert!(store.code_guesses(&one.id).await.expect("an answer").is_some());
    assert_eq!(store.code_guesses("none").await.expect("an answer"), None);
    let codes = store.codes(&one.id).await.expect("codes");
    assert_eq!((codes.people, codes.uploaded_at, codes.guesses.is_some()), (122, Some(MORNING), true));
    assert_eq!(store.codes("none").await.expect("codes").people, 0);

    let (whole, slugs) = (PeopleList::read(exchanged.as_bytes()).expect("a list"), ["one".to_owned(), "two".to_owned()]);
    let dry_run = Upload { list: &whole, slugs: &slugs, kind: UploadKind::DryRun };
    let writing = store.write().await.expect("a turn");
    let report = store.upload_people(&here(), &dry_run, &secrets(), MORNING, &|_| ()).await.expect("a report while somebody writes");
    drop(writing);
    assert_eq!((report.done, report.events[0].unchanged.len(), report.events[1].changed.len()), (false, 122, 120));

    let code = |text: &str| AccessCode::parse(text).expect("a code");
    let ada = store.registrant_by_code(&one.id, &code("00-42"), &secrets()).await.expect("an answer").expect("Ada");
    assert_eq!((ada.first_name.as_str(), ada.external_id.as_deref()), ("Ada", Some("7")));
    assert!(ada.code(&secrets()).is_some_and(|known| known.reveal() == "0042"));
    assert!(store.registrant_by_code(&two.id, &code("N8R00000X"), &secrets()).await.expect("an answer").is_none());
    assert_eq!(store.registrant_by_external_id(&one.id, "7").await.expect("an answer").map(|person| person.id), Some(ada.id.clone()));
    let there = store.same_person(&ada, &two, &secrets()).await.expect("an answer").expect("Ada there");
    assert_eq!((there.first_name.as_str(), there.event_id == two.id), ("Ada", true));
    let mut write = store.write().await.expect("a turn");
    write.set_external_id(&ada, "8").await.expect("no change");
    write.commit().await.expect("a commit");
    assert!(store.registrant_by_external_id(&one.id, "8").await.expect("an answer").is_none(), "what a list said stays");

    let nameless = store.anonymous(&one, "00000000-0000-4000-8000-000000000001", MORNING).await.expect("somebody");
    assert!(store.anonymous(&one, &nameless.id, MORNING).await.is_ok_and(|again| again.id == nameless.id));
    assert_eq!(nameless.seat, Seat::Anonymous);
    let free = EventPlan { capacity: Some(3), ..plan("codes-free") };
    let free = store.add_event(&free, MORNING).await.expect("an event");
    let at_once = (0..20).map(|_| (store.clone(), free.clone()));
    let seats = at_once.map(|(store, free)| async move { store.seat_anonymous(&free, MORNING).await.expect("an answer").is_some() });
    let seated = in_parallel(20, seats.collect::<Vec<_>>()).await;
    assert_eq!(seated.iter().filter(|seated| **seated).count(), 3, "of twenty who come at once, as many get in as there are seats");
    assert_eq!(upload(store, &list, &["two"]).await.events[0].unchanged.len(), 122);

    let settings = Settings { require_codes: Some(false), ..Settings::default() };
    let set = |known: &mut Settings| *known = settings.clone();
    let changed = store.change_settings(&here(), "one", set, &secrets(), MORNING).await.expect("changed");
    assert_eq!((changed.plan.settings, changed.version > one.version), (settings, true));
    rooms_are_linked(store, &one, &two).await;
    tickets_and_links_are_used_once(store, &two).await;
    presence_is_one_devices(store, &two, &there.id).await;
}

async fn rooms_are_linked(store: &Store, one: &Event, two: &Event) {
    let plan = MaterialPlan {
        title: "Breakout".into(),
        description: String::new(),
        target: MaterialTarget::Event("two".into()),
        visible_from: Some(MORNING),
        visible_to: None,
    };
    let change = async |change: MaterialsChange<'_>| {
        let version = store.event("one").await.expect("an event").version;
        store.change_materials(&here(), "one", version, change, MORNING).await
    };
    let (_, links) = change(MaterialsChange::Add(&plan, None)).await.expect("a link");
    let id = links[0].id.clone();
    let slides = MaterialPlan { target: MaterialTarget::Address("https://example.com/".into()), ..plan.clone() };
    change(MaterialsChange::Add(&slides, None)).await.expect("a link");
    let known = store.materials(&one.id).await.expect("a list");
    assert_eq!(known.iter().map(|link| (link.position, &link.plan)).collect::<Vec<_>>(), [(1, &plan), (2, &slides)]);
    for (from, to) in [(one, &two.id), (two, &one.id)] {
        let linked = store.linked_events(from).await.expect("a list");
        assert_eq!(linked.iter().map(|event| &event.id).collect::<Vec<_>>(), [to], "both ways");
    }
    let ids: Vec<String> = known.iter().rev().map(|link| link.id.clone()).collect();
    let (_, links) = change(MaterialsChange::Order(&ids)).await.expect("ordered");
    assert_eq!(links.iter().map(|link| &link.id).collect::<Vec<_>>(), ids.iter().collect::<Vec<_>>());
    assert!(matches!(change(MaterialsChange::Order(&ids[..1])).await, Err(StoreError::OtherMaterials)));
    change(MaterialsChange::Rewrite(&id, &slides)).await.expect("changed");
    assert!(store.linked_events(two).await.expect("a list").is_empty());
    let nowhere = MaterialPlan { target: MaterialTarget::Event("nowhere".into()), ..plan };
    assert!(matches!(change(MaterialsChange::Add(&nowhere, None)).await, Err(StoreError::LeadsNowhere(_))));
    let stale = store.change_materials(&here(), "one", one.version, MaterialsChange::Remove(&id), MORNING).await;
    assert!(matches!(stale, Err(StoreError::Stale(_))));
    change(MaterialsChange::Remove(&id)).await.expect("removed");
    assert!(matches!(change(MaterialsChange::Remove(&id)).await, Err(StoreError::NoSuchMaterial(_))));
}

async fn tickets_and_links_are_used_once(store: &Store, two: &Event) {
    let expires_at = MORNING + TimeDelta::minutes(1);
    let ticket = Ticket { event_id: two.id.clone(), registrant_id: "there".into(), from_id: "here".into(), device: u64::MAX, expires_at };
    store.add_ticket("hash", &ticket).await.expect("kept");
    assert_eq!(store.take_ticket("hash", "another", MORNING).await.expect("an answer"), None);
    assert_eq!(store.take_ticket("hash", &two.id, expires_at).await.expect("an answer"), None);
    assert_eq!(store.take_ticket("hash", &two.id, MORNING).await.expect("an answer"), Some(ticket));
    assert_eq!(store.take_ticket("hash", &two.id, MORNING).await.expect("an answer"), None);
    for first in [true, false] {
        let mut write = store.write().await.expect("a turn");
        assert_eq!(write.use_link("link", expires_at).await.expect("an answer"), first);
        write.commit().await.expect("a commit");
    }
    assert_eq!(store.forget_tickets(MORNING).await.expect("a count"), 0);
    assert_eq!(store.forget_tickets(expires_at).await.expect("a count"), 1);
    assert!(store.link_secret(DEFAULT_ORGANISATION).await.expect("an answer").is_none());
    let sealed = |stored: Result<StoredLinkSecret, StoreError>| stored.expect("a secret").sealed;
    assert_eq!(sealed(store.show_link_secret(&here(), "one", MORNING).await), "one");
    assert_eq!(sealed(store.show_link_secret(&here(), "another", MORNING).await), "one", "it is made once");
    assert_eq!(sealed(store.renew_link_secret(&here(), "two", MORNING).await), "two");
    assert_eq!(store.link_secret(DEFAULT_ORGANISATION).await.expect("an answer").map(|stored| stored.sealed).as_deref(), Some("two"));
}

async fn presence_is_one_devices(store: &Store, event: &Event, registrant: &str) {
    let until = MORNING + TimeDelta::minutes(2);
    let sign = |device: &'static str, take: bool, attends: bool, now| async move {
        let sign = Sign { registrant, event: &event.id, place: Presence::Room, device, until, take, attends };
        store.sign(&sign, now).await.expect("an answer")
    };
    assert!(sign("a", false, false, MORNING).await && !sign("b", false, true, MORNING).await);
    assert_eq!(store.people_present(&event.id, MORNING).await.expect("a count"), 1);
    assert_eq!(store.device_with_seat(registrant, MORNING).await.expect("an answer").as_deref(), Some("a"));
    assert_eq!(store.registrant(&event.id, registrant).await.expect("an answer").and_then(|person| person.attended_at), None);
    assert!(sign("b", true, true, MORNING).await && !sign("a", false, false, MORNING).await);
    assert_eq!(store.registrant(&event.id, registrant).await.expect("an answer").and_then(|person| person.attended_at), Some(MORNING));
    assert_eq!(store.device_with_seat(registrant, until).await.expect("an answer"), None);
    assert!(sign("a", false, false, until).await, "the other device is gone");
}
