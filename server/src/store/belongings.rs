//! What hangs on a registrant, all in one place: whoever adds a table that names registrants adds it here, and it is
//! erased with them and follows them when they get another id.

use super::{Store, StoreError, Write, event::Event, mail_status::Whose, new_id, registrant::Registrant, search_text::search_text};
use crate::{
    people_list::{Entry, PeopleList},
    store::audit::{Actor, Deed},
    trust::{access_keys::AccessKey, secrets::Secrets},
};
use curtain_up_protocol::{Email, Timestamp, desk::Seat};
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use std::collections::HashSet;

/// Tables with a column `registrant_id` whose rows are nothing without their registrant.
const BELONGINGS: [&str; 4] = ["outbox", "presence", "job_people", "tickets"];
/// Tables that keep the id of whoever is erased, and nothing else of them.
const TRAILS: [&str; 1] = ["audit"];

/// What becomes of a registrant who gets another id.
pub(super) struct Reissue<'a> {
    /// On whose list they are from now on.
    pub event: &'a Event,
    /// Their address from now on.
    pub email: &'a Email,
    /// Whether they have a seat there.
    pub seat: Seat,
    /// Whether their key stays, and the links with it: only passes end.
    pub keeps_key: bool,
}

impl Write {
    /// Gives a registrant another id, and another key where they do not keep it: every pass of before is worth nothing, and
    /// every link. What belongs to them follows.
    ///
    /// # Errors
    /// [`StoreError::AddressTaken`] where somebody else on that list has the address.
    pub(super) async fn reissue(
        &mut self,
        old: &Registrant,
        to: &Reissue<'_>,
        secrets: &Secrets,
        now: Timestamp,
    ) -> Result<String, StoreError> {
        let taken = sqlx::query("SELECT COUNT(*) FROM registrants WHERE event_id = $1 AND canonical_email = $2 AND id <> $3")
            .bind(&to.event.id)
            .bind(to.email.canonical())
            .bind(&old.id)
            .fetch_one(self.connection())
            .await?;
        if taken.try_get::<i64, _>(0)? > 0 {
            return Err(StoreError::AddressTaken);
        }
        let id = new_id();
        let kept = AccessKey::open(&old.sealed_key, secrets, &old.id).filter(|_| to.keeps_key);
        let key = kept.unwrap_or_else(|| AccessKey::random(to.event.plan.key_format));
        let code = old.code(secrets);
        // A code is one person's at an event: where it is taken there, they have none until the next list says one.
        let holder = match &code {
            Some(code) => self.code_holder(&to.event.id, code, secrets).await?,
            None => None,
        };
        let code = code.filter(|_| holder.is_none_or(|holder| holder == old.id));
        let text = search_text(&old.first_name, &old.last_name, &to.email.canonical(), old.external_id.as_deref());
        // Presence and mails are locked before people, as by everybody else: see `mail_status`.
        let ids = [(old.id.as_str(), id.as_str())];
        if old.event_id == to.event.id {
            self.change_ids_and_aliases(to.event, &ids, secrets).await?;
        } else {
            self.end_alias(old, secrets).await?;
            self.change_ids(&ids).await?;
        }
        sqlx::query(
            "UPDATE registrants SET event_id = $2, canonical_email = $3, email = $4, seat = $5, sealed_key = $6, sealed_code = $7,
                code_hash = $10, search_text = $8, updated_at = $9, attended_at = CASE WHEN event_id = $2 THEN attended_at ELSE NULL END
             WHERE id = $1",
        )
        .bind(&id)
        .bind(&to.event.id)
        .bind(to.email.canonical())
        .bind(to.email.as_str())
        .bind(super::to_name(to.seat)?)
        .bind(key.seal(secrets, &id))
        .bind(code.as_ref().map(|code| code.seal(secrets, &id)))
        .bind(text)
        .bind(now.0)
        .bind(code.as_ref().map(|code| code.hash(secrets, &to.event.id)))
        .execute(self.connection())
        .await?;
        self.mail_changed_of(&to.event.id, &id);
        Ok(id)
    }

    /// Gives people of one event these ids instead of theirs, and their aliases with them: no pass of before names anybody.
    /// The caller has sealed their keys and codes for the new ids.
    pub(super) async fn change_ids_and_aliases(
        &mut self,
        event: &Event,
        ids: &[(&str, &str)],
        secrets: &Secrets,
    ) -> Result<(), StoreError> {
        let alias = |id: &str| secrets.alias(&event.id, id);
        let aliases: Vec<(String, String)> = ids.iter().map(|(old, new)| (alias(old), alias(new))).collect();
        self.rename_aliases(&aliases).await?;
        self.change_ids(ids).await?;
        // Mails to everybody that have not left have their registrant's id in their own, by which they are promised once: without
        // it, each would be promised again. What has left keeps the id by which it comes back.
        self.with_ids(
            "UPDATE outbox SET id = v.column2 || substr(id, length(v.column1) + 1) FROM ids v
             WHERE registrant_id = v.column2 AND substr(id, 1, length(v.column1) + 1) = v.column1 || '.'
                AND state IN ('scheduled', 'deferred', 'not_sent', 'unsubscribed')",
            ids,
        )
        .await
    }

