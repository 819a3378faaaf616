use super::list::{About, List};
use crate::desk::{Deed, Desk, Question};
use crate::rules::mailto;
use crate::{api, browser, words};
use curtain_up_protocol::desk::{Person, Revealed};
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
    vec![
        vec![
            deed(words::RESEND, Whom::resend_by_hand).hint(words::RESEND_HINT),
            deed(words::SEND_NOW, Whom::send_now).hint(words::SEND_NOW_HINT),
            deed(words::COPY_LINK, Whom::copy_link),
            deed(words::SHOW_KEY, Whom::show_key),
        ],
        vec![
            deed(words::CORRECT, |whom| whom.list.about.set(Some(About::Correct(whom.person())))),
            deed(words::REPLACE_KEY, |whom| whom.asks(words::REPLACE_TITLE, words::REPLACE_TEXT, words::REPLACE_KEY, Whom::replace_key)),
            deed(words::MOVE_PERSON, |whom| whom.list.about.set(Some(About::Move(whom.person())))),
        ],
        vec![
            deed(words::CANCEL_PERSON, |whom| {
                whom.asks(words::CANCEL_PERSON_TITLE, words::CANCEL_PERSON_TEXT, words::CANCEL_PERSON, Whom::cancel);
            })
            .danger(),
            deed(words::ERASE, |whom| whom.asks(words::ERASE_TITLE, words::ERASE_TEXT, words::ERASE, Whom::erase)).danger(),
        ],
    ]
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
        let (desk, who) = (self.desk, self.person.email.clone());
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

    /// Does something at the server, and shows the person as they are then.
    fn does(self, method: Method, rest: &str, done: &'static str) {
        let path = self.path(rest);
        let person = self.person();
        self.desk.attempts(async move { api::act(method, &path).await }, move |()| {
            self.desk.says(done);
            self.list.refresh(self.desk, person.id, person.email);
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
        self.does(Method::POST, "/resend", words::LINK_SENT_AGAIN);
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

    fn replace_key(self) {
        self.does(Method::POST, "/replace-key", words::REPLACED);
    }

    fn cancel(self) {
        self.does(Method::POST, "/cancel", words::PERSON_CANCELLED);
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
