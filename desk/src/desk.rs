//! What every page of the desk shares: who is signed in, where one is, what is asked and said.

use crate::api::Failure;
use crate::rules::Route;
use crate::words;
use curtain_up_protocol::ProblemCode;
use curtain_up_protocol::desk::{Role, SessionDocument};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::sync::Arc;
use web_sys::HtmlElement;

/// What every page shares.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Who is signed in.
    pub session: RwSignal<Option<SessionDocument>>,
    /// Where one is.
    pub route: RwSignal<Route>,
    /// What was said last.
    pub said: RwSignal<Option<Said>>,
    /// What must be answered before something is done.
    pub question: RwSignal<Option<Question>>,
    /// What is under way on this page and is given up when one leaves it.
    pub under_way: RwSignal<Option<UnderWay>>,
    /// The menu that is open.
    pub menu: RwSignal<Option<Menu>, LocalStorage>,
}

/// A sentence about what was done or not.
#[derive(Clone, PartialEq)]
pub struct Said {
    /// The sentence.
    pub words: String,
    /// Whether something went wrong.
    pub bad: bool,
}

/// What is given up when one leaves a page, and how one is asked about it.
#[derive(Clone)]
pub struct UnderWay {
    /// What is asked.
    pub title: &'static str,
    /// What would happen.
    pub text: &'static str,
    /// The words of the button that leaves.
    pub yes: &'static str,
    /// Stops it.
    pub stop: Act,
}

/// Asks before something is done that cannot be taken back.
#[derive(Clone)]
pub struct Question {
    /// What is asked.
    pub title: String,
    /// What would happen.
    pub text: String,
    /// The words of the button that does it.
    pub yes: String,
    /// Whether something is lost.
    pub danger: bool,
    /// Does it.
    pub then: Act,
}

/// Does something. What asks for it may be gone from the page by then, so it belongs to nobody there, as a `Callback` would.
pub type Act = Arc<dyn Fn() + Send + Sync>;

/// A menu that hangs at a button.
#[derive(Clone)]
pub struct Menu {
    /// What it is for.
    pub label: String,
    /// The button.
    pub at: HtmlElement,
    /// What one can do, in groups.
    pub groups: Vec<Vec<Deed>>,
}

/// Something that one can do, as an entry of a menu.
#[derive(Clone)]
pub struct Deed {
    /// What.
    pub words: String,
    /// How, where that needs saying.
    pub hint: String,
    /// Whether something is lost.
    pub danger: bool,
    /// Does it.
    pub then: Act,
}

impl Deed {
    /// A deed that is explained by its words alone.
    pub fn new(words: &str, then: impl Fn() + Send + Sync + 'static) -> Self {
        Self { words: words.to_owned(), hint: String::new(), danger: false, then: Arc::new(then) }
    }

    /// Says how it is done.
    pub fn hint(self, hint: &str) -> Self {
        Self { hint: hint.to_owned(), ..self }
    }

    /// Says that something is lost.
    pub fn danger(self) -> Self {
        Self { danger: true, ..self }
    }
}

impl Desk {
    /// The desk that this component is part of.
    pub fn here() -> Self {
        expect_context()
    }

    /// Whether the one who is signed in may change anything.
    pub fn may_change(self) -> bool {
        self.session.with(|session| session.as_ref().is_some_and(|session| session.host.role == Role::Host))
    }

    /// Says that something was done.
    pub fn says(self, words: impl Into<String>) {
        self.said.set(Some(Said { words: words.into(), bad: false }));
    }

    /// Says that something cannot be done, in these words.
    pub fn fails(self, words: impl Into<String>) {
        self.said.set(Some(Said { words: words.into(), bad: true }));
    }

    /// Says what went wrong; whoever is not signed in any more is asked to.
    pub fn regrets(self, failure: &Failure) {
        if failure.code() == Some(ProblemCode::NotSignedIn) {
            return self.session.set(None);
        }
        self.said.set(Some(Said { words: words::failure(failure), bad: true }));
    }

    /// Leaves the page: at once, or where something is under way there, once it was said that it shall be given up.
    pub fn leaves(self, then: impl Fn() + Send + Sync + 'static) {
        self.asks_to_leave(move || {
            self.gives_up();
            then();
        });
    }

    /// Does something by which the page is left, if it comes off: at once, or where something is under way there, once it was
    /// said that it shall be given up. That is left to whoever does it: until it has come off, everything is as it was.
    pub fn asks_to_leave(self, then: impl Fn() + Send + Sync + 'static) {
        let Some(UnderWay { title, text, yes, .. }) = self.under_way.get_untracked() else { return then() };
        self.question.set(Some(Question {
            title: title.to_owned(),
            text: text.to_owned(),
            yes: yes.to_owned(),
            danger: true,
            then: Arc::new(then),
        }));
    }

    /// Gives up what is under way.
    pub fn gives_up(self) {
        if let Some(under_way) = self.under_way.get_untracked() {
            self.under_way.set(None);
            (under_way.stop)();
        }
    }

    /// As long as something on this page is written and not saved, whoever leaves the page is asked first.
    pub fn guards(self, is_unsaved: impl Fn() -> bool + Send + Sync + 'static) {
        let is_unsaved = Memo::new(move |_| is_unsaved());
        let written = || UnderWay {
            title: words::LEAVE_UNSAVED_TITLE,
            text: words::LEAVE_UNSAVED_TEXT,
            yes: words::LEAVE_UNSAVED,
            stop: Arc::new(|| ()),
        };
        Effect::new(move || {
            // Whoever has left the page at once has written nothing.
            if let Some(is_unsaved) = is_unsaved.try_get() {
                self.under_way.set(is_unsaved.then(written));
            }
        });
        on_cleanup(move || self.under_way.set(None));
    }

    /// Does something that takes its time, and then what comes after it; says what went wrong.
    pub fn attempts<T: 'static>(self, work: impl Future<Output = Result<T, Failure>> + 'static, then: impl FnOnce(T) + 'static) {
        spawn_local(async move {
            match work.await {
                Ok(answer) => then(answer),
                Err(failure) => self.regrets(&failure),
            }
        });
    }

    /// Fetches something to be shown.
    pub fn loads<T: Send + Sync + 'static>(self, into: RwSignal<Loaded<T>>, work: impl Future<Output = Result<T, Failure>> + 'static) {
        spawn_local(async move {
            let loaded = match work.await {
                Ok(answer) => Loaded::Here(answer),
                Err(failure) if failure.code() == Some(ProblemCode::NotSignedIn) => return self.session.set(None),
                Err(failure) => Loaded::Failed(failure),
            };
            // The page may have been left meanwhile.
            into.try_set(loaded);
        });
    }
}

/// Something that comes from the server.
#[derive(Clone, PartialEq)]
pub enum Loaded<T> {
    /// It is on its way.
    Loading,
    /// It is here.
    Here(T),
    /// It did not come.
    Failed(Failure),
}

impl<T> Loaded<T> {
    /// What is here.
    pub fn here(&self) -> Option<&T> {
        match self {
            Self::Here(answer) => Some(answer),
            _ => None,
        }
    }

    /// What is here, to be changed.
    pub fn here_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Here(answer) => Some(answer),
            _ => None,
        }
    }
}
