//! What every view is given.

use crate::core::form::FormState;
use crate::core::journey::{Input, Journey, Place, Screen};
use crate::i18n::{Text, Texts, fill};
use crate::platform::{address, focus, intl, loader::Loader};
use crate::wire::{self, Date};
use curtain_up_protocol::{Answer, EventDocument, Source, Timestamp};
use leptos::prelude::*;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

/// The view to show, and its edition.
pub type Scene = (Screen, u32);

/// What every view is made with.
pub struct Script {
    /// The reader's texts.
    pub texts: RefCell<Texts>,
    /// The language they are in.
    pub language: RefCell<String>,
    /// What the page says, as it says it now.
    pub loader: Loader,
    /// What the widget is mounted into.
    pub container: HtmlElement,
    /// Tells the journey what the person does.
    pub send: Box<dyn Fn(Input)>,
}

/// The signals to show, the words to show them in, and the way to say what the person does.
#[derive(Clone, Copy)]
pub struct Stage {
    /// Where the person stands.
    pub journey: RwSignal<Journey>,
    /// The view to show.
    pub scene: RwSignal<Scene>,
    /// The registration form.
    pub form: RwSignal<FormState>,
    /// The form for address and key, and for the lost link.
    pub entry: RwSignal<FormState>,
    /// The server's clock at the last beat of the ticker.
    pub now: RwSignal<Timestamp>,
    /// The words to show it in, and whom to tell.
    pub script: StoredValue<Rc<Script>, LocalStorage>,
}

impl Stage {
    fn script(self) -> Rc<Script> {
        self.script.get_value()
    }

    /// A text.
    pub fn text(self, text: Text) -> String {
        self.script().texts.borrow().get(text).to_owned()
    }

    /// A text with something filled in.
    pub fn fill(self, text: Text, name: &str, value: &str) -> String {
        fill(self.script().texts.borrow().get(text), name, value)
    }

    /// A text with a time ahead filled in, "in 10 minutes".
    pub fn fill_time(self, text: Text, seconds: i64) -> String {
        let script = self.script();
        fill(script.texts.borrow().get(text), "time", &intl::ahead(seconds, &script.language.borrow()))
    }

    /// A text with the event's title filled in.
    pub fn with_title(self, text: Text) -> String {
        self.fill(text, "title", &self.title())
    }

    /// Something in the reader's language.
    pub fn language<T>(self, of: impl FnOnce(&str) -> T) -> T {
        of(&self.script().language.borrow())
    }

    /// Where the person came from.
    pub fn source(self) -> Source {
        address::source(&self.script().loader.delivery().text("query"))
    }

    /// Whether the page wants a countdown without seconds.
    pub fn hides_seconds(self) -> bool {
        self.script().loader.delivery().text("seconds") == "hide"
    }

    /// Something of the event, as it is now.
    pub fn event<T>(self, read: impl FnOnce(&EventDocument) -> T) -> T {
        self.journey.with_untracked(|journey| read(journey.event()))
    }

    /// The dates of a series; none where the event is of none.
    pub fn dates(self) -> Vec<Date> {
        self.script().loader.delivery().list("dates", wire::date)
    }

    /// Chooses a date of a series.
    pub fn choose(self, slug: &str) {
        let loader = &self.script().loader;
        loader.choose(slug);
        if let Some(date) = wire::delivered(&loader.delivery()) {
            self.tell(Input::Choose(date));
        }
    }

    /// The event's title.
    pub fn title(self) -> String {
        self.event(|event| event.title.clone())
    }

    /// The address that is known already.
    pub fn email(self) -> String {
        self.journey.with_untracked(|journey| journey.email().to_owned())
    }

    /// A time in the person's own zone, and in the event's beside it where the clocks there show something else.
    pub fn date(self, time: Timestamp, event_zone: &str) -> String {
        let script = self.script();
        let language = &*script.language.borrow();
        let mut text = intl::date(time, language);
        let there = intl::time(time, language, Some(event_zone));
        if !there.is_empty() && there != intl::time(time, language, None) {
            let beside = self.fill(Text::DateOtherZone, "date", &there);
            text.extend([" (", &fill(&beside, "zone", &event_zone.replace('_', " ")), ")"]);
        }
        text
    }

    /// Tells the journey what the person does.
    pub fn tell(self, input: Input) {
        (self.script().send)(input);
    }

    /// Goes to another view.
    pub fn show(self, place: Place) {
        self.tell(Input::Show(place));
    }

    /// Takes the focus somewhere, once it is there.
    pub fn focus(self, selector: &str) {
        focus::later(&self.script().container, selector);
    }

    /// Fills in what is known already, both in the form for address and key and on the page.
    pub fn fill_entry(self, name: &str, value: &str) {
        self.entry.update(|entry| entry.set(name, vec![value.to_owned()]));
        if let Ok(Some(control)) = self.script().container.query_selector(&super::field_selector(name)) {
            control.unchecked_into::<HtmlInputElement>().set_value(value);
        }
    }

    /// Takes in what is known of the person's answers, before a form is drawn: what the page says, and for a link the
    /// address that was typed last.
    pub fn prefill(self) {
        let known = self.script().loader.prefill();
        let email = self.email();
        self.form.update_untracked(|form| form.prefill(known.clone()));
        let typed = Answer { field: "email".to_owned(), values: vec![email] };
        self.entry.update_untracked(|entry| entry.prefill(if typed.values[0].is_empty() { known } else { vec![typed] }));
    }

    /// Takes in the texts that the loader has delivered now.
    pub fn read_delivery(self) {
        let script = self.script();
        let delivery = script.loader.delivery();
        script.texts.replace(Texts::new(&delivery.text("texts")));
        script.language.replace(delivery.text("language"));
    }
}
