//! A host moves, postpones and cancels an event: everybody's countdown and everybody's calendar follow.

use super::host::AtTheDesk;
use crate::{
    browser::Browser,
    engine::Engine,
    stage::{Stage, caught, play},
};
use chrono::TimeDelta;
use curtain_up_server::civil_time::CivilTime;

const TIMER: &str = "everything.find(e => e.getAttribute('role') === 'timer')";

/// Somebody waits for the event in a browser of their own.
async fn with_somebody_who_waits<F: Future<Output = ()>>(stage: &Stage, test: impl FnOnce(Browser) -> F) {
    let link = stage.link_of_somebody_registered("ada@example.com").await;
    let visitor = Browser::open(Engine::Chromium).await;
    let page = visitor.clone();
    let played = caught(async {
        page.open_page(&link).await;
        page.until("nine minutes and some seconds", &format!("/\\b0?9\\b/.test(words({TIMER}))")).await;
        test(page).await;
    });
    let played = played.await;
    visitor.close().await;
    if let Err(panic) = played {
        std::panic::resume_unwind(panic);
    }
}

impl AtTheDesk<'_> {
    async fn goes_to_the_event(&self) {
        self.browser().clicks("The launch").await;
        self.browser().sees("Copy the snippet").await;
    }
}

/// What a line of a calendar entry says; its time zone, which has lines of the same names, stands before it.
fn said<'a>(calendar: &'a str, name: &str) -> &'a str {
    let line = calendar.lines().rev().find(|line| line.split([':', ';']).next() == Some(name));
    line.and_then(|line| line.split_once(':')).unwrap_or_else(|| panic!("{name}: {calendar}")).1.trim()
}

/// The event's start, as calendars write it.
async fn start(stage: &Stage) -> String {
    stage.store.event("launch").await.expect("an event").plan.start.civil.format("%Y%m%dT%H%M%S").to_string()
}

#[test]
fn a_rescheduled_event_moves_the_countdown_of_whoever_waits_and_their_calendar() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            with_somebody_who_waits(&stage, async |visitor| {
                let uid = said(&stage.calendar_in_mail(0).await, "UID").to_owned();
                let before = stage.mails();
                // Three days ahead, in the event's own zone.
                let ahead = CivilTime::of(stage.clock.now() + TimeDelta::days(3), chrono_tz::America::New_York).expect("a time");
                let civil = ahead.civil.format("%Y-%m-%dT%H:%M").to_string();
                host.goes_to_the_event().await;
                host.browser().clicks("Reschedule").await;
                host.sets("New start", &civil).await;
                host.submits().await;
                host.browser().sees("The event has moved. Everybody gets a mail.").await;
                visitor.until("two days and some hours", &format!("/\\b0?2\\b.*\\b23\\b.*\\b(59|58)\\b/.test(words({TIMER}))")).await;
                let text = stage.mail_text(before).await;
                assert!(text.contains("/live?"), "the link stands in it: {text}");
                let calendar = stage.calendar_in_mail(before).await;
                assert_eq!(start(&stage).await, ahead.civil.format("%Y%m%dT%H%M00").to_string());
                assert_eq!(
                    (said(&calendar, "UID"), said(&calendar, "DTSTART")),
                    (uid.as_str(), start(&stage).await.as_str()),
                    "{calendar}"
                );
                assert!(said(&calendar, "SEQUENCE").parse::<u32>().expect("a number") > 0, "{calendar}");
            })
            .await;
        },
    );
}

#[test]
fn a_postponed_event_starts_later_and_a_cancelled_one_leaves_the_calendar() {
    play(
        |_| (),
        async |stage| {
            let host = stage.host().await;
            with_somebody_who_waits(&stage, async |visitor| {
                let first = stage.calendar_in_mail(0).await;
                let at = async || stage.store.event("launch").await.expect("an event").plan.start.at;
                let planned = at().await;
                let before = stage.mails();
                host.goes_to_the_event().await;
                host.browser().clicks("Postpone").await;
                host.chooses_in("Later by", "60 minutes").await;
                host.submits().await;
                host.browser().sees("The event has moved").await;
                visitor.until("an hour and some minutes", &format!("/\\b0?1\\b.*\\b0?[89]\\b/.test(words({TIMER}))")).await;
                let moved = stage.calendar_in_mail(before).await;
                assert_eq!(at().await - planned, TimeDelta::hours(1));
                assert_eq!((said(&moved, "UID"), said(&moved, "DTSTART")), (said(&first, "UID"), start(&stage).await.as_str()), "{moved}");

                host.browser().clicks("Cancel the event").await;
                host.browser().sees("This cannot be taken back").await;
                host.confirms().await;
                host.browser().sees("The event is cancelled").await;
                visitor.sees("cancelled").await;
                let gone = stage.calendar_in_mail(before + 1).await;
                assert_eq!((said(&gone, "METHOD"), said(&gone, "STATUS")), ("CANCEL", "CANCELLED"), "{gone}");
                assert_eq!(said(&gone, "UID"), said(&first, "UID"));
                assert!(said(&gone, "SEQUENCE").parse::<u32>().ok() > said(&moved, "SEQUENCE").parse().ok(), "{gone}");
            })
            .await;
        },
    );
}
