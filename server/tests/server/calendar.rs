//! Calendar entries as two independent parsers read them, around both changes of the clocks in twenty zones.

use chrono::{DateTime, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use curtain_up_protocol::Timestamp;
use curtain_up_server::{civil_time::CivilTime, event_plan::EventPlan, mail::calendar::ics, store::event::Event};
use ical::parser::ical::component::IcalTimeZoneTransition;

const ZONES: [Tz; 20] = [
    Tz::Europe__Berlin,
    Tz::Europe__London,
    Tz::Europe__Dublin,
    Tz::Europe__Lisbon,
    Tz::Europe__Athens,
    Tz::America__New_York,
    Tz::America__Chicago,
    Tz::America__Denver,
    Tz::America__Los_Angeles,
    Tz::America__St_Johns,
    Tz::America__Havana,
    Tz::America__Santiago,
    Tz::Australia__Sydney,
    Tz::Australia__Lord_Howe,
    Tz::Pacific__Auckland,
    Tz::Pacific__Chatham,
    Tz::Asia__Jerusalem,
    Tz::Africa__Casablanca,
    Tz::Africa__Cairo,
    Tz::Atlantic__Azores,
];

/// What a parser found: the start as it is written, and every observance: from when on its own clock, and its offset.
#[derive(Debug, PartialEq)]
struct Found {
    zone: Option<String>,
    start: String,
    observances: Vec<(NaiveDateTime, i64)>,
}

impl Found {
    /// The instant that a calendar makes of it, by nothing but the file.
    fn instant(&self) -> DateTime<Utc> {
        if let Some(utc) = self.start.strip_suffix('Z') {
            return civil(utc).and_utc();
        }
        let local = civil(&self.start);
        let last = self.observances.iter().filter(|(from, _)| *from <= local).max_by_key(|(from, _)| *from).expect("an observance");
        (local - TimeDelta::seconds(last.1)).and_utc()
    }
}

fn civil(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").expect("a time")
}

fn seconds(offset: &str) -> i64 {
    let digits = |at: usize| offset.get(at..at + 2).map_or(0, |pair| pair.parse::<i64>().expect("digits"));
    (digits(1) * 3600 + digits(3) * 60 + digits(5)) * if offset.starts_with('-') { -1 } else { 1 }
}

fn by_icalendar(file: &str) -> Found {
    let unfolded = icalendar::parser::unfold(file);
    let calendar = icalendar::parser::read_calendar(&unfolded).expect("a calendar");
    let part = |name: &str| calendar.components.iter().find(|part| part.name.as_str() == name);
    let event = part("VEVENT").expect("an event");
    let start = event.find_prop("DTSTART").expect("a start");
    let zone = start
        .params
        .iter()
        .find(|param| param.key.as_str() == "TZID")
        .and_then(|param| param.val.as_ref())
        .map(|id| id.as_str().to_owned());
    let described = part("VTIMEZONE").into_iter().flat_map(|zone| &zone.components);
    let observances = described.map(|part| {
        let value = |name: &str| part.find_prop(name).expect("a property").val.as_str().to_owned();
        (civil(&value("DTSTART")), seconds(&value("TZOFFSETTO")))
    });
    Found { zone, start: start.val.as_str().to_owned(), observances: observances.collect() }
}

fn by_ical(file: &str) -> Found {
    let calendar = ical::IcalParser::new(file.as_bytes()).next().expect("a calendar").expect("a good one");
    assert_eq!(calendar.events.len(), 1);
    let start = calendar.events[0].properties.iter().find(|property| property.name == "DTSTART").expect("a start");
    let zone = start.params.iter().flatten().find(|(name, _)| name == "TZID").map(|(_, values)| values[0].clone());
    let observance = |part: &IcalTimeZoneTransition| {
        let value = |name: &str| {
            part.properties.iter().find(|property| property.name == name).and_then(|found| found.value.clone()).expect("a value")
        };
        (civil(&value("DTSTART")), seconds(&value("TZOFFSETTO")))
    };
    let observances = calendar.timezones.iter().flat_map(|zone| &zone.transitions).map(observance).collect();
    Found { zone, start: start.value.clone().expect("a value"), observances }
}

/// The changes of the clocks in 2027, to the minute.
fn changes(zone: Tz) -> Vec<DateTime<Utc>> {
    let offset = |at: DateTime<Utc>| zone.offset_from_utc_datetime(&at.naive_utc()).fix();
    let year = Utc.with_ymd_and_hms(2027, 1, 1, 0, 0, 0).single().expect("a time");
    let minutes = (0..365 * 24 * 4).map(|quarter| year + TimeDelta::minutes(15 * quarter));
    minutes.filter(|at| offset(*at) != offset(*at - TimeDelta::minutes(15))).collect()
}

#[test]
fn both_parsers_find_the_instant_around_every_change_of_the_clocks_in_twenty_zones() {
    let mut checked = 0;
    for zone in ZONES {
        let changes = changes(zone);
        assert!(changes.len() >= 2, "{zone}: {changes:?}");
        for change in changes {
            for minutes in [-1500, -121, -61, -60, -31, -30, -1, 0, 1, 29, 30, 59, 60, 61, 121, 1500] {
                let at = Timestamp::from(change + TimeDelta::minutes(minutes));
                let plan = EventPlan { start: CivilTime::of(at, zone).expect("a time"), ..EventPlan::default() };
                let event = Event { id: "0197".into(), calendar_sequence: 2, ..Event::planned(plan, at) };
                let file = ics(&event, "PUBLISH", "https://e.example/live?a=1", "host@e.example", "e.example", at);
                let found = by_icalendar(&file);
                assert_eq!(found, by_ical(&file), "{zone}, {minutes} min");
                assert_eq!(Some(found.instant()), at.to_utc(), "{zone}, {minutes} min from {change}: {file}");
                assert!(found.zone.as_deref() == Some(zone.name()) || found.start.ends_with('Z'), "{zone}: {found:?}");
                checked += 1;
            }
        }
    }
    assert!(checked >= 640, "{checked}");
}
