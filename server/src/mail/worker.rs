//! The worker: takes what is due from the outbox, sends it, and writes down how that went. Any number may run.

use super::{
    letter::{self, Letterhead},
    transport::{Sent, Transport},
};
use crate::{
    clock::Clock,
    store::{
        Store, StoreError,
        outbox::{LeasedMail, MailState},
    },
    trust::rate::mails_by_server,
};
use chrono::TimeDelta;
use curtain_up_protocol::Timestamp;
use std::{sync::Arc, time::Duration};
use tokio::sync::Notify;

/// How often a mail is tried before it is given up: about a day; later than that, an access link helps nobody.
const ATTEMPTS: i64 = 16;

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
}

impl Worker {
    /// Works until the task is dropped. What is under way then is taken up again when its lease is over.
    pub async fn run(self) {
        loop {
            match self.send_one().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "the outbox cannot be read or written; trying again"),
            }
            let nap = Duration::from_millis(500);
            let _rung_or_rested = tokio::time::timeout(nap, self.bell.notified()).await;
        }
    }

    /// Sends the mail that has been due longest. Returns whether another may follow at once.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn send_one(&self) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let Some(mail) = self.store.lease_mail(now).await? else { return Ok(false) };
        let mut write = self.store.write().await?;
        let within_cap = write.count("mails-by-server", mails_by_server(self.hourly), now).await?;
        write.commit().await?;
        if !within_cap {
            tracing::warn!(cap = self.hourly, "the hour's mails are used up; the rest waits");
            self.store.put_back_mail(&mail, now + TimeDelta::minutes(5), "the server's cap").await?;
            // A nap, instead of moving the whole outbox mail by mail.
            return Ok(false);
        }
        let sent = match letter::write(&mail, &self.head, now) {
            Ok(message) => self.transport.send(message).await,
            Err(error) => Sent::Refused(error.to_string()),
        };
        let now = self.clock.now();
        let (state, due_at, problem) = outcome(&sent, &mail, now);
        tracing::info!(mail = mail.id, kind = ?mail.kind, state = ?state, attempt = mail.attempts, problem, "mail");
        self.store.settle_mail(&mail, state, due_at, problem, now).await?;
        Ok(true)
    }
}

fn outcome<'a>(sent: &'a Sent, mail: &LeasedMail, now: Timestamp) -> (MailState, Timestamp, Option<&'a str>) {
    match sent {
        Sent::Taken => (MailState::Delivered, now, None),
        Sent::Refused(why) => (MailState::Bounced, now, Some(why)),
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
