//! What a list would change: who is added, changed, unchanged or refused at each of the events that it is uploaded to.

use super::{
    Entry, PeopleList,
    refusals::{Compared, compare},
    strength::guesses,
};
use crate::trust::access_codes::AccessCode;
use curtain_up_protocol::{
    Answer,
    desk::{Refusal, RefusalReason as Reason, Seat},
};
use std::collections::{HashMap, HashSet};

/// Somebody on an event's list already, as far as a list may change them.
pub struct KnownPerson {
    /// The registrant's id.
    pub id: String,
    /// The address as it was written.
    pub email: String,
    /// The address as the list knows it.
    pub canonical_email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Answers to own fields.
    pub answers: Vec<Answer>,
    /// What the host's own system calls them.
    pub external_id: Option<String>,
    /// The access code.
    pub code: Option<AccessCode>,
    /// Whether they have a seat.
    pub seat: Seat,
}

/// An event with everybody on its list.
pub struct KnownEvent {
    /// The event's slug.
    pub slug: String,
    /// Everybody on its list.
    pub people: Vec<KnownPerson>,
}

/// What would happen at all events. A row that one event refuses is refused at all of them.
pub struct Plan {
    /// Event by event.
    pub events: Vec<PlanForEvent>,
    /// The rows that are refused.
    pub refused: Vec<Refusal>,
}

/// What would happen at one event.
pub struct PlanForEvent {
    /// What becomes of each entry, by its place among the list's entries. Those that are refused are not here.
    pub outcomes: Vec<(usize, Outcome)>,
    /// How many codes are made for blank cells.
    pub codes_made: usize,
    /// How many guesses would hit a code of the list as it will be.
    pub guesses: Option<u64>,
}

/// What becomes of an entry.
pub enum Outcome {
    /// A new person with this code.
    Added(AccessCode),
    /// Somebody who is known, with something else than before.
    Changed(Changed),
    /// Somebody who is known, with nothing else than before.
    Unchanged,
}

/// A change of somebody who is known.
pub struct Changed {
    /// Who, by their place on the known list.
    pub person: usize,
    /// Which columns differ.
    pub columns: Vec<String>,
    /// The code from now on, if there is one.
    pub code: Option<AccessCode>,
}

/// Compares a list with what is known. `erased` are the rows of people who were erased, and who come back only by
/// themselves. `make` makes codes for blank cells, by address and number of the attempt.
pub fn plan(list: &PeopleList, events: &[KnownEvent], erased: &HashSet<u64>, make: impl Fn(&str, u8) -> AccessCode) -> Plan {
    let Compared { refused, whom } = compare(list, events, erased);
    let elsewhere = codes_elsewhere(events);
    let of_event = |(event, whom): (&KnownEvent, &Vec<Option<usize>>)| {
        Comparison::of(list, event, &refused, whom).planned(list, event, &elsewhere, &make)
    };
    let planned = events.iter().zip(&whom).map(of_event).collect();
    let mut all: Vec<Refusal> = list.refused.clone();
    let here = list.entries.iter().zip(refused).filter_map(|(entry, reason)| Some(Refusal { row: entry.row, reason: reason? }));
    all.extend(here);
    all.sort_by_key(|refusal| refusal.row);
    Plan { events: planned, refused: all }
}

/// The codes that people have at any of the events: who has one keeps it at the others.
fn codes_elsewhere(events: &[KnownEvent]) -> HashMap<&str, &AccessCode> {
    let people = events.iter().flat_map(|event| &event.people);
    people.filter_map(|person| Some((person.canonical_email.as_str(), person.code.as_ref()?))).collect()
}

/// A list beside what is known at one event.
struct Comparison {
    /// The entries that are not refused, by their place on the list, and whom each is about, by their place on the known list.
    accepted: Vec<(usize, Option<usize>)>,
    /// Codes in use whatever the list changes, normalised.
    codes: HashSet<String>,
}

impl Comparison {
    fn of(list: &PeopleList, event: &KnownEvent, refused: &[Option<Reason>], whom: &[Option<usize>]) -> Self {
        let accepted: Vec<_> = whom.iter().copied().enumerate().filter(|(at, _)| refused[*at].is_none()).collect();
        let freed: HashSet<usize> =
            accepted.iter().filter(|(at, _)| list.entries[*at].code.is_some()).filter_map(|(_, person)| *person).collect();
        let stays = event.people.iter().enumerate().filter(|(at, _)| !freed.contains(at));
        Self { accepted, codes: stays.filter_map(|(_, person)| person.code.as_ref()).map(AccessCode::normalised).collect() }
    }

