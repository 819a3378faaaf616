//! The desk's part of the story.

use super::{lease_all, registered, secrets};
use crate::harness::{in_parallel, plan, server::MORNING};
use chrono::TimeDelta;
use curtain_up_protocol::{
    Email,
    desk::{BulkTo, ExportRequest, JobState, MailStatus, MemberChange, PeopleFilter, Role, Scope, Seat, Sort},
};
use curtain_up_server::{
    civil_time::CivilTime,
    event_plan::{EventPlan, NewDates},
    store::{
        Store, StoreError,
        audit::{Actor, Deed},
        change::Change,
        event::DEFAULT_ORGANISATION,
        guess::{GuessScopes, Target},
        host::{Host, NewHost},
        host_mail::HostMailKind,
        outbox::{LEASE, MailState},
        people::{Cursor, PeoplePage, PeopleRequest},
        person::Whom,
        registrant::Registrant,
        session::{IDLE, LASTS},
    },
    trust::{guessing::after_failure, token},
};

fn email(text: &str) -> Email {
    Email::parse(text).expect("an address")
}

async fn host(store: &Store, actor: &Actor, address: &str) -> Host {
    let new = NewHost { email: &email(address), name: "Grace", role: Role::Host };
    store.add_host(actor, &new, MORNING).await.expect("a new host")
}

pub async fn hosts_come_in_and_go(store: &Store) {
    let actor = Actor::command_line("acme");
    assert!(store.add_organisation("acme", "Acme", MORNING).await.expect("made"));
    assert!(!store.add_organisation("acme", "Another", MORNING).await.expect("there already"));
    let grace = host(store, &actor, "Grace@acme.example").await;
    let again = store.add_host(&actor, &NewHost { email: &email("grace@ACME.example"), name: "", role: Role::Viewer }, MORNING).await;
    assert!(matches!(again, Err(StoreError::HostKnown)));
    let found = store.host_by_email(&email("grace@acme.example")).await.expect("an answer").expect("Grace");
    assert_eq!((found.id.as_str(), found.organisation_name.as_str(), found.password.as_deref()), (grace.id.as_str(), "Acme", None));

    let token = store.begin_session(&grace.id, true, MORNING).await.expect("a session");
    let other = store.begin_session(&grace.id, false, MORNING).await.expect("a session");
    let later = MORNING + TimeDelta::hours(2);
    let session = store.session(&token.hash(), later).await.expect("an answer").expect("a session");
    assert!(session.by_mail && session.host.id == grace.id);
    assert_eq!(store.hosts("acme").await.expect("a list")[0].seen_at, Some(later));
    for too_late in [later + IDLE, MORNING + LASTS] {
        assert!(store.session(&token.hash(), too_late).await.expect("an answer").is_none());
    }
    store.set_password(&grace, "a hash", &token.hash(), later).await.expect("set");
    assert!(store.session(&other.hash(), later).await.expect("an answer").is_none(), "other sessions end");
    store.set_columns(&grace.id, &["name".to_owned()]).await.expect("kept");
    let known = store.host_by_email(&email("grace@acme.example")).await.expect("an answer").expect("Grace");
    assert_eq!((known.password.as_deref(), known.columns), (Some("a hash"), vec!["name".to_owned()]));
    store.end_session(&token.hash()).await.expect("ended");
    assert!(store.session(&token.hash(), later).await.expect("an answer").is_none());

    let link = store.make_sign_in_link(&grace.id, TimeDelta::minutes(15), MORNING).await.expect("a link");
    let rival = store.make_sign_in_link(&grace.id, TimeDelta::minutes(15), MORNING).await.expect("a link");
    let late = store.use_sign_in_link(&link.hash(), MORNING + TimeDelta::minutes(15)).await.expect("an answer");
    assert!(late.is_none());
    let used = store.use_sign_in_link(&link.hash(), MORNING).await.expect("an answer").expect("Grace");
    assert_eq!(used, (grace.id.clone(), "grace@acme.example".to_owned()));
    for gone in [link, rival] {
        assert!(store.use_sign_in_link(&gone.hash(), MORNING).await.expect("an answer").is_none());
    }

    let demoted = store.change_host(&actor, &grace.id, &MemberChange { role: Some(Role::Viewer), name: None }, MORNING).await;
    assert!(matches!(demoted, Err(StoreError::LastHost)));
    let alan = host(store, &actor, "alan@acme.example").await;
    let named = MemberChange { name: Some("Alan".into()), role: None };
    assert_eq!(store.change_host(&actor, &alan.id, &named, MORNING).await.expect("changed").name, "Alan");
    let stranger = Actor::command_line("strangers");
    assert!(matches!(store.remove_host(&stranger, &alan.id, MORNING).await, Err(StoreError::NoSuchHost)));
    store.remove_host(&actor, &grace.id, MORNING).await.expect("removed");
    assert!(matches!(store.remove_host(&actor, &alan.id, MORNING).await, Err(StoreError::LastHost)));
    assert_eq!(store.hosts("acme").await.expect("a list").len(), 1);
}

