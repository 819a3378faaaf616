//! Tokens of sessions, sign-in links and scripts: 256 random bits, of which only a hash is kept.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// A token in the clear, as its holder gets it. It has no `Debug` and no `Display`: it cannot be logged by accident.
pub struct Token(String);

impl Token {
    /// A new token; `prefix` tells people and secret scanners what it is.
    pub fn random(prefix: &str) -> Self {
        let bits: [u8; 32] = rand::random();
        Self(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bits)))
    }

    /// The token, for its holder and for nobody else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn hash(&self) -> String {
        hash(&self.0)
    }
}

/// What is kept of a token. Nobody guesses 256 bits, so a plain hash is as good as a slow one.
pub fn hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_token_is_another_and_its_hash_does_not_tell_it() {
        let (one, other) = (Token::random("cu_"), Token::random("cu_"));
        assert!(one.reveal() != other.reveal() && one.reveal().len() == 46 && one.reveal().starts_with("cu_"));
        assert_eq!(one.hash(), hash(one.reveal()));
        assert!(!one.hash().contains(&one.reveal()[3..10]));
    }
}
