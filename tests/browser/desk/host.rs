//! Somebody at the desk.

use crate::{browser::Browser, stage::Stage};
use chrono::TimeDelta;
use curtain_up_protocol::{Email, desk::Role};
use curtain_up_server::{
    store::{
        audit::Actor,
        event::DEFAULT_ORGANISATION,
        host::{Host as StoredHost, NewHost},
    },
    trust::password,
};
use serde_json::json;
use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

pub const HOST: &str = "grace@example.com";
/// The field for lists.
pub const CHOOSE: &str = "Choose a CSV file, or drop it here";
pub const PASSWORD: &str = "a curtain that goes up";

/// Somebody at the desk, with the stage's browser.
pub struct AtTheDesk<'a> {
    pub stage: &'a Stage,
}

/// From one address nobody registers a crowd.
fn an_address_of_their_own() -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    let [_, second, third, fourth] = LAST.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    format!("10.{second}.{third}.{fourth}")
}

impl Stage {
    /// A host of the event's organisation, signed in.
    pub async fn host(&self) -> AtTheDesk<'_> {
        self.signed_in(HOST, Role::Host).await
    }

    /// The same, at the event's People dashboard.
    pub async fn host_at_the_people(&self) -> AtTheDesk<'_> {
        let host = self.host().await;
        host.goes_to_the_people_dashboard().await;
        host
    }

    /// Somebody who may look, signed in.
    pub async fn viewer(&self) -> AtTheDesk<'_> {
        self.signed_in("vera@example.com", Role::Viewer).await
    }

    /// A host with a password, not signed in.
    pub async fn host_with_password(&self) -> AtTheDesk<'_> {
        let host = self.member(HOST, Role::Host).await;
        let hash = password::hash(PASSWORD).await.expect("a hash");
        self.store.set_password(&host, &hash, "", self.clock.now()).await.expect("a password");
        AtTheDesk { stage: self }
    }

    /// Registers so many people, who have answered every question: Ada Lovelace is the first.
    pub async fn registers_people(&self, count: usize) {
        const NAMES: [(&str, &str); 12] = [
            ("Ada", "Lovelace"),
            ("Alan", "Turing"),
            ("Katherine", "Johnson"),
            ("Edsger", "Dijkstra"),
            ("Barbara", "Liskov"),
            ("Donald", "Knuth"),
            ("Radia", "Perlman"),
            ("Tony", "Hoare"),
            ("Margaret", "Hamilton"),
            ("Dennis", "Ritchie"),
            ("Frances", "Allen"),
            ("Niklaus", "Wirth"),
        ];
        for (index, (first, last)) in NAMES.iter().cycle().take(count).enumerate() {
            let round = index / NAMES.len();
            let number = if round == 0 { String::new() } else { round.to_string() };
            let email = format!("{}{number}@example.com", first.to_lowercase());
            self.registers(&[
                ("first_name", first),
                ("last_name", last),
                ("email", &email),
                ("fleet", "1 to 10"),
                ("question", "Does it snow?"),
            ])
            .await;
        }
    }

    /// Registers so many people, whose mails have come.
    pub async fn people_with_mail(&self, count: usize) {
        self.registers_people(count).await;
        self.mail_text(count - 1).await;
        // The server sends nobody two links in a breath.
        self.clock.advance(TimeDelta::minutes(1));
    }

    /// Registers somebody with these answers, as far as the event asks for them.
    pub async fn registers(&self, answers: &[(&str, &str)]) {
        let plan = self.store.event(&self.slug).await.expect("an event").plan;
        let asked = |id: &str| ["first_name", "last_name", "email"].contains(&id) || plan.fields.iter().any(|field| field.id == id);
        let answers: Vec<_> =
            answers.iter().filter(|(id, _)| asked(id)).map(|(id, answer)| json!({ "field": id, "values": [answer] })).collect();
        let body = json!({ "answers": answers, "source": { "utm": [{ "name": "source", "value": "newsletter" }] } });
        let answer = reqwest::Client::new()
            .post(format!("{}/api/events/{}/registrations", self.server, self.slug))
            .header("content-type", "application/json")
            .header("x-forwarded-for", an_address_of_their_own())
            .body(body.to_string())
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status().as_u16(), 202, "{}", answer.text().await.unwrap_or_default());
    }

    /// A link that signs somebody in, as it is mailed.
    pub async fn sign_in_link(&self, host: &StoredHost) -> String {
        let token = self.store.make_sign_in_link(&host.id, TimeDelta::minutes(15), self.clock.now()).await.expect("a link");
        format!("{}/desk#sign-in={}", self.server, token.reveal())
    }

    /// Opens a link that signs somebody in, and says that it shall.
    pub async fn opens_sign_in_link(&self, link: &str) {
        self.browser.open_page(link).await;
        self.browser.clicks("Sign in").await;
    }

    /// Somebody new in the event's organisation.
    pub async fn member(&self, email: &str, role: Role) -> StoredHost {
        let (email, actor) = (Email::parse(email).expect("an address"), Actor::command_line(DEFAULT_ORGANISATION));
        let new = NewHost { email: &email, name: "Grace Hopper", role };
        self.store.add_host(&actor, &new, self.clock.now()).await.expect("a new host")
    }

    async fn signed_in(&self, email: &str, role: Role) -> AtTheDesk<'_> {
        let host = self.member(email, role).await;
        self.opens_sign_in_link(&self.sign_in_link(&host).await).await;
        self.browser.sees("Sign out").await;
        AtTheDesk { stage: self }
    }
}