pub async fn tokens_mails_to_hosts_and_the_trail_are_kept(store: &Store) {
    let actor = Actor::command_line("acme");
    let (document, secret) = store.add_token(&actor, "nightly", &[Scope::Read, Scope::Keys], MORNING).await.expect("a token");
    let found = store.token(&token::hash(secret.reveal()), MORNING).await.expect("an answer").expect("the token");
    assert_eq!((found.organisation_id.as_str(), found.document.scopes), ("acme", vec![Scope::Read, Scope::Keys]));
    assert_eq!(store.tokens("acme").await.expect("a list")[0].used_at, Some(MORNING));
    assert!(!store.remove_token(&Actor::command_line("strangers"), &document.id, MORNING).await.expect("an answer"));
    assert!(store.remove_token(&actor, &document.id, MORNING).await.expect("an answer"));
    assert!(store.token(&secret.hash(), MORNING).await.expect("an answer").is_none());

    let alan = store.hosts("acme").await.expect("a list").remove(0);
    let past = MORNING - TimeDelta::days(400);
    let mut write = store.write().await.expect("a turn");
    write.add_host_mail(&alan.id, HostMailKind::SignIn, "", past).await.expect("promised");
    write.commit().await.expect("written");
    // The server's own worker is at it too, whose clock stands a year before the story.
    let leased = store.lease_host_mail(past).await.expect("an answer").expect("a mail");
    assert_eq!((leased.kind, leased.email.as_str(), leased.attempts), (HostMailKind::SignIn, "alan@acme.example", 1));
    assert!(store.lease_host_mail(past).await.expect("an answer").is_none(), "leased");
    store.put_back_host_mail(&leased.id, past + LEASE).await.expect("put back");
    assert!(store.lease_host_mail(past).await.expect("an answer").is_none(), "not due yet");
    store.settle_host_mail(&leased.id).await.expect("settled");
    assert!(store.lease_host_mail(past + LEASE).await.expect("an answer").is_none());

    for number in 0..120 {
        let detail = number.to_string();
        store.note(&actor, &Deed { detail: &detail, ..Deed::new("counted") }, MORNING).await.expect("noted");
    }
    let first = store.audit("acme", None).await.expect("a page");
    assert_eq!((first.entries.len(), first.entries[0].detail.as_str()), (100, "119"));
    let second = store.audit("acme", first.next.as_deref()).await.expect("a page");
    assert_eq!(second.entries[0].detail, "19");
    assert!(second.entries.iter().any(|entry| entry.action == "host_removed") && second.next.is_none());

    let scopes = GuessScopes { target: Target::Address("desk-address".into()), client: "desk-client".into(), event: "desk-event".into() };
    let mut write = store.write().await.expect("a turn");
    let counts = write.lock_guess_counts(&scopes, MORNING).await.expect("counts");
    write.save_guess_counts(&scopes, &after_failure(&counts, MORNING), MORNING).await.expect("saved");
    write.forget_failures("desk-address").await.expect("forgotten");
    let counts = write.lock_guess_counts(&scopes, MORNING).await.expect("counts");
    assert_eq!((counts.address.total, counts.client.total), (0, 1));
}

