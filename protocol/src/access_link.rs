/// What an access link carries: whose it is, the key, and, where the server sent it, the server's signature.
///
/// `{permalink}/live?email=name%40gmail.com&key=9999&sig=…`
#[derive(Clone, PartialEq, Eq)]
pub struct AccessLink {
    /// The registrant's address as it stands in the link.
    pub email: String,
    /// The access key.
    pub key: String,
    /// The server's signature; a link that a host types by hand has none and works too.
    pub sig: Option<String>,
}

/// A secret never reaches a log by way of `{:?}`.
impl std::fmt::Debug for AccessLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccessLink { … }")
    }
}

impl AccessLink {
    /// Finds an access link in what somebody opened or pasted: a whole address, a query, or text around one.
    ///
    /// `+` stays a plus sign, since no address has a blank and hosts type `name+tag@…` by hand; `&amp;` is read as `&`,
    /// since mail programs show it so. Empty values count as missing.
    pub fn parse(text: &str) -> Option<Self> {
        let query = text.trim().split_once('?').map_or(text.trim(), |(_, query)| query);
        let query = query.split(['#', '>', '<', '"', ' ', '\n', '\r', '\t']).next().unwrap_or_default();
        let value = |name: &str| {
            query
                .split('&')
                .map(|pair| pair.strip_prefix("amp;").unwrap_or(pair))
                .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))
                .map(|(_, value)| percent_decode(value))
                .filter(|value| !value.is_empty())
        };
        Some(Self { email: value("email")?, key: value("key")?, sig: value("sig") })
    }

    /// The query of this link: what stands behind `{permalink}/live?`.
    pub fn query(&self) -> String {
        let mut query = format!("email={}&key={}", percent_encode(&self.email), percent_encode(&self.key));
        if let Some(sig) = &self.sig {
            query.push_str("&sig=");
            query.push_str(&percent_encode(sig));
        }
        query
    }
}

/// The page on which an event's element stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permalink(String);

impl Permalink {
    /// A permalink, without the slash at its end, its query or its fragment.
    pub fn new(address: &str) -> Self {
        let bare = address.split(['?', '#']).next().unwrap_or_default();
        Self(bare.trim_end_matches('/').to_owned())
    }

    /// The address itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address that lets somebody in.
    pub fn link(&self, access: &AccessLink) -> String {
        format!("{}/live?{}", self.0, access.query())
    }
}

/// Percent-encodes all but the unreserved characters of RFC 3986, 2.3.
pub fn percent_encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(byte as char);
        } else {
            encoded.extend(['%', HEX[usize::from(byte >> 4)] as char, HEX[usize::from(byte & 15)] as char]);
        }
    }
    encoded
}

/// Undoes percent-encoding; a broken escape stays as it stands, bytes that are no UTF-8 become U+FFFD.
fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = (bytes.get(at + 1).copied().and_then(hex_value), bytes.get(at + 2).copied().and_then(hex_value));
        if let (b'%', (Some(high), Some(low))) = (bytes[at], pair) {
            decoded.push(high << 4 | low);
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn hex_value(digit: u8) -> Option<u8> {
    (digit as char).to_digit(16).map(|value| value as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(email: &str, key: &str, sig: Option<&str>) -> Option<AccessLink> {
        Some(AccessLink { email: email.into(), key: key.into(), sig: sig.map(Into::into) })
    }

    #[test]
    fn a_link_is_found_in_whatever_people_paste() {
        for (text, expected) in [
            ("https://e.example/launch/live?email=name%40gmail.com&key=9999", link("name@gmail.com", "9999", None)),
            ("https://e.example/launch/live?email=name@gmail.com&key=0042&sig=ab-_", link("name@gmail.com", "0042", Some("ab-_"))),
            ("?key=1&email=a+b@c.de", link("a+b@c.de", "1", None)),
            ("email=a%2Bb%40c.de&key=1", link("a+b@c.de", "1", None)),
            ("  <https://e.example/live?email=a@b.de&amp;key=7>  ", link("a@b.de", "7", None)),
            ("https://e.example/live?email=a@b.de&key=7#top", link("a@b.de", "7", None)),
            ("https://e.example/live?utm_source=x&email=a@b.de&key=7&sig=", link("a@b.de", "7", None)),
            ("https://e.example/live?email=100%&key=7", link("100%", "7", None)),
            ("https://e.example/live?email=%FF%FE&key=7", link("\u{fffd}\u{fffd}", "7", None)),
            ("https://e.example/live?email=a@b.de", None),
            ("https://e.example/live?email=a@b.de&key=", None),
            ("9999", None),
            ("", None),
            ("?", None),
            ("%", None),
        ] {
            assert!(AccessLink::parse(text) == expected, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for (email, key, sig) in
            [("name@gmail.com", "9999", None), ("a+b&c=d%@x.de", "0 1", Some("_-")), ("пример@почта.рф", "ABCD", Some("x"))]
        {
            let access = AccessLink { email: email.into(), key: key.into(), sig: sig.map(Into::into) };
            assert!(AccessLink::parse(&Permalink::new("https://e.example/x").link(&access)) == Some(access));
        }
    }

    #[test]
    fn the_link_of_the_help_article_is_what_the_server_writes() {
        let access = AccessLink { email: "name@gmail.com".into(), key: "9999".into(), sig: None };
        for permalink in ["https://e.example/launch", "https://e.example/launch/", "https://e.example/launch?utm_source=x#y"] {
            assert_eq!(Permalink::new(permalink).link(&access), "https://e.example/launch/live?email=name%40gmail.com&key=9999");
        }
    }

    #[test]
    fn a_link_shown_for_debugging_shows_no_secret() {
        assert_eq!(format!("{:?}", link("a@b.de", "9999", None)), "Some(AccessLink { … })");
    }
}
