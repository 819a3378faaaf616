//! What a list would change: who is added, changed, unchanged or refused at each of the events that it is uploaded to.

use super::{Entry, PeopleList, strength::guesses};
use crate::trust::access_codes::AccessCode;
use curtain_up_protocol::{
    Answer,
    desk::{Refusal, RefusalReason as Reason},
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
    /// The code from now on.
    pub code: AccessCode,
}

/// Compares a list with what is known. `erased` are the rows of people who were erased, and who come back only by
/// themselves. `make` makes codes for blank cells, by address and number of the attempt.
pub fn plan(list: &PeopleList, events: &[KnownEvent], erased: &HashSet<u64>, make: impl Fn(&str, u8) -> AccessCode) -> Plan {
    let mut refused: HashMap<u64, Reason> = HashMap::new();
    // A row that is refused changes nothing, and what it would have freed is taken again: until no more are refused.
    loop {
        let before = refused.len();
        for event in events {
            Comparison::of(list, event, &refused).refuse(list, event, erased, &mut refused);
        }
        if refused.len() == before {
            break;
        }
    }
    let elsewhere = codes_elsewhere(events);
    let planned = events.iter().map(|event| Comparison::of(list, event, &refused).planned(list, event, &elsewhere, &make)).collect();
    let mut all: Vec<Refusal> = list.refused.clone();
    all.extend(refused.into_iter().map(|(row, reason)| Refusal { row, reason }));
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
    /// Whom each entry is about, by their place on the known list; nothing for entries that are refused.
    people: Vec<Option<Result<Option<usize>, Reason>>>,
    /// Codes in use whatever the list changes, normalised.
    codes: HashSet<String>,
    /// External ids in use whatever the list changes.
    ids: HashSet<String>,
}

impl Comparison {
    fn of(list: &PeopleList, event: &KnownEvent, refused: &HashMap<u64, Reason>) -> Self {
        let known = event.people.iter().enumerate();
        let by_email: HashMap<&str, usize> = known.clone().map(|(at, person)| (person.canonical_email.as_str(), at)).collect();
        let by_id: HashMap<&str, usize> = known.filter_map(|(at, person)| Some((person.external_id.as_deref()?, at))).collect();
        let mut claimed = HashSet::new();
        let mut about = |entry: &Entry| {
            let id = entry.external_id.as_deref().filter(|id| !id.is_empty());
            let person = match (by_email.get(entry.email.canonical().as_str()), id.and_then(|id| by_id.get(id))) {
                (Some(one), Some(other)) if one != other => return Err(Reason::TwoPeople { event: event.slug.clone() }),
                (one, other) => one.or(other).copied(),
            };
            match person {
                Some(at) if !claimed.insert(at) => Err(Reason::ExternalIdTaken { event: event.slug.clone() }),
                person => Ok(person),
            }
        };
        let people: Vec<_> = list.entries.iter().map(|entry| (!refused.contains_key(&entry.row)).then(|| about(entry))).collect();
        let (mut frees_code, mut frees_id) = (HashSet::new(), HashSet::new());
        for (entry, about) in list.entries.iter().zip(&people) {
            if let Some(Ok(Some(at))) = about {
                frees_code.extend(entry.code.is_some().then_some(*at));
                frees_id.extend(entry.external_id.is_some().then_some(*at));
            }
        }
        let stays = |freed: &HashSet<usize>| {
            let freed = freed.clone();
            event.people.iter().enumerate().filter(move |(at, _)| !freed.contains(at)).map(|(_, person)| person)
        };
        let codes = stays(&frees_code).filter_map(|person| person.code.as_ref()).map(AccessCode::normalised).collect();
        let ids = stays(&frees_id).filter_map(|person| person.external_id.clone()).collect();
        Self { people, codes, ids }
    }

    fn refuse(self, list: &PeopleList, event: &KnownEvent, erased: &HashSet<u64>, refused: &mut HashMap<u64, Reason>) {
        for (entry, about) in list.entries.iter().zip(self.people) {
            let code_taken = || entry.code.as_ref().is_some_and(|code| self.codes.contains(&code.normalised()));
            let id_taken = || entry.external_id.as_ref().is_some_and(|id| self.ids.contains(id));
            let reason = match about {
                None => continue,
                Some(Err(reason)) => reason,
                Some(Ok(None)) if erased.contains(&entry.row) => Reason::Erased,
                Some(Ok(_)) if code_taken() => Reason::CodeTaken { event: event.slug.clone() },
                Some(Ok(_)) if id_taken() => Reason::ExternalIdTaken { event: event.slug.clone() },
                Some(Ok(_)) => continue,
            };
            refused.insert(entry.row, reason);
        }
    }

    fn planned(
        self,
        list: &PeopleList,
        event: &KnownEvent,
        elsewhere: &HashMap<&str, &AccessCode>,
        make: &impl Fn(&str, u8) -> AccessCode,
    ) -> PlanForEvent {
        let mut codes = self.codes;
        let accepted = || {
            list.entries.iter().zip(&self.people).enumerate().filter_map(|(at, (entry, about))| match about {
                Some(Ok(person)) => Some((at, entry, *person)),
                _ => None,
            })
        };
        codes.extend(accepted().filter_map(|(_, entry, _)| entry.code.as_ref()).map(AccessCode::normalised));
        let mut codes_made = 0;
        let mut outcomes = Vec::with_capacity(list.entries.len());
        for (at, entry, person) in accepted() {
            let known = person.map(|person| &event.people[person]);
            let kept = entry.code.clone().or_else(|| known.and_then(|known| known.code.clone()));
            let code = kept.unwrap_or_else(|| {
                let email = entry.email.canonical();
                let free = |code: &AccessCode| !codes.contains(&code.normalised());
                codes_made += 1;
                let own = elsewhere.get(email.as_str()).map(|code| (*code).clone()).filter(free);
                own.or_else(|| (0..=u8::MAX).map(|attempt| make(&email, attempt)).find(free)).unwrap_or_else(|| make(&email, 0))
            });
            codes.insert(code.normalised());
            outcomes.push((
                at,
                match (person, known) {
                    (Some(person), Some(known)) => match differences(entry, known, &code) {
                        columns if columns.is_empty() => Outcome::Unchanged,
                        columns => Outcome::Changed(Changed { person, columns, code }),
                    },
                    _ => Outcome::Added(code),
                },
            ));
        }
        PlanForEvent { outcomes, codes_made, guesses: guesses(codes.iter().map(String::as_str)) }
    }
}

/// The columns in which an entry says something else than what is known.
fn differences(entry: &Entry, known: &KnownPerson, code: &AccessCode) -> Vec<String> {
    let answered = |id: &str| known.answers.iter().find(|answer| answer.field == id).map_or(String::new(), joined);
    let own = entry.answers.iter().filter(|(id, answer)| *answer != answered(id)).map(|(id, _)| id.clone());
    let fixed = [
        ("code", known.code.as_ref() != Some(code)),
        ("email", known.email != entry.email.as_str()),
        ("firstname", known.first_name != entry.first_name),
        ("lastname", entry.last_name.as_ref().is_some_and(|name| *name != known.last_name)),
        ("externalid", entry.external_id.as_ref().is_some_and(|id| id != known.external_id.as_deref().unwrap_or_default())),
    ];
    fixed.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name.to_owned()).chain(own).collect()
}

/// An answer as one cell: several choices each on a line, as exports write them.
pub fn joined(answer: &Answer) -> String {
    answer.values.join("\n")
}
