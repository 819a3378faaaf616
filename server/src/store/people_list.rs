//! Uploading a list of people: read what is known, plan, and do it, all in one transaction that locks the events.

use super::{
    Store, StoreError, Write,
    audit::{Actor, Deed},
    cadence::To,
    event::Event,
    from_json, new_id,
    search_text::{search_text, source_name},
    to_json,
};
use crate::{
    people_list::{Column, Entry, KnownEvent, KnownPerson, Outcome, PeopleList, Plan, PlanForEvent, joined, plan},
    trust::{access_codes::AccessCode, access_keys::AccessKey, secrets::Secrets},
};
use curtain_up_protocol::{
    Answer, Field, FieldKind, MAX_TEXT, Source, Timestamp,
    desk::{ChangedRow, EventReport, UploadKind, UploadProgress, UploadReport},
};
use sqlx::{AssertSqlSafe, Row};
use std::collections::BTreeSet;

/// How many rows one statement writes. SQLite looks each numbered parameter up among all others, so that long statements
/// take long.
const AT_ONCE: usize = 12;
/// How many rows one statement reads.
const READ_AT_ONCE: i64 = 2_000;

/// What is uploaded, and where to.
pub struct Upload<'a> {
    /// The list.
    pub list: &'a PeopleList,
    /// The slugs of the events, which are of one organisation; all of them get the list, or none does.
    pub slugs: &'a [String],
    /// What is to be done.
    pub kind: UploadKind,
}

impl Store {
    /// Uploads a list to these events of one organisation. Broken off, it leaves nothing half done.
    ///
    /// # Errors
    /// [`StoreError::NoSuchEvent`], [`StoreError::OtherOrganisation`], [`StoreError::Database`].
    pub async fn upload_people(
        &self,
        actor: &Actor,
        upload: &Upload<'_>,
        secrets: &Secrets,
        now: Timestamp,
        progress: &(dyn Fn(UploadProgress) + Send + Sync),
    ) -> Result<UploadReport, StoreError> {
        let list = upload.list;
        // Always locked in one order, so that no two uploads wait for each other for ever.
        let slugs: BTreeSet<&String> = upload.slugs.iter().collect();
        let mut write = self.write().await?;
        let (mut events, mut known) = (Vec::new(), Vec::new());
        for slug in slugs {
            let event = write.lock_event(slug).await?;
            if event.organisation_id != actor.organisation {
                return Err(StoreError::OtherOrganisation(slug.clone()));
            }
            known.push(KnownEvent { slug: slug.clone(), people: write.known_people(&event, secrets).await? });
            events.push(event);
        }
        let planned = plan(list, &known, |email, attempt| AccessCode::made(secrets, &actor.organisation, email, attempt));
        let does = match upload.kind {
            UploadKind::DryRun => false,
            UploadKind::AllOrNothing => planned.refused.is_empty(),
            UploadKind::WithoutRefused => true,
        };
        let report = report(list, &events, &planned, does);
        if does {
            let total = planned.events.iter().map(|event| event.outcomes.len()).sum();
            let mut done = 0;
            for ((event, known), planned) in events.iter().zip(&known).zip(&planned.events) {
                let mut step = |rows: usize| {
                    done += rows;
                    progress(UploadProgress { done, total });
                };
                write.do_upload(list, event, &known.people, planned, secrets, now, &mut step).await?;
            }
            for event in &report.events {
                let (added, changed, unchanged) = (event.added.len(), event.changed.len(), event.unchanged.len());
                let detail = format!("{added} added, {changed} changed, {unchanged} unchanged, {} refused", report.refused.len());
                write.note(actor, &Deed { detail: &detail, ..Deed::at("list_uploaded", &event.slug) }, now).await?;
            }
            write.commit().await?;
        }
        Ok(report)
    }
}

fn report(list: &PeopleList, events: &[Event], planned: &Plan, done: bool) -> UploadReport {
    let of_event = |(event, planned): (&Event, &PlanForEvent)| {
        let mut report = EventReport {
            slug: event.plan.slug.clone(),
            added: Vec::new(),
            changed: Vec::new(),
            unchanged: Vec::new(),
            codes_made: planned.codes_made,
            guesses: planned.guesses,
            weak: planned.guesses.is_some_and(crate::trust::guessing::is_weak),
            new_fields: new_fields(list, event).into_iter().map(|field| field.label).collect(),
        };
        for (at, outcome) in &planned.outcomes {
            let row = list.entries[*at].row;
            match outcome {
                Outcome::Added(_) => report.added.push(row),
                Outcome::Changed(changed) => report.changed.push(ChangedRow { row, columns: changed.columns.clone() }),
                Outcome::Unchanged => report.unchanged.push(row),
            }
        }
        report
    };
    UploadReport { done, events: events.iter().zip(&planned.events).map(of_event).collect(), refused: planned.refused.clone() }
}

