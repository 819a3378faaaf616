//! A mail server that follows a script: it can be away, busy, or refuse, and it keeps what it has taken.

use super::Letter;
use curtain_up_server::dev::smtp_sink::serve;
use mailin::{Handler, Response, response};
use std::{
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{net::TcpListener, task::JoinHandle};

/// What it answers to the end of a mail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Takes,
    /// 4xx, for now.
    Busy,
    /// 5xx, for good.
    Refuses,
    /// 5xx: this address does not exist.
    Unknown,
    /// 5xx, in words that repeat the recipient's address.
    Blabs,
}

#[derive(Default)]
struct Desk {
    moods: Vec<Mood>,
    taken: Vec<Letter>,
    seen: Vec<Letter>,
    senders: Vec<String>,
}

pub struct PostOffice {
    address: SocketAddr,
    desk: Arc<Mutex<Desk>>,
    task: Option<JoinHandle<()>>,
}

impl PostOffice {
    pub async fn open() -> Self {
        let mut office = Self { address: super::server::free_port(), desk: Arc::default(), task: None };
        office.reopen().await;
        office
    }

    /// A post office whose next answers are these; after them it takes what it is given.
    pub async fn with(moods: &[Mood]) -> Self {
        let office = Self::open().await;
        office.desk().moods = moods.iter().rev().copied().collect();
        office
    }

    /// An address at which nobody answers, until [`Self::reopen`].
    pub fn closed() -> Self {
        Self { address: super::server::free_port(), desk: Arc::default(), task: None }
    }

    pub async fn reopen(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("the port is free");
        let desk = self.desk.clone();
        let clerk = move || Clerk { desk: desk.clone(), mail: Vec::new(), to: String::new() };
        self.task = Some(tokio::spawn(serve(listener, "post.example", clerk)));
    }

    pub fn smtp(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The mails that it has taken.
    pub fn taken(&self) -> Vec<Letter> {
        self.desk().taken.clone()
    }

    /// The mails that it was offered, taken or not.
    pub fn offered(&self) -> Vec<Letter> {
        self.desk().seen.clone()
    }

    /// Where mails said that they are to go back to.
    pub fn senders(&self) -> Vec<String> {
        self.desk().senders.clone()
    }

    fn desk(&self) -> std::sync::MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Clerk {
    desk: Arc<Mutex<Desk>>,
    mail: Vec<u8>,
    to: String,
}

impl Handler for Clerk {
    fn mail(&mut self, _: IpAddr, _: &str, from: &str) -> Response {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner).senders.push(from.to_owned());
        response::OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        self.to = to.to_owned();
        response::OK
    }

    fn data(&mut self, line: &[u8]) -> std::io::Result<()> {
        self.mail.extend_from_slice(line);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let letter = Letter::new(std::mem::take(&mut self.mail));
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        desk.seen.push(letter.clone());
        match desk.moods.pop().unwrap_or(Mood::Takes) {
            Mood::Takes => {
                desk.taken.push(letter);
                response::OK
            }
            Mood::Busy => Response::custom(451, "come back later".to_owned()),
            Mood::Refuses => Response::custom(554, "no".to_owned()),
            Mood::Unknown => Response::custom(550, "5.1.1 unknown here".to_owned()),
            Mood::Blabs => Response::custom(550, format!("{} is unknown here", self.to)),
        }
    }
}
