//! What an upload plans, written down.

use super::new_fields;
use crate::{
    people_list::{Entry, KnownPerson, Outcome, PeopleList, PlanForEvent, joined},
    store::{
        StoreError, Write,
        cadence::To,
        event::Event,
        new_id, numbered,
        outbox::MailKind,
        places,
        registrant::Seat,
        search_text::{search_text, source_name},
        to_json, to_name,
    },
    trust::{access_codes::AccessCode, access_keys::AccessKey, secrets::Secrets},
};
use curtain_up_protocol::{Answer, Field, Phase, Source, Timestamp};
use sqlx::{AssertSqlSafe, Row};
use std::collections::HashMap;

/// How many rows one statement writes. SQLite looks each numbered parameter up among all others, so that long statements
/// take long.
const AT_ONCE: usize = 12;
/// For how many people one statement names nothing but ids.
const IDS_AT_ONCE: usize = 5 * AT_ONCE;

/// Somebody whom a list changes.
struct Change<'a> {
    entry: &'a Entry,
    known: &'a KnownPerson,
    /// Their code from now on, if there is one.
    code: Option<&'a AccessCode>,
}

/// What people get whose passes end.
struct Renewed<'a> {
    /// Their new ids, by the former ones.
    ids: &'a HashMap<&'a str, String>,
    /// Their keys, sealed for the former ids.
    keys: &'a HashMap<String, String>,
}

impl Change<'_> {
    fn has_other_address(&self) -> bool {
        self.known.canonical_email != self.entry.email.canonical()
    }

    /// Whether their passes of before end.
    fn is_out(&self) -> bool {
        self.has_other_address() || self.known.code.is_some() && self.known.code.as_ref() != self.code
    }

    /// Whether they had no seat before.
    fn gives_seat(&self) -> bool {
        self.entry.takes_seat && !self.known.seat.lets_in()
    }
}

impl Write {
    #[expect(clippy::too_many_arguments, reason = "they are what an upload is made of")]
    pub(super) async fn do_upload(
        &mut self,
        list: &PeopleList,
        event: &Event,
        known: &[KnownPerson],
        planned: &PlanForEvent,
        secrets: &Secrets,
        now: Timestamp,
        step: &mut (dyn FnMut(usize) + Send),
    ) -> Result<(), StoreError> {
        self.add_fields(event, new_fields(list, event)).await?;
        let own = list.own_columns();
        let (mut added, mut changed) = (Vec::new(), Vec::new());
        for (at, outcome) in &planned.outcomes {
            let entry = &list.entries[*at];
            match outcome {
                Outcome::Added(code) => added.push((entry, code)),
                Outcome::Changed(change) => changed.push(Change { entry, known: &known[change.person], code: change.code.as_ref() }),
                Outcome::Unchanged => {}
            }
        }
        step(planned.outcomes.len() - added.len() - changed.len());
        self.mail_changed_at(event);
        for some in changed.chunks(IDS_AT_ONCE) {
            let out: Vec<&str> = some.iter().filter(|change| change.is_out()).map(|change| change.known.id.as_str()).collect();
            self.lock_belongings(&out).await?;
        }
        // Codes that are exchanged among people would be doubles in between.
        for some in changed.chunks(IDS_AT_ONCE) {
            self.free_codes(some.iter().map(|change| change.known.id.as_str())).await?;
        }
        for some in changed.chunks(IDS_AT_ONCE) {
            // Whoever came in by another code, or reads another mailbox, is out: their passes name an id that nobody has any longer.
            let out = some.iter().filter(|change| change.is_out()).map(|change| change.known.id.as_str());
            let new_ids: HashMap<&str, String> = out.map(|id| (id, new_id())).collect();
            let keys = self.sealed_keys(new_ids.keys().copied()).await?;
            for some in some.chunks(AT_ONCE) {
                self.change_people(event, &own, some, &Renewed { ids: &new_ids, keys: &keys }, secrets, now).await?;
            }
            let ids: Vec<(&str, &str)> = new_ids.iter().map(|(old, new)| (*old, new.as_str())).collect();
            if !ids.is_empty() {
                self.change_ids_and_aliases(event, &ids, secrets).await?;
            }
            step(some.len());
        }
        for some in added.chunks(AT_ONCE) {
            self.add_people(event, &own, some, secrets, now).await?;
            step(some.len());
        }
        if !added.is_empty() || changed.iter().any(Change::gives_seat) {
            self.remind(To::Seated, event, now).await?;
        }
        if let Some(guesses) = planned.guesses {
            sqlx::query(
                "INSERT INTO code_lists (event_id, guesses, uploaded_at) VALUES ($1, $2, $3)
                 ON CONFLICT (event_id) DO UPDATE SET guesses = $2, uploaded_at = $3",
            )
            .bind(&event.id)
            .bind(i64::try_from(guesses).unwrap_or(i64::MAX))
            .bind(now.0)
            .execute(self.connection())
            .await?;
        }
        Ok(())
    }

