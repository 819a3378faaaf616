//! Dates that follow each other, as the desk and the command line make them.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Timelike};

/// The longest slug.
const LONGEST: usize = 64;

/// How often something takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rhythm {
    /// Every day.
    Day,
    /// Every week, on the same weekday.
    Week,
    /// Every other week, on the same weekday.
    TwoWeeks,
    /// Every month, on the same weekday: the second Wednesday.
    MonthWeekday,
    /// Every month, on the same day: the 31st.
    MonthDay,
}

impl Rhythm {
    /// The dates that follow a first one, `2027-03-10T18:00`, as many as are wanted; none, where it is no civil time.
    ///
    /// The clock on the wall shows the same time on each of them. A month that lacks the day, such as a 31st or a fifth
    /// Wednesday, is left out: so do calendars, by RFC 5545.
    pub fn after(self, first: &str, count: usize) -> Vec<String> {
        let Some(first) = read(first) else { return Vec::new() };
        // The rarest, a fifth weekday, comes four times a year at least.
        let steps = 1..=count as u64 * 4;
        let dates = steps.filter_map(|step| self.step(first.date(), step));
        dates.take(count).map(|date| written(date.and_time(first.time()))).collect()
    }

    fn step(self, first: NaiveDate, step: u64) -> Option<NaiveDate> {
        match self {
            Self::Day => first.checked_add_days(Days::new(step)),
            Self::Week => first.checked_add_days(Days::new(step * 7)),
            Self::TwoWeeks => first.checked_add_days(Days::new(step * 14)),
            Self::MonthDay => {
                let (year, month) = month_after(first, step)?;
                NaiveDate::from_ymd_opt(year, month, first.day())
            }
            Self::MonthWeekday => {
                let (year, month) = month_after(first, step)?;
                let which = u8::try_from((first.day() - 1) / 7 + 1).ok()?;
                NaiveDate::from_weekday_of_month_opt(year, month, first.weekday(), which)
            }
        }
    }
}

fn month_after(first: NaiveDate, step: u64) -> Option<(i32, u32)> {
    let months = u64::from(first.month0()) + step;
    Some((first.year().checked_add(i32::try_from(months / 12).ok()?)?, u32::try_from(months % 12).ok()? + 1))
}

/// A name in addresses for each of these dates, made from the event's own: `launch-2027-03-17`. Where two are on one day,
/// the time tells them apart; what is no civil time has no name.
pub fn slugs_of_dates(event: &str, dates: &[String]) -> Vec<String> {
    let stem = without_date(event);
    let slug = |date: &String| {
        let date = read(date)?;
        let alone = dates.iter().filter_map(|other| read(other)).filter(|other| other.date() == date.date()).count() == 1;
        let time = if alone { String::new() } else { format!("-{:02}{:02}", date.hour(), date.minute()) };
        let end = format!("-{}{time}", date.date());
        let stem: String = stem.chars().take(LONGEST - end.len()).collect();
        Some(stem.trim_end_matches('-').to_owned() + &end)
    };
    dates.iter().map(|date| slug(date).unwrap_or_default()).collect()
}

/// `launch-2027-03-10` is a date of `launch`.
fn without_date(slug: &str) -> &str {
    let cut = slug.len().saturating_sub("-2027-03-10".len());
    let dated = slug.get(cut..).is_some_and(|end| NaiveDate::parse_from_str(end, "-%Y-%m-%d").is_ok());
    if dated && cut > 0 { &slug[..cut] } else { slug }
}

fn read(civil: &str) -> Option<NaiveDateTime> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"].iter().find_map(|format| NaiveDateTime::parse_from_str(civil, format).ok())
}

fn written(civil: NaiveDateTime) -> String {
    format!("{}T{:02}:{:02}", civil.date(), civil.hour(), civil.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_each_other_on_the_wall_clock() {
        for (rhythm, first, dates) in [
            (Rhythm::Day, "2028-02-28T18:00", &["2028-02-29T18:00", "2028-03-01T18:00", "2028-03-02T18:00"][..]),
            // The clocks go forward on 28 March and back on 31 October: the time on the wall stays.
            (Rhythm::Week, "2027-03-21T02:30:00", &["2027-03-28T02:30", "2027-04-04T02:30"]),
            (Rhythm::Week, "2027-10-24T18:00", &["2027-10-31T18:00", "2027-11-07T18:00"]),
            (Rhythm::TwoWeeks, "2027-12-20T09:15", &["2028-01-03T09:15", "2028-01-17T09:15"]),
            (Rhythm::MonthDay, "2027-11-10T18:00", &["2027-12-10T18:00", "2028-01-10T18:00"]),
            // Months without a 31st, and years without a 29 February, are left out.
            (Rhythm::MonthDay, "2027-01-31T18:00", &["2027-03-31T18:00", "2027-05-31T18:00", "2027-07-31T18:00", "2027-08-31T18:00"]),
            (Rhythm::MonthDay, "2027-01-29T18:00", &["2027-03-29T18:00", "2027-04-29T18:00"]),
            (Rhythm::MonthDay, "2028-01-30T18:00", &["2028-03-30T18:00"]),
            // The second Wednesday.
            (Rhythm::MonthWeekday, "2027-03-10T18:00", &["2027-04-14T18:00", "2027-05-12T18:00", "2027-06-09T18:00"]),
            // The fifth Wednesday, which few months have.
            (Rhythm::MonthWeekday, "2027-03-31T18:00", &["2027-06-30T18:00", "2027-09-29T18:00", "2027-12-29T18:00"]),
            (Rhythm::MonthWeekday, "2027-12-08T18:00", &["2028-01-12T18:00"]),
            (Rhythm::Day, "soon", &[]),
        ] {
            assert_eq!(rhythm.after(first, dates.len()), dates, "{rhythm:?} after {first}");
        }
    }

    #[test]
    fn however_many_are_wanted_they_come_and_each_is_later_than_the_one_before() {
        for rhythm in [Rhythm::Day, Rhythm::Week, Rhythm::TwoWeeks, Rhythm::MonthWeekday, Rhythm::MonthDay] {
            for first in ["2027-01-31T18:00", "2027-03-31T18:00", "2028-02-29T18:00", "2027-12-29T18:00"] {
                let dates = rhythm.after(first, 100);
                assert_eq!(dates.len(), 100, "{rhythm:?} after {first}");
                assert!(dates[0].as_str() > first && dates.is_sorted_by(|one, next| one < next), "{rhythm:?} after {first}: {dates:?}");
            }
            assert_eq!(rhythm.after("2027-01-31T18:00", 0), [""; 0]);
        }
    }

    #[test]
    fn each_date_has_a_name_of_its_own() {
        for (event, dates, slugs) in [
            ("launch", &["2027-03-17T18:00", "2027-03-24T18:00:00"][..], &["launch-2027-03-17", "launch-2027-03-24"][..]),
            ("launch-2027-03-10", &["2027-03-17T18:00"], &["launch-2027-03-17"]),
            ("launch-2", &["2027-03-17T18:00", "?"], &["launch-2-2027-03-17", ""]),
            ("launch", &["2027-03-17T09:00", "2027-03-17T18:00"], &["launch-2027-03-17-0900", "launch-2027-03-17-1800"]),
        ] {
            let dates: Vec<String> = dates.iter().map(|date| (*date).to_owned()).collect();
            assert_eq!(slugs_of_dates(event, &dates), slugs, "{event}");
        }
        let longest = slugs_of_dates(&"a".repeat(64), &["2027-03-17T18:00".to_owned()]);
        assert_eq!((longest[0].len(), longest[0].ends_with("a-2027-03-17")), (64, true));
    }
}
