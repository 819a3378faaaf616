//! A mail as its reader's mail program takes it apart.

use curtain_up_protocol::AccessLink;
use mail_parser::{Address, Message, MessageParser, MimeHeaders};

#[derive(Clone)]
pub struct Letter(Vec<u8>);

impl Letter {
    pub fn new(raw: Vec<u8>) -> Self {
        Self(raw)
    }

    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }

    fn parsed(&self) -> Message<'_> {
        MessageParser::default().parse(&self.0).expect("a mail")
    }

    /// Every address that the mail names as a recipient.
    pub fn recipients(&self) -> Vec<String> {
        let message = self.parsed();
        let all = |address: Option<&Address<'_>>| -> Vec<String> {
            address.into_iter().flat_map(|address| address.iter()).filter_map(|one| one.address()).map(str::to_owned).collect()
        };
        [all(message.to()), all(message.cc()), all(message.bcc())].concat()
    }

    pub fn recipient_name(&self) -> String {
        self.parsed().to().and_then(|to| to.first()?.name().map(str::to_owned)).unwrap_or_default()
    }

    pub fn from(&self) -> String {
        self.parsed().from().and_then(|from| from.first()?.address().map(str::to_owned)).unwrap_or_default()
    }

    pub fn reply_to(&self) -> String {
        self.parsed().reply_to().and_then(|to| to.first()?.address().map(str::to_owned)).unwrap_or_default()
    }

    pub fn subject(&self) -> String {
        self.parsed().subject().unwrap_or_default().to_owned()
    }

    pub fn message_id(&self) -> String {
        self.parsed().message_id().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &'static str) -> String {
        self.parsed().header_raw(name).unwrap_or_default().trim().to_owned()
    }

    /// The names of all headers, in lower case.
    pub fn header_names(&self) -> Vec<String> {
        self.parsed().headers().iter().map(|header| header.name().to_ascii_lowercase()).collect()
    }

    pub fn text(&self) -> String {
        self.parsed().body_text(0).unwrap_or_default().into_owned()
    }

    pub fn html(&self) -> String {
        self.parsed().body_html(0).unwrap_or_default().into_owned()
    }

    /// Names and contents of the files.
    pub fn files(&self) -> Vec<(String, String)> {
        let message = self.parsed();
        let file = |part: &mail_parser::MessagePart<'_>| {
            (part.attachment_name().unwrap_or_default().to_owned(), String::from_utf8_lossy(part.contents()).into_owned())
        };
        message.attachments().map(file).collect()
    }

    /// The access link in the text.
    pub fn link(&self) -> String {
        let text = self.text();
        text.lines().find(|line| line.contains("/live?email=")).expect("an access link").trim().to_owned()
    }

    /// The access key in the text.
    pub fn key(&self) -> String {
        let text = self.text();
        text.lines().find_map(|line| line.strip_prefix("Your access key: ")).expect("an access key").trim().to_owned()
    }

    /// The link as a host types it by hand: without the server's signature.
    pub fn link_without_signature(&self) -> String {
        let signed = AccessLink::parse(&self.link()).expect("an access link");
        assert!(signed.sig.is_some(), "mailed links are signed");
        format!("?{}", AccessLink { sig: None, ..signed }.query())
    }
}