    fn planned(
        self,
        list: &PeopleList,
        event: &KnownEvent,
        elsewhere: &HashMap<&str, &AccessCode>,
        make: &impl Fn(&str, u8) -> AccessCode,
    ) -> PlanForEvent {
        let mut codes = self.codes;
        let own = list.own_columns();
        let accepted = || self.accepted.iter().map(|(at, person)| (*at, &list.entries[*at], *person));
        codes.extend(accepted().filter_map(|(_, entry, _)| entry.code.as_ref()).map(AccessCode::normalised));
        let mut codes_made = 0;
        let mut outcomes = Vec::with_capacity(list.entries.len());
        for (at, entry, person) in accepted() {
            let known = person.map(|person| &event.people[person]);
            let make_code = || {
                let email = entry.email.canonical();
                let free = |code: &AccessCode| !codes.contains(&code.normalised());
                codes_made += 1;
                let own = elsewhere.get(email.as_str()).map(|code| (*code).clone()).filter(free);
                own.or_else(|| (0..=u8::MAX).map(|attempt| make(&email, attempt)).find(free)).unwrap_or_else(|| make(&email, 0))
            };
            let (code, outcome) = match (person, known) {
                (Some(person), Some(known)) => {
                    let kept = entry.code.clone().or_else(|| known.code.clone());
                    let code = kept.or_else(|| (!list.is_export()).then(make_code));
                    let columns = differences(entry, &own, known, code.as_ref());
                    let changed = |columns| Outcome::Changed(Changed { person, columns, code: code.clone() });
                    let outcome = if columns.is_empty() { Outcome::Unchanged } else { changed(columns) };
                    (code, outcome)
                }
                _ => {
                    let code = entry.code.clone().unwrap_or_else(make_code);
                    (Some(code.clone()), Outcome::Added(code))
                }
            };
            codes.extend(code.map(|code| code.normalised()));
            outcomes.push((at, outcome));
        }
        PlanForEvent { outcomes, codes_made, guesses: guesses(codes.iter().map(String::as_str)) }
    }
}

/// The columns in which an entry says something else than what is known.
fn differences(entry: &Entry, own: &[(usize, &str)], known: &KnownPerson, code: Option<&AccessCode>) -> Vec<String> {
    let answered = |id: &str| known.answers.iter().find(|answer| answer.field == id).map_or(String::new(), joined);
    let own = own.iter().filter(|(column, id)| *entry.answer(*column) != answered(id)).map(|(_, id)| (*id).to_owned());
    let fixed = [
        ("code", known.code.as_ref() != code),
        ("email", known.email != entry.email.as_str()),
        ("firstname", known.first_name != entry.first_name),
        ("lastname", entry.last_name.as_ref().is_some_and(|name| *name != known.last_name)),
        ("externalid", entry.external_id.as_ref().is_some_and(|id| id != known.external_id.as_deref().unwrap_or_default())),
        // Whoever waits for a seat, or has cancelled, would be let in by no code.
        ("seat", entry.takes_seat && !known.seat.lets_in()),
    ];
    fixed.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name.to_owned()).chain(own).collect()
}

/// An answer as one cell: several choices each on a line, as exports write them.
pub fn joined(answer: &Answer) -> String {
    answer.values.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: usize) -> KnownPerson {
        KnownPerson {
            id: number.to_string(),
            email: format!("p{number}@example.com"),
            canonical_email: format!("p{number}@example.com"),
            first_name: "P".to_owned(),
            last_name: String::new(),
            answers: Vec::new(),
            external_id: None,
            code: AccessCode::parse(&format!("c{number}")),
            seat: Seat::Confirmed,
        }
    }

    fn refused(rows: impl Iterator<Item = (usize, usize)>, known: usize) -> Vec<(u64, Reason)> {
        let rows: String = rows.map(|(person, code)| format!("c{code},p{person}@example.com,P\n")).collect();
        let list = PeopleList::read(format!("code,email,firstname\n{rows}").as_bytes()).expect("a list");
        let event = KnownEvent { slug: "meeting".to_owned(), people: (0..known).map(person).collect() };
        let made = |_: &str, _| AccessCode::parse("made").expect("a code");
        plan(&list, &[event], &HashSet::new(), made).refused.into_iter().map(|refusal| (refusal.row, refusal.reason)).collect()
    }

    #[test]
    fn codes_may_be_exchanged_among_people_as_long_as_somebody_frees_each() {
        let taken = || Reason::CodeTaken { event: "meeting".to_owned() };
        assert_eq!(refused([(0, 1), (1, 0)].into_iter(), 2), [], "exchanged");
        assert_eq!(refused([(0, 1)].into_iter(), 2), [(2, taken())], "the other keeps it");
        assert_eq!(refused([(0, 1), (1, 2)].into_iter(), 3), [(2, taken()), (3, taken())], "and who wanted what that one keeps");
    }

    #[test]
    fn a_long_list_that_is_shifted_by_one_row_is_refused_from_row_to_row_in_one_go() {
        // Looked at anew for each row, this would take hours.
        let many = 50_000;
        assert_eq!(refused((0..many).map(|at| (at, at + 1)), many + 1).len(), many);
    }
}