/// The fields that a list brings with it.
fn new_fields(list: &PeopleList, event: &Event) -> Vec<Field> {
    let own = list.columns().iter().filter_map(|column| match column {
        Column::Own { id, label } if !event.plan.fields.iter().any(|field| field.id == *id) => Some((id, label)),
        _ => None,
    });
    let field = |(id, label): (&String, &String)| {
        let answers = list.entries.iter().flat_map(|entry| &entry.answers).filter(|(answered, _)| answered == id);
        let is_long = answers.into_iter().any(|(_, answer)| answer.chars().count() > MAX_TEXT || answer.contains('\n'));
        Field { label: label.clone(), required: false, ..Field::plain(id, if is_long { FieldKind::LongText } else { FieldKind::Text }) }
    };
    own.map(field).collect()
}

impl Write {
    /// Everybody with an address on an event's list, some at a time: a database's rows are larger than what is in them.
    async fn known_people(&mut self, event: &Event, secrets: &Secrets) -> Result<Vec<KnownPerson>, StoreError> {
        let mut people: Vec<KnownPerson> = Vec::new();
        loop {
            let after = people.last().map(|person| person.id.clone()).unwrap_or_default();
            let rows = sqlx::query(
                "SELECT id, email, canonical_email, first_name, last_name, answers, external_id, sealed_code FROM registrants
                 WHERE event_id = $1 AND email <> '' AND id > $2 ORDER BY id LIMIT $3",
            )
            .bind(&event.id)
            .bind(after)
            .bind(READ_AT_ONCE)
            .fetch_all(self.connection())
            .await?;
            for row in &rows {
                let text = |column: &str| row.try_get::<String, _>(column);
                let id = text("id")?;
                let sealed: Option<String> = row.try_get("sealed_code")?;
                people.push(KnownPerson {
                    email: text("email")?,
                    canonical_email: text("canonical_email")?,
                    first_name: text("first_name")?,
                    last_name: text("last_name")?,
                    answers: from_json("list of answers", &text("answers")?)?,
                    external_id: row.try_get("external_id")?,
                    code: sealed.and_then(|sealed| AccessCode::open(&sealed, secrets, &id)),
                    id,
                });
            }
            if rows.is_empty() {
                return Ok(people);
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "they are what an upload is made of")]
    async fn do_upload(
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
        let (mut added, mut changed) = (Vec::new(), Vec::new());
        for (at, outcome) in &planned.outcomes {
            let entry = &list.entries[*at];
            match outcome {
                Outcome::Added(code) => added.push((entry, code)),
                Outcome::Changed(change) => changed.push((entry, &known[change.person], &change.code)),
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
            self.change_people(event, some, secrets, now).await?;
            step(some.len());
        }
        for some in added.chunks(AT_ONCE) {
            self.add_people(event, some, secrets, now).await?;
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
        people: &[(&Entry, &KnownPerson, &AccessCode)],
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
                .bind(to_json("list of answers", &answers(entry, &known.answers))?)
                .bind(external_id)
                .bind(code.seal(secrets, &known.id))
                .bind(code.hash(secrets, &event.id))
                .bind(searched);
        }
        query.execute(self.connection()).await?;
        Ok(())
    }

    async fn add_people(
        &mut self,
        event: &Event,
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
                .bind(to_json("list of answers", &answers(entry, &[]))?)
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
fn answers(entry: &Entry, known: &[Answer]) -> Vec<Answer> {
    let said = |field: &str| entry.answers.iter().find(|(id, _)| id == field).map(|(_, answer)| answer);
    let stays = known.iter().filter(|answer| said(&answer.field).is_none_or(|said| *said == joined(answer))).cloned();
    let mut answers: Vec<Answer> = stays.collect();
    for (field, answer) in entry.answers.iter().filter(|(_, answer)| !answer.is_empty()) {
        if !answers.iter().any(|known| known.field == *field) {
            answers.push(Answer { field: field.clone(), values: vec![answer.clone()] });
        }
    }
    answers
}
