//! Amazon SES: it reports to a topic of Amazon's notification service, which reports here ([`super::sns`]). What it says
//! of a mail is JSON within the message (<https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html>).

use super::{of_address, sns::NoticeError};
use crate::{
    http::{context::Context, error::Error},
    mail::bounce::Bounce,
    store::address::BounceKind,
};
use serde::Deserialize;

/// Written by a topic (`notificationType`) and by a configuration set (`eventType`).
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Report {
    notification_type: String,
    event_type: String,
    bounce: Returned,
    complaint: Complaint,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Returned {
    bounce_type: String,
    bounced_recipients: Vec<Recipient>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Complaint {
    complained_recipients: Vec<Recipient>,
    complaint_feedback_type: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Recipient {
    email_address: String,
    /// What the other server has done, where it was a server that spoke: holiday replies have none.
    action: String,
}

/// Reads what a topic says, and answers its question whether it may.
pub(super) async fn read(context: &Context, body: &[u8]) -> Result<Vec<Bounce>, Error> {
    let notice = context.sns.read(body, context.clock.now()).await?;
    match notice.r#type.as_str() {
        "Notification" => Ok(bounces(&notice.message)),
        "SubscriptionConfirmation" => {
            context.sns.confirm(&notice).await?;
            tracing::info!("Amazon's topic reports bounces here from now on");
            Ok(Vec::new())
        }
        other => {
            tracing::warn!(kind = other, "Amazon's topic has said something about itself; does it still report bounces here?");
            Ok(Vec::new())
        }
    }
}

impl From<NoticeError> for Error {
    fn from(error: NoticeError) -> Self {
        match error {
            NoticeError::Refused => Self::PassRefused,
            NoticeError::Later => Self::Unavailable,
        }
    }
}

fn bounces(message: &str) -> Vec<Bounce> {
    // A message that is no report, such as the first one of a new topic, says nothing of bounces.
    let report: Report = serde_json::from_str(message).unwrap_or_default();
    let kind = if report.event_type.is_empty() { &report.notification_type } else { &report.event_type };
    let (recipients, kind) = match kind.as_str() {
        "Bounce" => (&report.bounce.bounced_recipients, None),
        "Complaint" if report.complaint.complaint_feedback_type != "not-spam" => {
            (&report.complaint.complained_recipients, Some(BounceKind::Complaint))
        }
        _ => return Vec::new(),
    };
    let of_type = |recipient: &Recipient| match report.bounce.bounce_type.as_str() {
        "Permanent" => Some(BounceKind::Hard),
        _ if recipient.action.eq_ignore_ascii_case("failed") => Some(BounceKind::Soft),
        _ => None,
    };
    let of_recipient = |recipient: &Recipient| Some(of_address(&recipient.email_address, kind.or_else(|| of_type(recipient))?));
    recipients.iter().filter_map(of_recipient).collect()
}
