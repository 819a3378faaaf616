//! What a host sees of a mail before anybody gets it.

use super::{
    letter::{LetterError, Letterhead},
    page, sample,
};
use crate::{
    event_plan::own_words::OwnWords,
    store::{event::Event, outbox::MailKind},
};
use serde::Serialize;

/// A mail as Ada Lovelace would get it, who does not exist.
#[derive(Serialize)]
pub struct Preview {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// Its HTML, without scripts.
    pub html: String,
}

/// Shows a kind of mail in a language: in the event's words, or in these, which are not saved.
///
/// # Errors
/// [`LetterError`].
pub fn preview(
    event: &Event,
    kind: MailKind,
    language: &str,
    unsaved: Option<OwnWords>,
    head: &Letterhead,
) -> Result<Preview, LetterError> {
    let mut event = event.clone();
    if let Some(own) = unsaved {
        event.plan.settings.words = vec![own];
    }
    let ada = sample::person(&event, language, &head.secrets);
    let page = page::write(kind, &event, Some(&ada), head)?;
    Ok(Preview { subject: page.subject, text: page.text, html: page.html })
}
