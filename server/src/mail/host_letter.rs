//! What mails to hosts about the desk say. They are plain text, in English, as the desk is.

use super::{
    headers::AutoSubmitted,
    letter::{LetterError, Letterhead},
};
use crate::store::host_mail::{HostMail, HostMailKind};
use lettre::{
    Message,
    message::{Mailbox, header::ContentType},
};

/// Writes the message. `token` signs the host in, where the mail is for that.
///
/// # Errors
/// [`LetterError`].
pub fn write(mail: &HostMail, token: &str, head: &Letterhead) -> Result<Message, LetterError> {
    let desk = format!("{}/desk", head.public_url);
    let (subject, body) = match mail.kind {
        HostMailKind::SignIn => (
            "Sign in to Curtain Up",
            format!(
                "Hello,\n\nopen this address to sign in to the desk. It works once, within 15 minutes:\n\n{desk}#sign-in={token}\n\nIf you did not ask for it, you need do nothing.\n"
            ),
        ),
        HostMailKind::Welcome => (
            "You can sign in to Curtain Up",
            format!(
                "Hello,\n\nyou were added as a host. Open this address to sign in to the desk and set a password. It works once, within 7 days:\n\n{desk}#sign-in={token}\n\nLater you get in at {desk}\n"
            ),
        ),
        HostMailKind::Export => (
            "Your export is ready",
            format!(
                "Hello,\n\nthe list that you exported is at this address for 24 hours. You need to be signed in:\n\n{desk}#/exports/{}\n",
                mail.reference
            ),
        ),
    };
    let to = Mailbox::new(None, mail.email.parse().map_err(|_| LetterError::Address)?);
    let mut message = Message::builder()
        .from(head.from.clone())
        .to(to)
        .subject(subject)
        .message_id(Some(format!("<{}@{}>", mail.id, head.host)))
        .header(AutoSubmitted)
        .header(ContentType::TEXT_PLAIN)
        .body(body)?;
    if let Some(signing) = &head.signing {
        message.sign(signing);
    }
    Ok(message)
}