    /// Ends the passes by which somebody is in as their alias. What the alias did stays counted, and is nobody's.
    pub(super) async fn end_alias(&mut self, person: &Registrant, secrets: &Secrets) -> Result<(), StoreError> {
        self.rename_aliases(&[(secrets.alias(&person.event_id, &person.id), new_id())]).await
    }

    /// Waits for whoever writes down what becomes of mails and presence of these people, and keeps them waiting: they lock
    /// people last. For PostgreSQL alone, since SQLite has one writer.
    pub(super) async fn lock_belongings(&mut self, ids: &[&str]) -> Result<(), StoreError> {
        if self.turn.is_some() || ids.is_empty() {
            return Ok(());
        }
        let places = super::numbered(1, ids.len());
        for table in ["presence", "outbox"] {
            let lock = format!("SELECT COUNT(*) FROM (SELECT 1 FROM {table} WHERE registrant_id IN ({places}) FOR UPDATE) locked");
            let mut query = sqlx::query(AssertSqlSafe(lock));
            for id in ids {
                query = query.bind(*id);
            }
            query.fetch_one(self.connection()).await?;
        }
        Ok(())
    }

    async fn rename_aliases(&mut self, aliases: &[(String, String)]) -> Result<(), StoreError> {
        let pairs: Vec<(&str, &str)> = aliases.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
        self.with_ids("DELETE FROM presence WHERE registrant_id IN (SELECT v.column1 FROM ids v)", &pairs).await?;
        let rename = "UPDATE registrants SET id = v.column2, canonical_email = 'anonymous:' || v.column2 FROM ids v WHERE id = v.column1";
        self.with_ids(rename, &pairs).await
    }

    async fn change_ids(&mut self, ids: &[(&str, &str)]) -> Result<(), StoreError> {
        // Mails refer to the id, so they point at a stand-in while it changes.
        for statement in [
            "DELETE FROM presence WHERE registrant_id IN (SELECT v.column1 FROM ids v)",
            "INSERT INTO registrants (id, event_id, canonical_email, email, first_name, last_name, answers, consents, source, seat,
                sealed_key, registered_at, updated_at)
             SELECT 'stand-in:' || id, event_id, 'stand-in:' || id, '', '', '', '[]', '[]', '{}', 'cancelled', '', 0, 0
             FROM registrants WHERE id IN (SELECT v.column1 FROM ids v)",
            "UPDATE outbox SET registrant_id = 'stand-in:' || registrant_id WHERE registrant_id IN (SELECT v.column1 FROM ids v)",
            "UPDATE registrants SET id = v.column2 FROM ids v WHERE id = v.column1",
            "UPDATE outbox SET registrant_id = v.column2 FROM ids v WHERE registrant_id = 'stand-in:' || v.column1",
            "DELETE FROM registrants WHERE id IN (SELECT 'stand-in:' || v.column1 FROM ids v)",
        ] {
            self.with_ids(statement, ids).await?;
        }
        for table in BELONGINGS.into_iter().chain(TRAILS).filter(|table| !["outbox", "presence"].contains(table)) {
            let follow = format!("UPDATE {table} SET registrant_id = v.column2 FROM ids v WHERE registrant_id = v.column1");
            self.with_ids(&follow, ids).await?;
        }
        Ok(())
    }

    /// Does something with a few former ids and those that replace them: the columns of `ids`, as both databases call them.
    async fn with_ids(&mut self, statement: &str, ids: &[(&str, &str)]) -> Result<(), StoreError> {
        let values = format!("(VALUES {})", super::places(1, ids.len(), 2));
        let mut query = sqlx::query(AssertSqlSafe(statement.replace("FROM ids v", &format!("FROM {values} AS v"))));
        for (old, new) in ids {
            query = query.bind(*old).bind(*new);
        }
        query.execute(self.connection()).await?;
        Ok(())
    }

    /// Keeps a keyed hash of the address of somebody who is erased, and what was known of it, unless others have it too.
    async fn suppress(&mut self, event: &Event, person: &Registrant, secrets: &Secrets, now: Timestamp) -> Result<(), StoreError> {
        let canonical_email = person.canonical_email.as_str();
        let others = sqlx::query("SELECT COUNT(*) FROM registrants WHERE canonical_email = $1 AND id <> $2");
        let others = others.bind(canonical_email).bind(&person.id);
        let is_used = others.fetch_one(self.connection()).await?.try_get::<i64, _>(0)? > 0;
        let health = sqlx::query("SELECT state FROM address_health WHERE canonical_email = $1").bind(canonical_email);
        let health: Option<String> = health.fetch_optional(self.connection()).await?.map(|row| row.try_get(0)).transpose()?;
        if !is_used {
            sqlx::query("DELETE FROM address_health WHERE canonical_email = $1").bind(canonical_email).execute(self.connection()).await?;
        }
        let reason = health.filter(|state| state != "failing").unwrap_or_else(|| "erased".to_owned());
        sqlx::query(
            "INSERT INTO suppressed_addresses (address, reason, at) VALUES ($1, $2, $3)
             ON CONFLICT (address) DO UPDATE SET reason = $2, at = $3",
        )
        .bind(suppressed(secrets, &event.organisation_id, canonical_email))
        .bind(reason)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Where mails to somebody went before their address was corrected.
    async fn former_addresses(&mut self, person: &Registrant) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query("SELECT DISTINCT sent_to FROM outbox WHERE registrant_id = $1 AND sent_to <> $2 ORDER BY sent_to");
        let rows = rows.bind(&person.id).bind(&person.canonical_email).fetch_all(self.connection()).await?;
        Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
    }

    /// Forgets whether mail arrives at addresses that nobody has.
    async fn forget_addresses(&mut self, canonical_emails: &[String]) -> Result<(), StoreError> {
        for email in canonical_emails {
            sqlx::query(
                "DELETE FROM address_health WHERE canonical_email = $1
                    AND NOT EXISTS (SELECT 1 FROM registrants WHERE registrants.canonical_email = $1)",
            )
            .bind(email)
            .execute(self.connection())
            .await?;
        }
        Ok(())
    }

    /// Whoever registers again by themselves is no longer suppressed; that mail does not arrive there is known again.
    pub(super) async fn lift_suppression(
        &mut self,
        event: &Event,
        canonical_email: &str,
        secrets: &Secrets,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let address = suppressed(secrets, &event.organisation_id, canonical_email);
        let lift = sqlx::query("DELETE FROM suppressed_addresses WHERE address = $1 RETURNING reason");
        let Some(row) = lift.bind(address).fetch_optional(self.connection()).await? else { return Ok(()) };
        let reason: String = row.try_get(0)?;
        if reason != "erased" {
            sqlx::query(
                "INSERT INTO address_health (canonical_email, state, soft_bounces, updated_at) VALUES ($1, $2, 0, $3)
                 ON CONFLICT (canonical_email) DO NOTHING",
            )
            .bind(canonical_email)
            .bind(reason)
            .bind(now.0)
            .execute(self.connection())
            .await?;
            self.mail_changed(Whose::Address(canonical_email.to_owned()));
        }
        Ok(())
    }
}

