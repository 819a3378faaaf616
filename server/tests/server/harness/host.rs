//! Somebody at the desk: a host, a viewer, or a script with a token.

use super::{Reply, TestServer, Visitor};
use curtain_up_protocol::{
    Email,
    desk::{Role, Scope},
};
use curtain_up_server::store::{audit::Actor, event::DEFAULT_ORGANISATION, host::NewHost};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

#[derive(Clone)]
pub struct Host {
    visitor: Visitor,
    proof: Proof,
}

#[derive(Clone)]
enum Proof {
    Nothing,
    Cookie(String),
    Token(String),
}

impl TestServer {
    /// A host of the organisation that `launch` belongs to, signed in.
    pub async fn host(&self, email: &str) -> Host {
        self.member(DEFAULT_ORGANISATION, email, Role::Host).await
    }

    /// Somebody who may look.
    pub async fn viewer(&self, email: &str) -> Host {
        self.member(DEFAULT_ORGANISATION, email, Role::Viewer).await
    }

    /// A host of another organisation.
    pub async fn stranger(&self, email: &str) -> Host {
        self.member("strangers", email, Role::Host).await
    }

    /// Somebody at the desk whom it does not know.
    pub fn nobody(&self) -> Host {
        Host { visitor: self.somebody(), proof: Proof::Nothing }
    }

    /// A script.
    pub async fn script(&self, scopes: &[Scope]) -> Host {
        let actor = Actor::command_line(DEFAULT_ORGANISATION);
        let (_, secret) = self.store().add_token(&actor, "a script", scopes, self.clock.now()).await.expect("a token");
        Host { visitor: self.somebody(), proof: Proof::Token(secret.reveal().to_owned()) }
    }

    async fn member(&self, organisation: &str, email: &str, role: Role) -> Host {
        let (store, now) = (self.store(), self.clock.now());
        store.add_organisation(organisation, organisation, now).await.expect("an organisation");
        let email = Email::parse(email).expect("an address");
        let new = NewHost { email: &email, name: "Grace", role };
        let host = store.add_host(&Actor::command_line(organisation), &new, now).await.expect("a new host");
        let token = store.begin_session(&host.id, false, now).await.expect("a session");
        Host { visitor: self.somebody(), proof: Proof::Cookie(token.reveal().to_owned()) }
    }
}

impl Host {
    pub async fn get(&self, path: &str) -> Reply {
        Reply::to(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, body).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PUT, path, body).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PATCH, path, body).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        Reply::to(self.request(Method::DELETE, path)).await
    }

    pub async fn send(&self, method: Method, path: &str, body: &Value) -> Reply {
        Reply::to(self.request(method, path).json(body)).await
    }

    /// A request below `/api/desk`, as the desk sends it.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.bare_request(method, path).header("curtain-up-desk", "1").header("sec-fetch-site", "same-origin")
    }

    /// The same without what another site could not make a browser send.
    pub fn bare_request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.visitor.request(method, &format!("/api/desk{path}"));
        match &self.proof {
            Proof::Nothing => request,
            Proof::Cookie(token) => request.header("cookie", format!("theme=dark; curtain_up_desk={token}")),
            Proof::Token(token) => request.bearer_auth(token),
        }
    }

    /// The same host in another browser, which has this cookie.
    pub fn with_cookie(&self, reply: &Reply) -> Self {
        let cookie = reply.header("set-cookie").split(';').next().unwrap_or_default();
        let token = cookie.strip_prefix("curtain_up_desk=").expect("the desk's cookie");
        Self { visitor: self.visitor.clone(), proof: Proof::Cookie(token.to_owned()) }
    }

    /// An event, as the desk shows it.
    pub async fn event(&self, slug: &str) -> Value {
        let reply = self.get(&format!("/events/{slug}")).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.json()
    }

    /// What was done, the newest first: `action event`.
    pub async fn trail(&self) -> Vec<String> {
        let entries = self.get("/audit").await.json()["entries"].as_array().expect("a trail").clone();
        let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        entries.iter().map(|entry| format!("{} {}", word(&entry["action"]), word(&entry["event"]))).collect()
    }
}
