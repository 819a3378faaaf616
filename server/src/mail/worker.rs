//! The worker: takes what is due from the outbox, sends it, and writes down how that went. Any number may run.

use super::{
    cadence::overtaken,
    letter::{self, Letterhead},
    transport::{Sent, Transport},
};
use crate::{
    clock::Clock,
    store::{
        Store, StoreError,
        outbox::{LeasedMail, MailKind, MailState},
    },
    trust::rate::mails_by_server,
};
use chrono::TimeDelta;
use curtain_up_protocol::Timestamp;
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::{
    sync::{Mutex, Notify},
    task::JoinSet,
};

/// How often a mail is tried before it is given up: about a day; later than that, an access link helps nobody.
const ATTEMPTS: i64 = 16;

/// How many mails are sent at once.
pub const AT_ONCE: usize = 4;

/// Sends the outbox.
#[derive(Clone)]
pub struct Worker {
    /// Where the outbox is.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// How letters are headed.
    pub head: Letterhead,
    /// How they leave.
    pub transport: Transport,
    /// How many leave in an hour, all servers together.
    pub hourly: i64,
    /// Rung when something was put into the outbox.
    pub bell: Arc<Notify>,
    /// When the bounces of an organisation's mails were counted last, and whether there were too many.
    pub looks: Arc<Mutex<HashMap<String, Look>>>,
}

/// A look at how many mails bounced.
pub struct Look {
    at: Timestamp,
    is_paused: bool,
}

/// What the worker found in the outbox.
enum Next {
    /// A mail to send.
    Mail(Box<LeasedMail>),
    /// One that was settled without being sent; the next may be looked for at once.
    Settled,
    /// Nothing that may leave now.
    Nothing,
}

impl Worker {
    /// Works until the task is dropped. What is under way then is taken up again when its lease is over.
    pub async fn run(self) {
        let mut under_way = JoinSet::new();
        loop {
            while under_way.len() >= AT_ONCE {
                let _one_less = under_way.join_next().await;
            }
            match self.next().await {
                Ok(Next::Mail(mail)) => {
                    let worker = self.clone();
                    under_way.spawn(async move { worker.send(&mail).await });
                    continue;
                }
                Ok(Next::Settled) => continue,
                Ok(Next::Nothing) => {}
                Err(error) => tracing::error!(%error, "the outbox cannot be read or written; trying again"),
            }
            while under_way.try_join_next().is_some() {}
            let nap = Duration::from_millis(500);
            let _rung_or_rested = tokio::time::timeout(nap, self.bell.notified()).await;
        }
    }

    /// Takes the mail that has been due longest, where it may leave now.
    async fn next(&self) -> Result<Next, StoreError> {
        let now = self.clock.now();
        let Some(mail) = self.store.lease_mail(now).await? else { return Ok(Next::Nothing) };
        let unwanted = overtaken(&mail, now).or((!mail.takes_mail).then_some("the address takes no mail"));
        if let Some(why) = unwanted {
            tracing::info!(mail = mail.id, kind = ?mail.kind, why, "a mail is not sent");
            let is_unsubscribed = mail.kind == MailKind::Reminder && mail.registrant.as_ref().is_some_and(|person| person.reminders_off);
            let state = if is_unsubscribed { MailState::Unsubscribed } else { MailState::NotSent };
            self.store.settle_mail(&mail, state, now, Some(why), now).await?;
            return Ok(Next::Settled);
        }
        if self.pauses(&mail, now).await? {
            return Ok(Next::Settled);
        }
        let mut write = self.store.write().await?;
        let within_cap = write.count("mails-by-server", mails_by_server(self.hourly), now).await?;
        write.commit().await?;
        if !within_cap {
            tracing::warn!(cap = self.hourly, "the hour's mails are used up; the rest waits");
            self.store.put_back_mail(&mail, now + TimeDelta::minutes(5), "the server's cap").await?;
            // A nap, instead of moving the whole outbox mail by mail.
            return Ok(Next::Nothing);
        }
        Ok(Next::Mail(Box::new(mail)))
    }