impl AtTheDesk<'_> {
    pub fn browser(&self) -> &Browser {
        &self.stage.browser
    }

    /// Goes to a page of the desk, by what stands behind the `#`.
    pub async fn goes_to(&self, place: &str) {
        self.browser().script(&format!("location.hash = {}", json!(place))).await;
    }

    /// Goes to the event's People dashboard, as the host finds it.
    pub async fn goes_to_the_people_dashboard(&self) {
        let browser = self.browser();
        browser.clicks("Events").await;
        browser.clicks("The launch").await;
        browser.clicks("People").await;
        browser.sees("Active columns").await;
    }

    /// Clicks the ••• by somebody's name in their side pane.
    pub async fn opens_the_menu_in_the_side_pane(&self) {
        let more = "document.querySelector('aside .more')";
        self.browser().until("the ••• in the side pane", more).await;
        self.browser().clicks_on(more).await;
    }

    /// Chooses an entry of the menu that is open.
    pub async fn chooses(&self, words: &str) {
        let entry = format!("everything.find(e => e.matches('[role=menuitem]') && words(e.querySelector('.what')) === {})", json!(words));
        self.browser().until(&format!("“{words}” in the menu"), &entry).await;
        self.browser().clicks_on(&entry).await;
    }

    /// Makes a file of this name.
    pub fn writes(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.stage.folder().join(name);
        std::fs::write(&path, content).expect("a file");
        path
    }

    /// Chooses a list and has it checked, on an event's page “List”.
    pub async fn checks(&self, list: &Path) {
        let browser = self.browser();
        browser.chooses_file(CHOOSE, list).await;
        let name = list.file_name().and_then(|name| name.to_str()).expect("a name");
        browser.sees(&format!("{name} ·")).await;
        browser.clicks("Check the list").await;
    }

    /// Uploads a list in which no row is refused, on an event's page “List”.
    pub async fn uploads(&self, list: &Path) {
        self.checks(list).await;
        self.browser().sees("What the upload would do").await;
        self.browser().clicks("Upload").await;
        self.browser().sees("The list is uploaded.").await;
    }

    /// Confirms what is asked.
    pub async fn confirms(&self) {
        self.browser().until("a question", "document.querySelector('dialog[open] .primary')").await;
        self.browser().clicks_on("document.querySelector('dialog[open] .primary')").await;
    }

    /// Submits the form of the dialog that is open.
    pub async fn submits(&self) {
        self.browser().until("a form", "document.querySelector('dialog[open] [type=submit]')").await;
        self.browser().clicks_on("document.querySelector('dialog[open] [type=submit]')").await;
    }

    /// Sets a field that a browser has a widget of its own for, such as a time.
    pub async fn sets(&self, label: &str, value: &str) {
        self.browser().until(&format!("a field “{label}”"), &format!("labelled({})", json!(label))).await;
        let set = format!(
            "const field = labelled({}); field.value = {};
             field.dispatchEvent(new Event('input', {{ bubbles: true }})); field.dispatchEvent(new Event('change', {{ bubbles: true }}))",
            json!(label),
            json!(value)
        );
        self.browser().script(&set).await;
    }

    /// Chooses an option by its words.
    pub async fn chooses_in(&self, label: &str, option: &str) {
        let found = format!("[...labelled({})?.options ?? []].find(option => words(option) === {})", json!(label), json!(option));
        self.browser().until(&format!("“{option}” in “{label}”"), &found).await;
        let value = self.browser().script(&format!("return {found}.value")).await;
        self.sets(label, value.as_str().unwrap_or_default()).await;
    }
}
