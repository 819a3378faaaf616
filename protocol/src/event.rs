use crate::{Door, Field, FieldKind, KeyFormat, StateDocument};
use serde::{Deserialize, Serialize};

/// Whether somebody who registers now gets a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Admission {
    /// Registration opens later.
    NotYetOpen,
    /// There are seats.
    Open,
    /// No seat is left: whoever registers joins the waiting list.
    Full,
    /// Registration has closed.
    Closed,
}

/// A text that people agree to (or not) when they register. What they agreed to is kept with its version and time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Consent {
    /// Stable name of the consent within its event.
    pub id: String,
    /// Grows when the text changes.
    pub version: u32,
    /// The text, as text: never HTML.
    pub text: String,
    /// Whether one cannot register without it.
    #[serde(default)]
    pub required: bool,
}

/// What anybody may know of an event: enough to show its form and its countdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventDocument {
    /// The event's name in addresses.
    pub slug: String,
    /// The event's title, as text.
    pub title: String,
    /// What the event is about, as text.
    pub description: String,
    /// BCP 47 tag of the language that the event is held in and described in; empty where a server does not say.
    #[serde(default)]
    pub language: String,
    /// IANA name of the zone that the event was planned in.
    pub zone: String,
    /// The page on which the event's element stands; `/live` below it is where access links lead.
    pub permalink: String,
    /// Phase, times, version and the server's clock.
    pub state: StateDocument,
    /// Whether one can register now.
    pub admission: Admission,
    /// How people come in who have no link.
    #[serde(default)]
    pub door: Door,
    /// When registration opens, epoch milliseconds, where a time is set.
    pub opens_at: Option<crate::Timestamp>,
    /// The shape of this event's access keys, so that the form can ask for them well.
    pub key_format: KeyFormat,
    /// The event's own fields, after first name, last name and e-mail.
    pub fields: Vec<Field>,
    /// The texts to agree to.
    pub consents: Vec<Consent>,
}

impl EventDocument {
    /// All fields of the registration form in their order: the three that every event asks for, then the event's own.
    pub fn form_fields(&self) -> Vec<Field> {
        form_fields(&self.fields)
    }
}

/// All fields of a registration form in their order: first name, last name, e-mail, then `own`.
pub(crate) fn form_fields(own: &[Field]) -> Vec<Field> {
    let mut fields = vec![
        Field::plain("first_name", FieldKind::Text),
        Field::plain("last_name", FieldKind::Text),
        Field::plain("email", FieldKind::Email),
    ];
    fields.extend_from_slice(own);
    fields
}
