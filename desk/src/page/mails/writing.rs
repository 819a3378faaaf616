use crate::api::Failure;
use crate::desk::Desk;
use crate::parts::Bound;
use crate::rules::MailDrafts;
use crate::{browser, words};
use curtain_up_protocol::FieldProblem;
use curtain_up_protocol::desk::{MailKind, OwnWords, WordsLine, WordsPreview};
use leptos::prelude::*;

/// Words that are being written, and which mail they are of.
#[derive(Clone, Copy)]
pub struct Writing {
    /// All that was opened so far.
    pub drafts: RwSignal<MailDrafts>,
    /// Of which mail.
    pub kind: RwSignal<MailKind>,
    /// In which language; empty until the server has said which is the event's.
    pub language: RwSignal<String>,
    /// What the server refused.
    pub problems: RwSignal<Vec<FieldProblem>>,
    /// The mail in these words, as it was shown last.
    pub preview: RwSignal<Option<WordsPreview>>,
}

impl Writing {
    pub fn new() -> Self {
        Self {
            drafts: RwSignal::default(),
            kind: RwSignal::new(MailKind::Confirmation),
            language: RwSignal::default(),
            problems: RwSignal::default(),
            preview: RwSignal::new(None),
        }
    }

    /// Takes what came from the server. The page may have been left meanwhile.
    pub fn opens(self, lines: Vec<WordsLine>) {
        let language = lines.first().map(|line| line.words.language.clone()).unwrap_or_default();
        self.drafts.try_update(|drafts| drafts.take(lines));
        if self.language.try_with_untracked(String::is_empty) == Some(true) {
            self.language.try_set(language);
        }
    }

    /// Turns to another mail.
    pub fn turns_to(self, turn: impl FnOnce()) {
        self.problems.set(Vec::new());
        self.preview.set(None);
        turn();
    }

    /// Shows what the server has now, in place of what was written.
    pub fn begins_again(self, of: &OwnWords, lines: Vec<WordsLine>) {
        self.drafts.try_update(|drafts| {
            drafts.drop_written(of.kind, &of.language);
            drafts.take(lines);
        });
        self.problems.try_set(Vec::new());
        self.preview.try_set(None);
    }

    /// A part of what the server has.
    pub fn line<T>(self, part: impl FnOnce(&WordsLine) -> T) -> Option<T> {
        let (kind, language) = (self.kind.get(), self.language.get());
        self.drafts.with(|drafts| drafts.line(kind, &language).map(part))
    }

    /// What stands in the form now.
    pub fn words(self) -> Option<OwnWords> {
        self.drafts.with_untracked(|drafts| drafts.words(self.kind.get_untracked(), &self.language.get_untracked()).cloned())
    }

    /// Whether something is written that is not saved.
    pub fn is_unsaved(self) -> bool {
        self.drafts.with_untracked(|drafts| drafts.is_unsaved(self.kind.get_untracked(), &self.language.get_untracked()))
    }

    /// A part of the words, as a field shows and changes it. A preview of other words is none any more.
    pub fn part(self, part: fn(&mut OwnWords) -> &mut String) -> Bound {
        let value = move || {
            let (kind, language) = (self.kind.get(), self.language.get());
            let words = self.drafts.with(|drafts| drafts.words(kind, &language).cloned());
            words.map(|mut words| part(&mut words).clone()).unwrap_or_default()
        };
        let set = move |text| {
            let (kind, language) = (self.kind.get_untracked(), self.language.get_untracked());
            self.drafts.update(|drafts| drafts.write(kind, &language, |words| *part(words) = text));
            if self.preview.with_untracked(Option::is_some) {
                self.preview.set(None);
            }
        };
        Bound { value: Signal::derive(value), set: Callback::new(set) }
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

    /// Marks what the server refused.
    pub fn refused(self, desk: Desk, failure: &Failure) {
        self.problems.try_set(failure.fields().to_vec());
        if failure.fields().is_empty() {
            return desk.regrets(failure);
        }
        browser::focus_later("[aria-invalid=true]");
    }
}
