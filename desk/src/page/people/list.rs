use crate::api::{self, Failure};
use crate::desk::Desk;
use crate::page::event::Shown;
use crate::rules::{Column, EventTab, Route, reveal};
use crate::{browser, words};
use curtain_up_protocol::desk::{Columns, JobDocument, PeopleList, PeopleQuery, Person, Revealed};
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeSet;

/// How many people are asked for at once.
const PAGE: i64 = 200;

/// The people of an event, as far as they were asked for, and what is done with them.
#[derive(Clone, Copy)]
pub struct List {
    /// The event.
    pub shown: Shown,
    /// Whom the host wants to see, in which order.
    pub query: RwSignal<PeopleQuery>,
    /// Those who came so far.
    pub rows: RwSignal<Vec<Person>>,
    /// How many there are in all.
    pub total: RwSignal<i64>,
    /// Why they do not come.
    pub failure: RwSignal<Option<Failure>>,
    /// Whether some are on their way.
    pub asking: RwSignal<bool>,
    /// Grows when rows are others than before; not when some are added at the end.
    pub edition: RwSignal<u32>,
    /// The columns that are shown.
    pub columns: RwSignal<Vec<Column>>,
    /// Who is selected, by id.
    pub selected: RwSignal<BTreeSet<String>>,
    /// The dialog about somebody.
    pub about: RwSignal<Option<About>>,
    /// Which dialog of the toolbar is open.
    pub choosing_columns: RwSignal<bool>,
    /// The same.
    pub exporting: RwSignal<bool>,
    /// The same.
    pub resending: RwSignal<bool>,
    /// What is being done for many.
    pub job: RwSignal<Option<JobDocument>>,
    next: RwSignal<Option<String>>,
    /// Grows with every question for other people: answers to older ones are late.
    asked: RwSignal<u32>,
}

/// A dialog about somebody.
#[derive(Clone)]
pub enum About {
    /// Their key is shown.
    Key(Person, Revealed),
    /// Their address is corrected.
    Correct(Person),
    /// They are moved to another event.
    Move(Person),
}

impl List {
    pub fn new(shown: Shown) -> Self {
        Self {
            shown,
            query: RwSignal::default(),
            rows: RwSignal::default(),
            total: RwSignal::default(),
            failure: RwSignal::default(),
            asking: RwSignal::new(true),
            edition: RwSignal::default(),
            columns: RwSignal::new(Column::usual()),
            selected: RwSignal::default(),
            about: RwSignal::default(),
            choosing_columns: RwSignal::default(),
            exporting: RwSignal::default(),
            resending: RwSignal::default(),
            job: RwSignal::default(),
            next: RwSignal::default(),
            asked: RwSignal::default(),
        }
    }

    pub fn here() -> Self {
        expect_context()
    }

    /// Where the interface of its people is.
    pub fn path(self, rest: &str) -> String {
        self.shown.path(&format!("/people{rest}"))
    }

    /// The columns that there are.
    pub fn all_columns(self, desk: Desk) -> Vec<Column> {
        let fields = self.shown.with(|event| event.plan.fields.clone());
        Column::all(&fields).into_iter().filter(|column| !column.is_secret() || desk.may_change()).collect()
    }

    /// Whose side pane is open.
    pub fn opened(self, desk: Desk) -> Option<String> {
        desk.route.with(|route| match route {
            Route::Event(_, EventTab::People(opened)) => opened.clone(),
            _ => None,
        })
    }

    /// Opens somebody's side pane, or closes it.
    pub fn open(self, id: Option<String>) {
        browser::go(&Route::Event(self.shown.slug(), EventTab::People(id)).address());
    }

    /// Asks for the host's columns, then for the first people, and anew whenever the host wants to see others.
    pub fn begin(self, desk: Desk) {
        spawn_local(async move {
            // Without an answer the usual columns do.
            if let Ok(Columns { columns }) = api::get::<Columns>("/columns").await {
                let all: Vec<Column> = columns
                    .iter()
                    .filter_map(|name| Column::named(name))
                    .filter(|column| !column.is_secret() || desk.may_change())
                    .collect();
                self.columns.try_set(Column::chosen(&columns, &all));
            }
            self.query.try_update(|_| {});
        });
        Effect::new(move |first: Option<()>| {
            self.query.track();
            // The first time, the columns are on their way.
            if first.is_some() {
                self.ask(desk, true);
            }
        });
    }

    /// Asks for more people, if there are more.
    pub fn ask_more(self, desk: Desk) {
        if !self.asking.get_untracked() && self.next.with_untracked(Option::is_some) {
            self.ask(desk, false);
        }
    }

