//! Signals and effects: feeds what happens to the journey, and does what it asks for.

use crate::core::form::FormState;
use crate::core::journey::{Command, Happening, Input, Journey};
use crate::core::server_clock::Timing;
use crate::errands;
use crate::i18n::Texts;
use crate::platform::{address, alarm::Alarm, clock, events, focus, json::Json, storage, ticker};
use crate::view::{Script, Stage, curtain, field_selector};
use crate::wire;
use curtain_up_protocol::{AccessLink, EventDocument, Source};
use leptos::mount::{UnmountHandle, mount_to_renderer};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::task::spawn_local;
use std::rc::{Rc, Weak};
use web_sys::HtmlElement;

/// Everything that one widget starts with.
pub struct Page {
    /// The event as it was when the page loaded.
    pub event: EventDocument,
    /// When that was.
    pub timing: Timing,
    /// The event's address, as the element names it.
    pub address: String,
    /// Where programs find the event.
    pub api: String,
    /// Where the person came from.
    pub source: Source,
    /// The link that the page was opened by.
    pub link: Option<AccessLink>,
    /// The packed catalogue.
    pub texts: String,
    /// The language it is in.
    pub language: String,
    /// Where to mount.
    pub container: HtmlElement,
    /// The element on the page.
    pub host: HtmlElement,
}

/// The edition of what nobody has seen yet: the first view takes no focus.
const UNSEEN: u32 = u32::MAX;

/// A widget that runs.
struct App {
    stage: Stage,
    api: String,
    pass_name: String,
    host: HtmlElement,
    container: HtmlElement,
    alarm: Alarm,
}

/// Mounts a widget. Dropping the handle takes it away again.
pub fn mount(page: Page) -> UnmountHandle<AnyViewState> {
    mount_to_renderer(&page.container.clone(), move || start(page))
}

fn start(page: Page) -> AnyView {
    let now = clock::now();
    let pass_name = ["curtain-up:pass:", &page.address].concat();
    let pass = storage::load(&pass_name).and_then(|kept| wire::pass(&Json::read(&kept)?));
    let journey = Journey::new(page.event, page.timing, now);
    let app = Rc::new_cyclic(|app| {
        let (to_send, to_ring) = (Weak::clone(app), Weak::clone(app));
        let script = Script {
            texts: Texts::new(&page.texts),
            language: page.language,
            source: page.source,
            host: page.host.clone(),
            container: page.container.clone(),
            send: Box::new(move |input| step(&to_send, input)),
        };
        let stage = Stage {
            now: RwSignal::new(journey.server_time(now)),
            scene: RwSignal::new((journey.screen(), UNSEEN)),
            journey: RwSignal::new(journey),
            form: RwSignal::new(FormState::default()),
            entry: RwSignal::new(FormState::default()),
            script: StoredValue::new_local(Rc::new(script)),
        };
        let alarm = Alarm::new(move || step(&to_ring, Input::Tick));
        App { stage, api: page.api, pass_name, host: page.host, container: page.container, alarm }
    });
    let stage = app.stage;
    app.step(Input::Opened { link: page.link, pass });
    app.dispatch("ready", stage.scene.get_untracked().0.name());
    listen(app);
    curtain(stage)
}

/// Tells an app, if it still runs, what happens.
fn step(app: &Weak<App>, input: Input) {
    if let Some(app) = app.upgrade() {
        app.step(input);
    }
}

/// Hears the ticker until the widget is taken away: the owner of its signals holds the subscription, and with it the app.
fn listen(app: Rc<App>) {
    let subscription = ticker::subscribe(Rc::new(move |beat| {
        if beat == ticker::Beat::Wake {
            app.step(Input::Woke);
        }
        if let Some(time) = app.stage.journey.try_with_untracked(|journey| journey.server_time(clock::now())) {
            app.stage.now.try_set(time);
        }
    }));
    StoredValue::new_local(subscription);
}

impl App {
    /// Feeds the journey, does what it asks for, shows what it shows, and sets the alarm for what comes next.
    ///
    /// An answer may come after the widget was taken away: then its signals are gone, and nothing happens.
    fn step(self: &Rc<Self>, input: Input) {
        let now = clock::now();
        let Some((commands, scene, wait)) = self.stage.journey.try_update(|journey| {
            let commands = journey.step(input, now);
            (commands, (journey.screen(), journey.edition()), journey.wakes_after(now))
        }) else {
            return;
        };
        for command in commands {
            self.obey(command);
        }
        // A millisecond more, since the browser's clock is cut to whole ones here.
        self.alarm.ring_after(wait.num_milliseconds() + 1);
        let shown = self.stage.scene.get_untracked();
        if shown != scene {
            self.stage.scene.set(scene);
        }
        if shown != scene && shown.1 != UNSEEN {
            focus::heading_later(&self.host, &self.container);
            self.dispatch("view", scene.0.name());
        }
    }

    fn obey(self: &Rc<Self>, command: Command) {
        match command {
            Command::Send(request) => {
                let app = self.clone();
                spawn_local(async move { app.step(errands::run(&app.api, request).await) });
            }
            Command::Remember(pass) => storage::store(&self.pass_name, wire::write_pass(&pass).write().as_deref()),
            Command::Forget => storage::store(&self.pass_name, None),
            Command::Refuse(problems) => {
                let first = problems.first().map(|problem| field_selector(&problem.field));
                self.stage.form.update(|form| form.refuse(problems));
                focus::later(&self.container, &first.unwrap_or_default());
            }
            Command::GoTo(room) => address::go_to(&room),
            Command::Tell(happening) => self.dispatch(Happening::name(happening), ""),
        }
    }

    /// Fires `curtain-up:{name}` at the element; a page never learns an address or a key from it.
    fn dispatch(&self, name: &str, view: &str) {
        events::dispatch(&self.host, &["curtain-up:", name].concat(), view);
    }
}
