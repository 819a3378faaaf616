use crate::api::{self, NoReport};
use crate::desk::{Desk, Loaded, UnderWay};
use crate::page::event::Shown;
use crate::{browser, words};
use curtain_up_protocol::desk::{CodesDocument, EventList, UploadAnswer, UploadKind, UploadProgress};
use js_sys::ArrayBuffer;
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, File};

/// How large a list may be, in bytes.
const LARGEST: f64 = 64.0 * 1024.0 * 1024.0;

/// How far somebody is with an upload.
#[derive(Clone)]
pub enum Step {
    /// What is uploaded is being chosen.
    Choosing,
    /// It is on its way.
    Running(UploadKind),
    /// It said what it did, or would do.
    Reported(UploadKind, Box<UploadAnswer>),
    /// It did nothing.
    Failed(NoReport),
}

/// A file that was chosen, as it was then: what is uploaded is what was checked.
#[derive(Clone)]
pub struct ListFile {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub content: ArrayBuffer,
}

/// An upload, from choosing the file to its report.
#[derive(Clone, Copy)]
pub struct Upload {
    desk: Desk,
    /// The event.
    pub shown: Shown,
    /// How far it is.
    pub step: RwSignal<Step>,
    /// How many rows are done.
    pub progress: RwSignal<Option<UploadProgress>>,
    /// The file.
    pub file: RwSignal<Option<ListFile>, LocalStorage>,
    /// Further events that get the same list, by their slugs.
    pub with: RwSignal<Vec<String>>,
    /// The events there are.
    pub events: RwSignal<Loaded<EventList>>,
    /// The codes there are.
    pub codes: RwSignal<Loaded<CodesDocument>>,
    stopper: StoredValue<Option<AbortController>, LocalStorage>,
}

impl Upload {
    /// The upload that this component is part of.
    pub fn here() -> Self {
        expect_context()
    }

    pub fn new(desk: Desk, shown: Shown) -> Self {
        let upload = Self {
            desk,
            shown,
            step: RwSignal::new(Step::Choosing),
            progress: RwSignal::new(None),
            file: RwSignal::new_local(None),
            with: RwSignal::default(),
            events: RwSignal::new(Loaded::Loading),
            codes: RwSignal::new(Loaded::Loading),
            stopper: StoredValue::new_local(None),
        };
        upload.load_codes();
        desk.loads(upload.events, async { api::get::<EventList>("/events").await });
        upload
    }

    /// Whether it is on its way.
    pub fn is_running(self) -> bool {
        self.step.with(|step| matches!(step, Step::Running(_)))
    }

    /// Takes a file. What was said of another one is said no more.
    pub fn choose(self, file: File) {
        if file.size() > LARGEST {
            return self.complain(words::FILE_TOO_LARGE);
        }
        spawn_local(async move {
            let content = JsFuture::from(file.array_buffer()).await.ok().and_then(|content| content.dyn_into().ok());
            let Some(content) = content else { return self.complain(words::FILE_UNREADABLE) };
            self.file.try_set(Some(ListFile { name: file.name(), content }));
            self.step.try_set(Step::Choosing);
        });
    }

    /// Gives the list to another event too, or does not.
    pub fn also(self, slug: &str, on: bool) {
        self.with.update(|with| {
            with.retain(|other| other != slug);
            with.extend(on.then(|| slug.to_owned()));
        });
        self.step.set(Step::Choosing);
    }

    /// Uploads the list, or only asks what that would do.
    pub fn run(self, kind: UploadKind) {
        let content = self.file.with_untracked(|file| file.as_ref().map(|file| file.content.clone()));
        let Some(content) = content else { return self.complain(words::CHOOSE_FIRST) };
        let Ok(stopper) = AbortController::new() else { return };
        let stop = stopper.signal();
        self.stopper.set_value(Some(stopper));
        self.progress.set(None);
        self.desk.said.set(None);
        self.step.set(Step::Running(kind));
        self.desk.under_way.set(Some(UnderWay {
            title: words::LEAVE_UPLOAD_TITLE,
            text: words::LEAVE_UPLOAD_TEXT,
            yes: words::LEAVE_UPLOAD,
            stop: Arc::new(move || self.stop()),
        }));
        browser::focus_later("#stop-upload");
        let mut path = self.shown.path(&format!("/people-list?upload={}", name_of(kind)));
        let with = self.with.with_untracked(|with| with.join(","));
        if !with.is_empty() {
            path = format!("{path}&with={with}");
        }
        spawn_local(async move {
            let progress = move |far| {
                self.progress.try_set(Some(far));
            };
            let ended = api::upload(&path, &content, &stop, progress).await;
            // Whoever has left the page has stopped it.
            if !self.step.is_disposed() {
                self.ends(kind, ended);
            }
        });
    }

    /// Stops it. The server takes everything back.
    pub fn stop(self) {
        if let Some(stopper) = self.stopper.try_update_value(Option::take).flatten() {
            stopper.abort();
        }
    }

    fn ends(self, kind: UploadKind, ended: Result<UploadAnswer, NoReport>) {
        self.desk.under_way.set(None);
        self.stopper.set_value(None);
        self.step.set(match ended {
            Ok(answer) => Step::Reported(kind, Box::new(answer)),
            Err(NoReport::Failed(failure)) if failure.code() == Some(curtain_up_protocol::ProblemCode::NotSignedIn) => {
                return self.desk.regrets(&failure);
            }
            Err(why) => Step::Failed(why),
        });
        if kind != UploadKind::DryRun {
            self.load_codes();
            // Columns of one's own are fields of the event now, of which its other tabs must know.
            self.shown.reload(self.desk);
        }
        browser::turn_to("#upload-report");
    }

    fn load_codes(self) {
        let path = self.shown.path("/codes");
        self.desk.loads(self.codes, async move { api::get::<CodesDocument>(&path).await });
    }

    fn complain(self, words: &str) {
        self.desk.fails(words);
    }
}

/// A kind's name in an address.
fn name_of(kind: UploadKind) -> &'static str {
    match kind {
        UploadKind::DryRun => "dry_run",
        UploadKind::AllOrNothing => "all_or_nothing",
        UploadKind::WithoutRefused => "without_refused",
    }
}
