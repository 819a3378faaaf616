use crate::api::{self, Failure};
use crate::desk::{Desk, Loaded, Question};
use crate::page::event::Shown;
use crate::{browser, words};
use curtain_up_protocol::ProblemCode;
use curtain_up_protocol::desk::{EventList, MaterialLine, MaterialOrder, MaterialRequest, MaterialsAnswer};
use gloo_net::http::Method;
use leptos::{prelude::*, task::spawn_local};
use std::future::Future;

/// An event's materials, and what is done with them.
#[derive(Clone, Copy)]
pub struct Materials {
    desk: Desk,
    /// The event.
    pub shown: Shown,
    /// As they stand.
    pub list: RwSignal<Loaded<MaterialsAnswer>>,
    /// The events that a material may lead to.
    pub events: RwSignal<Loaded<EventList>>,
    /// Whether one is being written.
    pub writing: RwSignal<bool>,
    /// Which one; none where it is new.
    pub edited: RwSignal<Option<MaterialLine>>,
}

impl Materials {
    /// The materials that this component is about.
    pub fn here() -> Self {
        expect_context()
    }

    pub fn new(desk: Desk, shown: Shown) -> Self {
        let materials = Self {
            desk,
            shown,
            list: RwSignal::new(Loaded::Loading),
            events: RwSignal::new(Loaded::Loading),
            writing: RwSignal::new(false),
            edited: RwSignal::new(None),
        };
        materials.reload();
        desk.loads(materials.events, async { api::get::<EventList>("/events").await });
        materials
    }

    /// Their version.
    pub fn version(self) -> i64 {
        self.list.with_untracked(|list| list.here().map(|answer| answer.version).unwrap_or_default())
    }

    /// Opens the form.
    pub fn write(self, edited: Option<MaterialLine>) {
        self.edited.set(edited);
        self.writing.set(true);
    }

    /// Saves what was written: anew, or in place of what was there.
    pub async fn save(self, edited: Option<String>, request: &MaterialRequest) -> Result<MaterialsAnswer, Failure> {
        match edited {
            Some(id) => api::send_for(Method::PUT, &self.path(&format!("/{id}")), request).await,
            None => api::send_for(Method::POST, &self.path(""), request).await,
        }
    }

    /// Takes one place with another.
    pub fn swap(self, at: usize, with: usize) {
        let ids = |answer: &MaterialsAnswer| answer.materials.iter().map(|line| line.id.clone()).collect::<Vec<_>>();
        let mut ids = self.list.with_untracked(|list| list.here().map(ids).unwrap_or_default());
        let Some(moved) = ids.get(at).cloned().filter(|_| with < ids.len()) else { return };
        ids.swap(at, with);
        let (path, order) = (self.path("/order"), MaterialOrder { version: self.version(), ids });
        let focus = format!("#material-{moved}");
        self.changes(async move { api::send_for(Method::PUT, &path, &order).await }, words::MATERIALS_ORDERED, focus);
    }

    /// Removes one, where that is meant.
    pub fn asks_to_remove(self, line: &MaterialLine) {
        let path = self.path(&format!("/{}?version={}", line.id, self.version()));
        let remove = move || {
            let path = path.clone();
            let removed = async move { api::act_for(Method::DELETE, &path).await };
            self.changes(removed, words::MATERIAL_REMOVED, "#materials".to_owned());
        };
        self.desk.question.set(Some(Question {
            title: words::REMOVE_MATERIAL_TITLE.to_owned(),
            text: format!("{}: {}", line.material.title, words::REMOVE_MATERIAL_TEXT),
            yes: words::REMOVE.to_owned(),
            danger: true,
            then: std::sync::Arc::new(remove),
        }));
    }

    /// Shows them as they are now. The event has another version, which its other tabs must know.
    pub fn takes(self, answer: MaterialsAnswer) {
        self.list.try_set(Loaded::Here(answer));
        self.shown.reload(self.desk);
    }

    /// Fetches them anew, unless the page was left.
    pub fn reload(self) {
        if self.list.is_disposed() {
            return;
        }
        let path = self.path("");
        self.desk.loads(self.list, async move { api::get::<MaterialsAnswer>(&path).await });
    }

    /// Where their interface is.
    pub fn path(self, rest: &str) -> String {
        self.shown.path(&format!("/materials{rest}"))
    }

    fn changes(self, work: impl Future<Output = Result<MaterialsAnswer, Failure>> + 'static, done: &'static str, focus: String) {
        spawn_local(async move {
            match work.await {
                Ok(answer) => {
                    self.desk.says(done);
                    self.takes(answer);
                    browser::focus_later(focus);
                }
                Err(failure) if failure.code() == Some(ProblemCode::Stale) => {
                    self.desk.fails(words::MATERIALS_STALE);
                    self.reload();
                }
                Err(failure) => self.desk.regrets(&failure),
            }
        });
    }
}
