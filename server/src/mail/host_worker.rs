//! Sends mails to hosts about the desk: few, and at once. Any number of servers may do so.

use super::{
    host_letter,
    letter::Letterhead,
    transport::{Sent, Transport},
    worker::backoff,
};
use crate::{
    clock::Clock,
    store::{
        Store, StoreError,
        host_mail::{HostMail, HostMailKind},
        session::LINK_LASTS,
    },
};
use chrono::TimeDelta;
use std::{sync::Arc, time::Duration};
use tokio::sync::Notify;

/// After how many attempts a mail is given up: a link to sign in by is asked for again meanwhile.
const ATTEMPTS: i64 = 6;
/// How long the link in a welcome lasts: not everybody reads mail at once.
const WELCOME_LASTS: TimeDelta = TimeDelta::days(7);

/// Sends mails to hosts.
pub struct HostWorker {
    /// Where they stand.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// How letters are headed.
    pub head: Letterhead,
    /// How they leave.
    pub transport: Transport,
    /// Rung when there is one.
    pub bell: Arc<Notify>,
}

impl HostWorker {
    /// Works until the task is dropped.
    pub async fn run(self) {
        loop {
            match self.one().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "mails to hosts cannot be sent; trying again"),
            }
            let _rung_or_rested = tokio::time::timeout(Duration::from_secs(1), self.bell.notified()).await;
        }
    }

    /// Sends the mail that has been due longest. Returns whether there was one.
    async fn one(&self) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let Some(mail) = self.store.lease_host_mail(now).await? else { return Ok(false) };
        let token = match mail.kind {
            HostMailKind::SignIn => Some(self.store.make_sign_in_link(&mail.host, LINK_LASTS, now).await?),
            HostMailKind::Welcome => Some(self.store.make_sign_in_link(&mail.host, WELCOME_LASTS, now).await?),
            HostMailKind::Export => None,
        };
        let sent = match host_letter::write(&mail, token.as_ref().map_or("", |token| token.reveal()), &self.head) {
            Ok(message) => self.transport.send(message).await,
            Err(error) => Sent::Refused(error.to_string()),
        };
        self.settle(&mail, &sent).await?;
        Ok(true)
    }

    async fn settle(&self, mail: &HostMail, sent: &Sent) -> Result<(), StoreError> {
        match sent {
            Sent::Later(why) if mail.attempts < ATTEMPTS => {
                tracing::warn!(mail = mail.id, kind = ?mail.kind, why, "a mail to a host is tried again later");
                self.store.put_back_host_mail(&mail.id, self.clock.now() + backoff(mail.attempts, 1.0)).await
            }
            Sent::Taken => {
                tracing::info!(mail = mail.id, kind = ?mail.kind, "a mail to a host has left");
                self.store.settle_host_mail(&mail.id).await
            }
            Sent::Later(why) | Sent::Refused(why) | Sent::NoSuchAddress(why) => {
                tracing::error!(mail = mail.id, kind = ?mail.kind, why, "a mail to a host was given up");
                self.store.settle_host_mail(&mail.id).await
            }
        }
    }
}
