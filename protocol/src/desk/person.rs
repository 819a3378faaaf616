//! A person on an event's list, as their page shows them.

use super::Person;
use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// Whether a registrant has a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Seat {
    /// The access link lets them in.
    Confirmed,
    /// All seats were taken; they get one, in their order, when some are freed.
    WaitingList,
    /// They will not come. Their link lets nobody in, and they get no mail, until they register again.
    Cancelled,
    /// Somebody without a name or an address: who entered without a code, or with one where nobody is known by name.
    Anonymous,
}

impl Seat {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Confirmed, Self::WaitingList, Self::Cancelled, Self::Anonymous];

    /// Its name, as the wire has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::WaitingList => "waiting_list",
            Self::Cancelled => "cancelled",
            Self::Anonymous => "anonymous",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|seat| seat.name() == name)
    }

    /// Whether a pass for it lets in.
    pub fn lets_in(self) -> bool {
        matches!(self, Self::Confirmed | Self::Anonymous)
    }
}

/// A consent with the version and time that was agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GivenConsent {
    /// Which consent.
    pub id: String,
    /// In which version of its text.
    pub version: u32,
    /// When.
    pub at: Timestamp,
}

/// Where somebody's mail stands, as hosts know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum MailStatus {
    /// To be sent when it is due.
    Scheduled,
    /// A worker is at it.
    Processing,
    /// The next mail server has taken it.
    Delivered,
    /// It was opened, as far as pictures tell; off by default.
    Opened,
    /// The link in it was followed.
    Clicked,
    /// Refused for now; it is tried again.
    Deferred,
    /// Refused for good.
    Bounced,
    /// Given up after the last attempt.
    Dropped,
    /// The person wants no more mail.
    Unsubscribed,
    /// Not sent: overtaken, unwanted, or never promised.
    NotSent,
}

impl MailStatus {
    /// All of them, in the order of a mail's life.
    pub const ALL: [Self; 10] = [
        Self::Scheduled,
        Self::Processing,
        Self::Delivered,
        Self::Opened,
        Self::Clicked,
        Self::Deferred,
        Self::Bounced,
        Self::Dropped,
        Self::Unsubscribed,
        Self::NotSent,
    ];

    /// Its name, as the wire has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Processing => "processing",
            Self::Delivered => "delivered",
            Self::Opened => "opened",
            Self::Clicked => "clicked",
            Self::Deferred => "deferred",
            Self::Bounced => "bounced",
            Self::Dropped => "dropped",
            Self::Unsubscribed => "unsubscribed",
            Self::NotSent => "not_sent",
        }
    }
}

/// Somebody's page: profile and timeline.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonDocument {
    /// The person, without key, link and code.
    pub person: Person,
    /// IANA zone of their browser.
    pub zone: Option<String>,
    /// Language of their browser.
    pub language: Option<String>,
    /// Whether they want no reminders of this event.
    pub reminders_off: bool,
    /// Their mails, the newest first.
    pub mails: Vec<SentMail>,
}

/// A mail to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SentMail {
    /// What it is for, by the outbox's name: `confirmation`, `resend`, `reminder`, `live`, `moved`, … New ones may come.
    pub kind: String,
    /// How it stands.
    pub state: MailStatus,
    /// When it was promised.
    pub created_at: Timestamp,
    /// When it is to be sent, or tried again.
    pub due_at: Timestamp,
    /// When that was decided for good.
    pub settled_at: Option<Timestamp>,
    /// How often it was tried.
    pub attempts: i64,
    /// What went wrong last, in the mail server's words.
    pub problem: Option<String>,
    /// When it was opened first.
    pub opened_at: Option<Timestamp>,
    /// When its link was followed first.
    pub clicked_at: Option<Timestamp>,
}

/// A mail to be opened in the host's own mail program.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mailto {
    /// To whom.
    pub to: String,
    /// Its subject, in the person's language.
    pub subject: String,
    /// Its body, which holds the link.
    pub body: String,
}

/// Corrects somebody's address: links and passes of before end, and a new link goes there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CorrectRequest {
    /// The right address.
    pub email: String,
}

/// Moves somebody to another event, such as another date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoveRequest {
    /// The other event's slug.
    pub to: String,
}
