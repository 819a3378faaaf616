//! The trail: who did what, written in the transaction that does it.

use super::{Store, StoreError, Write, event::Event, new_id};
use curtain_up_protocol::{
    Timestamp,
    desk::{AuditEntry, AuditPage, AuditPerson},
};
use sqlx::Row;

/// Who does something, and for which organisation.
#[derive(Clone)]
pub struct Actor {
    /// The organisation.
    pub organisation: String,
    /// A host's address, `token NAME`, or [`Actor::COMMAND_LINE`].
    pub name: String,
}

impl Actor {
    /// Who the command line is.
    pub const COMMAND_LINE: &'static str = "command line";

    /// Somebody with a shell on the server.
    pub fn command_line(organisation: &str) -> Self {
        Self { organisation: organisation.to_owned(), name: Self::COMMAND_LINE.to_owned() }
    }
}

/// Something that was done.
#[derive(Clone, Copy)]
pub struct Deed<'a> {
    /// What: a code.
    pub action: &'a str,
    /// At which event, by its slug.
    pub event: Option<&'a str>,
    /// To whom, by their id.
    pub registrant: Option<&'a str>,
    /// More; never a secret, and no address of a registrant.
    pub detail: &'a str,
}

impl<'a> Deed<'a> {
    /// A deed at no event in particular.
    pub const fn new(action: &'a str) -> Self {
        Self { action, event: None, registrant: None, detail: "" }
    }

    /// A deed at an event.
    pub const fn at(action: &'a str, event: &'a str) -> Self {
        Self { event: Some(event), ..Self::new(action) }
    }

    /// The same to somebody.
    pub const fn to(self, registrant: &'a str) -> Self {
        Self { registrant: Some(registrant), ..self }
    }
}

/// How many entries a page has.
const PAGE: i64 = 100;

impl Write {
    /// Notes a deed.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn note(&mut self, actor: &Actor, deed: &Deed<'_>, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO audit (id, organisation_id, at, actor, action, event_slug, registrant_id, detail)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(new_id())
        .bind(&actor.organisation)
        .bind(now.0)
        .bind(&actor.name)
        .bind(deed.action)
        .bind(deed.event)
        .bind(deed.registrant)
        .bind(deed.detail)
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

impl Write {
    /// Notes what somebody at the command line has done with an event.
    pub(super) async fn note_command(&mut self, event: &Event, action: &str, detail: &str, now: Timestamp) -> Result<(), StoreError> {
        let actor = Actor::command_line(&event.organisation_id);
        self.note(&actor, &Deed { detail, ..Deed::at(action, &event.plan.slug) }, now).await
    }
}

impl Store {
    /// Notes a deed that changes nothing else, such as showing a key.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn note(&self, actor: &Actor, deed: &Deed<'_>, now: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        write.note(actor, deed, now).await?;
        write.commit().await
    }

    /// A page of an organisation's trail, the newest first; `before` is the id of the last entry of the page before.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn audit(&self, organisation: &str, before: Option<&str>) -> Result<AuditPage, StoreError> {
        // Ids are UUIDs of version 7, which grow with time; `~` stands behind all of them.
        let rows = sqlx::query(
            "SELECT audit.*, registrants.email FROM audit LEFT JOIN registrants ON registrants.id = audit.registrant_id
             WHERE audit.organisation_id = $1 AND audit.id < $2 ORDER BY audit.id DESC LIMIT $3",
        );
        let rows = rows.bind(organisation).bind(before.unwrap_or("~")).bind(PAGE + 1).fetch_all(&self.pool).await?;
        let has_more = rows.len() as i64 > PAGE;
        let entries = rows.iter().take(PAGE as usize).map(|row| {
            let person = row.try_get::<Option<String>, _>("registrant_id")?;
            let email = row.try_get("email")?;
            Ok(AuditEntry {
                id: row.try_get("id")?,
                at: Timestamp(row.try_get("at")?),
                actor: row.try_get("actor")?,
                action: row.try_get("action")?,
                event: row.try_get("event_slug")?,
                person: person.map(|id| AuditPerson { id, email }),
                detail: row.try_get("detail")?,
            })
        });
        let entries = entries.collect::<Result<Vec<AuditEntry>, StoreError>>()?;
        let next = entries.last().filter(|_| has_more).map(|entry| entry.id.clone());
        Ok(AuditPage { entries, next })
    }
}
