//! Dates that are being chosen.

use super::Shown;
use crate::words;
use curtain_up_protocol::FieldProblem;
use curtain_up_protocol::desk::{DatesRequest, NewDate, Rhythm, TimeChoice, slugs_of_dates};
use leptos::prelude::*;

/// A date in the list.
#[derive(Clone, Copy, PartialEq)]
pub struct Date {
    /// Which one: it stays the same when others are removed.
    pub key: usize,
    /// Its start, as civil time.
    pub start: RwSignal<String>,
    /// Which of two instants is meant.
    pub choice: RwSignal<Option<TimeChoice>>,
    /// What the server found wrong with it.
    pub problem: RwSignal<String>,
}

/// The dates that are to be made.
#[derive(Clone, Copy)]
pub struct NewDates {
    /// All of them, in their order.
    pub all: RwSignal<Vec<Date>>,
    /// What their names in addresses begin with.
    pub stem: RwSignal<String>,
    first: StoredValue<String>,
    last_key: StoredValue<usize>,
}

impl NewDates {
    /// None yet, of this event.
    pub fn of(shown: Shown) -> Self {
        let first = shown.event.with_untracked(|event| event.here().map(|event| event.plan.start.clone()).unwrap_or_default());
        Self { all: RwSignal::default(), stem: RwSignal::new(shown.slug()), first: StoredValue::new(first), last_key: StoredValue::new(0) }
    }

    /// Fills the list by a rule; without one, with a date to begin with.
    pub fn follow(self, rhythm: Option<Rhythm>, count: usize) {
        let count = count.min(curtain_up_protocol::desk::MOST_DATES);
        let starts = self.first.with_value(|first| match rhythm {
            Some(rhythm) => rhythm.after(first, count),
            None => Rhythm::Week.after(first, 1),
        });
        self.all.set(starts.into_iter().map(|start| self.date(start)).collect());
    }

    /// Adds a date, a week after the last one.
    pub fn add(self) {
        let last = self.all.with_untracked(|all| all.last().map(|date| date.start.get_untracked()));
        let last = last.unwrap_or_else(|| self.first.get_value());
        let next = Rhythm::Week.after(&last, 1).pop().unwrap_or_default();
        let date = self.date(next);
        self.all.update(|all| all.push(date));
    }

    /// Takes a date out.
    pub fn remove(self, date: Date) {
        self.all.update(|all| all.retain(|other| other.key != date.key));
    }

    /// Where a date stands in the list.
    pub fn place(self, date: Date) -> usize {
        self.all.with(|all| all.iter().position(|other| other.key == date.key).unwrap_or_default())
    }

    /// The name in addresses of the date at this place.
    pub fn slug(self, place: usize) -> String {
        let starts: Vec<String> = self.all.with(|all| all.iter().map(|date| date.start.get()).collect());
        self.stem.with(|stem| slugs_of_dates(stem.trim(), &starts)).get(place).cloned().unwrap_or_default()
    }

    /// What the server is asked for.
    pub fn request(self) -> DatesRequest {
        let all = self.all.get_untracked();
        let starts: Vec<String> = all.iter().map(|date| date.start.get_untracked()).collect();
        let slugs = self.stem.with_untracked(|stem| slugs_of_dates(stem.trim(), &starts));
        let choices = all.iter().map(|date| date.choice.get_untracked());
        let dates = slugs.into_iter().zip(starts).zip(choices).map(|((slug, start), choice)| NewDate { slug, start, choice });
        DatesRequest { dates: dates.collect(), series: None }
    }

    /// Marks the dates that the server refused; whether there were any. The page may have been left meanwhile.
    pub fn marks(self, problems: &[FieldProblem]) -> bool {
        let problem_of = |place: usize| {
            let here = format!("dates.{place}.");
            let problem = problems.iter().find(|problem| problem.field.starts_with(&here))?;
            let what = if problem.field.ends_with(".slug") { words::SLUG_PROBLEM } else { "" };
            Some(format!("{what}{}", words::field_problem(problem)))
        };
        let some = self.all.try_with_untracked(|all| {
            let found: Vec<Option<String>> = (0..all.len()).map(problem_of).collect();
            let some = found.iter().any(Option::is_some);
            for (date, problem) in all.iter().zip(found) {
                date.problem.set(problem.unwrap_or_default());
            }
            some
        });
        some.unwrap_or_default()
    }

    fn date(self, start: String) -> Date {
        self.last_key.update_value(|key| *key += 1);
        Date {
            key: self.last_key.get_value(),
            start: RwSignal::new(start),
            choice: RwSignal::new(None),
            problem: RwSignal::new(String::new()),
        }
    }
}
