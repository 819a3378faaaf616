//! Several dates of one event at once: the plans of all of them, or everything that is wrong with them.

use super::{EventPlan, EventPlanError, is_slug};
use curtain_up_protocol::{
    FieldCode, FieldProblem,
    desk::{DatesRequest, DuplicateRequest, MOST_DATES, NewDate},
};

/// Why these are no dates of an event.
#[derive(Debug, thiserror::Error)]
pub enum DatesError {
    /// None, or too many.
    #[error("write 1 to {MOST_DATES} dates at once")]
    Number,
    /// The series is none.
    #[error(transparent)]
    Series(EventPlanError),
    /// Some of them are none; each by its place, with its start.
    #[error("{}", lines(.0))]
    Refused(Vec<RefusedDate>),
}

/// A date that is none.
#[derive(Debug)]
pub struct RefusedDate {
    place: usize,
    start: String,
    error: EventPlanError,
}

fn lines(refused: &[RefusedDate]) -> String {
    let line = |date: &RefusedDate| format!("date {} ({}): {}", date.place + 1, date.start, date.error);
    refused.iter().map(line).collect::<Vec<_>>().join("\n")
}

impl DatesError {
    /// Which parts of the request are meant, and what is wrong with each.
    pub fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Number => vec![FieldProblem { field: "dates".to_owned(), code: FieldCode::OutOfRange }],
            Self::Series(_) => vec![FieldProblem { field: "series".to_owned(), code: FieldCode::InvalidValue }],
            Self::Refused(refused) => {
                let problem = |date: &RefusedDate| {
                    let (field, code) = date.error.field();
                    FieldProblem { field: format!("dates.{}.{field}", date.place), code }
                };
                refused.iter().map(problem).collect()
            }
        }
    }
}

/// Dates of one series that are to be made.
#[derive(Clone)]
pub struct NewDates {
    /// The series' slug.
    pub series: String,
    /// Their plans, one at least.
    pub plans: Vec<EventPlan>,
}

impl EventPlan {
    /// The plans of other dates of this event, in the order of the request. The series' slug is the event's own where
    /// neither the request nor the event names one.
    ///
    /// # Errors
    /// [`DatesError`], with everything that is wrong.
    pub fn dates(&self, request: DatesRequest) -> Result<NewDates, DatesError> {
        if !(1..=MOST_DATES).contains(&request.dates.len()) {
            return Err(DatesError::Number);
        }
        let series = request.series.or(self.series.clone()).unwrap_or(self.slug.clone());
        if !is_slug(&series) {
            return Err(DatesError::Series(EventPlanError::Series(series)));
        }
        let (mut plans, mut refused) = (Vec::with_capacity(request.dates.len()), Vec::new());
        for (place, NewDate { slug, start, choice }) in request.dates.into_iter().enumerate() {
            let copy = DuplicateRequest { slug, title: None, start: start.clone(), choice, series: Some(series.clone()) };
            match self.copied(copy) {
                Ok(plan) => plans.push(plan),
                Err(error) => refused.push(RefusedDate { place, start, error }),
            }
        }
        if refused.is_empty() { Ok(NewDates { series, plans }) } else { Err(DatesError::Refused(refused)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::civil_time::CivilTime;
    use curtain_up_protocol::desk::TimeChoice;

    fn in_berlin() -> EventPlan {
        EventPlan { start: CivilTime::parse("2027-03-21T02:30", "Europe/Berlin").expect("a time"), ..EventPlan::default() }
    }

    fn asked(dates: &[(&str, &str, Option<TimeChoice>)]) -> DatesRequest {
        let date = |(slug, start, choice): &(&str, &str, _)| NewDate { slug: (*slug).into(), start: (*start).into(), choice: *choice };
        DatesRequest { dates: dates.iter().map(date).collect(), series: None }
    }

    #[test]
    fn all_dates_are_of_one_series_and_start_when_the_clock_on_the_wall_says() {
        let later = Some(TimeChoice::Later);
        let plans = in_berlin().dates(asked(&[("a", "2027-04-04T02:30", None), ("b", "2027-10-31T02:30", later)])).expect("plans").plans;
        let said: Vec<_> = plans.iter().map(|plan| (plan.slug.as_str(), plan.start.text(), plan.series.as_deref())).collect();
        assert_eq!(said, [("a", "2027-04-04T02:30:00".into(), Some("event")), ("b", "2027-10-31T02:30:00".into(), Some("event"))]);
        assert_eq!(plans[1].document().start_choice, later);
        let of_talks = EventPlan { series: Some("talks".into()), ..in_berlin() };
        assert_eq!(of_talks.dates(asked(&[("a", "2027-04-04T02:30", None)])).expect("plans").series, "talks");
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_and_by_its_place() {
        let dates = [
            ("a", "2027-03-28T02:30", None),
            ("b", "2027-04-04T02:30", None),
            ("C", "2027-04-11T02:30", None),
            ("d", "2027-10-31T02:30", None),
            ("e", "soon", None),
        ];
        let error = in_berlin().dates(asked(&dates)).err().expect("a refusal");
        let fields: Vec<_> = error.fields().into_iter().map(|problem| (problem.field, problem.code)).collect();
        let expected = [
            ("dates.0.start", FieldCode::ImpossibleTime),
            ("dates.2.slug", FieldCode::InvalidValue),
            ("dates.3.start", FieldCode::AmbiguousTime),
            ("dates.4.start", FieldCode::InvalidValue),
        ];
        assert_eq!(fields, expected.map(|(field, code)| (field.to_owned(), code)));
        assert!(error.to_string().contains("date 4 (2027-10-31T02:30): start"), "{error}");
        let many = vec![("a", "2027-04-04T02:30", None); MOST_DATES + 1];
        for wrong in [asked(&[]), asked(&many)] {
            assert!(matches!(in_berlin().dates(wrong), Err(DatesError::Number)));
        }
        let nameless = DatesRequest { series: Some("A series".into()), ..asked(&[("a", "2027-04-04T02:30", None)]) };
        assert!(matches!(in_berlin().dates(nameless), Err(DatesError::Series(_))));
    }
}
