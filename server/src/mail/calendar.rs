//! Calendar entries: an `.ics` file (RFC 5545) and links that add the event to Google's and Outlook's calendars.
//!
//! Times stand in the event's zone, which the file describes, so that calendars can say it beside their owner's.

use super::time_zone;
use crate::store::{event::Event, outbox::MailKind};
use chrono::TimeZone;
use curtain_up_protocol::{Phase, Timestamp};
use url::Url;

/// Asks a calendar to take an entry out.
pub const CANCEL: &str = "CANCEL";

/// What the `.ics` file of a mail asks a calendar to do (RFC 5546, 1.4). Somebody whose registration was cancelled is told
/// what everybody is told when the event is: to take the entry out.
pub fn method(event: &Event, kind: MailKind) -> &'static str {
    if event.phase == Phase::Cancelled || kind == MailKind::RegistrationCancelled { CANCEL } else { "PUBLISH" }
}

/// The `.ics` file of an event. `link` is where it leads; `organizer` is whose it is; `host` is the permalink's,
/// for the UID: the widget's own file has the same, so that both are one entry.
///
/// The UID stays the same for the life of the event and SEQUENCE grows when it moves or is cancelled, so that calendars
/// update the entry in place (RFC 5546, 2.1.4).
pub fn ics(event: &Event, method: &str, link: &str, organizer: &str, host: &str, now: Timestamp) -> String {
    let plan = &event.plan;
    let zone = plan.start.zone;
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Curtain Up//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        format!("METHOD:{method}"),
    ];
    if !time_zone::is_utc(zone) {
        lines.extend(time_zone::lines(zone, plan.start.at.to_utc().unwrap_or_default()));
    }
    lines.extend([
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@{host}", event.plan.slug),
        format!("SEQUENCE:{}", event.calendar_sequence),
        format!("DTSTAMP:{}", utc(now)),
        format!("DTSTART{}", in_zone(plan.start.at, zone)),
        format!("DTEND{}", in_zone(plan.ends_at(), zone)),
        format!("SUMMARY:{}", text(&plan.title)),
        format!("DESCRIPTION:{}", text(format!("{}\n\n{link}", plan.description).trim())),
        format!("LOCATION:{}", text(link)),
        format!("URL:{link}"),
        format!("ORGANIZER:mailto:{organizer}"),
        format!("STATUS:{}", if method == CANCEL { "CANCELLED" } else { "CONFIRMED" }),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ]);
    lines.iter().map(|line| folded(line)).collect()
}

/// `;TZID=Europe/Berlin:20270310T180000`. A time that the clocks show twice is written in UTC, the one form that says which.
fn in_zone(at: Timestamp, zone: chrono_tz::Tz) -> String {
    let civil = zone.from_utc_datetime(&at.to_utc().unwrap_or_default().naive_utc()).naive_local();
    if time_zone::is_utc(zone) || zone.from_local_datetime(&civil).single().is_none() {
        return format!(":{}", utc(at));
    }
    format!(";TZID={}:{}", zone.name(), time_zone::local(civil))
}

/// The address that opens Google's calendar with the event filled in.
pub fn google(event: &Event, link: &str) -> String {
    let plan = &event.plan;
    let dates = format!("{}/{}", utc(plan.start.at), utc(plan.ends_at()));
    address(
        "https://calendar.google.com/calendar/render",
        &[("action", "TEMPLATE"), ("text", &plan.title), ("dates", &dates), ("details", link), ("location", link)],
    )
}

/// The address that opens Outlook's calendar with the event filled in.
pub fn outlook(event: &Event, link: &str) -> String {
    let plan = &event.plan;
    let iso = |at: Timestamp| at.to_utc().map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default();
    let (start, end) = (iso(plan.start.at), iso(plan.ends_at()));
    address(
        "https://outlook.live.com/calendar/0/deeplink/compose",
        &[
            ("path", "/calendar/action/compose"),
            ("rru", "addevent"),
            ("subject", &plan.title),
            ("startdt", &start),
            ("enddt", &end),
            ("body", link),
            ("location", link),
        ],
    )
}

fn address(base: &str, query: &[(&str, &str)]) -> String {
    Url::parse_with_params(base, query).map(String::from).unwrap_or_else(|_| base.to_owned())
}

fn utc(at: Timestamp) -> String {
    at.to_utc().map(|at| at.format("%Y%m%dT%H%M%SZ").to_string()).unwrap_or_default()
}

/// Escapes a TEXT value (RFC 5545, 3.3.11).
fn text(value: &str) -> String {
    value.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

/// Folds a content line at 75 octets, never within a character (RFC 5545, 3.1), and ends it.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 8);
    let mut octets = 0;
    for c in line.chars().filter(|c| !c.is_control()) {
        if octets + c.len_utf8() > 75 {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(c);
        octets += c.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{civil_time::CivilTime, event_plan::EventPlan};

    fn event(title: &str, description: &str) -> Event {
        let start = CivilTime::parse("2026-12-01T18:00", "Europe/Berlin").expect("a time");
        let plan = EventPlan { title: title.into(), description: description.into(), start, ..EventPlan::default() };
        Event { id: "0197".into(), calendar_sequence: 3, ..Event::planned(plan, Timestamp(0)) }
    }

    #[test]
    fn an_entry_says_when_where_and_in_which_version() {
        let ics = ics(&event("Launch", "Come."), "PUBLISH", "https://e.example/live?a=1", "host@e.example", "e.example", Timestamp(0));
        for line in [
            "UID:event@e.example",
            "SEQUENCE:3",
            "DTSTAMP:19700101T000000Z",
            "DTSTART;TZID=Europe/Berlin:20261201T180000",
            "DTEND;TZID=Europe/Berlin:20261201T190000",
            "TZID:Europe/Berlin",
            "ORGANIZER:mailto:host@e.example",
            "SUMMARY:Launch",
            "DESCRIPTION:Come.\\n\\nhttps://e.example/live?a=1",
            "STATUS:CONFIRMED",
        ] {
            assert!(ics.lines().any(|found| found == line), "{line} in {ics}");
        }
    }

    #[test]
    fn no_text_breaks_out_of_its_line_and_no_line_is_too_long() {
        let wild = "a;b,c\\d\r\nBEGIN:VALARM\n".to_owned() + &"ä🎭".repeat(100);
        let ics = ics(&event(&wild, &wild), "PUBLISH", "https://e.example", "host@e.example", "e.example", Timestamp(0));
        assert!(ics.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        assert!(!ics.lines().any(|line| line.starts_with("BEGIN:VALARM")));
        let unfolded = ics.replace("\r\n ", "");
        assert!(unfolded.contains("SUMMARY:a\\;b\\,c\\\\d\\nBEGIN:VALARM\\n"));
        assert!(unfolded.contains(&"ä🎭".repeat(100)));
    }
}
