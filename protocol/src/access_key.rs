use serde::{Deserialize, Serialize};

/// The shape of an event's access keys. The host chooses; the key space decides how many guesses are allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum KeyFormat {
    /// `0000` to `9999`.
    #[default]
    FourDigits,
    /// `000000` to `999999`.
    SixDigits,
    /// Eight characters of Crockford's base 32: digits and capitals without I, L, O, U.
    EightBase32,
}

impl KeyFormat {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::FourDigits, Self::SixDigits, Self::EightBase32];

    /// The format of the keys that are as long as this one, typed or pasted. An event may hold keys of several: those made
    /// before its host chose another format, and those that people brought along from another date.
    pub fn of(typed: &str) -> Option<Self> {
        let length = plain_key(typed).count();
        Self::ALL.into_iter().find(|format| format.length() == length)
    }

    /// How many characters a key has.
    pub const fn length(self) -> usize {
        match self {
            Self::FourDigits => 4,
            Self::SixDigits => 6,
            Self::EightBase32 => 8,
        }
    }

    /// The characters that a key is made of.
    pub const fn alphabet(self) -> &'static [u8] {
        match self {
            Self::FourDigits | Self::SixDigits => b"0123456789",
            Self::EightBase32 => b"0123456789ABCDEFGHJKMNPQRSTVWXYZ",
        }
    }

    /// How many keys there are.
    pub const fn space(self) -> u64 {
        (self.alphabet().len() as u64).pow(self.length() as u32)
    }

    /// The key that somebody meant who typed or pasted `typed`: blanks and hyphens are dropped, and in base 32 the
    /// letters that look like digits are read as digits (<https://www.crockford.com/base32.html>).
    pub fn normalise(self, typed: &str) -> String {
        plain_key(typed)
            .map(|c| match (self, c.to_ascii_uppercase()) {
                (Self::EightBase32, 'O') => '0',
                (Self::EightBase32, 'I' | 'L') => '1',
                (_, c) => c,
            })
            .collect()
    }
}

/// What somebody typed or pasted, without blanks and hyphens, in plain digits.
pub fn plain_key(typed: &str) -> impl Iterator<Item = char> {
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(plain_digit)
}

/// The digit that an Arabic, Persian or Japanese keyboard means.
fn plain_digit(typed: char) -> char {
    let zero = match typed {
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '０'..='９' => '０',
        _ => return typed,
    };
    char::from_digit(typed as u32 - zero as u32, 10).unwrap_or(typed)
}

#[cfg(test)]
mod tests {
    use super::KeyFormat::*;

    #[test]
    fn a_pasted_key_is_read_as_it_was_meant() {
        for (format, typed, key) in
            [(FourDigits, " 00 42\n", "0042"), (SixDigits, "123-456", "123456"), (EightBase32, "abcd-o1il", "ABCD0111")]
        {
            assert_eq!(format.normalise(typed), key);
        }
        for typed in ["٠٠٤٢", "۰۰۴۲", "００４２", "\u{a0}00\u{a0}42", "00\u{2009}42"] {
            assert_eq!(FourDigits.normalise(typed), "0042", "{typed}");
        }
    }

    #[test]
    fn a_key_tells_its_format_by_its_length() {
        for (typed, format) in
            [("00 42", Some(FourDigits)), ("123-456", Some(SixDigits)), ("abcd-o1il", Some(EightBase32)), ("", None), ("12345", None)]
        {
            assert_eq!(super::KeyFormat::of(typed), format, "{typed}");
        }
    }

    #[test]
    fn the_key_space_follows_from_the_shape() {
        assert_eq!([FourDigits.space(), SixDigits.space(), EightBase32.space()], [10_000, 1_000_000, 1 << 40]);
    }
}
