//! Addresses that do not take mail, at whichever event somebody gave them.

use super::{
    Store, StoreError, Write,
    audit::{Actor, Deed},
    from_name,
    mail_status::Whose,
    to_name,
};
use curtain_up_protocol::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::Row;

/// What is known of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressState {
    /// Some mails came back for now; mail is still sent.
    Failing,
    /// Mail came back for good, or too often: no more mail.
    Bounced,
    /// Its owner complained: no more mail.
    Complained,
}

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BounceKind {
    /// The address does not exist, or takes no mail for good.
    Hard,
    /// Not this time: a full mailbox, a server that is away. Three of them count as a hard one.
    Soft,
    /// The owner says that they did not want it.
    Complaint,
}

/// How many soft bounces count as a hard one.
pub const STRIKES: i64 = 3;

impl Write {
    pub(super) async fn takes_mail(&mut self, canonical_email: &str) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT state FROM address_health WHERE canonical_email = $1").bind(canonical_email);
        let row = row.fetch_optional(self.connection()).await?;
        Ok(row.is_none_or(|row| row.try_get::<String, _>("state").is_ok_and(|state| state == "failing")))
    }

    /// Counts one more bounce of an address. One statement, however many servers hear of bounces at once.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn count_bounce(&mut self, canonical_email: &str, kind: BounceKind, now: Timestamp) -> Result<AddressState, StoreError> {
        let (first, soft) = match kind {
            BounceKind::Hard => (AddressState::Bounced, 0),
            BounceKind::Soft => (AddressState::Failing, 1),
            BounceKind::Complaint => (AddressState::Complained, 0),
        };
        let row = sqlx::query(
            "INSERT INTO address_health (canonical_email, state, soft_bounces, updated_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (canonical_email) DO UPDATE SET updated_at = $4, soft_bounces = address_health.soft_bounces + $3,
                state = CASE WHEN address_health.state = 'complained' THEN 'complained' WHEN $2 <> 'failing' THEN $2
                    WHEN address_health.soft_bounces + $3 >= $5 THEN 'bounced' ELSE address_health.state END
             RETURNING state",
        )
        .bind(canonical_email)
        .bind(to_name(first)?)
        .bind(soft)
        .bind(now.0)
        .bind(STRIKES)
        .fetch_one(self.connection())
        .await?;
        self.mail_changed(Whose::Address(canonical_email.to_owned()));
        from_name("state of an address", &row.try_get::<String, _>("state")?)
    }
}

impl Store {
    /// What is known of an address; nothing where mail arrives.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn address_state(&self, canonical_email: &str) -> Result<Option<AddressState>, StoreError> {
        let row = sqlx::query("SELECT state FROM address_health WHERE canonical_email = $1").bind(canonical_email);
        let row = row.fetch_optional(&self.pool).await?;
        row.map(|row| from_name("state of an address", &row.try_get::<String, _>("state")?)).transpose()
    }

    /// Writes down that the next mail server refused an address for good.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn refuse_address(&self, canonical_email: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        write.count_bounce(canonical_email, BounceKind::Hard, now).await?;
        write.commit().await
    }

    /// Every address of an event's list of which something is known.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn address_states(&self, event: &str) -> Result<Vec<(String, AddressState)>, StoreError> {
        let rows = sqlx::query(
            "SELECT address_health.canonical_email, address_health.state FROM address_health
             JOIN registrants ON registrants.canonical_email = address_health.canonical_email
             WHERE registrants.event_id = $1 ORDER BY registrants.registered_at, registrants.id",
        );
        let rows = rows.bind(event).fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, from_name("state of an address", &row.try_get::<String, _>(1)?)?))).collect()
    }

    /// Forgets what is known of an address, so that it gets mail again: a deed of the command line for every organisation
    /// that knows the address. Returns whether anything was known.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn forget_bounces(&self, canonical_email: &str, now: Timestamp) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let forgotten = sqlx::query("DELETE FROM address_health WHERE canonical_email = $1").bind(canonical_email);
        let forgotten = forgotten.execute(write.connection()).await?.rows_affected();
        if forgotten > 0 {
            let whose = sqlx::query(
                "SELECT events.organisation_id, MAX(registrants.id) AS id FROM registrants JOIN events ON events.id = registrants.event_id
                 WHERE registrants.canonical_email = $1 GROUP BY events.organisation_id",
            );
            for row in whose.bind(canonical_email).fetch_all(write.connection()).await? {
                let (organisation, person): (String, String) = (row.try_get("organisation_id")?, row.try_get("id")?);
                write.note(&Actor::command_line(&organisation), &Deed::new("mail_again").to(&person), now).await?;
            }
        }
        write.mail_changed(Whose::Address(canonical_email.to_owned()));
        write.commit().await?;
        Ok(forgotten > 0)
    }
}
