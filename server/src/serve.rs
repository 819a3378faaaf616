//! Serving: everything put together, started, and stopped without losing what is under way.

use crate::{
    clock::Clock,
    config::ServeConfig,
    dev::mailbox::Mailbox,
    http::{self, Context, Sns, Turns},
    mail::{
        bounce::lmtp::Lmtp,
        host_worker::HostWorker,
        letter::Letterhead,
        signing::{SigningError, signing},
        transport::{Transport, TransportError},
        worker::Worker,
    },
    store::{Store, StoreError},
    trust::secrets::{Secrets, SecretsError},
};
use curtain_up_protocol::Timestamp;
use std::{fs::DirBuilder, future::Future, net::SocketAddr, os::unix::fs::DirBuilderExt, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::Notify, task::JoinHandle};

/// How many lists may be uploaded at once, one an organisation.
const UPLOADS_AT_ONCE: usize = 4;

/// Why the server does not serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The data folder cannot be made.
    #[error("the data folder {0} cannot be made: {1}")]
    DataFolder(String, std::io::Error),
    /// Nothing is there yet.
    #[error(
        "{0} holds no data of curtain-up; name another folder with --data, or begin with `curtain-up serve`, `event add`, `event series add` or `host add`"
    )]
    NoData(String),
    /// No master secret.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// No database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No mail server.
    #[error(transparent)]
    Smtp(#[from] TransportError),
    /// Mails cannot be signed.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// Amazon's certificate cannot be read.
    #[error("--ses-certificate cannot be read: {0}")]
    SesCertificate(std::io::Error),
    /// Nothing can be listened on.
    #[error("{0} cannot be listened on: {1}; choose another with --listen")]
    Listen(SocketAddr, std::io::Error),
    /// Bounces cannot be taken in.
    #[error("{0} cannot be listened on: {1}; choose another with --lmtp")]
    ListenLmtp(SocketAddr, std::io::Error),
    /// Serving broke off.
    #[error("serving broke off: {0}")]
    Io(#[from] std::io::Error),
}

/// A server that is ready: its port is open.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where it takes in bounces.
    pub lmtp_address: Option<SocketAddr>,
    /// What its handlers work with.
    pub context: Context,
    listener: TcpListener,
    tasks: Vec<JoinHandle<()>>,
}

impl Server {
    /// Opens the database, the secret and the port, and starts to send mail.
    ///
    /// # Errors
    /// [`ServeError`].
    pub async fn prepare(mut config: ServeConfig, clock: Clock) -> Result<Self, ServeError> {
        let (store, secrets) = open_or_make(&config.data).await?;
        let mailbox = config.dev_mailbox.then(Mailbox::default);
        if let Some(mailbox) = &mailbox {
            config.smtp = format!("smtp://{}", mailbox.listen().await?);
        }
        let listener = TcpListener::bind(config.listen).await.map_err(|error| ServeError::Listen(config.listen, error))?;
        let address = listener.local_addr()?;
        let bell = Arc::new(Notify::new());
        let worker = Worker {
            store: store.clone(),
            clock: clock.clone(),
            head: Letterhead {
                from: config.mail_from.clone(),
                host: url::Url::parse(&config.public_url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default(),
                public_url: config.public_url.clone(),
                secrets: secrets.clone(),
                bounce_domain: config.bounce_domain.clone(),
                signing: config.dkim.as_ref().map(|dkim| signing(&dkim.key, &dkim.selector, &dkim.domain)).transpose()?.map(Arc::new),
            },
            transport: Transport::new(&config.smtp, config.smtp_ca.as_deref().filter(|_| mailbox.is_none()))?,
            hourly: config.mails_per_hour,
            bell: bell.clone(),
            looks: Arc::default(),
        };
        let host_bell = Arc::new(Notify::new());
        let job_bell = Arc::new(Notify::new());
        let host_worker = HostWorker {
            store: store.clone(),
            clock: clock.clone(),
            head: worker.head.clone(),
            transport: worker.transport.clone(),
            bell: host_bell.clone(),
        };
        let mut tasks = vec![
            tokio::spawn(worker.run()),
            tokio::spawn(host_worker.run()),
            tokio::spawn(work_on_jobs(store.clone(), clock.clone(), job_bell.clone(), bell.clone())),
            tokio::spawn(start_events(store.clone(), clock.clone(), bell.clone())),
            tokio::spawn(forget_what_is_over(store.clone(), clock.clone())),
        ];
        let mut lmtp_address = None;
        if let Some(listen) = config.lmtp {
            let listener = TcpListener::bind(listen).await.map_err(|error| ServeError::ListenLmtp(listen, error))?;
            lmtp_address = Some(listener.local_addr()?);
            let lmtp = Lmtp { store: store.clone(), clock: clock.clone(), secrets: secrets.clone() };
            tasks.push(tokio::spawn(lmtp.run(listener)));
        }
        let sns = Sns::new(&config.webhooks, http::by_https()).map_err(ServeError::SesCertificate)?;
        let (config, sns, uploads) = (Arc::new(config), Arc::new(sns), Turns::new(UPLOADS_AT_ONCE));
        let context = Context { config, clock, store, secrets, bell, host_bell, job_bell, uploads, sns, mailbox };
        Ok(Self { address, lmtp_address, context, listener, tasks })
    }

    /// Serves until `stop` is done, then finishes the requests that are under way.
    ///
    /// # Errors
    /// [`ServeError::Io`].
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), ServeError> {
        let router = http::router(self.context).into_make_service_with_connect_info::<SocketAddr>();
        let served = axum::serve(self.listener, router).with_graceful_shutdown(stop).await;
        for task in self.tasks {
            task.abort();
        }
        Ok(served?)
    }
}

