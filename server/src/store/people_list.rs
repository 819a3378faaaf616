//! Uploading a list of people: read what is known, plan, and do it, all in one transaction that locks the events. A dry run
//! locks nothing.

mod writing;

use super::{
    Store, StoreError,
    audit::{Actor, Deed},
    belongings::erased_rows,
    event::Event,
    from_json, from_name,
};
use crate::{
    people_list::{Column, KnownEvent, KnownPerson, Outcome, PeopleList, Plan, PlanForEvent, plan},
    trust::{access_codes::AccessCode, secrets::Secrets},
};
use curtain_up_protocol::{
    Field, FieldKind, MAX_TEXT, Timestamp,
    desk::{ChangedRow, EventReport, UploadKind, UploadProgress, UploadReport},
};
use sqlx::{AnyConnection, Row};
use std::collections::BTreeSet;

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
        let mut events = Vec::new();
        if upload.kind == UploadKind::DryRun {
            // Whoever only asks keeps nobody else from writing, however long the list is.
            for slug in slugs {
                events.push(self.event(slug).await?);
            }
            let (_, planned) = compared(&mut *self.snapshot().await?, list, &events, actor, secrets).await?;
            return Ok(report(list, &events, &planned, false));
        }
        let mut write = self.write().await?;
        for slug in slugs {
            events.push(write.lock_event(slug).await?);
        }
        let (known, planned) = compared(write.connection(), list, &events, actor, secrets).await?;
        let does = upload.kind == UploadKind::WithoutRefused || planned.refused.is_empty();
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

/// What is known at the events, which are the actor's, and what a list would change there.
async fn compared(
    connection: &mut AnyConnection,
    list: &PeopleList,
    events: &[Event],
    actor: &Actor,
    secrets: &Secrets,
) -> Result<(Vec<KnownEvent>, Plan), StoreError> {
    let mut known = Vec::new();
    for event in events {
        let slug = event.plan.slug.clone();
        if event.organisation_id != actor.organisation {
            return Err(StoreError::OtherOrganisation(slug));
        }
        known.push(KnownEvent { slug, people: known_people(connection, event, secrets).await? });
    }
    let erased = erased_rows(connection, list, &actor.organisation, secrets).await?;
    let planned = plan(list, &known, &erased, |email, attempt| AccessCode::made(secrets, &actor.organisation, email, attempt));
    Ok((known, planned))
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
    let own = list.columns().iter().enumerate().filter_map(|(at, column)| match column {
        Column::Own { id, label } if !event.plan.fields.iter().any(|field| field.id == *id) => Some((at, id, label)),
        _ => None,
    });
    let field = |(at, id, label): (usize, &String, &String)| {
        let is_long = list.entries.iter().any(|entry| entry.answer(at).chars().count() > MAX_TEXT || entry.answer(at).contains('\n'));
        Field { label: label.clone(), required: false, ..Field::plain(id, if is_long { FieldKind::LongText } else { FieldKind::Text }) }
    };
    own.map(field).collect()
}

/// Everybody with an address on an event's list, some at a time: a database's rows are larger than what is in them.
async fn known_people(connection: &mut AnyConnection, event: &Event, secrets: &Secrets) -> Result<Vec<KnownPerson>, StoreError> {
    let mut people: Vec<KnownPerson> = Vec::new();
    loop {
        let after = people.last().map(|person| person.id.clone()).unwrap_or_default();
        let rows = sqlx::query(
            "SELECT id, email, canonical_email, first_name, last_name, answers, external_id, sealed_code, seat FROM registrants
             WHERE event_id = $1 AND email <> '' AND id > $2 ORDER BY id LIMIT $3",
        )
        .bind(&event.id)
        .bind(after)
        .bind(READ_AT_ONCE)
        .fetch_all(&mut *connection)
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
                seat: from_name("seat", &text("seat")?)?,
                id,
            });
        }
        if rows.is_empty() {
            return Ok(people);
        }
    }
}
