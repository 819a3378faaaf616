use crate::api::Failure;
use crate::desk::Desk;
use crate::rules::with_new_versions;
use crate::{browser, words};
use curtain_up_protocol::desk::{DeskEvent, EventPlanDocument};
use curtain_up_protocol::{FieldProblem, Room};
use leptos::prelude::*;

/// A plan that is being written.
#[derive(Clone, Copy)]
pub struct Draft {
    /// As it is now.
    pub plan: RwSignal<EventPlanDocument>,
    /// As it was when it was fetched.
    pub base: RwSignal<EventPlanDocument>,
    /// Which version that was; none for a new event.
    pub version: RwSignal<Option<i64>>,
    /// What the server refused.
    pub problems: RwSignal<Vec<FieldProblem>>,
    /// Whether it is on its way.
    pub saving: RwSignal<bool>,
    /// What somebody else has saved meanwhile.
    pub theirs: RwSignal<Option<DeskEvent>>,
    /// Grows when the form must be drawn anew, since the plan became another one.
    pub edition: RwSignal<u32>,
}

impl Draft {
    pub fn new(version: Option<i64>, plan: EventPlanDocument) -> Self {
        Self {
            plan: RwSignal::new(plan.clone()),
            base: RwSignal::new(plan),
            version: RwSignal::new(version),
            problems: RwSignal::default(),
            saving: RwSignal::new(false),
            theirs: RwSignal::new(None),
            edition: RwSignal::default(),
        }
    }

    /// Whether it is of an event that is not there yet.
    pub fn is_new(self) -> bool {
        self.version.with(Option::is_none)
    }

    /// What is wrong with a part, by its path.
    pub fn problem(self, path: impl Into<String>) -> Signal<String> {
        let path = path.into();
        self.problem_at(move |_| path.clone())
    }

    /// What is wrong with a part whose path depends on the plan, as that of a question does on its id.
    pub fn problem_at(self, path: impl Fn(&EventPlanDocument) -> String + Send + Sync + 'static) -> Signal<String> {
        Signal::derive(move || {
            let path = self.plan.with(&path);
            self.problems.with(|problems| {
                let mine = problems.iter().find(|problem| problem.field == path);
                mine.map(|problem| words::field_problem(problem).to_owned()).unwrap_or_default()
            })
        })
    }

    /// The plan as it is sent.
    pub fn written(self) -> EventPlanDocument {
        let plan = with_whole_room(self.plan.get_untracked());
        self.base.with_untracked(|base| with_new_versions(base, plan))
    }

    /// Whether something is written that the server does not have.
    pub fn is_unsaved(self) -> bool {
        let plan = with_whole_room(self.plan.get());
        self.base.with(|base| plan != *base)
    }

    /// Begins again from what is saved.
    pub fn begin_again(self, version: i64, plan: EventPlanDocument) {
        self.base.set(plan.clone());
        self.version.set(Some(version));
        self.rewrite(plan);
    }

    /// Goes on with another plan.
    pub fn rewrite(self, plan: EventPlanDocument) {
        self.plan.set(plan);
        self.problems.set(Vec::new());
        self.theirs.set(None);
        self.edition.update(|edition| *edition += 1);
    }

    /// Marks what the server refused.
    pub fn refused(self, desk: Desk, failure: &Failure) {
        self.problems.try_set(failure.fields().to_vec());
        if failure.fields().is_empty() {
            return desk.regrets(failure);
        }
        desk.fails(format!("{} {}", words::WRONG, words::failure(failure)));
        browser::focus_later("[aria-invalid=true]");
    }

    /// The room, whose kind may be known before its address.
    pub fn room(self) -> Room {
        self.plan.with(|plan| plan.room.clone()).unwrap_or(Room { kind: Default::default(), address: String::new() })
    }
}

/// A plan whose room has an address, if it has a room.
fn with_whole_room(mut plan: EventPlanDocument) -> EventPlanDocument {
    plan.room = plan.room.filter(|room| !room.address.trim().is_empty());
    plan
}
