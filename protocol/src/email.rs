use crate::FieldCode;

/// An e-mail address that a mail server can be asked to deliver to, in the form it was typed, without blanks around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Parses one address: one mailbox, no display name, no comment, no quoted local part (RFC 5321, 4.1.2, without
    /// the corners that no mailbox provider hands out). Anything that could end a header or add a recipient is refused.
    ///
    /// # Errors
    /// [`FieldCode::Required`] for nothing but blanks, [`FieldCode::InvalidEmail`] for anything else that is no address.
    pub fn parse(typed: &str) -> Result<Self, FieldCode> {
        let address = typed.trim();
        if address.is_empty() {
            return Err(FieldCode::Required);
        }
        match address.rsplit_once('@') {
            Some((local, domain)) if address.len() <= 254 && is_local(local) && is_domain(domain) => Ok(Self(address.to_owned())),
            _ => Err(FieldCode::InvalidEmail),
        }
    }

    /// The address as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form by which a person is known on an event's list: ASCII letters in lower case.
    ///
    /// Parts after `+` and dots stay: whether they name another mailbox is the provider's business.
    pub fn canonical(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

fn is_local(local: &str) -> bool {
    (1..=64).contains(&local.len())
        && local.split('.').all(|atom| !atom.is_empty())
        && !reads_as_an_encoded_word(local)
        && local.chars().all(|c| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => true,
            '.' | '!' | '#' | '$' | '%' | '&' | '\'' | '*' | '+' | '/' | '=' | '?' | '^' | '_' | '`' | '{' | '|' | '}' | '~' | '-' => true,
            _ if c.is_ascii() => false,
            _ => is_plain(c),
        })
}

/// Mail programs read `=?utf-8?q?x?=` as `x` even in an address, where RFC 2047, 5, forbids it: they would show another recipient.
fn reads_as_an_encoded_word(local: &str) -> bool {
    local.split_once("=?").is_some_and(|(_, rest)| rest.contains("?="))
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.')
        && domain.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || (!c.is_ascii() && is_plain(c)))
        })
}

/// Characters beyond ASCII that are neither controls, nor blanks, nor marks that turn or hide text.
fn is_plain(c: char) -> bool {
    !matches!(c, '\u{80}'..='\u{a0}' | '\u{ad}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}'
        | '\u{3000}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_providers_hand_out_are_taken() {
        for typed in
            ["a@b.co", " Ada.Lovelace+launch@Example.COM ", "o'neil@mail.example", "x_y-z@sub.domain.example", "пример@почта.рф", "1@1.de"]
        {
            assert_eq!(Email::parse(typed).map(|email| email.0), Ok(typed.trim().to_owned()));
        }
    }

    #[test]
    fn what_is_no_single_mailbox_is_refused() {
        let long = format!("{}@example.com", "a".repeat(65));
        for typed in [
            "a",
            "a@b",
            "@b.co",
            "a@",
            "a b@c.de",
            "a@b..de",
            ".a@b.de",
            "a.@b.de",
            "a@-b.de",
            "a@b-.de",
            "Ada <a@b.de>",
            "a@b.de,c@d.de",
            "a@b.de;c@d.de",
            "a@b.de\r\nBcc: x@y.de",
            "a\0@b.de",
            "\"a b\"@c.de",
            "a@[127.0.0.1]",
            "a@b.de\u{202e}",
            "a@b@c.de",
            "=?utf-8?q?eve?=@b.de",
            &long,
        ] {
            assert_eq!(Email::parse(typed), Err(FieldCode::InvalidEmail), "{typed:?}");
        }
    }

    #[test]
    fn nothing_but_blanks_is_missing_not_wrong() {
        assert_eq!(Email::parse(" \t "), Err(FieldCode::Required));
    }

    #[test]
    fn the_canonical_form_folds_letters_and_nothing_else() {
        let canonical = |typed| Email::parse(typed).map(|email| email.canonical());
        assert_eq!(canonical("Ada.L+x@Example.COM"), Ok("ada.l+x@example.com".to_owned()));
    }
}
