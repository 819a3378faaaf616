//! How mail leaves: SMTP to the next mail server, with STARTTLS or TLS as its address says.

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{Error, PoolConfig},
};
use std::time::Duration;

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
}

impl Transport {
    /// A transport to `smtp://…`, `smtps://…`; see [`lettre::AsyncSmtpTransport::from_url`]: `?tls=required` for STARTTLS.
    ///
    /// # Errors
    /// Where the address is none.
    pub fn new(address: &str) -> Result<Self, Error> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(address)?;
        Ok(Self(builder.timeout(Some(Duration::from_secs(30))).pool_config(PoolConfig::new().max_size(4)).build()))
    }

    /// Hands one message over. What the server says is kept to its status: its words may repeat the address.
    pub async fn send(&self, message: Message) -> Sent {
        match self.0.send(message).await {
            Ok(_) => Sent::Taken,
            Err(error) => {
                let words = match error.status() {
                    Some(code) => format!("the mail server answered {code}"),
                    None if error.is_timeout() => "the mail server did not answer in time".to_owned(),
                    None if error.is_tls() => "no secure connection to the mail server".to_owned(),
                    None if error.is_client() => "the mail server lacks what this mail needs: SMTPUTF8, or a way to sign in".to_owned(),
                    None => "the mail server cannot be reached".to_owned(),
                };
                if error.is_permanent() { Sent::Refused(words) } else { Sent::Later(words) }
            }
        }
    }
}
