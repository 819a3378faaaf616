//! A mail server that delivers nowhere: it speaks SMTP on a free port of this machine and keeps what it is given. The
//! tests' own mail servers speak it with the same words.

use super::mailbox::Mailbox;
use mailin::{Action, Handler, Response, Session, SessionBuilder, response};
use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// Listens, and puts every mail into `mailbox`. Returns where.
pub(super) async fn start(mailbox: Mailbox) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(serve(listener, "mailbox.localhost", move || Sink { mailbox: mailbox.clone(), mail: Vec::new() }));
    Ok(address)
}

/// Answers every connection with a clerk of its own, until the task is dropped.
pub async fn serve<H: Handler + Send + 'static>(listener: TcpListener, name: &'static str, clerk: impl Fn() -> H) {
    while let Ok((stream, peer)) = listener.accept().await {
        tokio::spawn(converse(stream, SessionBuilder::new(name).build(peer.ip(), clerk())));
    }
}

struct Sink {
    mailbox: Mailbox,
    mail: Vec<u8>,
}

impl Handler for Sink {
    fn data(&mut self, line: &[u8]) -> io::Result<()> {
        self.mail.extend_from_slice(line);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        self.mailbox.put(std::mem::take(&mut self.mail));
        response::OK
    }
}

async fn converse<H: Handler>(stream: TcpStream, mut session: Session<H>) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut answer = session.greeting();
    let mut line = Vec::new();
    loop {
        if answer.action != Action::NoReply {
            let mut bytes = Vec::new();
            answer.write_to(&mut bytes)?;
            stream.write_all(&bytes).await?;
        }
        line.clear();
        // mailin takes whatever follows a refused mail for more of the mail, so a refusal ends the conversation.
        if answer.is_error || answer.action == Action::Close || stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        answer = session.process(&line);
    }
}