pub async fn events_are_edited_by_those_who_saw_them_last(store: &Store) {
    let actor = Actor::command_line("acme");
    let event = store.plan_event(&actor, &plan("desk-event"), MORNING).await.expect("an event");
    assert!(matches!(store.plan_event(&actor, &plan("desk-event"), MORNING).await, Err(StoreError::SlugTaken(_))));
    let wider = EventPlan { title: "Wider".into(), capacity: Some(5), ..plan("desk-event") };
    let edited = store.edit_event(&actor, &wider, event.version, &secrets(), MORNING).await.expect("edited");
    assert_eq!((edited.plan.title.as_str(), edited.version), ("Wider", event.version + 1));
    assert!(
        matches!(store.edit_event(&actor, &wider, event.version, &secrets(), MORNING).await, Err(StoreError::Stale(version)) if version == edited.version)
    );
    let stranger = Actor::command_line("strangers");
    assert!(matches!(store.edit_event(&stranger, &wider, edited.version, &secrets(), MORNING).await, Err(StoreError::NoSuchEvent(_))));
    let start = CivilTime::parse("2027-05-01T18:00", "UTC").expect("a time");
    let changed = store.change_event_of(&actor, "desk-event", &Change::Move(start.clone()), edited.version, MORNING).await.expect("moved");
    assert_eq!(changed.plan.start, start);
    let stale = store.change_event_of(&actor, "desk-event", &Change::Cancel, edited.version, MORNING).await;
    assert!(matches!(stale, Err(StoreError::Stale(_))));

    let mut copy = plan("desk-copy");
    copy.series = Some("desk".into());
    store.duplicate_event(&actor, "desk-event", &copy, MORNING).await.expect("a copy");
    assert_eq!(store.event("desk-event").await.expect("the original").plan.series.as_deref(), Some("desk"));
    let dates = |slugs: &[&str]| NewDates {
        series: "desk".into(),
        plans: slugs.iter().map(|slug| EventPlan { series: Some("desk".into()), ..plan(slug) }).collect(),
    };
    let taken = store.add_dates(&actor, "desk-event", &dates(&["desk-a", "desk-copy", "desk-a"]), MORNING).await;
    assert!(matches!(taken, Err(StoreError::SlugsTaken(taken)) if taken == [(1, "desk-copy".to_owned()), (2, "desk-a".to_owned())]));
    assert!(matches!(store.event("desk-a").await, Err(StoreError::NoSuchEvent(_))), "all or nothing");
    assert!(matches!(store.add_dates(&stranger, "desk-event", &dates(&["desk-a"]), MORNING).await, Err(StoreError::NoSuchEvent(_))));
    let (series, made) = store.add_dates(&actor, "desk-event", &dates(&["desk-a", "desk-b"]), MORNING).await.expect("two dates");
    assert_eq!((series.plan.slug.as_str(), made.len()), ("desk", 2));
    let of_series: Vec<_> = store.dates("desk").await.expect("dates").into_iter().map(|date| date.plan.slug).collect();
    assert_eq!(of_series.len(), 4, "{of_series:?}");
    for slug in ["desk-a", "desk-b"] {
        store.archive_event(&actor, slug, true, MORNING).await.expect("put away");
    }
    store.archive_event(&actor, "desk-copy", true, MORNING).await.expect("put away");
    let slugs = |events: Vec<curtain_up_server::store::event::Event>| events.into_iter().map(|event| event.plan.slug).collect::<Vec<_>>();
    assert_eq!(slugs(store.events_of("acme", true).await.expect("a list")), ["desk-a", "desk-b", "desk-copy"]);
    assert_eq!(slugs(store.events_of("acme", false).await.expect("a list")), ["desk-event"]);
}

async fn page(store: &Store, event: &str, filter: &PeopleFilter, sort: Sort, after: Option<Cursor>) -> PeoplePage {
    let request = PeopleRequest { event, filter, sort, descending: false, after, limit: 2 };
    store.people(&request).await.expect("a page")
}

fn names(page: &PeoplePage) -> Vec<&str> {
    page.people.iter().map(|person| person.registrant.first_name.as_str()).collect()
}

