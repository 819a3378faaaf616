//! Bounces, as they are written down: on the mail, on the address, and in the count that makes reminders pause.

use super::{Store, StoreError, Write, address::BounceKind, event::Event, outbox::MailKind, to_name};
use crate::{
    mail::bounce::{Bounce, Returned},
    trust::rate::Rate,
};
use chrono::TimeDelta;
use curtain_up_protocol::Timestamp;
use sqlx::Row;

/// Of how many mails, the last ones, bounces are counted.
pub const LAST_MAILS: i64 = 1000;
/// How many of them may have bounced before reminders pause: 5 %.
pub const BOUNCES_BEFORE_PAUSE: i64 = 50;
/// A host is told once a day.
const ALARMS: Rate = Rate { count: 1, window: TimeDelta::days(1), spacing: TimeDelta::zero() };

impl Store {
    /// Writes a bounce down, once, however often it is reported. Returns whether anybody here is meant.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn take_bounce(&self, bounce: &Bounce, now: Timestamp) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let (is_known, is_news) = match &bounce.of {
            Returned::Mail(id) => write.mail_bounced(id, bounce.kind, now).await?,
            Returned::Address(email) => write.address_bounced(email, bounce.kind, now).await?,
        };
        if is_news {
            tracing::info!(kind = ?bounce.kind, "a mail came back");
        }
        write.commit().await?;
        Ok(is_known)
    }

    /// Whether more than 5 % of an organisation's last thousand mails of a day bounced. Then its reminders wait, so that
    /// mailboxes do not take this server's other mails for junk too. First mails do not count: anybody can have them sent to
    /// addresses that do not exist, and where they bounce no reminder follows.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn too_many_bounce(&self, organisation: &str, now: Timestamp) -> Result<bool, StoreError> {
        let row = sqlx::query(
            "SELECT COUNT(*) FROM (SELECT outbox.state FROM outbox JOIN events ON events.id = outbox.event_id
                WHERE events.organisation_id = $2 AND outbox.settled_at > $3 AND outbox.state IN ('delivered', 'bounced')
                    AND outbox.kind NOT IN ('confirmation', 'resend', 'waiting_list')
                ORDER BY outbox.settled_at DESC LIMIT $1) last WHERE state = 'bounced'",
        );
        let row = row.bind(LAST_MAILS).bind(organisation).bind((now - TimeDelta::days(1)).0);
        let bounced: i64 = row.fetch_one(&self.pool).await?.try_get(0)?;
        Ok(bounced > BOUNCES_BEFORE_PAUSE)
    }

    /// Promises the host a mail that says that reminders pause; one a day.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn tell_host_of_bounces(&self, event: &Event, now: Timestamp) -> Result<(), StoreError> {
        if event.plan.host_email.is_none() {
            return Ok(());
        }
        let mut write = self.write().await?;
        if write.count(&format!("bounce-alarm:{}", event.id), ALARMS, now).await? {
            write.add_mail(&event.id, None, MailKind::BounceAlarm, now).await?;
        }
        write.commit().await
    }
}

impl Write {
    /// Whether the mail is known, and whether its bounce is.
    async fn mail_bounced(&mut self, id: &str, kind: BounceKind, now: Timestamp) -> Result<(bool, bool), StoreError> {
        // They may have another address by now, which this says nothing of.
        let known = sqlx::query(
            "SELECT COALESCE(outbox.sent_to, registrants.canonical_email) FROM outbox
             JOIN registrants ON registrants.id = outbox.registrant_id WHERE outbox.id = $1",
        );
        let Some(row) = known.bind(id).fetch_optional(self.connection()).await? else { return Ok((false, false)) };
        let email: String = row.try_get(0)?;
        let is_news = self.mark_bounced(id, kind, now).await?;
        if is_news || kind == BounceKind::Complaint {
            self.count_bounce(&email, kind, now).await?;
        }
        Ok((true, is_news))
    }

    /// The same of the last mail to an address, for those who report addresses.
    async fn address_bounced(&mut self, email: &str, kind: BounceKind, now: Timestamp) -> Result<(bool, bool), StoreError> {
        let email = email.trim().to_ascii_lowercase();
        // A report may be quicker than the worker, who is about to write down that the mail was taken.
        let last = sqlx::query(
            "SELECT id FROM outbox WHERE sent_to = $1 AND registrant_id IS NOT NULL AND state IN ('processing', 'delivered', 'bounced')
             ORDER BY COALESCE(settled_at, due_at) DESC, id DESC LIMIT 1",
        );
        let Some(row) = last.bind(&email).fetch_optional(self.connection()).await? else { return Ok((false, false)) };
        let is_news = self.mark_bounced(&row.try_get::<String, _>(0)?, kind, now).await?;
        if is_news || kind != BounceKind::Soft {
            self.count_bounce(&email, kind, now).await?;
        }
        Ok((true, is_news))
    }

    async fn mark_bounced(&mut self, id: &str, kind: BounceKind, now: Timestamp) -> Result<bool, StoreError> {
        // What was complained about has arrived.
        let state = if kind == BounceKind::Complaint { "delivered" } else { "bounced" };
        let marked = sqlx::query(
            "UPDATE outbox SET state = $2, problem = $3, settled_at = $4, lease_id = NULL, leased_until = NULL
             WHERE id = $1 AND state <> 'bounced' AND (problem IS NULL OR problem <> $3) RETURNING registrant_id",
        )
        .bind(id)
        .bind(state)
        .bind(format!("it came back: {}", to_name(kind)?))
        .bind(now.0)
        .fetch_optional(self.connection())
        .await?;
        let is_news = marked.is_some();
        self.changed_by(marked)?;
        Ok(is_news)
    }
}