    async fn add_fields(&mut self, event: &Event, new: Vec<Field>) -> Result<(), StoreError> {
        if new.is_empty() {
            return Ok(());
        }
        let fields: Vec<Field> = event.plan.fields.iter().cloned().chain(new).collect();
        sqlx::query("UPDATE events SET fields = $2, version = version + 1 WHERE id = $1")
            .bind(&event.id)
            .bind(to_json("list of fields", &fields)?)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn free_codes(&mut self, ids: impl ExactSizeIterator<Item = &str>) -> Result<(), StoreError> {
        let places = numbered(1, ids.len());
        let mut query = sqlx::query(AssertSqlSafe(format!("UPDATE registrants SET code_hash = NULL WHERE id IN ({places})")));
        for id in ids {
            query = query.bind(id);
        }
        query.execute(self.connection()).await?;
        Ok(())
    }

    async fn change_people(
        &mut self,
        event: &Event,
        own: &[(usize, &str)],
        people: &[Change<'_>],
        renewed: &Renewed<'_>,
        secrets: &Secrets,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        // Both databases call the columns of VALUES so.
        let sql = format!(
            "UPDATE registrants SET canonical_email = v.column2, email = v.column3, first_name = v.column4, last_name = v.column5,
                answers = v.column6, external_id = v.column7, sealed_code = v.column8, code_hash = v.column9, search_text = v.column10,
                seat = v.column11, sealed_key = COALESCE(v.column12, sealed_key), updated_at = $1
             FROM (VALUES {}) AS v WHERE registrants.id = v.column1",
            places(2, people.len(), 12)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(now.0);
        for change in people {
            let Change { entry, known, code } = change;
            let new_id = renewed.ids.get(known.id.as_str());
            let id = new_id.unwrap_or(&known.id);
            let external_id = entry.external_id.as_ref().or(known.external_id.as_ref()).filter(|id| !id.is_empty());
            let last_name = entry.last_name.as_ref().unwrap_or(&known.last_name);
            let searched = search_text(&entry.first_name, last_name, &entry.email.canonical(), external_id.map(String::as_str));
            let kept = renewed.keys.get(&known.id).filter(|_| !change.has_other_address());
            let key = kept.and_then(|sealed| AccessKey::open(sealed, secrets, &known.id));
            let key = new_id.map(|_| key.unwrap_or_else(|| AccessKey::random(event.plan.key_format)));
            query = query
                .bind(&known.id)
                .bind(entry.email.canonical())
                .bind(entry.email.as_str())
                .bind(&entry.first_name)
                .bind(last_name)
                .bind(to_json("list of answers", &answers(entry, own, &known.answers))?)
                .bind(external_id)
                .bind(code.map(|code| code.seal(secrets, id)))
                .bind(code.map(|code| code.hash(secrets, &event.id)))
                .bind(searched)
                .bind(to_name(if entry.takes_seat { Seat::Confirmed } else { known.seat })?)
                .bind(key.map(|key| key.seal(secrets, id)));
        }
        query.execute(self.connection()).await?;
        for change in people.iter().filter(|change| change.gives_seat() && matches!(event.phase, Phase::Scheduled | Phase::Live)) {
            // They were told that they have none.
            self.add_mail(&event.id, Some(change.known.id.clone()), MailKind::Confirmation, now).await?;
        }
        Ok(())
    }

    /// The sealed keys of people, by their ids.
    async fn sealed_keys(&mut self, ids: impl ExactSizeIterator<Item = &str>) -> Result<HashMap<String, String>, StoreError> {
        if ids.len() == 0 {
            return Ok(HashMap::new());
        }
        let places = numbered(1, ids.len());
        let mut query = sqlx::query(AssertSqlSafe(format!("SELECT id, sealed_key FROM registrants WHERE id IN ({places})")));
        for id in ids {
            query = query.bind(id);
        }
        query.fetch_all(self.connection()).await?.iter().map(|row| Ok((row.try_get("id")?, row.try_get("sealed_key")?))).collect()
    }

    async fn add_people(
        &mut self,
        event: &Event,
        own: &[(usize, &str)],
        people: &[(&Entry, &AccessCode)],
        secrets: &Secrets,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = format!(
            "INSERT INTO registrants (id, event_id, canonical_email, email, first_name, last_name, answers, consents, source, seat, sealed_key,
                external_id, sealed_code, code_hash, registered_at, updated_at, search_text, source_name) VALUES {}",
            places(1, people.len(), 18)
        );
        let came_from = Source { reference: "list".to_owned(), ..Source::default() };
        let source = to_json("source", &came_from)?;
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (entry, code) in people {
            let id = new_id();
            let external_id = entry.external_id.as_ref().filter(|id| !id.is_empty());
            let last_name = entry.last_name.clone().unwrap_or_default();
            let searched = search_text(&entry.first_name, &last_name, &entry.email.canonical(), external_id.map(String::as_str));
            query = query
                .bind(id.clone())
                .bind(&event.id)
                .bind(entry.email.canonical())
                .bind(entry.email.as_str())
                .bind(&entry.first_name)
                .bind(last_name)
                .bind(to_json("list of answers", &answers(entry, own, &[]))?)
                .bind("[]")
                .bind(&source)
                .bind("confirmed")
                .bind(AccessKey::random(event.plan.key_format).seal(secrets, &id))
                .bind(external_id)
                .bind(code.seal(secrets, &id))
                .bind(code.hash(secrets, &event.id))
                .bind(now.0)
                .bind(now.0)
                .bind(searched)
                .bind(source_name(&came_from));
        }
        query.execute(self.connection()).await?;
        Ok(())
    }
}

/// What is known with what the list says: a blank cell takes an answer away, a column that is not there changes nothing.
fn answers(entry: &Entry, own: &[(usize, &str)], known: &[Answer]) -> Vec<Answer> {
    let said = |field: &str| own.iter().find(|(_, id)| *id == field).map(|(column, _)| entry.answer(*column));
    let stays = known.iter().filter(|answer| said(&answer.field).is_none_or(|said| *said == joined(answer))).cloned();
    let mut answers: Vec<Answer> = stays.collect();
    for (column, field) in own {
        let answer = entry.answer(*column);
        if !answer.is_empty() && !answers.iter().any(|known| known.field == *field) {
            answers.push(Answer { field: (*field).to_owned(), values: vec![answer.to_owned()] });
        }
    }
    answers
}
