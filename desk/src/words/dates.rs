use curtain_up_protocol::desk::Rhythm;

pub const MORE_DATES: &str = "More dates";
pub const DATES_TEXT: &str = "Each date is an event of its own, a copy of this one without its people. All of them are one series: people choose among its dates. All are made, or none.";
pub const HOW_OFTEN: &str = "How often";
pub const HOW_MANY: &str = "How many more";
pub const ONE_BY_ONE: &str = "I choose them one by one";
pub const NAMES_BEGIN: &str = "Names in addresses begin with";
pub const SLUG_PROBLEM: &str = "Its name in addresses: ";
pub const NEW_DATES: &str = "The new dates";
pub const ADD_DATE: &str = "Add a date";
pub const NO_DATES: &str = "No date yet.";
pub const DATES_MADE: &str = "The dates are made.";
pub const SERIES_HEADING: &str = "The whole series on your page";
pub const SERIES_TEXT: &str = "One form that offers all dates that are not over.";
pub const SERIES_PAGE: &str = "Page of the series";

/// How often something takes place.
pub fn rhythm(rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::Day => "Every day",
        Rhythm::Week => "Every week, on the same weekday",
        Rhythm::TwoWeeks => "Every two weeks, on the same weekday",
        Rhythm::MonthWeekday => "Every month, on the same weekday",
        Rhythm::MonthDay => "Every month, on the same day",
    }
}

/// Which of the dates it is.
pub fn date_number(index: usize) -> String {
    format!("Date {}", index + 1)
}

/// What takes a date out of the list.
pub fn remove_date(index: usize) -> String {
    format!("Remove date {}", index + 1)
}

/// What makes the dates.
pub fn make_dates(count: usize) -> String {
    match count {
        1 => "Make 1 date".to_owned(),
        count => format!("Make {count} dates"),
    }
}
