//! Civil time: what a host writes ("10 March, 09:00, in Berlin") and the instant that it names.

use chrono::{LocalResult, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use curtain_up_protocol::Timestamp;

/// A civil time in a zone that names exactly one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CivilTime {
    /// What stood on the wall clock.
    pub civil: NaiveDateTime,
    /// Whose wall.
    pub zone: Tz,
    /// The instant.
    pub at: Timestamp,
}

/// Why a civil time names no instant.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CivilTimeError {
    /// The zone is not in the IANA database.
    #[error("“{0}” is no IANA time zone; write one like Europe/Berlin")]
    UnknownZone(String),
    /// The text is no date and time.
    #[error("“{0}” is no civil time; write one like 2026-03-10T09:00")]
    NotATime(String),
    /// The clocks skip this time.
    #[error("{0} does not exist in {1}: the clocks go forward over it; choose a time before or after")]
    Skipped(NaiveDateTime, Tz),
    /// The clocks show this time twice.
    #[error("{0} comes twice in {1}: the clocks go back over it; choose a time before or after")]
    Ambiguous(NaiveDateTime, Tz),
}

impl CivilTime {
    /// Parses `2026-03-10T09:00` (seconds may follow) in an IANA zone.
    ///
    /// # Errors
    /// [`CivilTimeError`], for texts that are none and for times that a change of the clocks skips or repeats.
    pub fn parse(civil: &str, zone: &str) -> Result<Self, CivilTimeError> {
        let zone: Tz = zone.parse().map_err(|_| CivilTimeError::UnknownZone(zone.to_owned()))?;
        let civil = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(civil, format).ok())
            .ok_or_else(|| CivilTimeError::NotATime(civil.to_owned()))?;
        match zone.from_local_datetime(&civil) {
            LocalResult::Single(at) => Ok(Self { civil, zone, at: at.to_utc().into() }),
            LocalResult::None => Err(CivilTimeError::Skipped(civil, zone)),
            LocalResult::Ambiguous(..) => Err(CivilTimeError::Ambiguous(civil, zone)),
        }
    }

    /// The civil time of an instant in a zone.
    ///
    /// # Errors
    /// [`CivilTimeError::NotATime`] for an instant beyond the years that chrono can name.
    pub fn of(at: Timestamp, zone: Tz) -> Result<Self, CivilTimeError> {
        let utc = at.to_utc().ok_or_else(|| CivilTimeError::NotATime(at.0.to_string()))?;
        Ok(Self { civil: utc.with_timezone(&zone).naive_local(), zone, at })
    }

    /// The civil time as it is stored: `2026-03-10T09:00:00`.
    pub fn text(&self) -> String {
        self.civil.format("%Y-%m-%dT%H:%M:%S").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_civil_time_names_one_instant_in_its_zone() {
        for (civil, zone, instant) in [
            ("2026-01-15T09:00", "Europe/Berlin", "2026-01-15T08:00:00Z"),
            ("2026-07-15T09:00", "Europe/Berlin", "2026-07-15T07:00:00Z"),
            ("2026-03-29T01:59:59", "Europe/Berlin", "2026-03-29T00:59:59Z"),
            ("2026-03-29T03:00", "Europe/Berlin", "2026-03-29T01:00:00Z"),
            ("2026-01-15T09:00", "Asia/Kathmandu", "2026-01-15T03:15:00Z"),
            ("2026-01-15T09:00", "Pacific/Kiritimati", "2026-01-14T19:00:00Z"),
        ] {
            let expected = chrono::DateTime::parse_from_rfc3339(instant).expect("valid").to_utc();
            assert_eq!(CivilTime::parse(civil, zone).map(|time| time.at), Ok(expected.into()), "{civil} {zone}");
        }
    }

    #[test]
    fn times_that_the_clocks_skip_or_repeat_are_refused() {
        assert!(matches!(CivilTime::parse("2026-03-29T02:30", "Europe/Berlin"), Err(CivilTimeError::Skipped(..))));
        assert!(matches!(CivilTime::parse("2026-10-25T02:30", "Europe/Berlin"), Err(CivilTimeError::Ambiguous(..))));
        assert!(matches!(CivilTime::parse("2026-11-01T01:30", "America/New_York"), Err(CivilTimeError::Ambiguous(..))));
    }

    #[test]
    fn what_is_no_time_or_no_zone_is_named() {
        assert_eq!(CivilTime::parse("tomorrow", "UTC"), Err(CivilTimeError::NotATime("tomorrow".into())));
        assert_eq!(CivilTime::parse("2026-01-01T00:00", "Mars/Olympus"), Err(CivilTimeError::UnknownZone("Mars/Olympus".into())));
    }
}
