use curtain_up_protocol::desk::{MailKind, OwnWords, WordsLine};

/// What mails say as the server has it, and as a host is writing it: who looks at another mail meanwhile loses nothing.
#[derive(Clone, Debug, Default)]
pub struct MailDrafts {
    lines: Vec<WordsLine>,
    written: Vec<OwnWords>,
}

impl MailDrafts {
    /// Takes what the server has in a language; what is being written stays.
    pub fn take(&mut self, lines: Vec<WordsLine>) {
        self.lines.retain(|known| !lines.iter().any(|line| is(&line.words, known.words.kind, &known.words.language)));
        self.lines.extend(lines);
    }

    /// The kinds of mail whose words can be changed.
    pub fn kinds(&self, language: &str) -> Vec<MailKind> {
        self.lines.iter().filter(|line| line.words.language == language).map(|line| line.words.kind).collect()
    }

    /// What the server has.
    pub fn line(&self, kind: MailKind, language: &str) -> Option<&WordsLine> {
        self.lines.iter().find(|line| is(&line.words, kind, language))
    }

    /// What stands in the form.
    pub fn words(&self, kind: MailKind, language: &str) -> Option<&OwnWords> {
        let written = self.written.iter().find(|words| is(words, kind, language));
        written.or_else(|| self.line(kind, language).map(|line| &line.words))
    }

    /// Whether something is written that the server does not have.
    pub fn is_unsaved(&self, kind: MailKind, language: &str) -> bool {
        self.words(kind, language) != self.line(kind, language).map(|line| &line.words)
    }

    /// Whether anything is, of whichever mail.
    pub fn are_unsaved(&self) -> bool {
        self.written.iter().any(|words| self.is_unsaved(words.kind, &words.language))
    }

    /// Writes on.
    pub fn write(&mut self, kind: MailKind, language: &str, change: impl FnOnce(&mut OwnWords)) {
        let Some(mut words) = self.words(kind, language).cloned() else { return };
        change(&mut words);
        self.drop_written(kind, language);
        self.written.push(words);
    }

    /// Begins again from what the server has.
    pub fn drop_written(&mut self, kind: MailKind, language: &str) {
        self.written.retain(|words| !is(words, kind, language));
    }
}

fn is(words: &OwnWords, kind: MailKind, language: &str) -> bool {
    words.kind == kind && words.language == language
}

#[cfg(test)]
mod tests {
    use super::*;
    use MailKind::{Confirmation, ThankYou};

    fn line(kind: MailKind, language: &str, subject: &str) -> WordsLine {
        let words = OwnWords { kind, language: language.into(), subject: subject.into(), text: "{link}".into() };
        WordsLine { own: false, words, in_subject: Vec::new(), in_text: Vec::new() }
    }

    fn subject(drafts: &MailDrafts, kind: MailKind, language: &str) -> Option<String> {
        drafts.words(kind, language).map(|words| words.subject.clone())
    }

    #[test]
    fn what_is_written_stays_while_other_mails_and_languages_are_looked_at() {
        let mut drafts = MailDrafts::default();
        drafts.take(vec![line(Confirmation, "en", "Welcome"), line(ThankYou, "en", "Thanks")]);
        drafts.write(Confirmation, "en", |words| words.subject = "You are in".into());
        drafts.take(vec![line(Confirmation, "de", "Willkommen")]);
        drafts.take(vec![line(Confirmation, "en", "Welcome"), line(ThankYou, "en", "Thanks")]);
        assert_eq!(subject(&drafts, Confirmation, "en").as_deref(), Some("You are in"));
        assert_eq!(subject(&drafts, ThankYou, "en").as_deref(), Some("Thanks"));
        assert_eq!(subject(&drafts, Confirmation, "de").as_deref(), Some("Willkommen"));
        assert_eq!(subject(&drafts, ThankYou, "de"), None);
        assert_eq!(drafts.kinds("en"), [Confirmation, ThankYou]);
        assert!(drafts.is_unsaved(Confirmation, "en") && !drafts.is_unsaved(ThankYou, "en"));
        assert!(drafts.are_unsaved());
    }

    #[test]
    fn what_is_saved_or_taken_back_is_written_no_more() {
        let mut drafts = MailDrafts::default();
        drafts.take(vec![line(Confirmation, "en", "Welcome")]);
        drafts.write(Confirmation, "en", |words| words.subject = "You are in".into());
        drafts.drop_written(Confirmation, "en");
        assert_eq!(subject(&drafts, Confirmation, "en").as_deref(), Some("Welcome"));
        drafts.write(Confirmation, "en", |words| words.subject = "Hello".into());
        drafts.write(Confirmation, "en", |words| words.subject = "Welcome".into());
        assert!(!drafts.is_unsaved(Confirmation, "en"), "who writes what is there has nothing to save");
        assert!(!drafts.are_unsaved());
        drafts.write(ThankYou, "en", |words| words.subject = "Bye".into());
        assert!(!drafts.are_unsaved(), "a mail that is not there cannot be written");
    }
}
