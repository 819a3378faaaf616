//! Where somebody's mail stands, in the words that hosts know: one expression that the column and the filter share.

use super::StoreError;
use curtain_up_protocol::desk::MailStatus;

/// The status of the row of `registrants` at hand. It is that of the last mail that brought an access link, and of what
/// is known of the address: what is under way comes first, then whether mail arrives at all, then how far it came.
pub(super) const MAIL_STATUS: &str = "COALESCE((SELECT CASE
        WHEN mail.state IN ('scheduled', 'processing', 'deferred') THEN mail.state
        WHEN mail.state = 'bounced' OR health.state = 'bounced' THEN 'bounced'
        WHEN registrants.reminders_off = 1 OR health.state = 'complained' THEN 'unsubscribed'
        WHEN mail.state <> 'delivered' THEN mail.state
        WHEN mail.clicked_at IS NOT NULL THEN 'clicked'
        WHEN mail.opened_at IS NOT NULL THEN 'opened'
        ELSE 'delivered' END
    FROM outbox mail LEFT JOIN address_health health ON health.canonical_email = registrants.canonical_email
    WHERE mail.registrant_id = registrants.id AND (mail.kind IN ('confirmation', 'resend', 'waiting_list', 'moved', 'live')
        OR (mail.kind = 'reminder' AND mail.state NOT IN ('scheduled', 'not_sent')))
    ORDER BY mail.due_at DESC, mail.created_at DESC, mail.id DESC LIMIT 1), 'not_sent')";

/// Whether nobody has seen any mail to the row of `registrants` at hand, as far as is known.
pub(super) const NEVER_OPENED: &str = "registrants.attended_at IS NULL AND NOT EXISTS (SELECT 1 FROM outbox seen
    WHERE seen.registrant_id = registrants.id AND (seen.opened_at IS NOT NULL OR seen.clicked_at IS NOT NULL))";

/// How a single mail stands: the outbox knows fewer words.
pub(super) fn of_mail(state: &str, was_opened: bool, was_clicked: bool) -> Result<MailStatus, StoreError> {
    let state = super::from_name("state of a mail", state)?;
    Ok(match state {
        MailStatus::Delivered if was_clicked => MailStatus::Clicked,
        MailStatus::Delivered if was_opened => MailStatus::Opened,
        state => state,
    })
}
