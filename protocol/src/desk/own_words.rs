use super::MailKind;
use serde::{Deserialize, Serialize};

/// Subject and words of one kind of mail, in the host's own words. What is to be filled in stands in braces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnWords {
    /// Of which mail.
    pub kind: MailKind,
    /// In which language, BCP 47: one of those that mails are written in.
    pub language: String,
    /// What the list of mails shows.
    pub subject: String,
    /// What the mail says before title and time. Empty lines part paragraphs; `{link}` by itself is the button.
    pub text: String,
}
