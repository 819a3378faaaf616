//! Somebody who does not exist, for hosts to see how their mails look.

use crate::{
    store::{
        event::Event,
        registrant::{Registrant, Seat},
    },
    trust::{access_keys::AccessKey, secrets::Secrets},
};
use curtain_up_protocol::Source;

/// Ada, with a seat and a key that opens nothing. `.invalid` is nobody's domain for ever (RFC 2606).
pub fn person(event: &Event, language: &str, secrets: &Secrets) -> Registrant {
    let id = uuid::Uuid::nil().to_string();
    let language = if language.is_empty() { &event.plan.language } else { language };
    Registrant {
        event_id: event.id.clone(),
        email: "ada.lovelace@sample.invalid".to_owned(),
        canonical_email: "ada.lovelace@sample.invalid".to_owned(),
        first_name: "Ada".to_owned(),
        last_name: "Lovelace".to_owned(),
        answers: Vec::new(),
        consents: Vec::new(),
        source: Source::default(),
        zone: None,
        language: Some(language.to_owned()),
        seat: Seat::Confirmed,
        sealed_key: AccessKey::random(event.plan.key_format).seal(secrets, &id),
        reminders_off: false,
        registered_at: event.created_at,
        external_id: None,
        sealed_code: None,
        attended_at: None,
        id,
    }
}
