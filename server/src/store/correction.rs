//! An address that takes no mail is corrected by who has just typed it: the registration stays, the old link dies.

use super::{
    StoreError, Write,
    mail_status::Whose,
    registrant::{Registrant, Registration, read},
};
use crate::trust::{access_keys::AccessKey, claim::Claim, secrets::Secrets};
use curtain_up_protocol::Timestamp;

impl Write {
    /// Gives the registration that a claim speaks of the address of this one, and a new key. Nothing happens where mail
    /// to its address has not come back, where it has another address by now, or where the new one is on the list already.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn correct_address(
        &mut self,
        registration: &Registration<'_>,
        claim: &Claim,
        secrets: &Secrets,
        now: Timestamp,
    ) -> Result<Option<Registrant>, StoreError> {
        let event = self.lock_event(&registration.event.plan.slug).await?;
        let id = claim.registrant.to_string();
        let row = sqlx::query(
            "UPDATE registrants SET canonical_email = $4, email = $5, sealed_key = $6, updated_at = $7
             WHERE id = $1 AND event_id = $2 AND canonical_email = $3
                AND EXISTS (SELECT 1 FROM address_health WHERE canonical_email = $3 AND state = 'bounced')
                AND NOT EXISTS (SELECT 1 FROM registrants other WHERE other.event_id = $2 AND other.canonical_email = $4)
             RETURNING *",
        )
        .bind(&id)
        .bind(&event.id)
        .bind(&claim.email)
        .bind(registration.email.canonical())
        .bind(registration.email.as_str())
        .bind(AccessKey::random(event.plan.key_format).seal(secrets, &id))
        .bind(now.0)
        .fetch_optional(self.connection())
        .await?;
        match row.as_ref().map(read).transpose()? {
            // What else was answered may have been corrected with it.
            Some(_) => {
                self.mail_changed(Whose::Person(id));
                Ok(Some(self.merge(registration, now).await?))
            }
            None => Ok(None),
        }
    }
}
