use crate::api::{self, Failure};
use crate::desk::Desk;
use crate::page::event::Shown;
use crate::rules::{Column, EventTab, Route, Selection, newcomers, reveal};
use crate::{browser, words};
use curtain_up_protocol::desk::{Columns, JobDocument, PeopleList, PeopleQuery, Person, Revealed, Seat};
use gloo_net::http::Method;
use leptos::{prelude::*, task::spawn_local};

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
    /// The columns that are shown: those of the chosen ones that this event has.
    pub columns: Memo<Vec<Column>>,
    /// Who is selected.
    pub selected: RwSignal<Selection>,
    /// The dialog about somebody.
    pub about: RwSignal<Option<About>>,
    /// Which dialog of the toolbar is open.
    pub choosing_columns: RwSignal<bool>,
    /// The same.
    pub exporting: RwSignal<bool>,
    /// The same.
    pub resending: RwSignal<bool>,
    /// What is being done for many.
    pub jobs: RwSignal<Vec<JobDocument>>,
    /// The columns that the host has chosen at this and other events, by their names.
    chosen: RwSignal<Option<Vec<String>>>,
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
    pub fn new(desk: Desk, shown: Shown) -> Self {
        let chosen = RwSignal::new(None::<Vec<String>>);
        let columns = Memo::new(move |_| chosen.with(|names| Column::chosen(names.as_deref(), &all_columns(desk, shown))));
        Self {
            shown,
            query: RwSignal::default(),
            rows: RwSignal::default(),
            total: RwSignal::default(),
            failure: RwSignal::default(),
            asking: RwSignal::new(true),
            edition: RwSignal::default(),
            columns,
            selected: RwSignal::default(),
            about: RwSignal::default(),
            choosing_columns: RwSignal::default(),
            exporting: RwSignal::default(),
            resending: RwSignal::default(),
            jobs: RwSignal::default(),
            chosen,
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
        all_columns(desk, self.shown)
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
                self.chosen.try_set(Some(columns).filter(|columns| !columns.is_empty()));
            }
            self.query.try_update(|_| {});
        });
        Effect::new(move |first: Option<()>| {
            self.query.track();
            // The first time, the columns are on their way. The last time, the page may be left already.
            if first.is_some() && !self.rows.is_disposed() {
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
            self.rows.update(|rows| {
                let new = newcomers(rows, list.people, |person| &person.id);
                rows.extend(new);
            });
        }
    }

    /// Shows somebody as they are now, in the place where they were: they have another id where they have another address or
    /// key. Of the secrets that the table shows, those of before are gone with it. Nothing is shown of whom the table does not list,
    /// so of them no secret is asked for: the trail would say that somebody saw it.
    pub fn refresh(self, desk: Desk, id: String, mut now: Person) {
        let before = self.rows.try_with_untracked(|rows| rows.iter().find(|row| row.id == id).cloned());
        // The page was left meanwhile.
        let Some(before) = before else { return };
        let secrets = self.columns.with_untracked(|columns| !reveal(columns).is_empty());
        match before {
            // A link that lets nobody in is none.
            Some(before) if before.id == now.id => {
                (now.key, now.link, now.code) = (before.key, before.link.filter(|_| now.seat == Seat::Confirmed), before.code);
            }
            Some(_) if secrets => {
                let path = self.path(&format!("/{}/reveal", now.id));
                return spawn_local(async move {
                    // Whoever may not see them, or has none, has an empty cell.
                    if let Ok(Revealed { access_link, key, code, .. }) = api::act_for(Method::POST, &path).await {
                        (now.key, now.link, now.code) = (Some(key), Some(access_link), code);
                    }
                    self.replace(desk, &id, now);
                });
            }
            _ => {}
        }
        self.replace(desk, &id, now);
    }

    fn replace(self, desk: Desk, id: &str, now: Person) {
        let new_id = now.id.clone();
        let replaced = self.rows.try_update(|rows| {
            if let Some(row) = rows.iter_mut().find(|row| row.id == id) {
                *row = now;
            }
        });
        if replaced.is_none() {
            return;
        }
        self.edition.update(|edition| *edition += 1);
        self.selected.update(|selected| selected.follow(id, &new_id));
        if new_id != id && untrack(|| self.opened(desk)).is_some_and(|opened| opened == id) {
            self.open(Some(new_id));
        }
    }

    /// Takes somebody out who is gone.
    pub fn forget(self, id: &str) {
        self.edition.update(|edition| *edition += 1);
        self.rows.update(|rows| rows.retain(|row| row.id != id));
        self.selected.update(|selected| selected.forget(id));
        self.total.update(|total| *total -= 1);
    }

    /// Shows these columns from now on, and keeps the choice.
    pub fn choose(self, desk: Desk, columns: Vec<Column>) {
        let all = untrack(|| self.all_columns(desk));
        let names = self.chosen.with_untracked(|before| Column::kept(&columns, before.as_deref().unwrap_or_default(), &all));
        let other_secrets = self.columns.with_untracked(|before| reveal(before) != reveal(&columns));
        self.chosen.set(Some(names.clone()));
        desk.attempts(async move { api::tell(Method::PUT, "/columns", &Columns { columns: names }).await }, |()| ());
        if other_secrets {
            self.query.update(|_| {});
        }
    }
}

/// The columns that there are at an event, for whoever is signed in. Until the event is here, they are those of every event.
fn all_columns(desk: Desk, shown: Shown) -> Vec<Column> {
    let fields = shown.with(|event| event.plan.fields.clone());
    Column::all(&fields).into_iter().filter(|column| !column.is_secret() || desk.may_change()).collect()
}

/// The ids of these people.
pub fn ids(rows: &[Person]) -> impl Iterator<Item = &str> + Clone {
    rows.iter().map(|row| row.id.as_str())
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
