//! Several dates of an event at once, each asked about, and the series that they make.

use crate::stage::play;
use chrono::TimeDelta;
use curtain_up_server::{civil_time::CivilTime, event_plan::EventPlan};

/// The dialog shows what was made.
const MADE: &str = "document.querySelector('dialog[open] pre')";

/// A Sunday night in Berlin, two weeks before its clocks go forward over 02:30.
fn in_the_night(plan: &mut EventPlan) {
    plan.start = CivilTime::parse("2027-03-14T02:30", "Europe/Berlin").expect("a time");
    plan.closes_at = Some(plan.start.at + -TimeDelta::hours(1));
}

#[test]
fn a_host_makes_weekly_dates_is_asked_about_the_one_that_does_not_exist_and_gets_the_series() {
    play(in_the_night, async |stage| {
        let host = stage.host().await;
        let browser = host.browser();
        browser.clicks("The launch").await;
        browser.clicks("More dates").await;
        for moment in ["Sun, 21 Mar 2027, 02:30 CET", "Sun, 4 Apr 2027, 02:30 CEST", "Sun, 11 Apr 2027, 02:30 CEST"] {
            browser.sees(moment).await;
        }
        browser.sees("it does not exist. Which one do you mean?").await;
        browser.sees("launch-2027-03-28").await;
        browser.picture("desk-dates-asked").await;
        browser.clicks("Make 4 dates").await;
        browser.until("the marked date", "labelled('Date 2')?.getAttribute('aria-invalid') === 'true'").await;
        browser.sees("The clocks skip this time").await;
        assert_eq!(stage.store.events().await.expect("events").len(), 1, "all are made, or none");
        browser.clicks_on("document.querySelectorAll('dialog[open] [type=radio]')[1]").await;
        browser.sees("Sun, 28 Mar 2027, 03:30 CEST").await;
        browser.clicks_on("document.querySelector('[aria-label=\"Remove date 4\"]')").await;
        browser.clicks("Make 3 dates").await;
        browser.sees("The whole series on your page").await;
        browser.picture("desk-dates-made").await;
        let dates: Vec<_> = stage.store.dates("launch").await.expect("dates").into_iter().map(|date| date.plan).collect();
        let starts: Vec<_> = dates.iter().map(|plan| (plan.slug.as_str(), plan.start.text())).collect();
        let expected = [
            ("launch", "2027-03-14T02:30:00"),
            ("launch-2027-03-21", "2027-03-21T02:30:00"),
            ("launch-2027-03-28", "2027-03-28T03:30:00"),
            ("launch-2027-04-04", "2027-04-04T02:30:00"),
        ];
        assert_eq!(starts, expected.map(|(slug, start)| (slug, start.to_owned())));
        assert!(dates.iter().all(|plan| plan.closes_at == Some(plan.start.at + -TimeDelta::hours(1))));
        let snippet = format!("<curtain-up event=\"{}/s/launch\">", stage.server);
        browser.sees(&snippet).await;
        browser.clicks("Close").await;
        browser.until("the series beside the event", "!document.querySelector('dialog[open]') && called('Copy the snippet')").await;
        browser.sees(&snippet).await;
        browser.open_page(&format!("{}/s/launch", stage.server)).await;
        browser.until("the dates to choose from", "labelled('Date')?.options.length === 4").await;
    });
}

#[test]
fn dates_are_chosen_one_by_one_and_a_time_that_comes_twice_is_asked_about() {
    play(in_the_night, async |stage| {
        let host = stage.host().await;
        let browser = host.browser();
        browser.clicks("The launch").await;
        browser.clicks("More dates").await;
        host.chooses_in("How often", "I choose them one by one").await;
        browser.until("one date", "labelled('Date 1') && !labelled('Date 2')").await;
        host.sets("Date 1", "2027-10-31T02:30").await;
        browser.sees("it comes twice. Which one do you mean?").await;
        browser.clicks_on("document.querySelectorAll('dialog[open] [type=radio]')[1]").await;
        browser.clicks("Add a date").await;
        browser.until("a week later", "labelled('Date 2')?.value === '2027-11-07T02:30'").await;
        browser.until("the focus at it", "document.activeElement === labelled('Date 2')").await;
        host.sets("Date 2", "2027-11-05T18:00").await;
        browser.sees("Fri, 5 Nov 2027, 18:00 CET").await;
        browser.clicks("Make 2 dates").await;
        browser.until("the new dates", MADE).await;
        let twice = stage.store.event("launch-2027-10-31").await.expect("a date").plan.start;
        // The later one, in winter time: 02:30 at +01:00.
        assert_eq!(twice.at, chrono::DateTime::parse_from_rfc3339("2027-10-31T01:30:00Z").expect("a time").to_utc().into());
        // Who asks for the same once more is told at the date.
        browser.clicks("Close").await;
        browser.clicks("More dates").await;
        host.chooses_in("How often", "I choose them one by one").await;
        host.sets("Date 1", "2027-11-05T09:00").await;
        browser.sees("Fri, 5 Nov 2027, 09:00 CET").await;
        browser.clicks("Make 1 date").await;
        browser.sees("Its name in addresses: This is taken already").await;
        browser.fills("Names in addresses begin with", "morning").await;
        browser.clicks("Make 1 date").await;
        browser.until("the new date", MADE).await;
        assert_eq!(stage.store.dates("launch").await.expect("dates").len(), 4);
    });
}