impl Store {
    /// Erases somebody of an event of the actor's: from the list, the outbox and everything else. A keyed hash of the
    /// address stays, so that they are not written to again; the freed seat goes to whoever has waited longest.
    ///
    /// # Errors
    /// [`StoreError::NoSuchPerson`], [`StoreError::Database`].
    pub async fn erase_person(&self, actor: &Actor, slug: &str, id: &str, secrets: &Secrets, now: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        let event = write.lock_event_of(actor, slug).await?;
        let person = write.registrant_of(&event, id).await?;
        let former = write.former_addresses(&person).await?;
        for table in BELONGINGS {
            let delete = AssertSqlSafe(format!("DELETE FROM {table} WHERE registrant_id = $1"));
            sqlx::query(delete).bind(id).execute(write.connection()).await?;
        }
        write.suppress(&event, &person, secrets, now).await?;
        write.forget_addresses(&former).await?;
        write.forget_exports_about(&event, &person).await?;
        write.end_alias(&person, secrets).await?;
        sqlx::query("DELETE FROM registrants WHERE id = $1").bind(id).execute(write.connection()).await?;
        write.seat_waiting(&event, now).await?;
        write.note(actor, &Deed::at("person_erased", slug).to(id), now).await?;
        write.commit().await
    }

    /// Whether an organisation has erased an address that has not registered again since.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn is_suppressed(&self, organisation: &str, canonical_email: &str, secrets: &Secrets) -> Result<bool, StoreError> {
        let found = sqlx::query("SELECT reason FROM suppressed_addresses WHERE address = $1");
        let found = found.bind(suppressed(secrets, organisation, canonical_email));
        Ok(found.fetch_optional(&self.pool).await?.is_some())
    }
}

/// The rows of a list that name somebody whom this organisation has erased and who has not registered again since.
pub(super) async fn erased_rows(
    connection: &mut AnyConnection,
    list: &PeopleList,
    organisation: &str,
    secrets: &Secrets,
) -> Result<HashSet<u64>, StoreError> {
    let rows = sqlx::query("SELECT address FROM suppressed_addresses").fetch_all(connection).await?;
    let erased = rows.iter().map(|row| row.try_get(0)).collect::<Result<HashSet<String>, _>>()?;
    if erased.is_empty() {
        return Ok(HashSet::new());
    }
    let is_erased = |entry: &&Entry| erased.contains(&suppressed(secrets, organisation, &entry.email.canonical()));
    Ok(list.entries.iter().filter(is_erased).map(|entry| entry.row).collect())
}

/// Each organisation has a hash of its own: none learns whom another has erased.
fn suppressed(secrets: &Secrets, organisation: &str, canonical_email: &str) -> String {
    secrets.scope("suppressed", &[organisation, canonical_email])
}
