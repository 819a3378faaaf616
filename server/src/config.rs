//! The one configuration: read from flags and environment by clap, nowhere else.

use clap::Args;
use lettre::message::Mailbox;
use std::{net::SocketAddr, path::PathBuf};

/// SQLite's file in the data folder.
const DATABASE: &str = "curtain-up.db";

/// Where the server keeps what it knows.
#[derive(Args, Clone, Debug)]
pub struct DataConfig {
    /// Folder for the SQLite database and the secret file.
    #[arg(long, env = "CURTAIN_UP_DATA", default_value = "curtain-up-data")]
    pub data: PathBuf,

    /// Database address, `postgres://user:password@host/name` or `sqlite:FILE`. Without it: SQLite in the data folder.
    #[arg(long, env = "CURTAIN_UP_DATABASE", hide_env_values = true)]
    pub database: Option<String>,

    /// File with the master secret; made where there is none. All servers of one database share it. Back it up apart from the database.
    #[arg(long, env = "CURTAIN_UP_SECRET_FILE")]
    pub secret_file: Option<PathBuf>,
}

impl DataConfig {
    /// The database's address.
    pub fn database_address(&self) -> String {
        self.database.clone().unwrap_or_else(|| format!("sqlite:{}?mode=rwc", self.data.join(DATABASE).display()))
    }

    /// Whether a server, or a first command, has been here.
    pub fn is_there(&self) -> bool {
        self.secret_path().exists() && (self.database.is_some() || self.data.join(DATABASE).exists())
    }

    /// Where the master secret is.
    pub fn secret_path(&self) -> PathBuf {
        self.secret_file.clone().unwrap_or_else(|| self.data.join("secret"))
    }
}

/// How the server serves.
#[derive(Args, Clone, Debug)]
pub struct ServeConfig {
    /// Where its data is.
    #[command(flatten)]
    pub data: DataConfig,

    /// Address and port to listen on.
    #[arg(long, env = "CURTAIN_UP_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,

    /// The address under which people reach this server.
    #[arg(long, env = "CURTAIN_UP_PUBLIC_URL", default_value = "http://127.0.0.1:3000", value_parser = public_url)]
    pub public_url: String,

    /// The mail server to hand mail to: `smtp://user:password@host:587?tls=required` (STARTTLS) or `smtps://…`.
    #[arg(long, env = "CURTAIN_UP_SMTP", default_value = "smtp://127.0.0.1:25", hide_env_values = true)]
    pub smtp: String,

    /// File with a certificate in PEM that the mail server's is trusted by, beside those that this machine trusts.
    #[arg(long, env = "CURTAIN_UP_SMTP_CA")]
    pub smtp_ca: Option<PathBuf>,

    /// Whom mails are from.
    #[arg(long, env = "CURTAIN_UP_MAIL_FROM", default_value = "Curtain Up <curtain-up@localhost.localdomain>")]
    pub mail_from: Mailbox,

    /// How many mails leave in an hour, all servers of one database together. The rest waits.
    #[arg(long, env = "CURTAIN_UP_MAILS_PER_HOUR", default_value_t = 20_000)]
    pub mails_per_hour: i64,

    /// The domain that Return-Paths are at, one for each mail, whose mail `curtain-up bounce` or --lmtp is given. Without it, bounces go to --mail-from.
    #[arg(long, env = "CURTAIN_UP_BOUNCE_DOMAIN")]
    pub bounce_domain: Option<String>,

    /// Address and port on which bounces are taken in by LMTP; for this machine's mail server, not for the world.
    #[arg(long, env = "CURTAIN_UP_LMTP")]
    pub lmtp: Option<SocketAddr>,

    /// How those who send mail for this server report bounces.
    #[command(flatten)]
    pub webhooks: WebhookFlags,

    /// How mails are signed.
    #[command(flatten)]
    pub dkim: Option<DkimFlags>,

    /// How many trusted proxies stand in front of this server and append to X-Forwarded-For.
    #[arg(long, env = "CURTAIN_UP_PROXIES", default_value_t = 0)]
    pub proxies: usize,

    /// Development only: take the mail in here and show it at /dev/mailbox, to anybody.
    #[arg(long)]
    pub dev_mailbox: bool,

    /// Development only: show this demonstration page at /dev/page.
    #[arg(long)]
    pub dev_page: Option<PathBuf>,
}

/// How mails are signed (DKIM). All three, or none where the next mail server signs.
#[derive(Args, Clone, Debug)]
pub struct DkimFlags {
    /// File with the private key that signs mails (DKIM): RSA in PEM (PKCS#1), or 32 bytes of Ed25519 in base64.
    #[arg(id = "dkim_key", long = "dkim-key", env = "CURTAIN_UP_DKIM_KEY", required = false, requires_all = ["dkim_selector", "dkim_domain"])]
    pub key: PathBuf,

