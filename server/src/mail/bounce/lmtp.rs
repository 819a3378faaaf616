//! LMTP (RFC 2033): the mail server hands over what came to Return-Paths. A server, small and strict: it takes mail to
//! Return-Paths that this server signed, and no other.

use super::notification::{Finding, mail_at, read};
use crate::{
    clock::Clock,
    store::{Store, StoreError},
    trust::secrets::Secrets,
};
use std::{io, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    time::timeout,
};

/// The largest notification that is read; the mail that it returns is cut off by every mail server long before.
const LARGEST: usize = 4 * 1024 * 1024;
const LONGEST_LINE: u64 = 64 * 1024;
const PATIENCE: Duration = Duration::from_secs(300);

/// What a conversation works with.
#[derive(Clone)]
pub struct Lmtp {
    /// Where bounces are written down.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// What Return-Paths are signed with.
    pub secrets: Secrets,
}

impl Lmtp {
    /// Answers until the task is dropped.
    pub async fn run(self, listener: TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    let lmtp = self.clone();
                    tokio::spawn(async move { lmtp.converse(stream).await });
                }
                Err(error) => {
                    tracing::warn!(%error, "LMTP: nobody can be let in; trying again");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    }

    async fn converse(&self, stream: TcpStream) -> io::Result<()> {
        let mut stream = BufReader::new(stream);
        let mut recipients: Vec<String> = Vec::new();
        let mut has_sender = false;
        say(&mut stream, "220 curtain-up LMTP").await?;
        loop {
            let Some(line) = line(&mut stream).await? else { return Ok(()) };
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "LHLO" => {
                    say(&mut stream, "250-curtain-up\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES").await?
                }
                "MAIL" => {
                    (has_sender, recipients) = (true, Vec::new());
                    say(&mut stream, "250 2.1.0 ok").await?;
                }
                "RCPT" if !has_sender => say(&mut stream, "503 5.5.1 MAIL first").await?,
                "RCPT" => match recipient(&line).filter(|address| mail_at(address, &self.secrets).is_some()) {
                    Some(address) if recipients.len() < 100 => {
                        recipients.push(address);
                        say(&mut stream, "250 2.1.5 ok").await?;
                    }
                    Some(_) => say(&mut stream, "452 4.5.3 too many recipients").await?,
                    None => say(&mut stream, "550 5.1.1 no Return-Path of this server").await?,
                },
                "DATA" if recipients.is_empty() => say(&mut stream, "503 5.5.1 RCPT first").await?,
                "DATA" => {
                    say(&mut stream, "354 go ahead").await?;
                    let Some(mail) = body(&mut stream).await? else { return Ok(()) };
                    for recipient in recipients.drain(..) {
                        let answer = self.take(mail.as_deref(), &recipient).await;
                        say(&mut stream, answer).await?;
                    }
                    has_sender = false;
                }
                "RSET" => {
                    (has_sender, recipients) = (false, Vec::new());
                    say(&mut stream, "250 2.0.0 ok").await?;
                }
                "NOOP" => say(&mut stream, "250 2.0.0 ok").await?,
                "QUIT" => return say(&mut stream, "221 2.0.0 bye").await,
                _ => say(&mut stream, "500 5.5.2 unknown command").await?,
            }
        }
    }

    async fn take(&self, mail: Option<&[u8]>, recipient: &str) -> &'static str {
        let Some(mail) = mail else { return "552 5.3.4 too large" };
        match take(&self.store, &self.secrets, mail, Some(recipient), &self.clock).await {
            Ok(Finding::Forged) => "550 5.1.1 no Return-Path of this server",
            Ok(_) => "250 2.0.0 ok",
            Err(error) => {
                tracing::error!(%error, "a bounce cannot be written down; the mail server tries again");
                "451 4.3.0 try again"
            }
        }
    }
}

/// Reads what came back and writes down what it says.
///
/// # Errors
/// [`StoreError`]; then nothing was written down, and the mail server should try again.
pub async fn take(store: &Store, secrets: &Secrets, mail: &[u8], recipient: Option<&str>, clock: &Clock) -> Result<Finding, StoreError> {
    let finding = read(mail, recipient, secrets);
    if let Finding::Bounce(bounce) = &finding {
        store.take_bounce(bounce, clock.now()).await?;
    }
    Ok(finding)
}

fn recipient(line: &str) -> Option<String> {
    let (_, rest) = line.split_once('<')?;
    let (address, _) = rest.split_once('>')?;
    Some(address.to_owned())
}

async fn say(stream: &mut BufReader<TcpStream>, words: &str) -> io::Result<()> {
    stream.write_all(format!("{words}\r\n").as_bytes()).await
}

/// The next line with its end; nothing where the other side has gone.
async fn line(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut limited = stream.take(LONGEST_LINE);
    let read = timeout(PATIENCE, limited.read_until(b'\n', &mut line)).await.map_err(io::Error::other)??;
    Ok((read > 0 && line.ends_with(b"\n")).then_some(line))
}

/// The mail up to the line with a dot; `Some(None)` where it is too large, nothing where the other side has gone.
async fn body(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Option<Vec<u8>>>> {
    let mut mail = Vec::new();
    let mut is_too_large = false;
    loop {
        let Some(line) = line(stream).await? else { return Ok(None) };
        if line == b".\r\n" || line == b".\n" {
            return Ok(Some((!is_too_large).then_some(mail)));
        }
        let line = line.strip_prefix(b".").unwrap_or(&line);
        is_too_large |= mail.len() + line.len() > LARGEST;
        if !is_too_large {
            mail.extend_from_slice(line);
        }
    }
}
