//! Amazon's Simple Notification Service: a signature over some fields of a message, with the key of a certificate that
//! the message names (<https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html>).
//!
//! Everybody who pays Amazon can have messages signed there. So only those of the host's own topic are taken, and
//! certificates only from the very host that signs for this topic.

use crate::config::{SnsTopic, WebhookFlags};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::DateTime;
use curtain_up_protocol::Timestamp;
use ring::signature::{RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256, RsaParameters, UnparsedPublicKey};
use serde::Deserialize;
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::sync::Mutex;
use url::Url;
use x509_parser::{pem::parse_x509_pem, time::ASN1Time};

/// Fetches what stands at an `https:` address; nothing where it cannot be had. It may block.
pub type Fetch = Arc<dyn Fn(&str) -> Option<Vec<u8>> + Send + Sync>;

/// How many certificates are remembered. Amazon changes its own about once a year.
const REMEMBERED: usize = 8;
/// The longest certificate that is read.
const LONGEST: u64 = 64 * 1024;

/// The topic that bounces are reported to, and the certificates that its messages were signed with.
pub struct Sns {
    topic: Option<SnsTopic>,
    /// A certificate that the host has put beside the server, in PEM: nothing is fetched then.
    pinned: Option<Vec<u8>>,
    fetched: Mutex<HashMap<String, Vec<u8>>>,
    fetch: Fetch,
}

/// A message, as it came.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Notice {
    pub r#type: String,
    pub message: String,
    message_id: String,
    subject: Option<String>,
    timestamp: String,
    token: Option<String>,
    topic_arn: String,
    #[serde(rename = "SubscribeURL")]
    pub subscribe_url: Option<String>,
    signature_version: String,
    signature: String,
    #[serde(rename = "SigningCertURL")]
    signing_cert_url: String,
}

/// Why a message is not taken.
#[derive(Debug, PartialEq, Eq)]
pub enum NoticeError {
    /// It is none, or not from this topic, or not signed by Amazon, or old.
    Refused,
    /// The certificate cannot be had now; the same message may be taken later.
    Later,
}

/// Fetches over the network: `https:` only, to where it was asked and no further.
pub fn by_https() -> Fetch {
    Arc::new(|address| {
        let config = ureq::Agent::config_builder().https_only(true).max_redirects(0).timeout_global(Some(Duration::from_secs(10))).build();
        let answer = ureq::Agent::new_with_config(config).get(address).call();
        let mut answer = answer.inspect_err(|error| tracing::warn!(%error, "Amazon cannot be reached")).ok()?;
        answer.body_mut().with_config().limit(LONGEST).read_to_vec().ok()
    })
}

impl Sns {
    /// What the host has said of it.
    ///
    /// # Errors
    /// Where the certificate's file cannot be read.
    pub fn new(flags: &WebhookFlags, fetch: Fetch) -> std::io::Result<Self> {
        let pinned = flags.ses_certificate.as_ref().map(std::fs::read).transpose()?;
        Ok(Self { topic: flags.ses_topic.clone(), pinned, fetched: Mutex::default(), fetch })
    }

    /// Reads a message and makes sure that it is the topic's.
    pub async fn read(&self, body: &[u8], now: Timestamp) -> Result<Notice, NoticeError> {
        let notice: Notice = serde_json::from_slice(body).map_err(|_| NoticeError::Refused)?;
        let topic = self.topic.as_ref().filter(|topic| topic.arn == notice.topic_arn).ok_or(NoticeError::Refused)?;
        let is_recent = DateTime::parse_from_rfc3339(&notice.timestamp)
            .is_ok_and(|at| (now.0 - at.timestamp_millis()).abs() <= super::WINDOW.num_milliseconds());
        if !is_recent || !is_certificate_of(&notice.signing_cert_url, &topic.host) {
            return Err(NoticeError::Refused);
        }
        let certificate = match &self.pinned {
            Some(pinned) => pinned.clone(),
            None => self.certificate(&notice.signing_cert_url).await.ok_or(NoticeError::Later)?,
        };
        if notice.is_signed(&certificate, now) { Ok(notice) } else { Err(NoticeError::Refused) }
    }

