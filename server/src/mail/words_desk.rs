//! What a host sees of a mail before anybody gets it.

use super::{
    letter::{LetterError, Letterhead},
    page, sample,
    words::{fill, in_language},
};
use crate::{
    event_plan::own_words::OwnWords,
    store::{event::Event, outbox::MailKind},
};
use curtain_up_protocol::desk::WordsPreview;

/// The kinds of mail whose words can be changed, in the order in which people meet them.
pub const EDITABLE: [MailKind; 9] = [
    MailKind::Confirmation,
    MailKind::WaitingList,
    MailKind::Resend,
    MailKind::Reminder,
    MailKind::Live,
    MailKind::Moved,
    MailKind::Cancelled,
    MailKind::ThankYou,
    MailKind::RegistrationCancelled,
];

/// What this server says itself, as a host would have to write it: something to begin with.
pub fn built_in(kind: MailKind, language: &str) -> OwnWords {
    let words = in_language([language]);
    let opening = page::opening(words, kind);
    let hello = fill(words.hello, &[("name", "{first_name}")]);
    let link = if kind.has_link() { "\n\n{link}" } else { "" };
    OwnWords {
        kind,
        language: words.tag.to_owned(),
        subject: opening.subject.to_owned(),
        text: format!("{hello}\n\n{}{link}", opening.sentence),
    }
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
) -> Result<WordsPreview, LetterError> {
    let mut event = event.clone();
    if let Some(own) = unsaved {
        event.plan.settings.words = vec![own];
    }
    let ada = sample::person(&event, language, &head.secrets);
    let page = page::write(kind, &event, Some(&ada), None, head)?;
    Ok(WordsPreview { subject: page.subject, text: page.text, html: page.html })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{event_plan::own_words::problems, mail::words::ALL};

    #[test]
    fn what_this_server_says_could_be_saved_as_it_is() {
        for words in ALL {
            for kind in EDITABLE {
                assert_eq!(problems(&built_in(kind, words.tag)), [], "{kind:?} in {}", words.tag);
            }
        }
    }
}
