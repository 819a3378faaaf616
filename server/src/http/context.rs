use crate::{
    clock::Clock,
    config::ServeConfig,
    dev::mailbox::Mailbox,
    event_plan::is_slug,
    http::{Error, Sns, Turns},
    store::Store,
    store::StoreError,
    store::event::Event,
    store::series::{Series, offered},
    trust::{rate::Rate, secrets::Secrets},
};
use axum::http::HeaderMap;
use curtain_up_protocol::Admission;
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};
use tokio::sync::Notify;

/// What every handler works with.
#[derive(Clone)]
pub struct Context {
    /// The configuration.
    pub config: Arc<ServeConfig>,
    /// What time it is.
    pub clock: Clock,
    /// What is remembered.
    pub store: Store,
    /// What nobody else knows.
    pub secrets: Secrets,
    /// Rung when something was put into the outbox.
    pub bell: Arc<Notify>,
    /// What Amazon's topic reports.
    pub sns: Arc<Sns>,
    /// Rung when a mail to a host was promised.
    pub host_bell: Arc<Notify>,
    /// Rung when something is to be done for many.
    pub job_bell: Arc<Notify>,
    /// Who uploads a list now: each is kept in memory until it is done.
    pub uploads: Turns,
    /// The mail that was taken in here; development only.
    pub mailbox: Option<Mailbox>,
}

impl Context {
    /// The event with this slug. What cannot be a slug is not looked up.
    pub async fn event(&self, slug: &str) -> Result<Event, Error> {
        if !is_slug(slug) {
            return Err(Error::EventNotFound);
        }
        match self.store.event(slug).await {
            Err(StoreError::NoSuchEvent(_)) => Err(Error::EventNotFound),
            found => Ok(found?),
        }
    }

    /// The series with this slug, and the dates that it offers.
    pub async fn series(&self, slug: &str) -> Result<(Series, Vec<Event>), Error> {
        if !is_slug(slug) {
            return Err(Error::EventNotFound);
        }
        let series = match self.store.series(slug).await {
            Err(StoreError::NoSuchSeries(_)) => return Err(Error::EventNotFound),
            found => found?,
        };
        Ok((series, offered(self.store.dates(slug).await?)))
    }

    /// Whether somebody who registers now gets a seat.
    pub async fn admission(&self, event: &Event) -> Result<Admission, Error> {
        let taken = if event.plan.capacity.is_some() { self.store.seats_taken(&event.id).await? } else { 0 };
        Ok(event.admission(taken, self.clock.now()))
    }

    /// Counts one of something that may not be done too often, or refuses it.
    pub async fn count(&self, name: &str, whose: &str, rate: Rate) -> Result<(), Error> {
        let mut write = self.store.write().await?;
        let may = write.count(&self.secrets.scope(name, &[whose]), rate, self.clock.now()).await?;
        write.commit().await?;
        if may { Ok(()) } else { Err(Error::TooManyRequests) }
    }

    /// The client that a request counts for.
    pub fn client(&self, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
        crate::trust::client::client(peer.ip(), headers, self.config.proxies)
    }
}
