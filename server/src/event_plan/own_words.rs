//! Words of a host's own for a kind of mail, in one language. What is to be filled in stands in braces, and is checked
//! when the words are saved: a mail that says `{frist_name}` to a thousand people cannot be taken back.

use crate::mail::words::known_language;
pub use curtain_up_protocol::desk::OwnWords;
use curtain_up_protocol::{FieldCode, FieldProblem, desk::MailKind};

/// What may stand in a subject: the list of mails is seen over shoulders, so nothing that lets anybody in.
pub const IN_SUBJECT: [&str; 5] = ["first_name", "last_name", "title", "start", "time"];
/// What else may stand in the text of a mail that brings an access link.
pub const OF_ACCESS: [&str; 2] = ["link", "key"];
/// The longest subject. Mail programs show half of it.
pub const LONGEST_SUBJECT: usize = 150;
/// The longest text.
pub const LONGEST_TEXT: usize = 5_000;

/// What is wrong with words. Each message names the field and says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// Mails to the host say what they must.
    #[error("kind: mails of this kind keep their words")]
    Kind,
    /// No language of this server.
    #[error("language: “{0}” is none that mails are written in; write one of ar, de, en, es, fr, it, ja, nl, pl, pt")]
    Language(String),
    /// Nothing there.
    #[error("{0}: write something")]
    Empty(&'static str),
    /// Too much.
    #[error("{0}: write at most {1} characters, and a subject on one line")]
    TooLong(&'static str, usize),
    /// Nobody knows what to put there.
    #[error("{field}: “{{{name}}}” is nothing that is filled in here; write one of {known}, and no other braces")]
    Unknown {
        /// Where it stands.
        field: &'static str,
        /// What stands there.
        name: String,
        /// What could.
        known: String,
    },
    /// The mail would be of no use.
    #[error("text: “{{link}}” is missing; without their access link people do not get in")]
    NoLink,
}

impl WordsError {
    /// The field, as it stands in JSON.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Language(_) => "language",
            Self::Empty(field) | Self::TooLong(field, _) | Self::Unknown { field, .. } => field,
            Self::NoLink => "text",
        }
    }

    /// The field with its code, as it stands on the wire.
    pub fn problem(&self) -> FieldProblem {
        let code = match self {
            Self::Kind | Self::Language(_) => FieldCode::InvalidValue,
            Self::Empty(_) => FieldCode::Required,
            Self::TooLong(..) => FieldCode::TooLong,
            Self::Unknown { .. } => FieldCode::UnknownPlaceholder,
            Self::NoLink => FieldCode::MissingPlaceholder,
        };
        FieldProblem { field: self.field().to_owned(), code }
    }
}

/// Everything that is wrong with these words.
pub fn problems(own: &OwnWords) -> Vec<WordsError> {
    let mut problems: Vec<WordsError> = Vec::new();
    if !is_editable(own.kind) {
        problems.push(WordsError::Kind);
    }
    if known_language(&own.language).is_none_or(|words| words.tag != own.language) {
        problems.push(WordsError::Language(own.language.clone()));
    }
    problems.extend(check("subject", &own.subject, LONGEST_SUBJECT, &IN_SUBJECT));
    problems.extend(check("text", &own.text, LONGEST_TEXT, &in_text(own.kind)));
    if own.subject.trim().contains(char::is_control) {
        problems.push(WordsError::TooLong("subject", LONGEST_SUBJECT));
    }
    if own.kind.has_link() && !own.text.contains("{link}") {
        problems.push(WordsError::NoLink);
    }
    problems
}

/// What may stand in the text of a mail of this kind.
pub fn in_text(kind: MailKind) -> Vec<&'static str> {
    IN_SUBJECT.into_iter().chain(OF_ACCESS.into_iter().filter(|_| kind.has_link())).collect()
}

/// Whether hosts may say something else in mails of this kind.
pub fn is_editable(kind: MailKind) -> bool {
    !kind.is_to_host()
}

