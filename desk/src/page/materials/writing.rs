use super::list::Materials;
use crate::words;
use curtain_up_protocol::FieldProblem;
use curtain_up_protocol::desk::{MaterialDocument, MaterialLine, MaterialRequest, MaterialTarget, MaterialsAnswer, TimeChoice};
use leptos::prelude::*;

/// Names of what a material can lead to, in the form.
pub const EVENT: &str = "event";
/// The same.
pub const ADDRESS: &str = "address";

/// A material that is being written.
#[derive(Clone, Copy)]
pub struct Writing {
    pub title: RwSignal<String>,
    pub description: RwSignal<String>,
    /// Whether it leads to an event or to an address. What was written of the other is kept.
    pub kind: RwSignal<String>,
    pub event: RwSignal<String>,
    pub address: RwSignal<String>,
    pub from: RwSignal<String>,
    pub from_choice: RwSignal<Option<TimeChoice>>,
    pub to: RwSignal<String>,
    pub to_choice: RwSignal<Option<TimeChoice>>,
    /// Which one it is, as it was when it was opened; none where it is new.
    pub base: RwSignal<Option<MaterialLine>>,
    /// What the form held when it was opened.
    opened: RwSignal<Option<MaterialDocument>>,
    /// Which version was looked at.
    pub version: RwSignal<i64>,
    /// What the server refused.
    pub problems: RwSignal<Vec<FieldProblem>>,
    /// How it all stands, where somebody else has changed it meanwhile.
    pub theirs: RwSignal<Option<MaterialsAnswer>>,
}

impl Writing {
    pub fn new(materials: Materials) -> Self {
        let base = materials.edited.get_untracked();
        let own = materials.shown.slug();
        let alone =
            materials.events.with_untracked(|events| events.here().is_some_and(|list| list.events.iter().all(|event| event.slug == own)));
        let writing = Self {
            title: RwSignal::default(),
            description: RwSignal::default(),
            kind: RwSignal::new(if alone { ADDRESS } else { EVENT }.to_owned()),
            event: RwSignal::default(),
            address: RwSignal::default(),
            from: RwSignal::default(),
            from_choice: RwSignal::new(None),
            to: RwSignal::default(),
            to_choice: RwSignal::new(None),
            base: RwSignal::new(base.clone()),
            opened: RwSignal::new(None),
            version: RwSignal::new(materials.version()),
            problems: RwSignal::default(),
            theirs: RwSignal::new(None),
        };
        if let Some(base) = base {
            writing.shows(base.material);
        }
        writing.opened.set(Some(untrack(|| writing.document())));
        writing
    }

    /// Fills the form.
    fn shows(self, material: MaterialDocument) {
        self.title.set(material.title);
        self.description.set(material.description);
        match material.target {
            MaterialTarget::Event(slug) => {
                self.kind.set(EVENT.to_owned());
                self.event.set(slug);
            }
            MaterialTarget::Address(address) => {
                self.kind.set(ADDRESS.to_owned());
                self.address.set(address);
            }
        }
        // The browser's field shows seconds where it is given some.
        let minutes = |time: Option<String>| time.unwrap_or_default().chars().take("2027-03-10T18:00".len()).collect();
        self.from.set(minutes(material.visible_from));
        self.from_choice.set(material.visible_from_choice);
        self.to.set(minutes(material.visible_to));
        self.to_choice.set(material.visible_to_choice);
    }

    /// Chooses the event that the list shows as chosen, where none was: that is not written by anybody.
    pub fn offers(self, slug: String) {
        if self.event.with_untracked(String::is_empty) {
            self.opened.update(|opened| {
                if let Some(MaterialTarget::Event(event)) = opened.as_mut().map(|opened| &mut opened.target) {
                    *event = slug.clone();
                }
            });
            self.event.set(slug);
        }
    }

    /// What is sent.
    pub fn request(self) -> MaterialRequest {
        MaterialRequest { version: self.version.get_untracked(), material: untrack(|| self.document()) }
    }

    /// Whether something is written that the server does not have.
    pub fn is_unsaved(self) -> bool {
        let now = self.document();
        self.opened.with(|opened| opened.as_ref() != Some(&now))
    }

    /// What the form holds.
    fn document(self) -> MaterialDocument {
        let target = match self.kind.get().as_str() {
            EVENT => MaterialTarget::Event(self.event.get()),
            _ => MaterialTarget::Address(self.address.get().trim().to_owned()),
        };
        let written = |time: RwSignal<String>| Some(time.get()).filter(|time| !time.is_empty());
        MaterialDocument {
            title: self.title.get(),
            description: self.description.get(),
            target,
            visible_from: written(self.from),
            visible_from_choice: self.from_choice.get(),
            visible_to: written(self.to),
            visible_to_choice: self.to_choice.get(),
        }
    }

    /// What is wrong with a field.
    pub fn problem(self, field: &'static str) -> Signal<String> {
        Signal::derive(move || {
            self.problems.with(|problems| {
                let mine = problems.iter().find(|problem| problem.field == field);
                mine.map(|problem| words::field_problem(problem).to_owned()).unwrap_or_default()
            })
        })
    }
}
