//! Links beside the room, as hosts arrange them at the desk.

use super::lists::desk;
use crate::harness::{Host, Reply};
use serde_json::{Value, json};

async fn add(grace: &Host, version: &Value, material: Value) -> Reply {
    grace.post("/events/meeting/materials", &json!({ "version": version, "material": material })).await
}

fn titles(answer: &Value) -> Vec<&str> {
    let lines = answer["materials"].as_array().expect("materials");
    lines.iter().map(|line| line["material"]["title"].as_str().unwrap_or_default()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn materials_are_added_changed_ordered_and_removed() {
    let (_server, grace) = desk().await;
    let empty = grace.get("/events/meeting/materials").await.json();
    let slides = json!({ "title": "Slides", "target": { "address": "https://example.com/slides" }, "visible_from": "2027-03-10T18:00" });
    let one = add(&grace, &empty["version"], slides).await;
    assert_eq!(one.status, 201, "{}", one.body);
    let two = add(&grace, &one.json()["version"], json!({ "title": "Breakout", "target": { "event": "breakout" } })).await.json();
    assert_eq!(titles(&two), ["Slides", "Breakout"]);
    assert_eq!([&two["materials"][0]["is_visible"], &two["materials"][1]["is_visible"]], [false, true]);
    assert_eq!(two["materials"][0]["material"]["visible_from"], "2027-03-10T18:00:00", "in the event's zone, as it was written");

    let ids = [&two["materials"][1]["id"], &two["materials"][0]["id"]];
    let ordered = grace.put("/events/meeting/materials/order", &json!({ "version": two["version"], "ids": ids })).await.json();
    assert_eq!(titles(&ordered), ["Breakout", "Slides"]);
    let path = format!("/events/meeting/materials/{}", ids[0].as_str().expect("an id"));
    let change = json!({ "version": ordered["version"], "material": { "title": "Room 2", "target": { "event": "breakout" } } });
    let changed = grace.put(&path, &change).await.json();
    assert_eq!(titles(&changed), ["Room 2", "Slides"], "it stays where it is");
    let removed = grace.delete(&format!("{path}?version={}", changed["version"])).await.json();
    assert_eq!(titles(&removed), ["Slides"]);
    assert_eq!(grace.delete(&format!("{path}?version={}", removed["version"])).await.status, 404);
    let deeds = ["material_removed", "material_changed", "materials_ordered", "material_added", "material_added"];
    assert_eq!(grace.trail().await[..5], deeds.map(|deed| format!("{deed} meeting")));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looked_at_an_older_version_changes_nothing_and_is_told_which_stands() {
    let (_server, grace) = desk().await;
    let seen = grace.get("/events/meeting/materials").await.json()["version"].clone();
    let link = json!({ "title": "Slides", "target": { "address": "https://example.com/slides" } });
    let now = add(&grace, &seen, link.clone()).await.json();
    let id = now["materials"][0]["id"].as_str().expect("an id").to_owned();
    let change = json!({ "version": seen, "material": link });
    for stale in [
        add(&grace, &seen, link.clone()).await,
        grace.put(&format!("/events/meeting/materials/{id}"), &change).await,
        grace.put("/events/meeting/materials/order", &json!({ "version": seen, "ids": [id] })).await,
        grace.delete(&format!("/events/meeting/materials/{id}?version={seen}")).await,
    ] {
        assert_eq!((stale.status, stale.code().as_str(), &stale.json()["version"]), (409, "stale", &now["version"]));
    }
    assert_eq!(grace.get("/events/meeting/materials").await.json(), now);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_a_rule_is_refused_at_its_field() {
    let (server, grace) = desk().await;
    server.stranger("mallory@strangers.example").await;
    let version = grace.get("/events/meeting/materials").await.json()["version"].clone();
    let link = |changes: Value| {
        let mut link = json!({ "title": "Slides", "target": { "address": "https://example.com/slides" } });
        for (name, value) in changes.as_object().expect("changes") {
            link[name] = value.clone();
        }
        link
    };
    for (changes, field) in [
        (json!({ "title": "" }), "title:invalid_value"),
        (json!({ "description": "x".repeat(2_001) }), "description:invalid_value"),
        (json!({ "target": { "address": "http://example.com/" } }), "target:invalid_value"),
        (json!({ "target": { "event": "nowhere" } }), "target:invalid_value"),
        (json!({ "visible_from": "2027-03-28T02:30" }), "visible_from:impossible_time"),
        (json!({ "visible_to": "2027-10-31T02:30" }), "visible_to:ambiguous_time"),
        (json!({ "visible_from": "2027-03-10T18:00", "visible_to": "2027-03-10T17:00" }), "visible_to:out_of_range"),
    ] {
        assert_eq!(add(&grace, &version, link(changes.clone())).await.fields(), [field], "{changes}");
    }
    let order = grace.put("/events/meeting/materials/order", &json!({ "version": version, "ids": ["another"] })).await;
    assert_eq!(order.fields(), ["ids:invalid_value"]);
    let twice = json!({ "visible_to": "2027-10-31T02:30", "visible_to_choice": "later" });
    assert_eq!(add(&grace, &version, link(twice)).await.status, 201);
}