/// Opens what is there already. A mistyped folder is not filled with an empty database and another master secret.
///
/// # Errors
/// [`ServeError::NoData`], and whatever keeps it from being opened.
pub async fn open(data: &crate::config::DataConfig) -> Result<(Store, Secrets), ServeError> {
    if !data.is_there() {
        return Err(ServeError::NoData(data.data.display().to_string()));
    }
    open_or_make(data).await
}

/// Opens what the server and the first commands work on, and makes what is missing.
///
/// # Errors
/// [`ServeError`].
pub async fn open_or_make(data: &crate::config::DataConfig) -> Result<(Store, Secrets), ServeError> {
    // Names and addresses are nobody else's business on this machine.
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&data.data)
        .map_err(|error| ServeError::DataFolder(data.data.display().to_string(), error))?;
    let secrets = Secrets::read_or_make(&data.secret_path())?;
    Ok((Store::open(&data.database_address()).await?, secrets))
}

/// Says `live` for events that start by themselves.
async fn start_events(store: Store, clock: Clock, bell: Arc<Notify>) {
    let mut every = tokio::time::interval(Duration::from_secs(1));
    loop {
        every.tick().await;
        match store.start_due_events(clock.now()).await {
            Ok(slugs) => slugs.iter().for_each(|slug| {
                tracing::info!(slug, "the event has started by itself");
                bell.notify_one();
            }),
            Err(error) => tracing::error!(%error, "due events cannot be started; trying again"),
        }
    }
}

/// Does what hosts want done for many, part by part.
async fn work_on_jobs(store: Store, clock: Clock, job_bell: Arc<Notify>, bell: Arc<Notify>) {
    loop {
        match store.work_on_job(clock.now()).await {
            Ok(true) => {
                bell.notify_one();
                continue;
            }
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "jobs cannot be worked on; trying again"),
        }
        let _rung_or_rested = tokio::time::timeout(Duration::from_secs(2), job_bell.notified()).await;
    }
}

/// Clears away what is over: counts, tickets, exports.
async fn forget_what_is_over(store: Store, clock: Clock) {
    let mut every = tokio::time::interval(Duration::from_secs(3600));
    loop {
        every.tick().await;
        if let Err(error) = forget(&store, clock.now()).await {
            tracing::warn!(%error, "what is over cannot be cleared away; trying again in an hour");
        }
    }
}

async fn forget(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    store.forget_counts(now).await?;
    store.forget_tickets(now).await?;
    store.forget_exports(now).await?;
    Ok(())
}
