//! Exports: everything in them is what was registered, and nothing in them runs.

use crate::harness::{Host, Letter, TestServer, ada, eventually, plan};
use chrono::TimeDelta;
use curtain_up_protocol::{Field, FieldKind};
use curtain_up_server::{event_plan::EventPlan, export::plain};
use serde_json::{Value, json};
use std::collections::HashMap;

/// What spreadsheets would run, and what readers of CSV stumble over.
const AWKWARD: [&str; 20] = [
    "=1+1",
    "=HYPERLINK(\"https://evil.example\",\"x\")",
    "+49 30 1234",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "＝1+1",
    "'=1+1",
    "''=1",
    "0042",
    "-5",
    "1,5",
    "a;b",
    "say \"hi\"",
    "\"",
    "'",
    "O'Neil",
    "שלום, עולם",
    "日本語",
    "<script>alert(1)</script>",
    "a\u{a0}b",
];

async fn with_awkward_people() -> (TestServer, Host) {
    let server = TestServer::start().await;
    let field = |id: &str, kind| Field { required: false, label: id.into(), ..Field::plain(id, kind) };
    let days = Field { choices: vec!["=Monday".into(), "Tuesday, or so".into()], ..field("days", FieldKind::Choices) };
    server
        .add(EventPlan { fields: vec![field("remark", FieldKind::LongText), days, field("seat", FieldKind::Text)], ..plan("talk") })
        .await;
    for (number, awkward) in AWKWARD.iter().enumerate() {
        let mut body = ada(&format!("p{number:02}@example.com"));
        body["answers"][0]["values"] = json!([awkward]);
        body["answers"][1]["values"] = json!([awkward]);
        let answers = body["answers"].as_array_mut().expect("answers");
        answers.push(json!({ "field": "remark", "values": [format!("{awkward}\nsecond line")] }));
        answers.push(json!({ "field": "days", "values": ["=Monday", "Tuesday, or so"] }));
        answers.push(json!({ "field": "seat", "values": [awkward] }));
        assert_eq!(server.somebody().at("talk").register_as(&body).await.status, 202, "{awkward}");
        server.clock.advance(TimeDelta::seconds(1));
    }
    let grace = server.host("grace@example.org").await;
    (server, grace)
}

