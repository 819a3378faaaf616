//! A mail server whose ways are odd: it hangs, vanishes at the worst moments, asks to come back later; and one that
//! lets nobody in without STARTTLS and a password. What it has taken it keeps.

use super::Letter;
use base64::{Engine, engine::general_purpose::STANDARD};
use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, pki_types::PrivateKeyDer},
};

/// What it does with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trick {
    /// It lets them in and says nothing.
    Hangs,
    /// It asks to come back later (greylisting), at RCPT.
    Greylists,
    /// It says that it closes, before anything else.
    Closes,
    /// It is gone in the middle of the mail.
    VanishesInData,
    /// It has taken the mail and is gone before it could say so: the one window that SMTP leaves.
    VanishesBeforeItsAnswer,
}

#[derive(Default)]
struct Desk {
    tricks: Vec<Trick>,
    taken: Vec<Letter>,
    at_once: usize,
    most_at_once: usize,
}

pub struct OddOffice {
    address: SocketAddr,
    desk: Arc<Mutex<Desk>>,
    folder: TempDir,
}

/// Who it lets in, as AUTH PLAIN says it.
const PASSWORD: &[u8] = b"\0curtain\0up";

impl OddOffice {
    /// Its next connections go so; after them it is an ordinary mail server.
    pub async fn with(tricks: &[Trick]) -> Self {
        Self::open(tricks, false).await
    }

    /// One that takes mail only after STARTTLS, and only from who knows the password.
    pub async fn secure() -> Self {
        Self::open(&[], true).await
    }

    async fn open(tricks: &[Trick], is_secure: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let desk = Arc::new(Mutex::new(Desk { tricks: tricks.iter().rev().copied().collect(), ..Desk::default() }));
        let office = Self { address: listener.local_addr().expect("an address"), desk, folder: tempfile::tempdir().expect("a folder") };
        let acceptor = is_secure.then(|| office.acceptor());
        let desk = office.desk.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let trick = lock(&desk).tricks.pop();
                let clerk =
                    Clerk { desk: desk.clone(), trick, may_secure: acceptor.is_some(), is_secure: false, is_known: acceptor.is_none() };
                tokio::spawn(clerk.serve(stream, acceptor.clone()));
            }
        });
        office
    }

    /// A certificate of its own, which it writes down for those who want to trust it.
    fn acceptor(&self) -> TlsAcceptor {
        let own = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).expect("a certificate");
        std::fs::write(self.certificate(), own.cert.pem()).expect("a file");
        let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).expect("a key");
        let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
        let config = builder.with_no_client_auth().with_single_cert(vec![own.cert.der().clone()], key).expect("a certificate");
        TlsAcceptor::from(Arc::new(config))
    }

    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("certificate.pem")
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The mails that it has taken.
    pub fn taken(&self) -> Vec<Letter> {
        lock(&self.desk).taken.clone()
    }

    /// How many mails it was given at the same time, at most.
    pub fn most_at_once(&self) -> usize {
        lock(&self.desk).most_at_once
    }
}

fn lock(desk: &Mutex<Desk>) -> std::sync::MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Clerk {
    desk: Arc<Mutex<Desk>>,
    trick: Option<Trick>,
    may_secure: bool,
    is_secure: bool,
    is_known: bool,
}

impl Clerk {
    async fn serve(mut self, mut stream: TcpStream, acceptor: Option<TlsAcceptor>) {
        match self.trick {
            Some(Trick::Hangs) => return std::future::pending().await,
            Some(Trick::Closes) => return drop(stream.write_all(b"421 4.3.2 closing\r\n").await),
            _ => {}
        }
        if stream.write_all(b"220 odd.example ESMTP\r\n").await.is_err() || !self.converse(&mut stream).await {
            return;
        }
        if let Some(acceptor) = acceptor
            && let Ok(mut secure) = acceptor.accept(stream).await
        {
            self.is_secure = true;
            self.converse(&mut secure).await;
        }
    }

    /// Returns whether the conversation goes on in secret.
    async fn converse(&mut self, stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> bool {
        let mut stream = BufReader::new(stream);
        let mut line = String::new();
        loop {
            line.clear();
            if !matches!(stream.read_line(&mut line).await, Ok(1..)) {
                return false;
            }
            let verb = line.trim_end().to_ascii_uppercase();
            let answer = match verb.split([' ', ':']).next().unwrap_or_default() {
                "EHLO" if self.may_secure && !self.is_secure => "250-odd.example\r\n250 STARTTLS",
                "EHLO" if self.may_secure => "250-odd.example\r\n250 AUTH PLAIN LOGIN",
                "EHLO" => "250 odd.example",
                "STARTTLS" => {
                    drop(stream.write_all(b"220 go ahead\r\n").await);
                    return true;
                }
                "AUTH" => {
                    let given = line.trim_end().rsplit(' ').next().and_then(|word| STANDARD.decode(word).ok());
                    self.is_known = given.as_deref() == Some(PASSWORD);
                    if self.is_known { "235 2.7.0 welcome" } else { "535 5.7.8 who are you" }
                }
                "MAIL" if !self.is_known => "530 5.7.0 sign in first",
                "MAIL" => "250 ok",
                "RCPT" if self.trick.take_if(|trick| *trick == Trick::Greylists).is_some() => "451 4.7.1 greylisted, come back later",
                "RCPT" | "RSET" | "NOOP" => "250 ok",
                "DATA" => match self.take_mail(&mut stream).await {
                    Some(answer) => answer,
                    None => return false,
                },
                "QUIT" => {
                    drop(stream.write_all(b"221 bye\r\n").await);
                    return false;
                }
                _ => "500 what",
            };
            if stream.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
                return false;
            }
        }
    }

    async fn take_mail(&mut self, stream: &mut (impl AsyncBufReadExt + AsyncWrite + Unpin)) -> Option<&'static str> {
        stream.write_all(b"354 go ahead\r\n").await.ok()?;
        let mut mail = Vec::new();
        loop {
            let mut line = Vec::new();
            if !matches!(stream.read_until(b'\n', &mut line).await, Ok(1..)) || self.trick == Some(Trick::VanishesInData) {
                return None;
            }
            if line == b".\r\n" {
                break;
            }
            mail.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
        {
            let mut desk = lock(&self.desk);
            desk.at_once += 1;
            desk.most_at_once = desk.most_at_once.max(desk.at_once);
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        let mut desk = lock(&self.desk);
        desk.at_once -= 1;
        desk.taken.push(Letter::new(mail));
        (self.trick != Some(Trick::VanishesBeforeItsAnswer)).then_some("250 2.0.0 taken")
    }
}
