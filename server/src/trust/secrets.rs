//! The master secret: 32 random bytes in a file beside the database, never in it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::{io::Write, path::Path};

/// Everything that is derived from the master secret. Each purpose has a key of its own.
#[derive(Clone)]
pub struct Secrets {
    sealing: [u8; 32],
    passes: [u8; 32],
    links: [u8; 32],
    scopes: [u8; 32],
    unsubscribing: [u8; 32],
    bounces: [u8; 32],
    codes: [u8; 32],
    claims: [u8; 32],
    pictures: [u8; 32],
}

/// Why there is no master secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// The file can be neither read nor made.
    #[error("the secret file {path}: {source}; make it readable and writable by the server alone")]
    File {
        /// Where it should be.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file holds something else.
    #[error(
        "the secret file {0} does not hold 32 bytes in base64url; restore it from your backup, since keys sealed with it cannot be read with another"
    )]
    Malformed(String),
}

impl Secrets {
    /// Reads the master secret from a file, or makes the file (mode 0600) where there is none.
    ///
    /// # Errors
    /// [`SecretsError`].
    pub fn read_or_make(path: &Path) -> Result<Self, SecretsError> {
        let name = || path.display().to_string();
        let file_error = |source| SecretsError::File { path: name(), source };
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let bytes = URL_SAFE_NO_PAD.decode(text.trim()).map_err(|_| SecretsError::Malformed(name()))?;
                let master: [u8; 32] = bytes.try_into().map_err(|_| SecretsError::Malformed(name()))?;
                Ok(Self::derive(&master))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let master: [u8; 32] = rand::random();
                write_private(path, &URL_SAFE_NO_PAD.encode(master)).map_err(file_error)?;
                Ok(Self::derive(&master))
            }
            Err(error) => Err(file_error(error)),
        }
    }

    /// The secrets that follow from a master secret.
    pub fn derive(master: &[u8; 32]) -> Self {
        let purpose = |label: &str| authenticate(master, &[label.as_bytes()]);
        Self {
            sealing: purpose("curtain-up sealing"),
            passes: purpose("curtain-up passes"),
            links: purpose("curtain-up links"),
            scopes: purpose("curtain-up scopes"),
            unsubscribing: purpose("curtain-up unsubscribing"),
            bounces: purpose("curtain-up bounces"),
            codes: purpose("curtain-up codes"),
            claims: purpose("curtain-up claims"),
            pictures: purpose("curtain-up pictures"),
        }
    }

    pub(super) fn sealing(&self) -> &[u8; 32] {
        &self.sealing
    }

    pub(super) fn passes(&self) -> &[u8; 32] {
        &self.passes
    }

    pub(super) fn links(&self) -> &[u8; 32] {
        &self.links
    }

    pub(super) fn unsubscribing(&self) -> &[u8; 32] {
        &self.unsubscribing
    }

    pub(super) fn bounces(&self) -> &[u8; 32] {
        &self.bounces
    }

    pub(super) fn claims(&self) -> &[u8; 32] {
        &self.claims
    }

    pub(super) fn pictures(&self) -> &[u8; 32] {
        &self.pictures
    }

    pub(super) fn codes(&self) -> &[u8; 32] {
        &self.codes
    }

    /// The id by which somebody takes part in an event where nobody is known by name: always the same, and nobody's who
    /// does not know this secret.
    pub fn alias(&self, event: &str, registrant: &str) -> String {
        let mac = authenticate(&self.codes, &[b"alias", event.as_bytes(), registrant.as_bytes()]);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&mac[..16]);
        uuid::Uuid::from_bytes(bytes).to_string()
    }

    /// A keyed hash under which something is counted, so that the counters hold no address.
    pub fn scope(&self, name: &str, parts: &[&str]) -> String {
        let parts: Vec<&[u8]> = std::iter::once(name).chain(parts.iter().copied()).map(str::as_bytes).collect();
        format!("{name}:{}", URL_SAFE_NO_PAD.encode(&authenticate(&self.scopes, &parts)[..16]))
    }
}

/// HMAC-SHA-256 (RFC 2104) over parts, each led by its length, so that no two lists of parts read alike.
pub(super) fn authenticate(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC pads a short key with zeros to the hash's block of 64 bytes; to do it here leaves no error to handle.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
