use super::{EventSettings, TimeChoice};
use crate::{Consent, Field, KeyFormat, Room};
use serde::{Deserialize, Serialize};

/// An event as its host writes it: what `curtain-up event add` takes, and what the desk edits. Times are civil times in
/// [`Self::zone`], such as `2027-03-10T18:00`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventPlanDocument {
    /// Its name in addresses: 1 to 64 of `a-z`, `0-9`, `-`. It never changes.
    pub slug: String,
    /// Its title: 1 to 200 characters.
    pub title: String,
    /// What it is about, as text: up to 5,000 characters.
    #[serde(default)]
    pub description: String,
    /// BCP 47 tag of the language it is held in.
    #[serde(default = "english")]
    pub language: String,
    /// Where replies and alarms go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host_email: Option<String>,
    /// When it starts.
    pub start: String,
    /// Which of the two instants is meant, where the clocks show [`Self::start`] twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_choice: Option<TimeChoice>,
    /// IANA name of its zone.
    pub zone: String,
    /// How long it is planned to last: 1 minute to 30 days.
    pub duration_minutes: i64,
    /// Whether the server says `live` at the start time by itself.
    #[serde(default)]
    pub starts_by_itself: bool,
    /// The page on which its element stands, where that is not the hosted page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
    /// Where it happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<Room>,
    /// `https:` address of its replay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replay: Option<String>,
    /// How many people fit in: 1 or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<i64>,
    /// When registration opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<String>,
    /// Which of the two instants is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_choice: Option<TimeChoice>,
    /// When registration closes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<String>,
    /// Which of the two instants is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_choice: Option<TimeChoice>,
    /// The shape of its access keys.
    #[serde(default)]
    pub key_format: KeyFormat,
    /// Whether a new registrant is let in at once. It tells who is registered already.
    #[serde(default)]
    pub instant_entry: bool,
    /// Origins whose pages may embed it; any, where the list is empty.
    #[serde(default)]
    pub origins: Vec<String>,
    /// Its own fields.
    #[serde(default)]
    pub fields: Vec<Field>,
    /// What people agree to.
    #[serde(default)]
    pub consents: Vec<Consent>,
    /// How many minutes before the start people are reminded: up to five numbers.
    #[serde(default = "an_hour_and_five_minutes")]
    pub reminders_minutes: Vec<i64>,
    /// Colour of buttons and links in mails: `#rrggbb`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
    /// `https:` address of a picture above the words of mails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    /// The series that it is a date of: 1 to 64 of `a-z`, `0-9`, `-`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// Everything else.
    #[serde(default)]
    pub settings: EventSettings,
}

fn english() -> String {
    "en".to_owned()
}

fn an_hour_and_five_minutes() -> Vec<i64> {
    vec![60, 5]
}