    /// Sends one mail and writes down how that went. Where that fails, its lease runs out and it is sent again.
    async fn send(&self, mail: &LeasedMail) {
        let sent = match letter::write(mail, &self.head, self.clock.now()) {
            Ok(message) => self.transport.send(message).await,
            Err(error) => Sent::Refused(error.to_string()),
        };
        let now = self.clock.now();
        let (state, due_at, problem) = outcome(&sent, mail, now);
        tracing::info!(mail = mail.id, kind = ?mail.kind, state = ?state, attempt = mail.attempts, problem, "mail");
        if let Err(error) = self.store.settle_mail(mail, state, due_at, problem, now).await {
            tracing::error!(%error, mail = mail.id, "how a mail ended cannot be written down; it will be sent again");
        }
        if matches!(sent, Sent::NoSuchAddress(_))
            && let Some(person) = &mail.registrant
            && let Err(error) = self.store.refuse_address(&person.canonical_email, now).await
        {
            tracing::error!(%error, "an address that takes no mail cannot be written down");
        }
    }

    /// Puts a reminder off while too many mails bounce, and tells the host. The count is looked at every few seconds.
    async fn pauses(&self, mail: &LeasedMail, now: Timestamp) -> Result<bool, StoreError> {
        if mail.kind != MailKind::Reminder {
            return Ok(false);
        }
        let organisation = &mail.event.organisation_id;
        let mut looks = self.looks.lock().await;
        let last = looks.get(organisation).filter(|look| look.at <= now && now < look.at + TimeDelta::seconds(5));
        let is_paused = match last {
            Some(look) => look.is_paused,
            None => {
                let is_paused = self.store.too_many_bounce(organisation, now).await?;
                looks.insert(organisation.clone(), Look { at: now, is_paused });
                is_paused
            }
        };
        drop(looks);
        if is_paused {
            tracing::warn!("too many mails bounce; reminders pause");
            self.store.tell_host_of_bounces(&mail.event, now).await?;
            self.store.put_back_mail(mail, now + TimeDelta::minutes(1), "reminders pause: too many mails bounce").await?;
        }
        Ok(is_paused)
    }
}

fn outcome<'a>(sent: &'a Sent, mail: &LeasedMail, now: Timestamp) -> (MailState, Timestamp, Option<&'a str>) {
    match sent {
        Sent::Taken => (MailState::Delivered, now, None),
        Sent::Refused(why) | Sent::NoSuchAddress(why) => (MailState::Bounced, now, Some(why)),
        Sent::Later(why) if mail.attempts >= ATTEMPTS => (MailState::Dropped, now, Some(why)),
        Sent::Later(why) => (MailState::Deferred, now + backoff(mail.attempts, spread(&mail.id)), Some(why)),
    }
}

/// How long to wait after a failed attempt: 15 s doubling to 4 h, half of it spread over the mails.
pub fn backoff(attempts: i64, spread: f64) -> TimeDelta {
    let doublings = (attempts - 1).clamp(0, 10) as u32;
    let whole = (15_000 * 2_i64.pow(doublings)).min(4 * 3_600_000);
    TimeDelta::milliseconds(whole / 2 + (whole as f64 / 2.0 * spread.clamp(0.0, 1.0)) as i64)
}

/// A number from 0 to 1 that is a mail's own.
fn spread(id: &str) -> f64 {
    f64::from(id.bytes().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte))) / 255.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_come_ever_later_over_about_a_day_and_never_at_once() {
        for (attempts, shortest, longest) in
            [(1, 7_500, 15_000), (2, 15_000, 30_000), (11, 7_200_000, 14_400_000), (99, 7_200_000, 14_400_000)]
        {
            assert_eq!(backoff(attempts, 0.0).num_milliseconds(), shortest);
            assert_eq!(backoff(attempts, 1.0).num_milliseconds(), longest);
        }
        let in_all: i64 = (1..ATTEMPTS).map(|attempt| backoff(attempt, 1.0).num_hours()).sum();
        assert!((20..=48).contains(&in_all), "{in_all} h");
    }
}
