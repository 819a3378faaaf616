//! What an upload plans, written down.

use super::new_fields;
use crate::{
    people_list::{Entry, KnownPerson, Outcome, PeopleList, PlanForEvent, joined},
    store::{
        StoreError, Write,
        belongings::Reissue,
        cadence::To,
        event::Event,
        new_id, registrant,
        search_text::{search_text, source_name},
        to_json,
    },
    trust::{access_codes::AccessCode, access_keys::AccessKey, secrets::Secrets},
};
use curtain_up_protocol::{Answer, Field, Source, Timestamp};
use sqlx::AssertSqlSafe;

/// How many rows one statement writes. SQLite looks each numbered parameter up among all others, so that long statements
/// take long.
const AT_ONCE: usize = 12;

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
                Outcome::Changed(change) => changed.push((entry, &known[change.person], change.code.as_ref())),
                Outcome::Unchanged => {}
            }
        }
        step(planned.outcomes.len() - added.len() - changed.len());
        self.mail_changed_at(event);
        // Codes that are exchanged among people would be doubles in between.
        for some in changed.chunks(AT_ONCE) {
            self.free_codes(some.iter().map(|(_, known, _)| known.id.as_str())).await?;
        }
        for some in changed.chunks(AT_ONCE) {
            self.change_people(event, &own, some, secrets, now).await?;
            step(some.len());
        }
        for some in added.chunks(AT_ONCE) {
            self.add_people(event, &own, some, secrets, now).await?;
            step(some.len());
        }
        if !added.is_empty() {
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
        let places = places(1, ids.len(), 1).replace(['(', ')'], "");
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
        people: &[(&Entry, &KnownPerson, Option<&AccessCode>)],
        secrets: &Secrets,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        // Both databases call the columns of VALUES so.
        let sql = format!(
            "UPDATE registrants SET canonical_email = v.column2, email = v.column3, first_name = v.column4, last_name = v.column5,
                answers = v.column6, external_id = v.column7, sealed_code = v.column8, code_hash = v.column9, search_text = v.column10,
                updated_at = $1
             FROM (VALUES {}) AS v WHERE registrants.id = v.column1",
            places(2, people.len(), 10)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).bind(now.0);
        for (entry, known, code) in people {
            let external_id = entry.external_id.as_ref().or(known.external_id.as_ref()).filter(|id| !id.is_empty());
            let last_name = entry.last_name.as_ref().unwrap_or(&known.last_name);
            let searched = search_text(&entry.first_name, last_name, &entry.email.canonical(), external_id.map(String::as_str));
            query = query
                .bind(&known.id)
                .bind(entry.email.canonical())
                .bind(entry.email.as_str())
                .bind(&entry.first_name)
                .bind(last_name)
                .bind(to_json("list of answers", &answers(entry, own, &known.answers))?)
                .bind(external_id)
                .bind(code.map(|code| code.seal(secrets, &known.id)))
                .bind(code.map(|code| code.hash(secrets, &event.id)))
                .bind(searched);
        }
        query.execute(self.connection()).await?;
        for (entry, known, code) in people {
            let has_other_address = known.canonical_email != entry.email.canonical();
            // Whoever came in by another code, or reads another mailbox, is out.
            if has_other_address || known.code.is_some() && known.code.as_ref() != *code {
                let row = sqlx::query("SELECT * FROM registrants WHERE id = $1").bind(&known.id).fetch_one(self.connection()).await?;
                let person = registrant::read(&row)?;
                let to = Reissue { event, email: &entry.email, seat: person.seat, keeps_key: !has_other_address };
                self.reissue(&person, &to, secrets, now).await?;
            }
        }
        Ok(())
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

/// `($1, $2), ($3, $4)`: places for rows of values, from this number on.
fn places(first: usize, rows: usize, width: usize) -> String {
    let row = |row: usize| {
        let cells: Vec<String> = (0..width).map(|cell| format!("${}", first + row * width + cell)).collect();
        format!("({})", cells.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
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
