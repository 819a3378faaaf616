//! Which rows of a list an event refuses. A row that is refused changes nothing, so what it would have freed stays taken,
//! and whoever wanted that is refused too: followed from row to row, each looked at once.

use super::{Entry, KnownEvent, PeopleList};
use crate::trust::access_codes::AccessCode;
use curtain_up_protocol::desk::RefusalReason as Reason;
use std::collections::{HashMap, HashSet};

/// A list beside what is known at the events, each entry by its place among the list's entries.
pub(super) struct Compared {
    /// Why each entry is refused; nothing for those that are not.
    pub refused: Vec<Option<Reason>>,
    /// Event by event: whom each entry is about, by their place on the known list; nothing for people who are new, and for
    /// entries that are refused.
    pub whom: Vec<Vec<Option<usize>>>,
}

/// Finds out whom a list is about and what is refused of it. A row that one event refuses is refused at all of them. `erased`
/// are the rows of people who come back only by themselves.
pub(super) fn compare(list: &PeopleList, events: &[KnownEvent], erased: &HashSet<u64>) -> Compared {
    let mut refusals = Refusals::of(list, events);
    for event in events {
        refusals.compare(event, erased);
    }
    Compared { refused: refusals.refused, whom: refusals.compared }
}

/// Whom each entry is about at an event, by their place on its known list; nothing for entries that are refused already,
/// and for people who are new.
fn people(list: &PeopleList, event: &KnownEvent, refused: &[Option<Reason>]) -> Vec<Result<Option<usize>, Reason>> {
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
    list.entries.iter().zip(refused).map(|(entry, refused)| if refused.is_some() { Ok(None) } else { about(entry) }).collect()
}

struct Refusals<'a> {
    list: &'a PeopleList,
    refused: Vec<Option<Reason>>,
    /// Refused, and what follows from it not yet looked at.
    to_follow: Vec<usize>,
    /// The one entry that says a code, normalised.
    wants_code: HashMap<String, usize>,
    /// The one entry that says an external id.
    wants_id: HashMap<&'a str, usize>,
    events: &'a [KnownEvent],
    /// Of the events that were looked at: whom each entry is about.
    compared: Vec<Vec<Option<usize>>>,
}

impl<'a> Refusals<'a> {
    fn of(list: &'a PeopleList, events: &'a [KnownEvent]) -> Self {
        let entries = || list.entries.iter().enumerate();
        Self {
            list,
            refused: list.entries.iter().map(|_| None).collect(),
            to_follow: Vec::new(),
            wants_code: entries().filter_map(|(at, entry)| Some((entry.code.as_ref()?.normalised(), at))).collect(),
            wants_id: entries()
                .filter_map(|(at, entry)| Some((entry.external_id.as_deref()?, at)))
                .filter(|(id, _)| !id.is_empty())
                .collect(),
            events,
            compared: Vec::new(),
        }
    }

    fn refuse(&mut self, at: usize, reason: Reason) {
        if self.refused[at].is_none() {
            self.refused[at] = Some(reason);
            self.to_follow.push(at);
        }
    }

    fn compare(&mut self, event: &KnownEvent, erased: &HashSet<u64>) {
        let mut whom = Vec::with_capacity(self.list.entries.len());
        for (at, about) in people(self.list, event, &self.refused).into_iter().enumerate() {
            match about {
                Ok(person) => {
                    whom.push(person);
                    if person.is_none() && erased.contains(&self.list.entries[at].row) {
                        self.refuse(at, Reason::Erased);
                    }
                }
                Err(reason) => {
                    whom.push(None);
                    self.refuse(at, reason);
                }
            }
        }
        let (mut frees_code, mut frees_id) = (HashSet::new(), HashSet::new());
        for (at, person) in whom.iter().enumerate().filter(|(at, _)| self.refused[*at].is_none()) {
            frees_code.extend(person.filter(|_| self.list.entries[at].code.is_some()));
            frees_id.extend(person.filter(|_| self.list.entries[at].external_id.is_some()));
        }
        self.compared.push(whom);
        let event_at = self.compared.len() - 1;
        for person in 0..event.people.len() {
            self.keeps(event_at, person, !frees_code.contains(&person), !frees_id.contains(&person));
        }
        while let Some(at) = self.to_follow.pop() {
            for event_at in 0..self.compared.len() {
                if let Some(person) = self.compared[event_at][at] {
                    self.keeps(event_at, person, true, true);
                }
            }
        }
    }

    /// Somebody on an event's list keeps what they have: nobody else may have it.
    fn keeps(&mut self, event_at: usize, person: usize, code: bool, id: bool) {
        let events = self.events;
        let (event, person) = (&events[event_at], &events[event_at].people[person]);
        let code = person.code.as_ref().filter(|_| code).map(AccessCode::normalised);
        if let Some(at) = code.and_then(|code| self.wants_code.get(&code).copied()) {
            self.refuse(at, Reason::CodeTaken { event: event.slug.clone() });
        }
        let id = person.external_id.as_deref().filter(|_| id);
        if let Some(at) = id.and_then(|id| self.wants_id.get(id).copied()) {
            self.refuse(at, Reason::ExternalIdTaken { event: event.slug.clone() });
        }
    }
}
