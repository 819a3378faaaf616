//! The mailbox of development: every mail that this server sent, shown in the browser to anybody.

use super::smtp_sink;
use crate::http::Context;
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use mail_parser::MessageParser;
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

/// Mails, the newest last, as they came over SMTP.
#[derive(Clone, Default)]
pub struct Mailbox(Arc<Mutex<Vec<Vec<u8>>>>);

impl Mailbox {
    /// Starts a mail server whose mails end here. Returns its address.
    ///
    /// # Errors
    /// Where no port is free.
    pub async fn listen(&self) -> std::io::Result<SocketAddr> {
        smtp_sink::start(self.clone()).await
    }

    /// Puts a mail in.
    pub fn put(&self, mail: Vec<u8>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(mail);
    }

    /// All mails.
    pub fn mails(&self) -> Vec<Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[derive(Template)]
#[template(path = "dev_mailbox.html")]
struct Page {
    entries: Vec<Entry>,
    open: Option<Open>,
}

struct Entry {
    number: usize,
    to: String,
    subject: String,
}

struct Open {
    number: usize,
    subject: String,
    text: String,
    attachments: Vec<String>,
}

/// The list of mails.
pub async fn list(State(context): State<Context>) -> Response {
    show(&context, None)
}

/// The list, with one mail open.
pub async fn mail(State(context): State<Context>, Path(number): Path<usize>) -> Response {
    show(&context, Some(number))
}

/// A mail's HTML part by itself. Scripts do not run in it.
pub async fn html(State(context): State<Context>, Path(number): Path<usize>) -> Response {
    let mails = context.mailbox.map(|mailbox| mailbox.mails()).unwrap_or_default();
    let message = mails.get(number).and_then(|raw| MessageParser::default().parse(raw));
    match message.as_ref().and_then(|message| message.body_html(0)) {
        Some(html) => ([(header::CONTENT_SECURITY_POLICY, "script-src 'none'")], Html(html.into_owned())).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn show(context: &Context, number: Option<usize>) -> Response {
    let mails = context.mailbox.as_ref().map(Mailbox::mails).unwrap_or_default();
    let parser = MessageParser::default();
    let entry = |(number, raw): (usize, &Vec<u8>)| {
        let message = parser.parse(raw)?;
        let to = message.to().and_then(|to| to.first()).and_then(|to| to.address()).unwrap_or_default();
        Some(Entry { number, to: to.to_owned(), subject: message.subject().unwrap_or_default().to_owned() })
    };
    let open = number.and_then(|number| {
        let message = parser.parse(mails.get(number)?)?;
        let attachments = message.attachments().map(|part| String::from_utf8_lossy(part.contents()).into_owned());
        let text = message.body_text(0).unwrap_or_default().into_owned();
        Some(Open { number, subject: message.subject().unwrap_or_default().to_owned(), text, attachments: attachments.collect() })
    });
    let page = Page { entries: mails.iter().enumerate().rev().filter_map(entry).collect(), open };
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