    fn ask(self, desk: Desk, anew: bool) {
        let query = PeopleQuery {
            limit: Some(PAGE),
            cursor: if anew { None } else { self.next.get_untracked() },
            reveal: self.columns.with_untracked(|columns| reveal(columns)),
            ..self.query.get_untracked()
        };
        if anew {
            self.asked.update(|asked| *asked += 1);
        }
        let asked = self.asked.get_untracked();
        self.asking.set(true);
        self.failure.set(None);
        let path = format!("{}?{}", self.path(""), query.to_query());
        spawn_local(async move {
            let answer = api::get::<PeopleList>(&path).await;
            // Meanwhile the page was left, or other people are wanted.
            if self.asked.try_get_untracked() != Some(asked) {
                return;
            }
            self.asking.set(false);
            match answer {
                Ok(list) => self.take(list, anew),
                Err(failure) => {
                    self.failure.set(Some(failure.clone()));
                    desk.regrets(&failure);
                }
            }
        });
    }

    fn take(self, list: PeopleList, anew: bool) {
        self.total.set(list.total);
        self.next.set(list.next);
        if anew {
            self.edition.update(|edition| *edition += 1);
            self.rows.set(list.people);
        } else {
            self.rows.update(|rows| rows.extend(list.people));
        }
    }

    /// Shows somebody as they are now: at this address, in the place where they were; not at all where they are gone.
    pub fn refresh(self, desk: Desk, id: String, email: String) {
        let query =
            PeopleQuery { search: email.clone(), reveal: self.columns.with_untracked(|columns| reveal(columns)), ..PeopleQuery::default() };
        let path = format!("{}?{}", self.path(""), query.to_query());
        desk.attempts(async move { api::get::<PeopleList>(&path).await }, move |list| {
            let now = list.people.into_iter().find(|person| person.email == email);
            if self.rows.try_with_untracked(|_| ()).is_none() {
                return;
            }
            self.edition.update(|edition| *edition += 1);
            match &now {
                None => self.forget(&id),
                Some(person) => self.rows.update(|rows| {
                    if let Some(row) = rows.iter_mut().find(|row| row.id == id) {
                        *row = person.clone();
                    }
                }),
            }
            let opened = self.opened(desk).is_some_and(|opened| opened == id);
            if opened && now.as_ref().is_none_or(|person| person.id != id) {
                self.open(now.map(|person| person.id));
            }
        });
    }

    /// Takes somebody out who is gone.
    pub fn forget(self, id: &str) {
        self.edition.update(|edition| *edition += 1);
        self.rows.update(|rows| rows.retain(|row| row.id != id));
        self.selected.update(|selected| selected.retain(|selected| selected != id));
        self.total.update(|total| *total -= 1);
    }

    /// Shows these columns from now on, and keeps the choice.
    pub fn choose(self, desk: Desk, columns: Vec<Column>) {
        let names = Columns { columns: columns.iter().map(Column::name).collect() };
        let other_secrets = self.columns.with_untracked(|before| reveal(before) != reveal(&columns));
        self.columns.set(columns);
        desk.attempts(async move { api::tell(gloo_net::http::Method::PUT, "/columns", &names).await }, |()| ());
        if other_secrets {
            self.query.update(|_| {});
        }
    }
}

/// What somebody is called: their name, or else their address.
pub fn name_of(person: &Person) -> String {
    let name = format!("{} {}", person.first_name, person.last_name);
    let name = name.trim();
    if name.is_empty() { person.email.clone() } else { name.to_owned() }
}

/// What a column is called.
pub fn column_words(column: &Column, shown: Shown) -> String {
    match column {
        Column::Email => words::EMAIL.to_owned(),
        Column::RegisteredAt => words::REGISTERED_AT.to_owned(),
        Column::MailStatus => words::MAIL_STATUS.to_owned(),
        Column::Seat => words::SEAT.to_owned(),
        Column::AccessKey => words::ACCESS_KEY.to_owned(),
        Column::AccessLink => words::ACCESS_LINK.to_owned(),
        Column::Code => words::CODE.to_owned(),
        Column::ExternalId => words::EXTERNAL_ID.to_owned(),
        Column::Source => words::SOURCE.to_owned(),
        Column::Attended => words::ATTENDED.to_owned(),
        Column::Consents => words::CONSENTS.to_owned(),
        Column::Answer(id) => {
            let label = shown.with(|event| event.plan.fields.iter().find(|field| field.id == *id).map(|field| field.label.clone()));
            label.unwrap_or_else(|| id.clone())
        }
    }
}
