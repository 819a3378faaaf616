//! Amazon SES reports bounces by way of a topic that anybody could imitate.

use crate::harness::{Database, Reply, TestServer};
use base64::{Engine, engine::general_purpose::STANDARD};
use curtain_up_server::{
    config::SnsTopic,
    http::Fetch,
    store::address::{AddressState, AddressState::*},
};
use reqwest::Method;
use ring::{
    rand::SystemRandom,
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

const TOPIC: &str = "arn:aws:sns:eu-central-1:123456789012:bounces";
const CERTIFICATE: &str = "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123.pem";
const CONFIRM: &str = "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=abc";

/// What stands in the tests' own certificate, and what of it the server has fetched.
struct Amazon {
    key: RsaKeyPair,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Amazon {
    fn new() -> Self {
        let pem = include_str!("sns/key.pem");
        let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        let key = RsaKeyPair::from_pkcs8(&STANDARD.decode(base64).expect("base64")).expect("a key");
        Self { key, asked: Arc::default() }
    }

    fn network(&self) -> Fetch {
        let asked = self.asked.clone();
        Arc::new(move |address| {
            asked.lock().expect("a list").push(address.to_owned());
            Some(include_bytes!("sns/certificate.pem").to_vec())
        })
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("a list").clone()
    }

    /// A message of this kind, with changes made before it is signed.
    fn message(&self, kind: &str, message: &Value, change: &[(&str, &str)]) -> Value {
        let text = message.as_str().map_or_else(|| message.to_string(), str::to_owned);
        let mut body = json!({
            "Type": kind, "MessageId": "22b80b92", "TopicArn": TOPIC, "Message": text, "Timestamp": "2027-03-01T09:00:00.000Z",
            "SignatureVersion": "2", "SigningCertURL": CERTIFICATE });
        if kind == "SubscriptionConfirmation" {
            body["SubscribeURL"] = json!(CONFIRM);
            body["Token"] = json!("abc");
        }
        for (name, value) in change {
            body[*name] = json!(value);
        }
        let names = ["Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
        let signed: String = names.iter().filter_map(|name| Some(format!("{name}\n{}\n", body[*name].as_str()?))).collect();
        let mut signature = vec![0; self.key.public().modulus_len()];
        self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).expect("a signature");
        body["Signature"] = json!(STANDARD.encode(signature));
        body
    }
}

async fn server(amazon: &Amazon) -> TestServer {
    let server = TestServer::with_network(Database::Sqlite, amazon.network(), |config| {
        config.webhooks.ses_topic = Some(SnsTopic::parse(TOPIC).expect("a topic"));
    })
    .await;
    server.registered("ada@example.com").await;
    server
}

async fn report(server: &TestServer, body: &Value) -> u16 {
    // Amazon says that its JSON is text.
    let post = server.somebody().request(Method::POST, "/webhooks/ses").header("content-type", "text/plain; charset=UTF-8");
    Reply::to(post.body(body.to_string())).await.status
}

async fn state(server: &TestServer) -> Option<AddressState> {
    server.store().address_state("ada@example.com").await.expect("an answer")
}

fn bounce(kind: &str, recipient: Value) -> Value {
    json!({ "notificationType": "Bounce", "bounce": { "bounceType": kind, "bouncedRecipients": [recipient] } })
}

fn ada() -> Value {
    json!({ "emailAddress": "ada@example.com" })
}

fn refused() -> Value {
    json!({ "emailAddress": "Ada@example.com", "action": "failed", "status": "4.2.2" })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_amazon_reports_of_a_mail_is_written_down() {
    let complaint =
        |kind: &str| json!({ "eventType": "Complaint", "complaint": { "complainedRecipients": [ada()], "complaintFeedbackType": kind } });
    for (message, expected) in [
        (bounce("Permanent", ada()), Some(Bounced)),
        (bounce("Transient", refused()), Some(Failing)),
        (bounce("Transient", ada()), None),
        (bounce("Undetermined", ada()), None),
        (complaint("abuse"), Some(Complained)),
        (complaint("not-spam"), None),
        (json!({ "notificationType": "Delivery" }), None),
        (json!({ "eventType": "DeliveryDelay" }), None),
        (json!("Successfully validated SNS topic for Amazon SES event publishing."), None),
    ] {
        let amazon = Amazon::new();
        let server = server(&amazon).await;
        assert_eq!(report(&server, &amazon.message("Notification", &message, &[])).await, 204, "{message}");
        assert_eq!(state(&server).await, expected, "{message}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_certificate_is_fetched_once_and_the_topics_question_is_answered() {
    let amazon = Amazon::new();
    let server = server(&amazon).await;
    assert_eq!(report(&server, &amazon.message("SubscriptionConfirmation", &json!("Do you want this?"), &[])).await, 204);
    assert_eq!(amazon.asked(), [CERTIFICATE, CONFIRM]);
    for subject in ["Amazon SES Email Event Notification", "another"] {
        let message = amazon.message("Notification", &bounce("Permanent", ada()), &[("Subject", subject)]);
        assert_eq!(report(&server, &message).await, 204);
    }
    assert_eq!(amazon.asked().len(), 2, "the certificate is remembered");
    assert_eq!(state(&server).await, Some(Bounced));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_amazon_or_not_our_topic_is_refused_and_nothing_is_fetched_from_elsewhere() {
    let amazon = Amazon::new();
    let server = server(&amazon).await;
    let good = bounce("Permanent", ada());
    for (name, value) in [
        ("TopicArn", "arn:aws:sns:eu-central-1:666666666666:bounces"),
        ("SigningCertURL", "https://sns.eu-central-1.amazonaws.com.evil.example/SimpleNotificationService-0123.pem"),
        ("SigningCertURL", "https://evil.example/sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123.pem"),
        ("SigningCertURL", "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123.pem"),
        ("SigningCertURL", "http://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123.pem"),
        ("SigningCertURL", "https://sns.eu-central-1.amazonaws.com:8443/SimpleNotificationService-0123.pem"),
        ("SigningCertURL", "https://sns.eu-central-1.amazonaws.com/x.pem"),
        ("SigningCertURL", "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123.pem/?x.pem"),
        ("SigningCertURL", "https://sns.eu-central-1.amazonaws.com/x/SimpleNotificationService-0123.pem"),
        ("SigningCertURL", "https://me@sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123.pem"),
        ("SigningCertURL", "file:///etc/passwd"),
        ("Timestamp", "2027-01-01T09:00:00.000Z"),
        ("Timestamp", "yesterday"),
    ] {
        assert_eq!(report(&server, &amazon.message("Notification", &good, &[(name, value)])).await, 401, "{name}: {value}");
    }
    assert!(amazon.asked().is_empty(), "{:?}", amazon.asked());

    let signed = amazon.message("Notification", &good, &[]);
    for (name, value) in
        [("Message", "{}"), ("Subject", "x"), ("MessageId", "1"), ("SignatureVersion", "3"), ("Signature", "no"), ("Type", "x")]
    {
        let mut changed = signed.clone();
        changed[name] = json!(value);
        assert_eq!(report(&server, &changed).await, 401, "{name} was changed after it was signed");
    }
    let elsewhere = [("SubscribeURL", "https://evil.example/?Action=ConfirmSubscription")];
    assert_eq!(report(&server, &amazon.message("SubscriptionConfirmation", &json!("?"), &elsewhere)).await, 401);
    assert_eq!(amazon.asked(), [CERTIFICATE]);
    assert_eq!(report(&server, &json!({})).await, 401);
    assert_eq!(state(&server).await, None);
    assert_eq!(report(&TestServer::start().await, &signed).await, 401, "no topic, no reports");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_the_hosts_own_is_used_and_one_that_cannot_be_had_is_tried_again() {
    let amazon = Amazon::new();
    let message = amazon.message("Notification", &bounce("Permanent", ada()), &[]);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/server/sns/certificate.pem");
    for (pinned, status) in [(Some(path), 204), (None, 503)] {
        let server = TestServer::with(Database::Sqlite, |config| {
            config.webhooks.ses_topic = Some(SnsTopic::parse(TOPIC).expect("a topic"));
            config.webhooks.ses_certificate = pinned;
        })
        .await;
        assert_eq!(report(&server, &message).await, status);
    }
}
