//! The event as an entry of somebody's calendar: a file that every calendar reads (RFC 5545), and the addresses at which
//! two of them take it without a file.

use chrono::{Datelike, Timelike};
use curtain_up_protocol::{Timestamp, percent_encode};

/// What a calendar is told.
pub struct Entry<'a> {
    /// Says which event this is: the same as in the server's mails, so that both are one entry.
    pub uid: &'a str,
    /// The event's title.
    pub title: &'a str,
    /// What it is about.
    pub description: &'a str,
    /// Where it takes place: an address without secrets.
    pub address: &'a str,
    /// When it starts.
    pub starts_at: Timestamp,
    /// When it is planned to end.
    pub ends_at: Timestamp,
    /// When this entry was written.
    pub now: Timestamp,
}

impl Entry<'_> {
    /// The `.ics` file as an address that holds it, to be saved from a link.
    pub fn address_of_file(&self) -> String {
        ["data:text/calendar;charset=utf-8,", &percent_encode(&self.file())].concat()
    }

    fn file(&self) -> String {
        let mut file = String::new();
        let mut line = |name: &str, value: &str| fold(&mut file, name, value);
        line("BEGIN", "VCALENDAR");
        line("VERSION", "2.0");
        line("PRODID", "-//Curtain Up//EN");
        line("METHOD", "PUBLISH");
        line("BEGIN", "VEVENT");
        line("UID", &escape(self.uid));
        // The server's mails begin here too and count on with every move, so that theirs is never the older entry.
        line("SEQUENCE", "0");
        line("DTSTAMP", &basic(self.now));
        line("DTSTART", &basic(self.starts_at));
        line("DTEND", &basic(self.ends_at));
        line("SUMMARY", &escape(self.title));
        line("DESCRIPTION", &escape(self.description));
        line("LOCATION", &escape(self.address));
        line("URL", self.address);
        line("END", "VEVENT");
        line("END", "VCALENDAR");
        file
    }

    /// Where Google's calendar takes the entry.
    pub fn google(&self) -> String {
        let mut address = String::from("https://calendar.google.com/calendar/render?action=TEMPLATE&dates=");
        address.push_str(&basic(self.starts_at));
        address.push_str("%2F");
        address.push_str(&basic(self.ends_at));
        self.add_texts(&mut address, ["&text=", "&details=", "&location="]);
        address
    }

    /// Where Outlook's calendar takes the entry.
    pub fn outlook(&self) -> String {
        let mut address =
            String::from("https://outlook.live.com/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent&startdt=");
        address.push_str(&extended(self.starts_at));
        address.push_str("&enddt=");
        address.push_str(&extended(self.ends_at));
        self.add_texts(&mut address, ["&subject=", "&body=", "&location="]);
        address
    }

    fn add_texts(&self, address: &mut String, names: [&str; 3]) {
        for (name, value) in names.into_iter().zip([self.title, self.description, self.address]) {
            address.push_str(name);
            // Beyond some 2,000 characters such addresses are refused.
            let end = value.char_indices().nth(500).map_or(value.len(), |(at, _)| at);
            address.push_str(&percent_encode(value.get(..end).unwrap_or_default()));
        }
    }
}

/// Adds one content line, cut into pieces of at most 75 bytes, none of them within a character.
fn fold(file: &mut String, name: &str, value: &str) {
    file.push_str(name);
    file.push(':');
    let mut length = name.len() + 1;
    for character in value.chars() {
        if length + character.len_utf8() > 75 {
            file.push_str("\r\n ");
            length = 1;
        }
        file.push(character);
        length += character.len_utf8();
    }
    file.push_str("\r\n");
}

/// A text without anything that would end it.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => escaped.push_str("\\n"),
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            _ if character.is_control() => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

/// `20261124T150000Z`.
fn basic(time: Timestamp) -> String {
    written(time, "", "")
}

/// `2026-11-24T15:00:00Z`, with its colons as an address has them.
fn extended(time: Timestamp) -> String {
    written(time, "-", "%3A")
}

fn written(time: Timestamp, dash: &str, colon: &str) -> String {
    let Some(utc) = time.to_utc() else { return String::new() };
    let mut text = String::new();
    let mut number = |before: &str, value: u32, places: u32| {
        text.push_str(before);
        text.extend((0..places).rev().map(|place| char::from(b'0' + (value / 10_u32.pow(place) % 10) as u8)));
    };
    number("", utc.year().unsigned_abs(), 4);
    number(dash, utc.month(), 2);
    number(dash, utc.day(), 2);
    number("T", utc.hour(), 2);
    number(colon, utc.minute(), 2);
    number(colon, utc.second(), 2);
    text.push('Z');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry<'a>(title: &'a str, description: &'a str) -> Entry<'a> {
        Entry {
            uid: "launch@events.example",
            title,
            description,
            address: "https://events.example/e/launch/live",
            starts_at: Timestamp(1_795_618_800_000),
            ends_at: Timestamp(1_795_622_400_000),
            now: Timestamp(1_795_600_000_000),
        }
    }

    #[test]
    fn the_file_holds_the_event_in_universal_time() {
        let file = entry("Launch", "About it").file();
        for line in ["BEGIN:VEVENT", "UID:launch@events.example", "SEQUENCE:0", "DTSTART:20261125T150000Z", "DTEND:20261125T160000Z"] {
            assert!(file.contains(&["\r\n", line, "\r\n"].concat()), "{line} in {file}");
        }
    }

    #[test]
    fn no_text_of_a_host_ends_its_line() {
        let file = entry("a,b;c\\d", "one\r\ntwo\r\nATTENDEE:x").file();
        assert!(file.contains("SUMMARY:a\\,b\\;c\\\\d\r\n"));
        assert!(file.contains("DESCRIPTION:one\\ntwo\\nATTENDEE:x\r\n"));
    }

    #[test]
    fn no_line_is_longer_than_75_bytes_and_unfolding_gives_the_text_again() {
        let title = "Ein sehr langer Titel mit Umlauten: äöüß€𝄞 ".repeat(9);
        let file = entry(&title, "").file();
        assert!(file.split("\r\n").all(|line| line.len() <= 75));
        assert!(file.replace("\r\n ", "").contains(&title));
    }

    #[test]
    fn the_addresses_of_two_calendars_hold_the_event_too() {
        let event = entry("Launch & more", "");
        assert!(event.google().contains("dates=20261125T150000Z%2F20261125T160000Z&text=Launch%20%26%20more&"));
        assert!(event.outlook().contains("startdt=2026-11-25T15%3A00%3A00Z&enddt=2026-11-25T16%3A00%3A00Z&subject=Launch%20%26%20more&"));
    }

    #[test]
    fn a_time_that_no_calendar_has_is_left_out() {
        assert_eq!(basic(Timestamp(i64::MAX)), "");
    }
}