/// A reader of RFC 4180, to the letter.
fn read(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut chars = csv.chars().peekable();
    let mut is_quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => is_quoted = !is_quoted,
            c if is_quoted => cell.push(c),
            ',' => row.push(std::mem::take(&mut cell)),
            '\r' => {
                assert_eq!(chars.next(), Some('\n'), "a line ends with CR LF");
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(cell.is_empty() && row.is_empty() && !is_quoted, "the last line ends too");
    rows
}

fn records(csv: &str) -> Vec<HashMap<String, String>> {
    let mut rows = read(csv);
    let header = rows.remove(0);
    assert!(rows.iter().all(|row| row.len() == header.len()), "every row has every column");
    rows.into_iter().map(|row| header.iter().cloned().zip(row).collect()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_value_comes_out_as_it_went_in_and_no_cell_is_run() {
    let (_server, grace) = with_awkward_people().await;
    let export = grace.get("/events/talk/export?columns=all").await;
    assert_eq!((export.status, export.header("content-type")), (200, "text/csv; charset=utf-8; header=present"));
    assert_eq!(export.header("content-disposition"), "attachment; filename=\"talk-people.csv\"");
    let people = records(&export.body);
    assert_eq!(people.len(), AWKWARD.len());
    for (person, awkward) in people.iter().zip(AWKWARD) {
        for (column, value) in person {
            let runs = value.starts_with(['=', '+', '-', '@', '＝', '\t', '\r']) && value.parse::<f64>().is_err();
            assert!(!runs, "{column}: {value}");
        }
        for (column, expected) in [
            ("firstname", awkward.to_owned()),
            ("lastname", awkward.to_owned()),
            ("remark", format!("{awkward}\nsecond line")),
            ("days", "=Monday\nTuesday, or so".to_owned()),
            ("field:seat", awkward.to_owned()),
            ("seat", "confirmed".to_owned()),
        ] {
            assert_eq!(plain(&person[column]), expected, "{column}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn json_lines_hold_the_same_as_they_are() {
    let (_server, grace) = with_awkward_people().await;
    let export = grace.get("/events/talk/export?format=jsonl&columns=firstname,days,remark,code").await;
    assert_eq!(export.header("content-type"), "application/jsonl; charset=utf-8");
    let lines: Vec<Value> = export.body.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    assert_eq!(lines.len(), AWKWARD.len());
    for (line, awkward) in lines.iter().zip(AWKWARD) {
        let expected = json!({ "firstname": awkward, "days": ["=Monday", "Tuesday, or so"], "remark": format!("{awkward}\nsecond line"), "code": null });
        assert_eq!(*line, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_exported_link_works_and_the_mark_is_there_by_choice() {
    let server = TestServer::start().await;
    let grace = server.host("grace@example.org").await;
    for email in ["ada@example.com", "o'neil+x@example.com"] {
        server.registered(email).await;
    }
    let export = grace.get("/events/launch/export?columns=email,access_key,access_link&bom=true").await;
    let bytes = export.body.strip_prefix('\u{feff}').expect("a byte order mark");
    for person in records(bytes) {
        assert_eq!(server.somebody().open(&person["access_link"]).await.status, 200);
        let typed = server.somebody().enter(&person["email"], &person["access_key"]).await;
        assert_eq!((typed.status, person["access_key"].len()), (200, 4), "zeros at the beginning stay");
    }
    assert!(!grace.get("/events/launch/export").await.body.starts_with('\u{feff}'));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_of_the_filter_and_of_the_columns_that_were_chosen() {
    let (_server, grace) = with_awkward_people().await;
    let of = |query: &'static str| {
        let grace = grace.clone();
        async move { read(&grace.get(&format!("/events/talk/export?{query}")).await.body) }
    };
    assert_eq!(of("columns=email&search=p07").await, [["email"], ["p07@example.com"]]);
    assert_eq!(of("columns=email,seat&attended=true").await, [["email", "seat"]]);
    let header = of("search=p07").await.remove(0);
    assert!(header.contains(&"mail_status".to_owned()) && !header.contains(&"access_link".to_owned()), "{header:?}");
    assert_eq!(grace.get("/events/talk/export?columns=password").await.fields(), ["columns:not_a_choice"]);
    assert_eq!(grace.get("/events/talk/export?format=xls").await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_by_mail_is_a_link_for_hosts_of_the_organisation_and_for_a_day() {
    let (server, grace) = with_awkward_people().await;
    let request = json!({ "columns": "all", "search": "p07" });
    let promised = grace.post("/events/talk/exports", &request).await;
    assert_eq!(promised.status, 202, "{}", promised.body);
    let id = promised.json()["export"].as_str().expect("an export").to_owned();
    let link = format!("{}/desk#/exports/{id}", server.public_url());
    eventually("the mail", || async {
        let mails = server.context.mailbox.as_ref().expect("a mailbox").mails().into_iter().map(Letter::new);
        mails.into_iter().find(|letter| letter.recipients() == ["grace@example.org"] && letter.text().contains(&link))
    })
    .await;
    let (alan, viewer, stranger) =
        (server.host("alan@example.org").await, server.viewer("eve@example.org").await, server.stranger("m@s.example").await);
    let path = format!("/exports/{id}");
    assert_eq!(records(&alan.get(&path).await.body).len(), 1);
    for (host, status) in [(&viewer, 403), (&stranger, 404), (&server.nobody(), 401)] {
        assert_eq!(host.get(&path).await.status, status);
    }
    assert_eq!(viewer.post("/events/talk/exports", &json!({})).await.status, 403);
    server.clock.advance(TimeDelta::hours(24));
    assert_eq!(alan.get(&path).await.status, 404, "a day is over");
}
