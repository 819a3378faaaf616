//! What a host may set that no query looks at: kept as one column of JSON, so that a new setting needs no migration.

use super::OwnWords;
use crate::Door;
use serde::{Deserialize, Serialize};

/// Settings of an event. What is left out is as it always was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventSettings {
    /// `https:` address of a picture above the title of the hosted page.
    pub cover: Option<String>,
    /// How mailed access links are written.
    pub link_style: LinkStyle,
    /// Hosts that the room's address may be at; any, where the list is empty.
    pub room_hosts: Vec<String>,
    /// Languages that mails are written in; where a reader's is not among them, they get the event's. All, where the list is empty.
    pub languages: Vec<String>,
    /// What mails say in the host's own words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<OwnWords>,
    /// *Require custom access codes*: on, and only people on the uploaded list come in, by their codes. Off, and people enter
    /// without a code as "Anonymous". Left out, people register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require_codes: Option<bool>,
    /// *Anonymize attendees*: nobody is known by name in the event, even where codes are required.
    pub anonymize: bool,
    /// Whether a code lets in on one device at a time.
    pub one_device: bool,
    /// Whether mails hold a picture that tells when they are opened.
    pub track_opens: bool,
}

impl Default for EventSettings {
    fn default() -> Self {
        Self {
            cover: None,
            link_style: LinkStyle::default(),
            room_hosts: Vec::new(),
            languages: Vec::new(),
            words: Vec::new(),
            require_codes: None,
            anonymize: false,
            one_device: true,
            track_opens: false,
        }
    }
}

impl EventSettings {
    /// How people come in who have no link.
    pub fn door(&self) -> Door {
        match self.require_codes {
            None => Door::Registration,
            Some(true) => Door::Code,
            Some(false) => Door::Open,
        }
    }

    /// Whether a pass is held to one device: links in mails are opened on whatever is at hand, codes are passed on.
    pub fn holds_to_one_device(&self) -> bool {
        self.one_device && self.door() == Door::Code
    }

    /// Whether people are known here by their codes, so that they can go on to other events as themselves.
    pub fn knows_people(&self) -> bool {
        self.door() == Door::Code && !self.anonymize
    }
}

/// How mailed access links are written. Each works; a signed one works even while keys are guessed at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum LinkStyle {
    /// `…/live?email=…&key=…&sig=…`
    #[default]
    Signed,
    /// `…/live?email=…&key=…`, as one would type it.
    Short,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_as_it_always_was() {
        let read = |json| serde_json::from_str::<EventSettings>(json).expect("settings");
        assert_eq!(read("{}"), EventSettings::default());
        for (json, door, one_device, knows) in [
            ("{}", Door::Registration, false, false),
            (r#"{"require_codes":true}"#, Door::Code, true, true),
            (r#"{"require_codes":true,"one_device":false}"#, Door::Code, false, true),
            (r#"{"require_codes":true,"anonymize":true}"#, Door::Code, true, false),
            (r#"{"require_codes":false}"#, Door::Open, false, false),
        ] {
            let settings = read(json);
            assert_eq!((settings.door(), settings.holds_to_one_device(), settings.knows_people()), (door, one_device, knows), "{json}");
            let written = serde_json::to_string(&settings).expect("JSON");
            assert_eq!(serde_json::from_str::<EventSettings>(&written).expect("settings"), settings);
        }
    }
}
