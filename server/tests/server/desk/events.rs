//! Events at the desk: no update is lost, no time is guessed, and everybody is told.

use crate::harness::{Host, TestServer};
use chrono::TimeDelta;
use serde_json::{Value, json};

fn plan(slug: &str) -> Value {
    json!({ "slug": slug, "title": "Talk", "start": "2027-03-10T18:00", "zone": "Europe/Berlin", "duration_minutes": 60 })
}

fn edited(event: &Value, change: impl FnOnce(&mut Value)) -> Value {
    let mut plan = event["plan"].clone();
    change(&mut plan);
    json!({ "plan": plan, "version": event["version"] })
}

async fn with_grace() -> (TestServer, Host) {
    let server = TestServer::start().await;
    let grace = server.host("grace@example.org").await;
    (server, grace)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_planned_shown_and_edited() {
    let (server, grace) = with_grace().await;
    let mut wanted = plan("talk");
    wanted["title"] = json!("<b>\"Tom & Jerry\"</b>");
    wanted["settings"] = json!({ "cover": "https://pictures.example.com/talk.png", "link_style": "short", "languages": ["en", "de"] });
    let added = grace.post("/events", &wanted).await;
    assert_eq!(added.status, 201, "{}", added.body);
    assert_eq!(grace.post("/events", &wanted).await.fields(), ["slug:taken"]);

    let hosted_page = server.somebody().get("/e/talk").await.body;
    assert!(hosted_page.contains("src=\"https://pictures.example.com/talk.png\"") && !hosted_page.contains("<b>"), "{hosted_page}");

    let event = grace.event("talk").await;
    assert_eq!(event["permalink"], format!("{}/e/talk", server.public_url()));
    assert!(
        event["snippet"].as_str().expect("HTML").contains(">&#60;b&#62;&#34;Tom &#38; Jerry&#34;&#60;/b&#62;</a>"),
        "{}",
        event["snippet"]
    );
    let saved = grace.put("/events/talk", &edited(&event, |plan| plan["title"] = json!("Another title"))).await;
    assert_eq!(
        (saved.status, &saved.json()["version"], &saved.json()["plan"]["title"]),
        (200, &json!(2), &json!("Another title")),
        "{}",
        saved.body
    );
    assert_eq!(saved.json()["plan"]["settings"]["link_style"], "short", "what was not edited stays");
    assert_eq!(
        grace.put("/events/talk", &edited(&saved.json(), |plan| plan["slug"] = json!("other"))).await.fields(),
        ["slug:invalid_value"]
    );
    assert_eq!(grace.trail().await, ["event_edited talk", "event_added talk", "host_added -"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hosts_who_edit_at_once_the_second_is_told_and_nothing_is_lost() {
    let (server, grace) = with_grace().await;
    let alan = server.host("alan@example.org").await;
    let seen = grace.event("launch").await;
    assert_eq!(grace.put("/events/launch", &edited(&seen, |plan| plan["title"] = json!("Grace's title"))).await.status, 200);
    let late = alan.put("/events/launch", &edited(&seen, |plan| plan["description"] = json!("Alan's words"))).await;
    assert_eq!((late.status, late.code(), &late.json()["version"]), (409, "stale".to_owned(), &json!(2)));
    assert_eq!(alan.post("/events/launch/change", &json!({ "kind": "cancel", "version": seen["version"] })).await.code(), "stale");
    let now = alan.event("launch").await;
    assert_eq!((&now["plan"]["title"], &now["plan"]["description"]), (&json!("Grace's title"), &json!("")));
    assert_eq!(alan.put("/events/launch", &edited(&now, |plan| plan["description"] = json!("Alan's words"))).await.status, 200);
    let both = grace.event("launch").await;
    assert_eq!((&both["plan"]["title"], &both["plan"]["description"]), (&json!("Grace's title"), &json!("Alan's words")));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_edits_of_one_version_exactly_one_is_done() {
    let (server, grace) = with_grace().await;
    let seen = grace.event("launch").await;
    let edits = (0..20).map(|number| {
        let (grace, body) = (grace.clone(), edited(&seen, |plan| plan["title"] = json!(format!("Title {number}"))));
        async move { grace.put("/events/launch", &body).await.status }
    });
    let statuses = crate::harness::in_parallel(20, edits).await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 409].contains(status)), "{statuses:?}");
    assert_eq!(server.event("launch").await.version, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn times_that_name_no_or_two_instants_are_refused_with_a_choice() {
    let (_server, grace) = with_grace().await;
    for (start, code, kind) in [("2027-03-28T02:30", "impossible_time", "impossible"), ("2027-10-31T02:30", "ambiguous_time", "ambiguous")]
    {
        let mut wanted = plan("talk");
        wanted["start"] = json!(start);
        assert_eq!(grace.post("/events", &wanted).await.fields(), [format!("start:{code}")]);
        let offered = grace.post("/civil-time", &json!({ "civil": start, "zone": "Europe/Berlin" })).await.json();
        assert_eq!((&offered["kind"], offered["choices"].as_array().map(Vec::len)), (&json!(kind), Some(2)), "{offered}");
        for (number, choice) in offered["choices"].as_array().expect("choices").iter().enumerate() {
            let mut chosen = plan(&format!("{kind}-{number}"));
            (chosen["start"], chosen["start_choice"]) = (choice["civil"].clone(), choice["choice"].clone());
            let added = grace.post("/events", &chosen).await;
            assert_eq!((added.status, &added.json()["starts_at"]), (201, &choice["at"]), "{}", added.body);
            let again = grace.put(&format!("/events/{kind}-{number}"), &edited(&added.json(), |_| ())).await;
            assert_eq!(again.json()["starts_at"], choice["at"], "saved as it was shown, it stays where it was");
        }
    }
    let seen = grace.event("launch").await;
    let to_nowhere = json!({ "kind": "move", "start": "2027-03-28T02:30", "version": seen["version"] });
    assert_eq!(grace.post("/events/launch/change", &to_nowhere).await.fields(), ["start:impossible_time"]);
    assert_eq!(grace.post("/civil-time", &json!({ "civil": "soon", "zone": "UTC" })).await.fields(), ["civil:invalid_value"]);
    assert_eq!(grace.post("/civil-time", &json!({ "civil": "2027-01-01T00:00", "zone": "Mars" })).await.fields(), ["zone:invalid_value"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_that_is_edited_moves_the_event_and_everybody_is_told() {
    let (server, grace) = with_grace().await;
    server.registered("ada@example.com").await;
    let seen = grace.event("launch").await;
    let moved = grace.put("/events/launch", &edited(&seen, |plan| plan["start"] = json!("2027-03-05T18:00"))).await;
    assert_eq!(moved.status, 200, "{}", moved.body);
    let letter = server.last_mail_to("ada@example.com").await;
    assert!(letter.subject().starts_with("New time"), "{}", letter.subject());
    let state = server.somebody().state().await.json();
    assert_eq!((&state["starts_at"], state["version"].as_i64() > seen["version"].as_i64()), (&moved.json()["starts_at"], true));

    let postponed =
        grace.post("/events/launch/change", &json!({ "kind": "postpone", "minutes": 90, "version": moved.json()["version"] })).await;
    assert_eq!(postponed.json()["plan"]["start"], "2027-03-05T19:30:00");
    for (kind, phase) in [("start", "live"), ("end", "ended"), ("cancel", "cancelled")] {
        let version = grace.event("launch").await["version"].clone();
        let changed = grace.post("/events/launch/change", &json!({ "kind": kind, "version": version })).await;
        assert_eq!(changed.json()["phase"], phase, "{}", changed.body);
    }
    assert_eq!(
        grace.trail().await[..5],
        ["event_cancelled launch", "event_ended launch", "event_started launch", "event_moved launch", "event_edited launch"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_is_overdue_is_postponed_from_now_on_and_none_is_moved_into_the_past() {
    let (server, _) = with_grace().await;
    server.clock.advance(TimeDelta::days(1) + TimeDelta::seconds(10 * 60 + 10));
    let grace = server.host("hopper@example.org").await;
    let seen = grace.event("launch").await;
    assert_eq!((&seen["plan"]["start"], &seen["phase"]), (&json!("2027-03-02T10:00:00"), &json!("scheduled")), "ten minutes ago");
    let change = async |mut body: Value| {
        body["version"] = seen["version"].clone();
        grace.post("/events/launch/change", &body).await
    };
    assert_eq!(change(json!({ "kind": "move", "start": "2027-03-02T10:05" })).await.fields(), ["start:out_of_range"]);
    let into_the_past = edited(&seen, |plan| plan["start"] = json!("2027-03-02T10:05"));
    assert_eq!(grace.put("/events/launch", &into_the_past).await.fields(), ["start:out_of_range"]);
    let postponed = change(json!({ "kind": "postpone", "minutes": 5 })).await.json();
    assert_eq!((&postponed["plan"]["start"], &postponed["phase"]), (&json!("2027-03-02T10:16:00"), &json!("scheduled")));
    server.clock.advance(TimeDelta::hours(1));
    let edited = grace.put("/events/launch", &edited(&postponed, |plan| plan["title"] = json!("Launched"))).await;
    assert_eq!(edited.status, 200, "what is over is edited, as long as its start stays: {}", edited.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_capacity_that_is_raised_seats_those_who_wait_and_reminders_follow_the_plan() {
    let (server, grace) = with_grace().await;
    let full = grace.put("/events/launch", &edited(&grace.event("launch").await, |plan| plan["capacity"] = json!(1))).await.json();
    server.registered("ada@example.com").await;
    server.registered("bob@example.com").await;
    assert_eq!(grace.get("/events/launch/numbers").await.json()["waiting_list"], 1);
    let wider = grace
        .put("/events/launch", &edited(&full, |plan| (plan["capacity"], plan["reminders_minutes"]) = (Value::Null, json!([60, 30]))))
        .await;
    assert_eq!(wider.status, 200, "{}", wider.body);
    assert!(server.last_mail_to("bob@example.com").await.subject().starts_with("You are registered"));
    let scheduled = || async { grace.get("/events/launch/numbers").await.json()["mails"]["scheduled"].clone() };
    assert_eq!(scheduled().await, 4, "two reminders each");
    let fewer = grace.put("/events/launch", &edited(&wider.json(), |plan| plan["reminders_minutes"] = json!([30]))).await.json();
    assert_eq!(scheduled().await, 2);
    grace.put("/events/launch", &edited(&fewer, |plan| plan["reminders_minutes"] = json!([60]))).await;
    assert_eq!(scheduled().await, 2, "switched off and on again, they come");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duplicate_is_another_date_of_a_series() {
    let (server, grace) = with_grace().await;
    let mut original = plan("talk");
    (original["closes_at"], original["fields"]) =
        (json!("2027-03-10T17:00"), json!([{ "id": "company", "kind": "text", "label": "Company" }]));
    grace.post("/events", &original).await;
    server.registered("ada@example.com").await;
    let copy = grace.post("/events/talk/duplicate", &json!({ "slug": "talk-2", "start": "2027-04-10T18:00", "series": "talks" })).await;
    assert_eq!(copy.status, 201, "{}", copy.body);
    let copy = copy.json();
    assert_eq!(
        (&copy["plan"]["fields"], &copy["plan"]["closes_at"]),
        (&grace.event("talk").await["plan"]["fields"], &json!("2027-04-10T17:00:00"))
    );
    assert_eq!((&copy["numbers"]["confirmed"], &copy["version"], &copy["phase"]), (&json!(0), &json!(1), &json!("scheduled")));
    let list = grace.get("/events").await.json();
    let series: Vec<_> = list["events"]
        .as_array()
        .expect("events")
        .iter()
        .filter(|event| event["series"] == "talks")
        .map(|event| event["slug"].clone())
        .collect();
    assert_eq!(series, ["talk", "talk-2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_is_put_away_is_out_of_the_list_and_works_as_before() {
    let (server, grace) = with_grace().await;
    let slugs = |list: Value| list["events"].as_array().expect("events").iter().map(|event| event["slug"].clone()).collect::<Vec<_>>();
    assert_eq!(grace.post("/events/launch/archive", &json!({ "archived": true })).await.json()["archived"], true);
    assert!(slugs(grace.get("/events").await.json()).is_empty());
    assert_eq!(slugs(grace.get("/events?archived=true").await.json()), ["launch"]);
    server.registered("ada@example.com").await;
    assert_eq!(grace.post("/events/launch/archive", &json!({ "archived": false })).await.json()["archived"], false);
    assert_eq!(slugs(grace.get("/events").await.json()), ["launch"]);
}

fn asked(dates: &[(&str, &str)]) -> Value {
    json!({ "dates": dates.iter().map(|(slug, start)| json!({ "slug": slug, "start": start })).collect::<Vec<_>>() })
}

#[tokio::test(flavor = "multi_thread")]
async fn several_dates_are_made_at_once_and_are_one_series() {
    let (server, grace) = with_grace().await;
    let mut original = plan("talk");
    (original["title"], original["closes_at"]) = (json!("Tom & Jerry"), json!("2027-03-10T17:00"));
    grace.post("/events", &original).await;
    assert_eq!(grace.event("talk").await["series"], Value::Null);
    // The clocks go forward between the two: an hour before its start each of them closes.
    let made = grace.post("/events/talk/dates", &asked(&[("talk-a", "2027-03-24T18:00"), ("talk-b", "2027-03-31T18:00")])).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let (made, public_url) = (made.json(), server.public_url());
    let starts: Vec<_> = made["dates"].as_array().expect("dates").iter().map(|date| (&date["slug"], &date["start"])).collect();
    assert_eq!(starts, [(&json!("talk-a"), &json!("2027-03-24T18:00:00")), (&json!("talk-b"), &json!("2027-03-31T18:00:00"))]);
    assert_eq!(grace.event("talk-b").await["plan"]["closes_at"], "2027-03-31T17:00:00");
    let snippet = made["series"]["snippet"].as_str().expect("HTML");
    assert_eq!(made["series"]["address"], format!("{public_url}/s/talk"));
    assert!(snippet.contains(&format!("event=\"{public_url}/s/talk\"")) && snippet.contains(">Tom &#38; Jerry<"), "{snippet}");
    let offered = server.somebody().get("/api/series/talk").await.json();
    let slugs: Vec<_> = offered["dates"].as_array().expect("dates").iter().map(|date| date["slug"].clone()).collect();
    assert_eq!(slugs, ["talk", "talk-a", "talk-b"], "the first one is a date, too");
    assert_eq!(grace.event("talk").await["series"], made["series"]);
    assert_eq!(grace.trail().await[..2], ["event_duplicated talk-b", "event_duplicated talk-a"]);
    let more = grace.post("/events/talk-a/dates", &asked(&[("talk-c", "2027-04-07T18:00")])).await.json();
    assert_eq!(more["series"]["slug"], "talk", "dates of a date are of the same series");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_dates_all_are_made_or_none() {
    let (server, grace) = with_grace().await;
    grace.post("/events", &plan("talk")).await;
    let events = || async { grace.get("/events").await.json()["events"].as_array().map(Vec::len) };
    for (wrong, fields) in [
        (asked(&[]), vec!["dates:out_of_range"]),
        (
            asked(&[("a", "2027-03-28T02:30"), ("b", "2027-04-04T02:30"), ("c", "2027-10-31T02:30"), ("D", "2027-11-07T02:30")]),
            vec!["dates.0.start:impossible_time", "dates.2.start:ambiguous_time", "dates.3.slug:invalid_value"],
        ),
        (
            asked(&[("launch", "2027-03-17T18:00"), ("a", "2027-03-18T18:00"), ("a", "2027-03-19T18:00")]),
            vec!["dates.0.slug:taken", "dates.2.slug:taken"],
        ),
    ] {
        let refused = grace.post("/events/talk/dates", &wrong).await;
        assert_eq!((refused.status, refused.fields()), (422, fields.into_iter().map(str::to_owned).collect()), "{}", refused.body);
        assert_eq!((events().await, grace.event("talk").await["version"].clone()), (Some(2), json!(1)), "nothing was done");
    }
    assert!(server.store().all_series().await.expect("series").is_empty());
    let chosen = json!({ "dates": [{ "slug": "a", "start": "2027-10-31T02:30", "choice": "later" }], "series": "talks" });
    assert_eq!(grace.post("/events/talk/dates", &chosen).await.json()["dates"][0]["starts_at"], 1_824_946_200_000_i64);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hosts_who_make_the_same_dates_one_makes_them() {
    let (_server, grace) = with_grace().await;
    grace.post("/events", &plan("talk")).await;
    let tries = (0..8).map(|_| {
        let grace = grace.clone();
        async move { grace.post("/events/talk/dates", &asked(&[("a", "2027-03-17T18:00"), ("b", "2027-03-24T18:00")])).await.status }
    });
    let statuses = crate::harness::in_parallel(8, tries).await;
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [201, 422].contains(status)), "{statuses:?}");
}
