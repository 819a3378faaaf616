//! A series: several events that are dates of the same thing.

use crate::harness::{Program, Reply, TestServer, eventually, plan, server::MORNING};
use chrono::TimeDelta;
use curtain_up_protocol::{Phase, SeriesDocument};
use curtain_up_server::{
    civil_time::CivilTime,
    event_plan::{EventPlan, SeriesPlan},
};
use reqwest::Method;
use serde_json::{Value, json};

fn date(slug: &str, days: i64) -> EventPlan {
    let start = CivilTime::of(MORNING + TimeDelta::days(days), chrono_tz::Europe::Berlin).expect("a time");
    EventPlan { start, series: Some("canopy".into()), ..plan(slug) }
}

/// A server with a series in this language, and its dates, as planned.
async fn with_dates(language: &str, dates: Vec<EventPlan>) -> TestServer {
    let server = TestServer::start().await;
    let series = SeriesPlan::new("canopy", "Meet <Canopy>", "Twice a month.", language).expect("a plan");
    server.store().add_series(&series, MORNING).await.expect("a series");
    for plan in dates {
        server.add(plan).await;
    }
    server
}

async fn document(server: &TestServer) -> SeriesDocument {
    let answer = server.somebody().get("/api/series/canopy").await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, "public, max-age=1, stale-while-revalidate=5"));
    serde_json::from_str(&answer.body).expect("a series")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_offers_its_dates_the_earliest_first_and_says_which_are_full_or_closed() {
    let full = EventPlan { capacity: Some(1), ..date("full", 2) };
    let closed = EventPlan { closes_at: Some(MORNING), ..date("closed", 3) };
    let server = with_dates("en", vec![date("later", 30), full, closed, date("over", 1), date("off", 4)]).await;
    server.store().set_phase("over", Phase::Ended).await.expect("ended");
    server.store().set_phase("off", Phase::Cancelled).await.expect("cancelled");
    assert_eq!(server.somebody().at("full").register("first@example.com").await.status, 202);
    let series = document(&server).await;
    assert_eq!((series.slug.as_str(), series.title.as_str(), series.description.as_str()), ("canopy", "Meet <Canopy>", "Twice a month."));
    let dates: Vec<Value> = series.dates.iter().map(|date| json!([date.slug, date.admission])).collect();
    assert_eq!(dates, [json!(["full", "full"]), json!(["closed", "closed"]), json!(["later", "open"])]);
    let alone = server.somebody().at("later").document().await;
    let alone: Value = serde_json::from_str(&alone.body).expect("JSON");
    assert_eq!(serde_json::to_value(&series.dates[2]).expect("JSON")["fields"], alone["fields"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn once_everything_is_over_the_last_date_is_told() {
    let server = with_dates("en", vec![date("first", 1), date("last", 2)]).await;
    for slug in ["first", "last"] {
        server.store().set_phase(slug, Phase::Ended).await.expect("ended");
    }
    assert_eq!(document(&server).await.dates.iter().map(|date| date.slug.as_str()).collect::<Vec<_>>(), ["last"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_series_is_not_found() {
    let server = with_dates("en", vec![]).await;
    for path in ["/api/series/none", "/api/series/launch", "/api/series/No%20Slug", "/s/none"] {
        assert_eq!(server.somebody().get(path).await.code(), "event_not_found", "{path}");
    }
    assert!(document(&server).await.dates.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_may_read_a_series_that_all_its_dates_allow() {
    let listed =
        |slug: &str, origins: &[&str]| EventPlan { origins: origins.iter().map(|origin| (*origin).into()).collect(), ..date(slug, 1) };
    let both = ["https://a.example", "https://b.example"];
    let server = with_dates("en", vec![listed("first", &both), listed("second", &both[..1]), listed("third", &[])]).await;
    for (origin, allowed) in [("https://a.example", true), ("https://b.example", false), ("https://c.example", false)] {
        let asked = server.somebody().request(Method::GET, "/api/series/canopy").header("origin", origin);
        assert_eq!(!Reply::to(asked).await.header("access-control-allow-origin").is_empty(), allowed, "{origin}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_series_holds_the_element_and_without_it_leads_to_every_date() {
    let closed = EventPlan { closes_at: Some(MORNING), title: "A date of its own".into(), ..date("closed", 3) };
    let server = with_dates("de", vec![EventPlan { language: "de".into(), ..date("first", 2) }, closed]).await;
    let page = server.somebody().get("/s/canopy?utm_source=news").await.body;
    assert!(page.contains(&format!("<curtain-up event=\"{}/s/canopy\">", server.public_url())), "{page}");
    assert!(page.contains("Meet &#60;Canopy&#62;") && page.contains("<noscript>"), "{page}");
    let plain = server.somebody().get("/s/canopy?plain&utm_source=news").await.body;
    for html in [&page, &plain] {
        assert!(html.contains(r#"<a href="/e/first?plain&#38;utm_source=news">Mittwoch, 3. März 2027, 10:00 Uhr"#), "{html}");
        assert!(html.contains("Wählen Sie einen Termin") && html.contains("A date of its own") && html.contains("Die Anmeldung"), "{html}");
    }
    assert!(!plain.contains("<curtain-up") && !plain.contains("<script"));
    let date = server.somebody().get("/e/first?plain").await.body;
    assert!(date.contains("/s/canopy?plain") && date.contains("Andere Termine"), "{date}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_dates_stand_on_one_page_the_link_in_the_mail_names_the_date() {
    let on_one_page = EventPlan { permalink: Some("https://www.example.com/webinar".into()), ..date("first", 2) };
    let server = with_dates("en", vec![on_one_page, date("second", 3)]).await;
    for (slug, start, end) in
        [("first", "https://www.example.com/webinar/live?email=", "&date=first"), ("second", "/e/second/live?email=", "")]
    {
        let email = format!("{slug}@example.com");
        assert_eq!(server.somebody().at(slug).register(&email).await.status, 202);
        let mail = eventually("the mail", || async { server.mails_to(&email).await.pop() }).await;
        let link = mail.link();
        assert!(link.contains(start) && link.ends_with(end), "{link}");
        assert_eq!(server.somebody().at(slug).open(&link).await.status, 200);
    }
}

#[test]
fn a_series_is_added_filled_shown_and_left_from_the_command_line() {
    let program = Program::new();
    let plan = |slug: &str, series: Option<&str>| json!({ "slug": slug, "title": "Canopy", "start": "2027-03-10T18:00", "zone": "Europe/Berlin", "duration_minutes": 60, "series": series });
    let list = |arguments: &[&str]| -> Value { serde_json::from_str(&program.run(arguments).out).expect("JSON") };
    let added = list(&["event", "series", "add", "canopy", "--title", "Meet Canopy", "--json"]);
    assert_eq!(added, json!([{ "slug": "canopy", "title": "Meet Canopy", "dates": [] }]));
    assert!(program.run(&["event", "series", "add", "canopy", "--title", "Again"]).error.contains("choose another slug"));
    assert!(program.run(&["event", "series", "add", "No Slug", "--title", "x"]).error.contains("1 to 64 of a-z"));
    assert_eq!(program.add(&plan("march", Some("canopy"))).code, 0);
    assert_eq!(program.add(&plan("april", None)).code, 0);
    assert_eq!(program.run(&["event", "series", "put", "april", "--into", "canopy"]).code, 0);
    assert!(program.run(&["event", "series", "put", "april", "--into", "none"]).error.contains("no series has the slug “none”"));
    assert_eq!(list(&["event", "series", "list", "--json"])[0]["dates"], json!(["april", "march"]));
    assert_eq!(program.run(&["event", "series", "take-out", "april"]).code, 0);
    assert_eq!(program.run(&["event", "series", "show", "canopy"]).out.lines().count(), 1);
    assert_eq!(program.run(&["event", "series", "show", "none"]).code, 1);
    assert_eq!(program.add(&plan("may", Some("named"))).code, 0, "a plan that names a series makes it, by the event's title");
    assert_eq!(list(&["event", "series", "show", "named", "--json"])[0]["title"], "Canopy");
}