pub async fn people_are_found_and_helped(store: &Store) {
    let actor = Actor::command_line(DEFAULT_ORGANISATION);
    let event = store.add_event(&EventPlan { capacity: Some(2), ..plan("desk-people") }, MORNING).await.expect("an event");
    let other = store.add_event(&EventPlan { reminders: vec![60], ..plan("desk-other") }, MORNING).await.expect("an event");
    let mut ids = Vec::new();
    for (number, (address, name)) in
        [("ada@x.example", "Ada"), ("bob@x.example", "Bob"), ("Zoe%_@x.example", "Zoë")].into_iter().enumerate()
    {
        let at = MORNING + TimeDelta::seconds(number as i64);
        ids.push(registered(store, &event, address, name, at).await.0.id);
    }
    let everybody = PeopleFilter::default();
    for (sort, first, second) in
        [(Sort::RegisteredAt, ["Ada", "Bob"], ["Zoë"]), (Sort::Name, ["Ada", "Bob"], ["Zoë"]), (Sort::Email, ["Ada", "Bob"], ["Zoë"])]
    {
        let one = page(store, &event.id, &everybody, sort, None).await;
        assert_eq!((names(&one), one.total), (first.to_vec(), 3));
        let cursor = Cursor::parse(&one.next.expect("more").text(), sort).expect("a cursor");
        let two = page(store, &event.id, &everybody, sort, Some(cursor)).await;
        assert_eq!((names(&two), two.total, two.next.is_none()), (second.to_vec(), 3, true));
    }
    for (filter, expected) in [
        (PeopleFilter { search: "LOVELACE zoë %_".into(), ..everybody.clone() }, vec!["Zoë"]),
        (PeopleFilter { seat: Some(Seat::WaitingList), ..everybody.clone() }, vec!["Zoë"]),
        (PeopleFilter { mail: Some(MailStatus::NotSent), search: "bob".into(), ..everybody.clone() }, vec!["Bob"]),
        (PeopleFilter { attended: Some(true), ..everybody.clone() }, vec![]),
        (PeopleFilter { attended: Some(false), source: Some(String::new()), search: "ada".into(), ..everybody.clone() }, vec!["Ada"]),
        (PeopleFilter { mail: Some(MailStatus::Clicked), ..everybody.clone() }, vec![]),
    ] {
        let found = page(store, &event.id, &filter, Sort::RegisteredAt, None).await;
        assert_eq!((names(&found), found.total), (expected.clone(), expected.len() as i64), "{filter:?}");
    }

    let whom = |id| Whom { actor: &actor, slug: "desk-people", id };
    store.resend_link(whom(&ids[0]), &secrets(), MORNING).await.expect("promised");
    assert!(matches!(store.resend_link(whom(&ids[0]), &secrets(), MORNING).await, Err(StoreError::TooSoon)));
    assert_eq!(store.listed_person(&event.id, &ids[0]).await.expect("Ada").mail, MailStatus::Scheduled);
    assert_eq!(store.mails_of(&ids[0]).await.expect("mails")[0].kind, "resend");

    let taken = store.correct_address(whom(&ids[0]), &email("bob@x.example"), &secrets(), MORNING).await;
    assert!(matches!(taken, Err(StoreError::AddressTaken)));
    let ada = store.correct_address(whom(&ids[0]), &email("ada@right.example"), &secrets(), MORNING).await.expect("corrected");
    let corrected: Registrant = store.registrant(&event.id, &ada).await.expect("an answer").expect("Ada");
    assert_eq!((corrected.canonical_email.as_str(), corrected.first_name.as_str()), ("ada@right.example", "Ada"));
    let states: Vec<MailStatus> = store.mails_of(&ada).await.expect("mails").iter().map(|mail| mail.state).collect();
    assert_eq!(states, [MailStatus::Scheduled, MailStatus::NotSent], "the old link is not sent any more");
    let ada = store.replace_key(whom(&ada), &secrets(), MORNING).await.expect("replaced");

    let moved = store.move_person(whom(&ada), "desk-other", &secrets(), MORNING).await.expect("moved");
    assert_eq!(store.person(&moved).await.expect("an answer").expect("Ada").1.id, other.id);
    let kinds =
        store.mails_of(&moved).await.expect("mails").into_iter().filter(|mail| mail.state == MailStatus::Scheduled).map(|mail| mail.kind);
    let mut kinds: Vec<String> = kinds.collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["confirmation", "reminder"]);
    assert_eq!(store.seats_taken(&event.id).await.expect("a count"), 2, "whoever waited has her seat");

    store.cancel_person(whom(&ids[1]), &secrets(), MORNING).await.expect("cancelled");
    assert!(matches!(store.resend_link(whom(&ids[1]), &secrets(), MORNING).await, Err(StoreError::NoLink)));
    let numbers = store.event_numbers(&event, 7, MORNING).await.expect("numbers");
    assert_eq!((numbers.confirmed, numbers.cancelled, numbers.failed_guesses, numbers.waiting), (1, 1, 7, 0));
    let counts = store.seat_counts(DEFAULT_ORGANISATION).await.expect("counts");
    assert_eq!((counts[&event.id].cancelled, counts[&other.id].confirmed), (1, 1));
    assert_eq!(registered(store, &event, "bob@x.example", "Bob", MORNING).await.0.seat, Seat::Confirmed, "back again");

    assert!(!store.is_suppressed(DEFAULT_ORGANISATION, "bob@x.example", &secrets()).await.expect("an answer"));
    store.erase_person(&actor, "desk-people", &ids[1], &secrets(), MORNING).await.expect("erased");
    assert!(store.is_suppressed(DEFAULT_ORGANISATION, "bob@x.example", &secrets()).await.expect("an answer"));
    assert!(matches!(store.erase_person(&actor, "desk-people", &ids[1], &secrets(), MORNING).await, Err(StoreError::NoSuchPerson)));
    assert!(!store.is_suppressed("strangers", "bob@x.example", &secrets()).await.expect("an answer"), "another's are another's");
    registered(store, &event, "bob@x.example", "Bob", MORNING).await;
    assert!(!store.is_suppressed(DEFAULT_ORGANISATION, "bob@x.example", &secrets()).await.expect("an answer"));
}

