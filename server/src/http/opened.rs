//! The picture that nobody sees, in mails of events whose host wants to know which mails are opened. It is the one address
//! at which GET writes something down: that a mail was opened, once. HEAD writes nothing. Everybody gets the same picture,
//! whatever the address says, and no cookie.

use super::context::Context;
use crate::trust::mail_signature::pictured_mail;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::{Method, header},
    response::IntoResponse,
};
use serde::Deserialize;

/// One transparent pixel.
const PICTURE: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// Which mail it is, as the server wrote it into the mail. It stands in the query, since queries are in no log.
#[derive(Deserialize)]
pub struct Which {
    mail: String,
}

/// The picture.
pub async fn picture(State(context): State<Context>, method: Method, which: Result<Query<Which>, QueryRejection>) -> impl IntoResponse {
    let mail = which.ok().and_then(|Query(which)| pictured_mail(&context.secrets, &which.mail));
    if let Some(mail) = mail.filter(|_| method == Method::GET)
        && let Err(error) = context.store.count_open(&mail, context.clock.now()).await
    {
        tracing::error!(%error, "that a mail was opened cannot be written down");
    }
    ([(header::CONTENT_TYPE, "image/gif"), (header::CACHE_CONTROL, "no-store")], PICTURE)
}
