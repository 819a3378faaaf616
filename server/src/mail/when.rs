//! The start as its reader tells the time, and as the event's host does where that differs.

use super::words::Words;
use chrono::DateTime;
use chrono_tz::Tz;
use curtain_up_protocol::Timestamp;

use crate::civil_time::CivilTime;

/// A time in words.
#[derive(Debug, PartialEq, Eq)]
pub struct When {
    /// In the reader's zone.
    pub yours: String,
    /// In the event's, where the clocks there show something else.
    pub theirs: Option<String>,
    /// The hour in the reader's zone alone: `18:00 CET`.
    pub hour: String,
}

/// Tells a start to a reader in `zone`; who has none, or one that nobody knows, is told it in the event's zone.
pub fn when(start: &CivilTime, zone: Option<&str>, words: &Words) -> When {
    let yours = at(start.at, zone.and_then(|zone| zone.parse().ok()).unwrap_or(start.zone));
    let theirs = at(start.at, start.zone);
    When {
        theirs: (yours.naive_local() != theirs.naive_local()).then(|| in_words(&theirs, words)),
        yours: in_words(&yours, words),
        hour: yours.format("%H:%M %Z").to_string(),
    }
}

/// A time as it is told in a zone: `Tuesday, 2 March 2027, 18:00 (CET, Europe/Berlin)`.
pub fn time_in(zone: Tz, instant: Timestamp, words: &Words) -> String {
    in_words(&at(instant, zone), words)
}

fn in_words(time: &DateTime<Tz>, words: &Words) -> String {
    let (abbreviation, zone) = (time.format("%Z").to_string(), time.timezone().name());
    let zone = if abbreviation == zone { abbreviation } else { format!("{abbreviation}, {zone}") };
    // Latin letters among Arabic ones keep their order (Unicode, UAX #9: isolates).
    let zone = if words.is_right_to_left { format!("\u{2068}{zone}\u{2069}") } else { zone };
    format!("{} ({zone})", time.format_localized(words.date_and_time, words.locale))
}

fn at(instant: Timestamp, zone: Tz) -> DateTime<Tz> {
    instant.to_utc().unwrap_or_default().with_timezone(&zone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::words::in_language;

    #[test]
    fn every_language_writes_days_and_months_its_own_way() {
        let start = CivilTime::parse("2027-03-02T18:00", "Europe/Berlin").expect("a time");
        for (tag, expected) in [
            ("en", "Tuesday, 2 March 2027, 18:00 (CET, Europe/Berlin)"),
            ("fr", "mardi 2 mars 2027, 18:00 (CET, Europe/Berlin)"),
            ("de", "Dienstag, 2. März 2027, 18:00 Uhr (CET, Europe/Berlin)"),
            ("es", "martes, 2 de marzo de 2027, 18:00 (CET, Europe/Berlin)"),
            ("pt", "terça, 2 de março de 2027, 18:00 (CET, Europe/Berlin)"),
            ("it", "martedì 2 marzo 2027, 18:00 (CET, Europe/Berlin)"),
            ("nl", "dinsdag 2 maart 2027, 18:00 uur (CET, Europe/Berlin)"),
            ("pl", "wtorek, 2 marca 2027, 18:00 (CET, Europe/Berlin)"),
            ("ja", "2027年3月2日（火）18:00 (CET, Europe/Berlin)"),
            ("ar", "الثلاثاء 2 مارس 2027، 18:00 (\u{2068}CET, Europe/Berlin\u{2069})"),
        ] {
            assert_eq!(when(&start, None, in_language([tag])).yours.to_lowercase(), expected.to_lowercase(), "{tag}");
        }
    }

    #[test]
    fn the_events_zone_stands_beside_the_readers_where_the_clocks_differ() {
        let start = CivilTime::parse("2027-03-02T18:00", "Europe/Berlin").expect("a time");
        let told = |zone| when(&start, Some(zone), in_language(["en"]));
        assert_eq!(told("Europe/Paris").theirs, None);
        assert_eq!(told("Mars/Olympus").yours, told("Europe/Berlin").yours);
        assert_eq!(told("UTC").yours, "Tuesday, 2 March 2027, 17:00 (UTC)", "a zone that has one name is named once");
        let tokyo = told("Asia/Tokyo");
        assert_eq!((tokyo.yours.as_str(), tokyo.hour.as_str()), ("Wednesday, 3 March 2027, 02:00 (JST, Asia/Tokyo)", "02:00 JST"));
        assert_eq!(tokyo.theirs.as_deref(), Some("Tuesday, 2 March 2027, 18:00 (CET, Europe/Berlin)"));
    }
}
