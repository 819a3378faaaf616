//! Keys, links and codes in the clear, for whoever may see them. What is not asked for is not opened.

use crate::{
    mail::letter::access_link,
    store::{event::Event, registrant::Registrant},
    trust::{access_keys::AccessKey, secrets::Secrets},
};

/// Which secrets are shown.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Reveal {
    /// Access keys.
    pub key: bool,
    /// Access links.
    pub link: bool,
    /// Access codes.
    pub code: bool,
}

impl Reveal {
    /// All of them.
    pub const ALL: Self = Self { key: true, link: true, code: true };

    /// Reads `key,link,code`; nothing where a word is none of them.
    pub fn parse(text: &str) -> Option<Self> {
        let mut reveal = Self::default();
        for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            match name {
                "key" => reveal.key = true,
                "link" => reveal.link = true,
                "code" => reveal.code = true,
                _ => return None,
            }
        }
        Some(reveal)
    }

    /// Whether anything is shown.
    pub fn any(self) -> bool {
        self != Self::default()
    }
}

/// The secrets of a person that are shown. There is no `Debug`.
#[derive(Default)]
pub struct Revealed {
    /// The access key.
    pub key: Option<String>,
    /// The access link, of those whom it lets in.
    pub link: Option<String>,
    /// The access code.
    pub code: Option<String>,
}

impl Revealed {
    /// Opens what is to be shown.
    pub fn of(person: &Registrant, event: &Event, reveal: Reveal, secrets: &Secrets, public_url: &str) -> Self {
        let open = |sealed: &str| AccessKey::open(sealed, secrets, &person.id);
        let key = (reveal.key || reveal.link).then(|| open(&person.sealed_key)).flatten();
        let link = key
            .as_ref()
            .filter(|_| reveal.link && person.has_working_link())
            .map(|key| access_link(event, person, key, public_url, secrets));
        let code = person.sealed_code.as_deref().filter(|_| reveal.code).and_then(open);
        let text = |key: AccessKey| key.reveal().to_owned();
        Self { key: key.filter(|_| reveal.key).map(text), link, code: code.map(text) }
    }
}