pub async fn jobs_are_done_in_parts_and_stopped_in_between(store: &Store) {
    let actor = Actor::command_line(DEFAULT_ORGANISATION);
    let event = store.add_event(&plan("desk-jobs"), MORNING).await.expect("an event");
    let mut ids = Vec::new();
    for number in 0..250 {
        ids.push(registered(store, &event, &format!("p{number}@jobs.example"), "Pat", MORNING).await.0.id);
    }
    let everybody = BulkTo::Filter(PeopleFilter::default());
    let of = |job: String| async move { store.job(DEFAULT_ORGANISATION, &job).await.expect("the job") };
    for nobody in [BulkTo::Bounced, BulkTo::NeverOpened] {
        let job = store.begin_resending(&actor, "desk-jobs", &nobody, MORNING).await.expect("a job");
        assert_eq!(of(job).await.total, 0, "nobody was written to");
    }
    let job = store.begin_resending(&actor, "desk-jobs", &everybody, MORNING).await.expect("a job");
    let running = store.running_jobs(&event.id).await.expect("a list");
    assert!(running.iter().all(|job| job.state == JobState::Running && job.event == "desk-jobs"));
    assert!(running.first().map_or(of(job.clone()).await.done > 0, |newest| newest.id == job), "the newest stands first");
    // The server works on jobs too: whoever comes first does a part.
    while of(job.clone()).await.state == JobState::Running {
        store.work_on_job(MORNING).await.expect("a part");
    }
    while store.work_on_job(MORNING).await.expect("a part") {}
    assert!(store.running_jobs(&event.id).await.expect("a list").is_empty(), "what is over runs no more");
    let done = of(job.clone()).await;
    assert_eq!((done.done, done.total, done.state, done.event.as_str()), (250, 250, JobState::Done, "desk-jobs"));
    assert_eq!(store.outbox(&event.id).await.expect("an outbox").len(), 250, "one mail each");
    assert_eq!(store.stop_job(&actor, &job, MORNING).await.expect("over").state, JobState::Done);
    assert!(matches!(store.job("acme", &job).await, Err(StoreError::NoSuchJob)));

    let twice = BulkTo::Ids(vec![ids[0].clone(), ids[0].clone(), "x".into()]);
    let job = store.begin_resending(&actor, "desk-jobs", &twice, MORNING).await.expect("a job");
    assert_eq!(of(job).await.total, 1);
    let job = store.begin_resending(&actor, "desk-jobs", &everybody, MORNING).await.expect("a job");
    let stopped = store.stop_job(&actor, &job, MORNING).await.expect("stopped");
    assert!(stopped.state == JobState::Stopped || stopped.done == 250, "{stopped:?}");
    let before = store.outbox(&event.id).await.expect("an outbox").len();
    while store.work_on_job(MORNING).await.expect("an answer") {}
    assert_eq!(store.outbox(&event.id).await.expect("an outbox").len(), before, "what is under way is not sent twice");

    let request = ExportRequest { columns: "all".into(), search: "pat".into(), ..ExportRequest::default() };
    let host = host(store, &actor, "jobs@desk.example").await;
    let export = store.promise_export(&actor, &host.id, &event, &request, MORNING).await.expect("promised");
    let (of_event, read) = store.export(DEFAULT_ORGANISATION, &export, MORNING).await.expect("an answer").expect("the export");
    assert!(of_event.id == event.id && read == request);
    assert!(store.export("acme", &export, MORNING).await.expect("an answer").is_none());
    let over = MORNING + TimeDelta::hours(24);
    assert!(store.export(DEFAULT_ORGANISATION, &export, over).await.expect("an answer").is_none());
    let forgotten = (store.forget_exports(MORNING).await.expect("a count"), store.forget_exports(over).await.expect("a count"));
    assert_eq!(forgotten, (0, 1), "what is over is not kept");
    assert_eq!(store.count_people(&event.id, &request.filter()).await.expect("a count"), 250);
}