/// The first problem of every list of words, or that the same mail has two.
pub(super) fn check_all(words: &[OwnWords]) -> Result<(), WordsError> {
    for (index, own) in words.iter().enumerate() {
        if let Some(problem) = problems(own).into_iter().next() {
            return Err(problem);
        }
        if words[..index].iter().any(|other| (other.kind, &other.language) == (own.kind, &own.language)) {
            return Err(WordsError::Language(own.language.clone()));
        }
    }
    Ok(())
}

fn check(field: &'static str, text: &str, longest: usize, known: &[&str]) -> Option<WordsError> {
    if text.trim().is_empty() {
        return Some(WordsError::Empty(field));
    }
    if text.chars().count() > longest || text.contains('\0') {
        return Some(WordsError::TooLong(field, longest));
    }
    let name = unknown(text, known)?;
    Some(WordsError::Unknown { field, name, known: known.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ") })
}

/// The first thing in braces that is not known; a brace without its partner is none either.
fn unknown(text: &str, known: &[&str]) -> Option<String> {
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (name, behind) = rest[at..].strip_prefix('{').and_then(|inner| inner.split_once('}')).unwrap_or((&rest[at..], ""));
        if !known.contains(&name) {
            return Some(name.chars().take(40).collect());
        }
        rest = behind;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(kind: MailKind, subject: &str, text: &str) -> OwnWords {
        OwnWords { kind, language: "en".into(), subject: subject.into(), text: text.into() }
    }

    #[test]
    fn what_cannot_be_filled_in_is_refused_with_its_field() {
        use FieldCode::*;
        use MailKind::*;
        for (kind, subject, text, expected) in [
            (Confirmation, "Hello {first_name}", "Come to {title}, {start}.\n\n{link}\n\nor type {key}", &[][..]),
            (Confirmation, "Hello", "No way in", &[("text", MissingPlaceholder)]),
            (Confirmation, "Hello {frist_name}", "{link}", &[("subject", UnknownPlaceholder)]),
            (Confirmation, "Your key: {key}", "{link}", &[("subject", UnknownPlaceholder)]),
            (Confirmation, "Your link: {link}", "{link}", &[("subject", UnknownPlaceholder)]),
            (Reminder, "At {time}", "{link} {", &[("text", UnknownPlaceholder)]),
            (Reminder, "At {time}", "{link} }", &[("text", UnknownPlaceholder)]),
            (Reminder, "At {time}", "{ link }", &[("text", UnknownPlaceholder), ("text", MissingPlaceholder)]),
            (ThankYou, "Thank you", "It was a pleasure, {first_name}.", &[]),
            (ThankYou, "Thank you", "{link}", &[("text", UnknownPlaceholder)]),
            (Cancelled, "", "We are sorry.", &[("subject", Required)]),
            (Cancelled, "Two\nlines", " ", &[("text", Required), ("subject", TooLong)]),
            (GuessingAlarm, "Calm down", "All is well.", &[("kind", InvalidValue)]),
        ] {
            let found = problems(&words(kind, subject, text));
            let found: Vec<_> = found.iter().map(|problem| (problem.field(), problem.problem().code)).collect();
            assert_eq!(found, expected, "{subject} / {text}");
        }
        let long = "x".repeat(LONGEST_SUBJECT + 1);
        assert_eq!(problems(&words(ThankYou, &long, "x")), [WordsError::TooLong("subject", LONGEST_SUBJECT)]);
    }

    #[test]
    fn words_are_kept_for_languages_that_mails_are_written_in_once_each() {
        let in_language = |language: &str| OwnWords { language: language.into(), ..words(MailKind::ThankYou, "x", "y") };
        assert_eq!(check_all(&[in_language("de"), in_language("ja")]), Ok(()));
        for wrong in [&["tlh"][..], &["de-AT"], &["DE"], &["de", "de"]] {
            let all: Vec<OwnWords> = wrong.iter().map(|language| in_language(language)).collect();
            assert!(matches!(check_all(&all), Err(WordsError::Language(_))), "{wrong:?}");
        }
    }
}
