//! Civil time: what a host writes ("10 March, 09:00, in Berlin") and the instant that it names.

use chrono::{DateTime, LocalResult, NaiveDateTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;
use curtain_up_protocol::{
    Timestamp,
    desk::{CivilTimeAnswer, CivilTimeChoice, CivilTimeKind, TimeChoice},
};

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
    /// It is over.
    #[error("{0} is over in {1}; choose a time to come")]
    Past(NaiveDateTime, Tz),
}

impl CivilTime {
    /// Parses `2026-03-10T09:00` (seconds may follow) in an IANA zone.
    ///
    /// # Errors
    /// [`CivilTimeError`], for texts that are none and for times that a change of the clocks skips or repeats.
    pub fn parse(civil: &str, zone: &str) -> Result<Self, CivilTimeError> {
        Self::parse_as(civil, zone, None)
    }

    /// The same, where somebody has chosen which instant is meant if there are two.
    ///
    /// # Errors
    /// [`CivilTimeError`], as [`Self::parse`]; [`CivilTimeError::Ambiguous`] only without a choice.
    pub fn parse_as(civil: &str, zone: &str, choice: Option<TimeChoice>) -> Result<Self, CivilTimeError> {
        let (civil, zone) = read(civil, zone)?;
        let at = match (zone.from_local_datetime(&civil), choice) {
            (LocalResult::Single(at), _) | (LocalResult::Ambiguous(at, _), Some(TimeChoice::Earlier)) => at,
            (LocalResult::Ambiguous(_, at), Some(TimeChoice::Later)) => at,
            (LocalResult::Ambiguous(..), None) => return Err(CivilTimeError::Ambiguous(civil, zone)),
            (LocalResult::None, _) => return Err(CivilTimeError::Skipped(civil, zone)),
        };
        Ok(Self { civil, zone, at: at.to_utc().into() })
    }

    /// Which of two instants this one is, where the clocks show it twice.
    pub fn choice(&self) -> Option<TimeChoice> {
        match self.zone.from_local_datetime(&self.civil) {
            LocalResult::Ambiguous(earlier, _) if Timestamp::from(earlier.to_utc()) == self.at => Some(TimeChoice::Earlier),
            LocalResult::Ambiguous(..) => Some(TimeChoice::Later),
            _ => None,
        }
    }

    /// The instants that a civil time names, or, where it names none, those as far before and after the clocks' leap.
    ///
    /// # Errors
    /// [`CivilTimeError`], where it is no time or the zone none.
    pub fn choices(civil: &str, zone: &str) -> Result<CivilTimeAnswer, CivilTimeError> {
        let (civil, zone) = read(civil, zone)?;
        let (kind, choices) = match zone.from_local_datetime(&civil) {
            LocalResult::Single(at) => (CivilTimeKind::Exact, vec![in_words(&at, None)]),
            LocalResult::Ambiguous(earlier, later) => {
                (CivilTimeKind::Ambiguous, vec![in_words(&earlier, Some(TimeChoice::Earlier)), in_words(&later, Some(TimeChoice::Later))])
            }
            LocalResult::None => {
                let leap = leap_around(civil, zone);
                let beside = [civil - leap, civil + leap].into_iter().filter_map(|civil| zone.from_local_datetime(&civil).earliest());
                (CivilTimeKind::Impossible, beside.map(|at| in_words(&at, None)).collect())
            }
        };
        Ok(CivilTimeAnswer { kind, choices })
    }

    /// The civil time of an instant in a zone.
    ///
    /// # Errors
    /// [`CivilTimeError::NotATime`] for an instant beyond the years that chrono can name.
    pub fn of(at: Timestamp, zone: Tz) -> Result<Self, CivilTimeError> {
        let utc = at.to_utc().ok_or_else(|| CivilTimeError::NotATime(at.0.to_string()))?;
        Ok(Self { civil: utc.with_timezone(&zone).naive_local(), zone, at })
    }

    /// So many minutes later, and as long after now where it is over already: on a full minute, in the same zone.
    ///
    /// # Errors
    /// [`CivilTimeError::NotATime`], as [`Self::of`].
    pub fn postponed(&self, minutes: i64, now: Timestamp) -> Result<Self, CivilTimeError> {
        const MINUTE: i64 = 60_000;
        let next_minute = Timestamp(now.0.saturating_add(MINUTE - 1).div_euclid(MINUTE) * MINUTE);
        Self::of(self.at.max(next_minute) + TimeDelta::minutes(minutes), self.zone)
    }

    /// This time, where it is to come.
    ///
    /// # Errors
    /// [`CivilTimeError::Past`], where it is not.
    pub fn to_come(self, now: Timestamp) -> Result<Self, CivilTimeError> {
        if now < self.at { Ok(self) } else { Err(CivilTimeError::Past(self.civil, self.zone)) }
    }