    /// The selector under which the public key stands in the domain name system.
    #[arg(id = "dkim_selector", long = "dkim-selector", env = "CURTAIN_UP_DKIM_SELECTOR", required = false, requires = "dkim_key")]
    pub selector: String,

    /// The domain that signs; that of --mail-from, so that mailboxes see that they are one.
    #[arg(id = "dkim_domain", long = "dkim-domain", env = "CURTAIN_UP_DKIM_DOMAIN", required = false, requires = "dkim_key")]
    pub domain: String,
}

/// What proves that a report of bounces is from whom it says it is. Without it, reports of that kind are refused.
#[derive(Args, Clone, Debug, Default)]
pub struct WebhookFlags {
    /// Secret that reports to /webhooks/generic are signed with: HMAC-SHA-256 of the body, in hex, in Curtain-Up-Signature.
    #[arg(long, env = "CURTAIN_UP_WEBHOOK_SECRET", hide_env_values = true)]
    pub webhook_secret: Option<String>,

    /// `user:password` of the address that Postmark reports to: `https://user:password@…/webhooks/postmark`.
    #[arg(long, env = "CURTAIN_UP_POSTMARK_PASSWORD", hide_env_values = true)]
    pub postmark_password: Option<String>,

    /// Mailgun's HTTP webhook signing key; it reports to /webhooks/mailgun.
    #[arg(long, env = "CURTAIN_UP_MAILGUN_KEY", hide_env_values = true)]
    pub mailgun_key: Option<String>,

    /// SendGrid's verification key, as its page shows it; it reports to /webhooks/sendgrid.
    #[arg(long, env = "CURTAIN_UP_SENDGRID_KEY", hide_env_values = true)]
    pub sendgrid_key: Option<String>,

    /// The topic (ARN) of Amazon's notification service that SES reports bounces and complaints to; it reports to /webhooks/ses.
    #[arg(long, env = "CURTAIN_UP_SES_TOPIC", value_parser = SnsTopic::parse)]
    pub ses_topic: Option<SnsTopic>,

    /// File with the certificate in PEM that Amazon signs with; without it, it is fetched from Amazon once.
    #[arg(long, env = "CURTAIN_UP_SES_CERTIFICATE", requires = "ses_topic")]
    pub ses_certificate: Option<PathBuf>,
}

/// A topic of Amazon's notification service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnsTopic {
    /// Its name.
    pub arn: String,
    /// The one host that signs for it and asks it questions.
    pub host: String,
}

impl SnsTopic {
    /// Reads `arn:aws:sns:{region}:{account}:{name}`.
    ///
    /// # Errors
    /// What to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        let is_name = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        match text.split(':').collect::<Vec<_>>()[..] {
            ["arn", partition, "sns", region, account, name] if [partition, region, account, name].into_iter().all(is_name) => {
                let end = if partition == "aws-cn" { ".cn" } else { "" };
                Ok(Self { arn: text.to_owned(), host: format!("sns.{region}.amazonaws.com{end}") })
            }
            _ => Err("write a topic like arn:aws:sns:eu-central-1:123456789012:bounces".to_owned()),
        }
    }
}

fn public_url(text: &str) -> Result<String, String> {
    let url = url::Url::parse(text).map_err(|error| error.to_string())?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() || url.query().is_some() || url.fragment().is_some() {
        return Err("write an address like https://events.example.com".to_owned());
    }
    Ok(text.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::{SnsTopic, public_url};

    #[test]
    fn a_topic_names_the_one_host_that_signs_for_it() {
        let host = |text: &str| SnsTopic::parse(text).ok().map(|topic| topic.host);
        assert_eq!(host("arn:aws:sns:eu-central-1:123456789012:bounces").as_deref(), Some("sns.eu-central-1.amazonaws.com"));
        assert_eq!(host("arn:aws-cn:sns:cn-north-1:123456789012:bounces").as_deref(), Some("sns.cn-north-1.amazonaws.com.cn"));
        for wrong in ["", "bounces", "arn:aws:sqs:eu-central-1:1:bounces", "arn:aws:sns:evil.example/x:1:bounces", "arn:aws:sns::1:bounces"]
        {
            assert_eq!(host(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_public_address_is_a_web_address_without_a_slash_at_its_end() {
        assert_eq!(public_url("https://events.example.com/"), Ok("https://events.example.com".to_owned()));
        for wrong in ["events.example.com", "ftp://x", "https://x/?a", ""] {
            assert!(public_url(wrong).is_err(), "{wrong}");
        }
    }
}
