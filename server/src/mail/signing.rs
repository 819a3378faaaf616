//! DKIM (RFC 6376): the sending domain signs what it sends, so that mailboxes can hold it to it.

use lettre::message::{
    dkim::{DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm, DkimSigningKey},
    header::HeaderName,
};
use std::path::Path;

/// Why mails cannot be signed.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// The file cannot be read.
    #[error("--dkim-key: {0} cannot be read: {1}")]
    Read(String, std::io::Error),
    /// It holds no key.
    #[error(
        "--dkim-key: {0} holds no key: {1}; write an RSA key in PEM (PKCS#1: `openssl genrsa -traditional 2048`) or 32 bytes of Ed25519 in base64"
    )]
    Key(String, lettre::message::dkim::DkimSigningKeyError),
}

/// What is signed. The two of RFC 8058 must be (section 4); those that a mail lacks cannot be added to it either.
/// Content-Type is not among them: lettre writes it with the body and finds it nowhere when it signs, so that a
/// signature that names it holds for no mail.
const HEADERS: [&str; 10] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "MIME-Version",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];

/// Signs for `domain`, whose public key stands at `{selector}._domainkey.{domain}`.
///
/// # Errors
/// [`SigningError`].
pub fn signing(file: &Path, selector: &str, domain: &str) -> Result<DkimConfig, SigningError> {
    let name = || file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| SigningError::Read(name(), error))?;
    let algorithm = if text.contains("-----BEGIN") { DkimSigningAlgorithm::Rsa } else { DkimSigningAlgorithm::Ed25519 };
    let key = DkimSigningKey::new(text.trim(), algorithm).map_err(|error| SigningError::Key(name(), error))?;
    let canonicalization = DkimCanonicalization { header: DkimCanonicalizationType::Relaxed, body: DkimCanonicalizationType::Relaxed };
    let headers = HEADERS.iter().map(|name| HeaderName::new_from_ascii_str(name)).collect();
    Ok(DkimConfig::new(selector.to_owned(), domain.to_owned(), key, headers, canonicalization))
}
