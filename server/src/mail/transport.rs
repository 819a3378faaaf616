//! How mail leaves: SMTP to the next mail server, with STARTTLS or TLS as its address says.

use super::bounce::status;
use crate::store::address::BounceKind;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{
        PoolConfig,
        client::{Certificate, Tls, TlsParameters},
    },
};
use std::{error::Error as _, path::Path, time::Duration};
use tokio::time::timeout;

/// A connection to the next mail server.
#[derive(Clone)]
pub struct Transport(AsyncSmtpTransport<Tokio1Executor>);

/// How one attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The next server has taken it.
    Taken,
    /// Not now: the server is away, busy, or says so (4xx).
    Later(String),
    /// Never (5xx).
    Refused(String),
    /// Never, since the address takes no mail (5.1.1 and its like).
    NoSuchAddress(String),
}

/// The longest that one mail may take, greeting to farewell: well below [`crate::store::outbox::LEASE`], so that no
/// other worker takes it while this one is still at it.
const WHOLE_CONVERSATION: Duration = Duration::from_secs(90);

/// Why there is no transport.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// The address is none.
    #[error("--smtp is no address of a mail server: {0}")]
    Address(lettre::transport::smtp::Error),
    /// The certificate cannot be read.
    #[error("--smtp-ca: {0} cannot be read: {1}")]
    Read(String, std::io::Error),
    /// It is none, or the address asks for no security that it could be used for.
    #[error("--smtp-ca: {0} is no certificate in PEM, or --smtp is no address with TLS (smtps://… or smtp://…?tls=required)")]
    Certificate(String),
}

/// The security that an address asks for, with one more authority.
fn trusting(address: &str, file: &Path) -> Result<Tls, TransportError> {
    let name = || file.display().to_string();
    let useless = || TransportError::Certificate(name());
    let pem = std::fs::read(file).map_err(|error| TransportError::Read(name(), error))?;
    let certificate = Certificate::from_pem(&pem).map_err(|_| useless())?;
    let url = url::Url::parse(address).map_err(|_| useless())?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let parameters = TlsParameters::builder(host).add_root_certificate(certificate).build().map_err(|_| useless())?;
    let tls = url.query_pairs().find(|(key, _)| key == "tls").map(|(_, value)| value.into_owned());
    match (url.scheme(), tls.as_deref()) {
        ("smtps", _) => Ok(Tls::Wrapper(parameters)),
        (_, Some("required")) => Ok(Tls::Required(parameters)),
        (_, Some("opportunistic")) => Ok(Tls::Opportunistic(parameters)),
        _ => Err(useless()),
    }
}

impl Transport {
    /// A transport to `smtp://…`, `smtps://…`; see [`lettre::AsyncSmtpTransport::from_url`]: `?tls=required` for
    /// STARTTLS. `authority` is a file with a certificate that is trusted beside the machine's own.
    ///
    /// # Errors
    /// [`TransportError`].
    pub fn new(address: &str, authority: Option<&Path>) -> Result<Self, TransportError> {
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(address).map_err(TransportError::Address)?;
        if let Some(file) = authority {
            builder = builder.tls(trusting(address, file)?);
        }
        Ok(Self(
            builder.timeout(Some(Duration::from_secs(30))).pool_config(PoolConfig::new().max_size(super::worker::AT_ONCE as u32)).build(),
        ))
    }

    /// Hands one message over. What the server says is kept to its status: its words may repeat the address.
    pub async fn send(&self, message: Message) -> Sent {
        let error = match timeout(WHOLE_CONVERSATION, self.0.send(message)).await {
            Ok(Ok(_)) => return Sent::Taken,
            Ok(Err(error)) => error,
            Err(_) => return Sent::Later("the mail server did not end the conversation in time".to_owned()),
        };
        // Of what the server or TLS says, only a status and one word are read: the rest may repeat the address.
        let said = error.source().map(ToString::to_string).unwrap_or_default();
        let words = match error.status() {
            Some(code) => format!("the mail server answered {code}"),
            None if error.is_timeout() => "the mail server did not answer in time".to_owned(),
            None if error.is_tls() || said.contains("certificate") => "no secure connection to the mail server".to_owned(),
            None if error.is_client() => "the mail server lacks what this mail needs: SMTPUTF8, or a way to sign in".to_owned(),
            None => "the mail server cannot be reached".to_owned(),
        };
        // A server that does not let *us* in says nothing about this mail: a changed password must not lose any.
        let is_about_us = error.status().is_some_and(|code| matches!(u16::from(code), 530..=538));
        let is_of_address = status::in_text(&said).is_some_and(|status| status::of_failure(status) == BounceKind::Hard);
        match error.is_permanent() && !is_about_us {
            true if is_of_address => Sent::NoSuchAddress(words),
            true => Sent::Refused(words),
            false => Sent::Later(words),
        }
    }
}
