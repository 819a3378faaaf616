//! What mails say, as hosts read, change and try it.

use super::{MailKind, OwnWords};
use serde::{Deserialize, Serialize};

/// What all kinds of mail say in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WordsAnswer {
    /// The event's version: it grows with every change.
    pub version: i64,
    /// One for every kind of mail whose words can be changed.
    pub words: Vec<WordsLine>,
}

/// What a kind of mail says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WordsLine {
    /// Whether they are the host's; otherwise they are what this server says, to begin with.
    pub own: bool,
    /// The words.
    pub words: OwnWords,
    /// What may stand in braces in the subject.
    pub in_subject: Vec<String>,
    /// What may stand in braces in the text.
    pub in_text: Vec<String>,
}

/// A mail as somebody would get it who does not exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WordsPreview {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// Its HTML, without scripts.
    pub html: String,
}

/// A mail to try.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WordsTest {
    /// Of which mail.
    pub kind: MailKind,
    /// In which language, BCP 47; empty for the event's.
    #[serde(default)]
    pub language: String,
}
