use super::list::{About, List, name_of};
use crate::desk::{Deed, Desk, Question};
use crate::rules::{Help, MailedAgain, mailto};
use crate::{api, browser, words};
use curtain_up_protocol::desk::{Person, PersonDocument, Revealed, Seat};
use gloo_net::http::Method;
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

/// What a host can do for somebody: the same beside their row and in their side pane.
pub fn deeds(desk: Desk, list: List, person: &Person) -> Vec<Vec<Deed>> {
    let whom = Whom { desk, list, person: Arc::new(person.clone()) };
    let deed = |words: &str, then: fn(Whom)| {
        let whom = whom.clone();
        Deed::new(words, move || then(whom.clone()))
    };
    let help = Help::of(person.seat, !person.email.is_empty());
    let send_now = match help.mail {
        Some(MailedAgain::ThatTheyWait) => deed(words::SEND_NOW, Whom::send_now).hint(words::SEND_WAITING_HINT),
        _ => deed(words::SEND_NOW, Whom::send_now).hint(words::SEND_NOW_HINT),
    };
    let mails = [
        (help.link, deed(words::RESEND, Whom::resend_by_hand).hint(words::RESEND_HINT)),
        (help.mail.is_some(), send_now),
        (help.link, deed(words::COPY_LINK, Whom::copy_link)),
        (help.link, deed(words::SHOW_KEY, Whom::show_key)),
    ];
    let changes = [
        (help.address, deed(words::CORRECT, |whom| whom.list.about.set(Some(About::Correct(whom.person()))))),
        (help.key, deed(words::REPLACE_KEY, Whom::asks_to_replace_key)),
        (help.address, deed(words::MOVE_PERSON, |whom| whom.list.about.set(Some(About::Move(whom.person()))))),
    ];
    let losses = [
        (help.registration, deed(words::CANCEL_PERSON, Whom::asks_to_cancel).danger()),
        (true, deed(words::ERASE, |whom| whom.asks(words::ERASE_TITLE, words::ERASE_TEXT, words::ERASE, Whom::erase)).danger()),
    ];
    let groups = [mails.to_vec(), changes.to_vec(), losses.to_vec()];
    let possible = groups.map(|group| group.into_iter().filter(|(possible, _)| *possible).map(|(_, deed)| deed).collect::<Vec<_>>());
    possible.into_iter().filter(|group| !group.is_empty()).collect()
}

/// For whom something is done. They may be out of sight by then.
#[derive(Clone)]
struct Whom {
    desk: Desk,
    list: List,
    person: Arc<Person>,
}

impl Whom {
    fn person(&self) -> Person {
        Person::clone(&self.person)
    }

    fn path(&self, rest: &str) -> String {
        self.list.path(&format!("/{}{rest}", self.person.id))
    }

    /// Asks before something is lost.
    fn asks(self, title: &str, text: &str, yes: &str, then: fn(Self)) {
        let (desk, known) = (self.desk, &self.person.email);
        let who = if known.is_empty() { name_of(&self.person) } else { known.clone() };
        desk.question.set(Some(Question {
            title: title.to_owned(),
            text: format!("{who}: {text}"),
            yes: yes.to_owned(),
            danger: true,
            then: Arc::new(move || then(self.clone())),
        }));
    }

    fn reveals(&self, then: impl FnOnce(Revealed) + 'static) {
        let path = self.path("/reveal");
        self.desk.attempts(async move { api::act_for::<Revealed>(Method::POST, &path).await }, then);
    }

    /// Changes somebody at the server, which answers with who they are then.
    fn becomes(self, rest: &str, done: fn(Seat) -> &'static str) {
        let path = self.path(rest);
        self.desk.attempts(async move { api::act_for::<PersonDocument>(Method::POST, &path).await }, move |now| {
            self.desk.says(done(now.person.seat));
            self.list.refresh(self.desk, self.person.id.clone(), now.person);
        });
    }

    /// Opens the host's own mail program with address, subject and the access link.
    fn resend_by_hand(self) {
        let desk = self.desk;
        self.reveals(move |revealed| {
            let mail = revealed.mailto;
            browser::follow(&mailto(&mail.to, &mail.subject, &mail.body));
            desk.says(words::MAIL_PROGRAM);
        });
    }

    fn send_now(self) {
        let (send, page) = (self.path("/resend"), self.path(""));
        let done = if self.person.seat == Seat::WaitingList { words::WAITING_SENT_AGAIN } else { words::LINK_SENT_AGAIN };
        self.desk.attempts(async move { api::act(Method::POST, &send).await }, move |()| {
            self.desk.says(done);
            self.desk.attempts(async move { api::get::<PersonDocument>(&page).await }, move |now| {
                self.list.refresh(self.desk, self.person.id.clone(), now.person);
            });
        });
    }

    fn copy_link(self) {
        let (desk, list, person) = (self.desk, self.list, self.person());
        self.reveals(move |revealed| {
            spawn_local(async move {
                match browser::copy(&revealed.access_link).await {
                    true => desk.says(words::LINK_COPIED),
                    // Then it is shown, to be copied by hand.
                    false => list.about.set(Some(About::Key(person, revealed))),
                }
            });
        });
    }

    fn show_key(self) {
        let (list, person) = (self.list, self.person());
        self.reveals(move |revealed| list.about.set(Some(About::Key(person, revealed))));
    }

    fn asks_to_replace_key(self) {
        let text = words::replace_text(self.person.seat);
        self.asks(words::REPLACE_TITLE, text, words::REPLACE_KEY, |whom| whom.becomes("/replace-key", words::replaced));
    }

    fn asks_to_cancel(self) {
        self.asks(words::CANCEL_PERSON_TITLE, words::CANCEL_PERSON_TEXT, words::CANCEL_PERSON, |whom| {
            whom.becomes("/cancel", |_| words::PERSON_CANCELLED);
        });
    }

    fn erase(self) {
        let (path, id) = (self.path(""), self.person().id);
        self.desk.attempts(async move { api::act(Method::DELETE, &path).await }, move |()| {
            self.desk.says(words::ERASED);
            if self.list.opened(self.desk).is_some_and(|opened| opened == id) {
                self.list.open(None);
            }
            self.list.forget(&id);
        });
    }
}
