//! Where somebody's mail stands, in the words that hosts know. It follows from their mails and from what is known of their
//! address, and is kept with them, so that a list is filtered by it as quickly as by a name.
//!
//! Whoever writes to `outbox` or `address_health`, or changes an address or whether reminders are wanted, says so with
//! [`Write::mail_changed`]; the status is written again as the last thing of that transaction. In PostgreSQL, rows are
//! locked in one order therefore: events, presence, outbox, address_health, registrants, and what is counted (`rates`) last.
//! Two transactions that both hold to it never wait for each other. Whoever counts before the commit locks the person first.

use super::{Store, StoreError, Write, event::Event};
use curtain_up_protocol::desk::MailStatus;
use sqlx::{AssertSqlSafe, Row};

/// The status of the row of `registrants` at hand. It is that of the last mail that brought an access link, and of what
/// is known of the address: what is under way comes first, then whether mail arrives at all, then how far it came. A
/// reminder that waits, or that nobody wants, has brought none.
const MAIL_STATUS: &str = "COALESCE((SELECT CASE
        WHEN mail.state IN ('scheduled', 'processing', 'deferred') THEN mail.state
        WHEN mail.state = 'bounced' OR health.state = 'bounced' THEN 'bounced'
        WHEN registrants.reminders_off = 1 OR health.state = 'complained' THEN 'unsubscribed'
        WHEN mail.state <> 'delivered' THEN mail.state
        WHEN mail.clicked_at IS NOT NULL THEN 'clicked'
        WHEN mail.opened_at IS NOT NULL THEN 'opened'
        ELSE 'delivered' END
    FROM outbox mail LEFT JOIN address_health health ON health.canonical_email = registrants.canonical_email
    WHERE mail.registrant_id = registrants.id AND (mail.kind IN ('confirmation', 'resend', 'waiting_list', 'moved', 'live')
        OR (mail.kind = 'reminder' AND mail.state NOT IN ('scheduled', 'not_sent', 'unsubscribed')))
    ORDER BY mail.due_at DESC, mail.created_at DESC, mail.id DESC LIMIT 1), 'not_sent')";

/// Whether nobody has seen any mail to the row of `registrants` at hand, as far as is known. What went to another address
/// before it was corrected was seen by somebody else.
pub(super) const NEVER_OPENED: &str = "registrants.attended_at IS NULL AND NOT EXISTS (SELECT 1 FROM outbox seen
    WHERE seen.registrant_id = registrants.id AND COALESCE(seen.sent_to, registrants.canonical_email) = registrants.canonical_email
        AND (seen.opened_at IS NOT NULL OR seen.clicked_at IS NOT NULL))";

/// How a single mail stands: the outbox knows fewer words.
pub(super) fn of_mail(state: &str, was_opened: bool, was_clicked: bool) -> Result<MailStatus, StoreError> {
    let state = super::from_name("state of a mail", state)?;
    Ok(match state {
        MailStatus::Delivered if was_clicked => MailStatus::Clicked,
        MailStatus::Delivered if was_opened => MailStatus::Opened,
        state => state,
    })
}

/// Whose mail has changed. They are ordered, so that two transactions go through them alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whose {
    /// That of everybody with this canonical address, at whichever event.
    Address(String),
    /// That of everybody on this event's list.
    Event(String),
    /// That of this registrant.
    Person(String),
}

impl Write {
    /// Has every other transaction wait with this person until this one is over.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn lock_person(&mut self, registrant: &str) -> Result<(), StoreError> {
        self.lock_people("id = $1", registrant).await
    }

    async fn lock_people(&mut self, whose: &'static str, value: &str) -> Result<(), StoreError> {
        // For PostgreSQL alone: SQLite has one writer, so there is nobody to wait for, and knows no such words. An update that
        // changes nothing would do too, and write a hundred thousand rows with all their indexes. It is the lock of an update.
        if self.turn.is_none() {
            let lock =
                format!("SELECT COUNT(*) FROM (SELECT id FROM registrants WHERE {whose} ORDER BY event_id, id FOR NO KEY UPDATE) locked");
            sqlx::query(AssertSqlSafe(lock)).bind(value).fetch_one(self.connection()).await?;
        }
        Ok(())
    }

    /// Says that somebody's mail may stand elsewhere when this transaction is made true.
    pub(super) fn mail_changed(&mut self, whose: Whose) {
        self.mail_changed.insert(whose);
    }

    /// The same of somebody at an event, unless it is said of everybody there anyway.
    pub(super) fn mail_changed_of(&mut self, event: &str, registrant: &str) {
        if !self.mail_changed.contains(&Whose::Event(event.to_owned())) {
            self.mail_changed(Whose::Person(registrant.to_owned()));
        }
    }

    /// The same of everybody on an event's list.
    pub(super) fn mail_changed_at(&mut self, event: &Event) {
        self.mail_changed(Whose::Event(event.id.clone()));
    }

    /// Writes where the mail of all whom this transaction concerns stands now.
    pub(super) async fn restate_mail(&mut self) -> Result<(), StoreError> {
        let changed = std::mem::take(&mut self.mail_changed);
        for whose in &changed {
            match whose {
                Whose::Person(id) => self.restate("id = $1", id).await?,
                Whose::Event(id) => self.restate("event_id = $1", id).await?,
                Whose::Address(email) => self.restate("canonical_email = $1", email).await?,
            };
        }
        Ok(())
    }

    async fn restate(&mut self, whose: &'static str, value: &str) -> Result<u64, StoreError> {
        // In PostgreSQL, a statement that waits for a row sees all others as they were before it waited. So it is waited
        // first, and looked at what others have done in the next statement.
        self.lock_people(whose, value).await?;
        let restate = format!("UPDATE registrants SET mail_status = {MAIL_STATUS} WHERE {whose} AND mail_status <> {MAIL_STATUS}");
        Ok(sqlx::query(AssertSqlSafe(restate)).bind(value).execute(self.connection()).await?.rows_affected())
    }
}

impl Store {
    /// Writes again where everybody's mail stands. Returns for how many it was wrong: nobody, unless somebody else has
    /// written into the database.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn restate_all_mail(&self) -> Result<u64, StoreError> {
        let events = sqlx::query("SELECT id FROM events ORDER BY id").fetch_all(&self.pool).await?;
        let mut wrong = 0;
        for row in &events {
            let mut write = self.write().await?;
            wrong += write.restate("event_id = $1", &row.try_get::<String, _>(0)?).await?;
            write.commit().await?;
        }
        Ok(wrong)
    }
}
