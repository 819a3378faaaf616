//! A VTIMEZONE (RFC 5545, 3.6.5) of an IANA zone, for the time around an event: calendars that know no IANA names read
//! the offsets here, all others the name.

use chrono::{DateTime, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{OffsetComponents, OffsetName, Tz};

/// How far around the event changes of the clocks are told.
const AROUND: TimeDelta = TimeDelta::days(400);

/// The lines of the VTIMEZONE around an instant; none for UTC, whose times are written without a zone.
pub fn lines(zone: Tz, at: DateTime<Utc>) -> Vec<String> {
    let begin = at - AROUND;
    let mut lines = vec!["BEGIN:VTIMEZONE".to_owned(), format!("TZID:{}", zone.name())];
    // What holds when the window opens, then every change within it.
    lines.extend(observance(zone, begin, begin));
    lines.extend(changes(zone, begin, at + AROUND).into_iter().flat_map(|change| observance(zone, change - TimeDelta::seconds(1), change)));
    lines.push("END:VTIMEZONE".to_owned());
    lines
}

/// Whether times in this zone are written as UTC.
pub fn is_utc(zone: Tz) -> bool {
    matches!(zone, Tz::UTC | Tz::Etc__UTC | Tz::Etc__UCT | Tz::UCT | Tz::Zulu | Tz::Etc__Zulu | Tz::Universal | Tz::Etc__Universal)
}

/// One offset, from when it holds. Its DTSTART is told on the clock that showed the time until then.
fn observance(zone: Tz, before: DateTime<Utc>, from: DateTime<Utc>) -> Vec<String> {
    let (old, new) = (zone.offset_from_utc_datetime(&before.naive_utc()), zone.offset_from_utc_datetime(&from.naive_utc()));
    let name = if new.dst_offset() > TimeDelta::zero() { "DAYLIGHT" } else { "STANDARD" };
    vec![
        format!("BEGIN:{name}"),
        format!("DTSTART:{}", local(from.naive_utc() + TimeDelta::seconds(seconds(&old)))),
        format!("TZOFFSETFROM:{}", offset(seconds(&old))),
        format!("TZOFFSETTO:{}", offset(seconds(&new))),
        format!("TZNAME:{}", new.abbreviation().unwrap_or(zone.name())),
        format!("END:{name}"),
    ]
}

/// The instants at which the clocks change, to the second.
fn changes(zone: Tz, begin: DateTime<Utc>, end: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let offset_at = |at: DateTime<Utc>| {
        let offset = zone.offset_from_utc_datetime(&at.naive_utc());
        (seconds(&offset), offset.dst_offset())
    };
    let mut changes = Vec::new();
    let mut day = begin;
    while day < end {
        let next = day + TimeDelta::days(1);
        if offset_at(day) != offset_at(next) {
            let (mut before, mut after) = (day, next);
            while after - before > TimeDelta::seconds(1) {
                let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
                if offset_at(middle) == offset_at(day) { before = middle } else { after = middle }
            }
            changes.push(after);
        }
        day = next;
    }
    changes
}

fn seconds(offset: &impl Offset) -> i64 {
    i64::from(offset.fix().local_minus_utc())
}

/// A civil time as iCalendar writes it.
pub fn local(time: NaiveDateTime) -> String {
    time.format("%Y%m%dT%H%M%S").to_string()
}

fn offset(seconds: i64) -> String {
    let (sign, seconds) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
    let whole = format!("{sign}{:02}{:02}", seconds / 3600, seconds / 60 % 60);
    if seconds % 60 == 0 { whole } else { format!("{whole}{:02}", seconds % 60) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn berlin_changes_its_clocks_at_one_in_utc() {
        let at = Utc.with_ymd_and_hms(2027, 3, 1, 9, 0, 0).single().expect("a time");
        let text = lines(Tz::Europe__Berlin, at).join("\n");
        for part in [
            "BEGIN:DAYLIGHT\nDTSTART:20270328T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nTZNAME:CEST\nEND:DAYLIGHT",
            "BEGIN:STANDARD\nDTSTART:20271031T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nTZNAME:CET\nEND:STANDARD",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn a_zone_that_never_changes_has_one_observance() {
        let at = Utc.with_ymd_and_hms(2027, 3, 1, 9, 0, 0).single().expect("a time");
        for (zone, to) in [(Tz::Asia__Kathmandu, "TZOFFSETTO:+0545"), (Tz::America__Phoenix, "TZOFFSETTO:-0700")] {
            let lines = lines(zone, at);
            assert_eq!(lines.iter().filter(|line| line.starts_with("TZOFFSETTO")).collect::<Vec<_>>(), [to]);
        }
        assert!(is_utc(Tz::UTC) && !is_utc(Tz::Europe__London));
    }
}