    /// The civil time as it is stored: `2026-03-10T09:00:00`.
    pub fn text(&self) -> String {
        self.civil.format("%Y-%m-%dT%H:%M:%S").to_string()
    }
}

fn read(civil: &str, zone: &str) -> Result<(NaiveDateTime, Tz), CivilTimeError> {
    let zone: Tz = zone.parse().map_err(|_| CivilTimeError::UnknownZone(zone.to_owned()))?;
    let civil = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(civil, format).ok())
        .ok_or_else(|| CivilTimeError::NotATime(civil.to_owned()))?;
    Ok((civil, zone))
}

fn in_words(at: &DateTime<Tz>, choice: Option<TimeChoice>) -> CivilTimeChoice {
    let civil = at.naive_local().format("%Y-%m-%dT%H:%M:%S").to_string();
    CivilTimeChoice { label: at.format("%Z").to_string(), at: at.to_utc().into(), civil, choice }
}

/// By how much the clocks leap over a civil time. Samoa once leapt over a whole day, so a day on either side is looked at.
fn leap_around(civil: NaiveDateTime, zone: Tz) -> TimeDelta {
    let offset = |civil: NaiveDateTime| zone.from_local_datetime(&civil).earliest().map(|at| at.offset().fix().local_minus_utc());
    let (before, after) = (offset(civil - TimeDelta::days(1)), offset(civil + TimeDelta::days(1)));
    TimeDelta::seconds(i64::from(after.unwrap_or_default() - before.unwrap_or_default()))
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
    fn what_is_overdue_is_postponed_from_now_on() {
        for (now, minutes, postponed) in [
            ("2026-10-24T17:00:00", 15, "2026-10-24T18:15:00"),
            ("2026-10-24T18:00:00", 5, "2026-10-24T18:05:00"),
            ("2026-10-24T18:10:00", 5, "2026-10-24T18:15:00"),
            ("2026-10-24T18:10:01", 5, "2026-10-24T18:16:00"),
            ("2026-10-24T17:00:00", 24 * 60, "2026-10-25T17:00:00"),
        ] {
            let zone = "Europe/Berlin";
            let (start, now) =
                (CivilTime::parse("2026-10-24T18:00", zone).expect("a time"), CivilTime::parse(now, zone).expect("a time").at);
            assert_eq!(start.postponed(minutes, now).map(|start| start.text()), Ok(postponed.to_owned()), "{minutes} at {now:?}");
        }
    }

    #[test]
    fn only_what_is_after_now_is_to_come() {
        let start = CivilTime::parse("2026-10-24T18:00", "Europe/Berlin").expect("a time");
        assert!(start.clone().to_come(start.at - TimeDelta::milliseconds(1)).is_ok());
        assert!(matches!(start.clone().to_come(start.at), Err(CivilTimeError::Past(..))));
    }

    #[test]
    fn for_a_time_that_names_no_or_two_instants_there_are_two_to_choose_from() {
        for (civil, zone, kind, choices) in [
            ("2026-01-15T09:00", "Europe/Berlin", CivilTimeKind::Exact, &["2026-01-15T09:00:00 CET"][..]),
            ("2026-03-29T02:30", "Europe/Berlin", CivilTimeKind::Impossible, &["2026-03-29T01:30:00 CET", "2026-03-29T03:30:00 CEST"]),
            ("2026-10-25T02:30", "Europe/Berlin", CivilTimeKind::Ambiguous, &["2026-10-25T02:30:00 CEST", "2026-10-25T02:30:00 CET"]),
            ("2011-12-30T12:00", "Pacific/Apia", CivilTimeKind::Impossible, &["2011-12-29T12:00:00 -10", "2011-12-31T12:00:00 +14"]),
            (
                "2026-10-04T02:15",
                "Australia/Lord_Howe",
                CivilTimeKind::Impossible,
                &["2026-10-04T01:45:00 +1030", "2026-10-04T02:45:00 +11"],
            ),
        ] {
            let found = CivilTime::choices(civil, zone).expect("a time");
            let words: Vec<String> = found.choices.iter().map(|choice| format!("{} {}", choice.civil, choice.label)).collect();
            assert_eq!((found.kind, words), (kind, choices.iter().map(|words| (*words).to_owned()).collect()), "{civil} {zone}");
            for choice in found.choices {
                let parsed = CivilTime::parse_as(&choice.civil, zone, choice.choice).expect("what was offered is taken");
                assert_eq!((parsed.at, parsed.choice()), (choice.at, choice.choice), "{civil} {zone}");
            }
        }
    }

    #[test]
    fn what_is_no_time_or_no_zone_is_named() {
        assert_eq!(CivilTime::parse("tomorrow", "UTC"), Err(CivilTimeError::NotATime("tomorrow".into())));
        assert_eq!(CivilTime::parse("2026-01-01T00:00", "Mars/Olympus"), Err(CivilTimeError::UnknownZone("Mars/Olympus".into())));
    }
}