    /// Says yes to Amazon's question whether the topic may report here.
    pub async fn confirm(&self, notice: &Notice) -> Result<(), NoticeError> {
        let address = notice.subscribe_url.as_deref().unwrap_or_default();
        let host = self.topic.as_ref().map(|topic| topic.host.as_str()).unwrap_or_default();
        if !Url::parse(address).is_ok_and(|url| is_of_host(&url, host)) {
            return Err(NoticeError::Refused);
        }
        self.get(address).await.map(drop).ok_or(NoticeError::Later)
    }

    async fn certificate(&self, address: &str) -> Option<Vec<u8>> {
        // Held while fetching: whoever asks meanwhile waits for the same certificate.
        let mut fetched = self.fetched.lock().await;
        if let Some(known) = fetched.get(address) {
            return Some(known.clone());
        }
        let certificate = self.get(address).await?;
        if fetched.len() >= REMEMBERED {
            fetched.clear();
        }
        fetched.insert(address.to_owned(), certificate.clone());
        Some(certificate)
    }

    async fn get(&self, address: &str) -> Option<Vec<u8>> {
        let (fetch, address) = (self.fetch.clone(), address.to_owned());
        tokio::task::spawn_blocking(move || fetch(&address)).await.ok().flatten()
    }
}

/// Whether an address is one of Amazon's certificates, which lie at `/SimpleNotificationService-….pem` of the topic's host.
fn is_certificate_of(address: &str, host: &str) -> bool {
    let is_certificate = |path: &str| path.starts_with("/SimpleNotificationService-") && path.ends_with(".pem") && !path[1..].contains('/');
    Url::parse(address).is_ok_and(|url| is_of_host(&url, host) && is_certificate(url.path()))
}

/// Whether an address is an `https:` one of exactly this host, without a user, at the usual port.
fn is_of_host(url: &Url, host: &str) -> bool {
    url.scheme() == "https" && url.host_str() == Some(host) && url.port().is_none() && url.username().is_empty() && url.password().is_none()
}

impl Notice {
    /// What was signed: names and values, a line each, in the order of the alphabet.
    fn signed_text(&self) -> String {
        let subscribe_url = self.subscribe_url.as_ref().filter(|_| self.token.is_some());
        let fields = [
            ("Message", Some(&self.message)),
            ("MessageId", Some(&self.message_id)),
            ("Subject", self.subject.as_ref()),
            ("SubscribeURL", subscribe_url),
            ("Timestamp", Some(&self.timestamp)),
            ("Token", self.token.as_ref()),
            ("TopicArn", Some(&self.topic_arn)),
            ("Type", Some(&self.r#type)),
        ];
        fields.iter().filter_map(|(name, value)| Some(format!("{name}\n{}\n", value.as_ref()?))).collect()
    }

    fn is_signed(&self, certificate: &[u8], now: Timestamp) -> bool {
        let algorithm: &RsaParameters = match self.signature_version.as_str() {
            "1" => &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
            "2" => &RSA_PKCS1_2048_8192_SHA256,
            _ => return false,
        };
        let Ok(signature) = STANDARD.decode(&self.signature) else { return false };
        let Ok((_, pem)) = parse_x509_pem(certificate) else { return false };
        let Ok(certificate) = pem.parse_x509() else { return false };
        let is_valid = ASN1Time::from_timestamp(now.0 / 1000).is_ok_and(|now| certificate.validity().is_valid_at(now));
        let key = UnparsedPublicKey::new(algorithm, &certificate.public_key().subject_public_key.data);
        is_valid && key.verify(self.signed_text().as_bytes(), &signature).is_ok()
    }
}
