//! Somebody with a browser: asks the server from one client address, as the widget does.

use curtain_up_protocol::{AccessLink, PassRequest};
use reqwest::{Method, RequestBuilder, header::HeaderMap};
use serde_json::{Value, json};
use std::net::IpAddr;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// A complete registration.
pub fn ada(email: &str) -> Value {
    json!({ "answers": [
        { "field": "first_name", "values": ["Ada"] },
        { "field": "last_name", "values": ["Lovelace"] },
        { "field": "email", "values": [email] },
    ] })
}

#[derive(Clone)]
pub struct Visitor {
    http: reqwest::Client,
    server: String,
    address: String,
    event: String,
}

impl Visitor {
    pub fn new(http: &reqwest::Client, server: &str, address: impl Into<IpAddr>) -> Self {
        Self { http: http.clone(), server: server.to_owned(), address: address.into().to_string(), event: "launch".to_owned() }
    }

    /// The same visitor at another event.
    pub fn at(&self, event: &str) -> Self {
        Self { event: event.to_owned(), ..self.clone() }
    }

    pub async fn register(self, email: &str) -> Reply {
        self.register_as(&ada(email)).await
    }

    pub async fn register_as(&self, body: &Value) -> Reply {
        self.post("registrations", body).await
    }

    pub async fn resend(self, email: &str) -> Reply {
        self.post("resend", &json!({ "email": email })).await
    }

    /// Types address and key by hand.
    pub async fn enter(self, email: &str, key: &str) -> Reply {
        self.post("pass", &json!({ "email": email, "key": key })).await
    }

    /// Opens an access link as the widget does.
    pub async fn open(&self, link: &str) -> Reply {
        let link = AccessLink::parse(link).expect("an access link");
        self.post("pass", &serde_json::to_value(PassRequest::from(link)).expect("JSON")).await
    }

    pub async fn room(&self, pass: &str) -> Reply {
        Reply::to(self.request(Method::GET, &self.path("room")).bearer_auth(pass)).await
    }

    /// Asks, with the claim of a registration, whether its mail came back.
    pub async fn bounced(&self, claim: &str) -> Reply {
        Reply::to(self.request(Method::GET, &self.path("registrations")).bearer_auth(claim)).await
    }

    pub async fn state(&self) -> Reply {
        self.get(&self.path("state.json")).await
    }

    pub async fn document(&self) -> Reply {
        self.get(self.path("").trim_end_matches('/')).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        Reply::to(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, noun: &str, body: &Value) -> Reply {
        Reply::to(self.request(Method::POST, &self.path(noun)).json(body)).await
    }

    /// Asks, as a page of another origin, whether it may ask.
    pub async fn preflight(&self, noun: &str, origin: &str, method: &str) -> Reply {
        let asked = self.request(Method::OPTIONS, &self.path(noun)).header("origin", origin);
        Reply::to(asked.header("access-control-request-method", method).header("access-control-request-headers", "content-type")).await
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.server)).header("x-forwarded-for", &self.address)
    }

    /// Writes bytes to the server that no HTTP library would write, and gives the answer's first line.
    pub async fn raw(&self, bytes: &[u8]) -> String {
        let stream = TcpStream::connect(self.server.trim_start_matches("http://")).await.expect("a connection");
        let (read, mut write) = stream.into_split();
        let bytes = bytes.to_vec();
        // The server may stop reading in the middle, so nobody waits for the end of the writing.
        let writing = tokio::spawn(async move {
            let _cut_off_or_not = write.write_all(&bytes).await;
            write
        });
        let mut line = String::new();
        BufReader::new(read).read_line(&mut line).await.expect("an answer");
        writing.abort();
        line.trim().to_owned()
    }

    pub fn path(&self, noun: &str) -> String {
        format!("/api/events/{}/{noun}", self.event)
    }
}

/// What the server answered.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Reply {
    pub async fn to(request: RequestBuilder) -> Self {
        let answer = request.send().await.expect("an answer");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Self { status, headers, body: String::from_utf8_lossy(&answer.bytes().await.expect("a whole answer")).into_owned() }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().expect("ASCII")).unwrap_or_default()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// The problem's code; empty where the answer is no problem.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// The problem's fields with their codes: `email:required`.
    pub fn fields(&self) -> Vec<String> {
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let json = self.json();
        let fields = json["fields"].as_array().map(Vec::as_slice).unwrap_or_default();
        fields.iter().map(|field| word(&field["field"]) + ":" + &word(&field["code"])).collect()
    }

    /// The claim that whoever registers is given.
    pub fn claim(&self) -> String {
        assert_eq!(self.status, 202, "{}", self.body);
        self.json()["claim"].as_str().expect("a claim").to_owned()
    }

    pub fn pass(&self) -> String {
        assert_eq!(self.status, 200, "{}", self.body);
        self.json()["pass"].as_str().expect("a pass").to_owned()
    }

    /// All that somebody can see who compares answers: everything but the time of day, and of a sealed claim its length.
    pub fn all_but_the_date(&self) -> (u16, HeaderMap, String) {
        let mut headers = self.headers.clone();
        headers.remove("date");
        let claim = self.json()["claim"].as_str().unwrap_or_default().to_owned();
        (self.status, headers, self.body.replace(&claim, &"*".repeat(claim.len())))
    }
}
