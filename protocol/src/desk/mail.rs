//! What mails are for, and where they stand.

use serde::{Deserialize, Serialize};

/// What a mail is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum MailKind {
    /// You are registered; here is your access link.
    Confirmation,
    /// You asked for your access link again.
    Resend,
    /// All seats are taken; you are on the waiting list.
    WaitingList,
    /// The event starts soon.
    Reminder,
    /// The event is live.
    Live,
    /// The event takes place at another time.
    Moved,
    /// The event will not take place.
    Cancelled,
    /// The event is over; here is the replay.
    ThankYou,
    /// The host has cancelled your registration.
    RegistrationCancelled,
    /// To the host: somebody guesses keys; only mailed links let people in now.
    GuessingAlarm,
    /// To the host: so many mails bounce that reminders pause.
    BounceAlarm,
}

/// Where a mail stands, in the words that hosts know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum MailState {
    /// To be sent when it is due.
    Scheduled,
    /// A worker is at it.
    Processing,
    /// The next mail server has taken it.
    Delivered,
    /// Refused for now; it is tried again.
    Deferred,
    /// Refused for good.
    Bounced,
    /// Given up after the last attempt.
    Dropped,
    /// Overtaken before it left: the event started early, moved, ended, or was cancelled, or the address takes no mail.
    NotSent,
    /// A reminder that its registrant does not want any more.
    Unsubscribed,
}

impl MailKind {
    /// Whether it brings somebody with a seat their access link.
    pub fn has_link(self) -> bool {
        matches!(self, Self::Confirmation | Self::Resend | Self::Reminder | Self::Live | Self::Moved)
    }

    /// Whether it changes the event in calendars.
    pub fn has_calendar_entry(self) -> bool {
        matches!(self, Self::Confirmation | Self::Resend | Self::Moved | Self::Cancelled | Self::RegistrationCancelled)
    }

    /// Whether it is to the host, and not to somebody on the list.
    pub fn is_to_host(self) -> bool {
        matches!(self, Self::GuessingAlarm | Self::BounceAlarm)
    }
}
