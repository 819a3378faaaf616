//! What tests of codes stand on: meetings with lists.

use crate::harness::{Reply, TestServer, Visitor, plan};
use curtain_up_protocol::{
    Phase,
    desk::{MaterialTarget, UploadKind, UploadReport},
};
use curtain_up_server::{
    event_plan::{EventPlan, MaterialPlan, Settings},
    people_list::PeopleList,
    store::{
        StoreError,
        audit::Actor,
        event::DEFAULT_ORGANISATION,
        material::{MaterialsChange, StoredMaterial},
        people_list::Upload,
        registrant::Registrant,
    },
};
use serde_json::{Value, json};

/// Whoever has a shell on this server.
pub fn here() -> Actor {
    Actor::command_line(DEFAULT_ORGANISATION)
}

/// A meeting for people on its list.
pub fn meeting(slug: &str) -> EventPlan {
    EventPlan { title: slug.into(), settings: Settings { require_codes: Some(true), ..Settings::default() }, ..plan(slug) }
}

impl TestServer {
    /// Adds meetings and uploads one list to all of them.
    pub async fn meetings(&self, slugs: &[&str], list: &str) {
        for slug in slugs {
            self.add(meeting(slug)).await;
        }
        self.upload(slugs, list).await;
    }

    pub async fn upload(&self, slugs: &[&str], list: &str) -> UploadReport {
        self.upload_as(&here(), slugs, list).await
    }

    pub async fn upload_as(&self, actor: &Actor, slugs: &[&str], list: &str) -> UploadReport {
        let list = PeopleList::read(list.as_bytes()).expect("a list");
        let slugs: Vec<String> = slugs.iter().map(|slug| (*slug).to_owned()).collect();
        let upload = Upload { list: &list, slugs: &slugs, kind: UploadKind::AllOrNothing };
        let (secrets, now) = (&self.context.secrets, self.clock.now());
        let report = self.store().upload_people(actor, &upload, secrets, now, &|_| ()).await.expect("an upload");
        assert!(report.done, "{:?}", report.refused);
        report
    }

    pub async fn settings(&self, slug: &str, settings: Settings) {
        let (secrets, now) = (&self.context.secrets, self.clock.now());
        self.store().change_settings(&here(), slug, |known| *known = settings, secrets, now).await.expect("settings");
    }

    /// A link from one event to another, which everybody sees.
    pub async fn link(&self, from: &str, to: &str) {
        let plan = MaterialPlan {
            title: format!("To {to}"),
            description: String::new(),
            target: MaterialTarget::Event(to.into()),
            visible_from: None,
            visible_to: None,
        };
        self.materials(from, MaterialsChange::Add(&plan, None)).await.expect("a link");
    }

    /// Changes the materials of an event as they stand. Returns what there are now.
    pub async fn materials(&self, slug: &str, change: MaterialsChange<'_>) -> Result<Vec<StoredMaterial>, StoreError> {
        let version = self.event(slug).await.version;
        Ok(self.store().change_materials(&here(), slug, version, change, self.clock.now()).await?.1)
    }

    pub async fn start_all(&self, slugs: &[&str]) {
        for slug in slugs {
            self.store().set_phase(slug, Phase::Live).await.expect("live");
        }
    }

    pub async fn people_at(&self, slug: &str) -> Vec<Registrant> {
        self.store().registrants(&self.event(slug).await.id).await.expect("a list")
    }
}

impl Visitor {
    pub async fn door(&self, body: Value) -> Reply {
        self.post("door", &body).await
    }

    /// Types a code.
    pub async fn types(&self, code: &str) -> Reply {
        self.door(json!({ "code": code })).await
    }

    pub async fn with_pass(&self, noun: &str, pass: &str, body: Value) -> Reply {
        Reply::to(self.request(reqwest::Method::POST, &self.path(noun)).bearer_auth(pass).json(&body)).await
    }

    /// Says that they are there.
    pub async fn signs(&self, pass: &str, place: &str) -> Value {
        self.with_pass("presence", pass, json!({ "place": place })).await.json()
    }

    /// Asks for the way into another event: what stands behind `ticket=`.
    pub async fn ticket(&self, pass: &str, to: &str) -> Result<String, String> {
        let reply = self.with_pass("ticket", pass, json!({ "to": to })).await;
        let ticket =
            reply.json()["address"].as_str().and_then(|address| address.split_once("?ticket=")).map(|(_, ticket)| ticket.to_owned());
        ticket.ok_or_else(|| reply.code())
    }
}