pub async fn people_are_moved_before_their_mails_leave(store: &Store) {
    let actor = Actor::command_line(DEFAULT_ORGANISATION);
    let from = store.add_event(&plan("desk-from"), MORNING).await.expect("an event");
    store.add_event(&plan("desk-via"), MORNING).await.expect("an event");
    let to = store.add_event(&EventPlan { reminders: vec![60, 5], ..plan("desk-to") }, MORNING).await.expect("an event");
    let ada = registered(store, &from, "ada@moved.example", "Ada", MORNING).await.0.id;
    let bob = registered(store, &from, "bob@moved.example", "Bob", MORNING).await.0.id;

    let ada = store.move_person(whom(&actor, "desk-from", &ada), "desk-via", &secrets(), MORNING).await.expect("moved");
    let ada =
        store.correct_address(whom(&actor, "desk-via", &ada), &email("ada@right.moved"), &secrets(), MORNING).await.expect("corrected");
    store.move_person(whom(&actor, "desk-via", &ada), "desk-to", &secrets(), MORNING).await.expect("moved");
    let mails = lease_all(store, MORNING).await;
    let to_ada = mails.iter().filter(|mail| mail.registrant.as_ref().is_some_and(|person| person.canonical_email == "ada@right.moved"));
    let cleared: Vec<_> = to_ada.filter_map(|mail| mail.moved_from.as_ref()).map(|event| event.plan.slug.as_str()).collect();
    assert_eq!(cleared, ["desk-from"], "of all dates, that one stands in her calendar");

    store.change_event("desk-from", &Change::Cancel, MORNING).await.expect("cancelled");
    let bob = store.move_person(whom(&actor, "desk-from", &bob), "desk-to", &secrets(), MORNING).await.expect("moved");
    let reminders = store.mails_of(&bob).await.expect("mails");
    let reminders = reminders.iter().filter(|mail| mail.kind == "reminder" && mail.state == MailStatus::Scheduled).count();
    assert_eq!(reminders, 2, "what the cancelled date owed him is not in the way of what {} does", to.plan.slug);
}

fn whom<'a>(actor: &'a Actor, slug: &'a str, id: &'a str) -> Whom<'a> {
    Whom { actor, slug, id }
}

pub async fn keys_are_replaced_while_mails_leave(store: &Store) {
    let event = store.add_event(&plan("desk-rush"), MORNING).await.expect("an event");
    let mut ids = Vec::new();
    for number in 0..12 {
        ids.push(registered(store, &event, &format!("p{number}@rush.example"), "P", MORNING).await.0.id);
    }
    let replaced = ids.into_iter().map(|id| (store.clone(), id)).map(|(store, mut id)| async move {
        let actor = Actor::command_line(DEFAULT_ORGANISATION);
        for _ in 0..4 {
            id = store.replace_key(whom(&actor, "desk-rush", &id), &secrets(), MORNING).await.expect("no deadlock");
        }
    });
    let sent = (0..4).map(|_| store.clone()).map(|store| async move {
        for mail in lease_all(&store, MORNING).await {
            store.settle_mail(&mail, MailState::Delivered, MORNING, None, MORNING).await.expect("no deadlock");
        }
    });
    let (rush, office) = (replaced.collect::<Vec<_>>(), sent.collect::<Vec<_>>());
    tokio::join!(in_parallel(12, rush), in_parallel(4, office));
}
