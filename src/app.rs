//! Signals and effects: feeds what happens to the journey, and does what it asks for.

use crate::core::form::FormState;
use crate::core::journey::{Command, Happening, Input, Journey, Place, Reply, Request, Screen, Way};
use crate::core::server_clock::Timing;
use crate::errands;
use crate::i18n::Texts;
use crate::platform::loader::Loader;
use crate::platform::{alarm::Alarm, clock, events, focus, ticker};
use crate::view::{DATES, Script, Stage, curtain, field_selector};
use crate::wire;
use curtain_up_protocol::{EventDocument, PassAnswer, Phase};
use leptos::mount::{UnmountHandle, mount_to_renderer};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use web_sys::HtmlElement;

/// Everything that one widget starts with.
pub struct Page {
    /// The event as it was when the page loaded.
    pub event: EventDocument,
    /// When that was.
    pub timing: Timing,
    /// What the page wants to be shown first.
    pub place: Place,
    /// What the page was opened by.
    pub link: Option<Way>,
    /// The pass that this tab kept.
    pub pass: Option<PassAnswer>,
    /// What does for the widget what JavaScript does better.
    pub loader: Loader,
    /// Where to mount.
    pub container: HtmlElement,
    /// The element on the page.
    pub host: HtmlElement,
}

/// The edition of what nobody has seen yet: the first view takes no focus.
const UNSEEN: u32 = u32::MAX;

thread_local! {
    /// The events whose state is being asked for.
    static ASKING: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    /// All widgets of the page: those of one event learn its state together, so that they ask for it once.
    static WIDGETS: RefCell<Vec<Weak<App>>> = const { RefCell::new(Vec::new()) };
}

/// A widget that runs.
pub struct App {
    stage: Stage,
    loader: Loader,
    host: HtmlElement,
    container: HtmlElement,
    alarm: Alarm,
    /// The views that the page does not want, a bit each: it goes on by itself.
    held: Cell<u32>,
}

/// Mounts a widget. Dropping the handle takes it away again.
pub fn mount(page: Page) -> (UnmountHandle<AnyViewState>, Weak<App>) {
    let started = Rc::new(RefCell::new(Weak::new()));
    let start_there = started.clone();
    let handle = mount_to_renderer(&page.container.clone(), move || {
        let app = start(page);
        start_there.replace(Rc::downgrade(&app));
        let stage = app.stage;
        listen(app);
        curtain(stage)
    });
    (handle, started.take())
}

fn start(page: Page) -> Rc<App> {
    let now = clock::now();
    let mut journey = Journey::new(page.event, page.timing, now);
    // Nothing is asked for yet.
    let _ = journey.step(Input::Show(page.place), now);
    let delivery = page.loader.delivery();
    let app = Rc::new_cyclic(|app| {
        let (to_send, to_ring) = (Weak::clone(app), Weak::clone(app));
        let script = Script {
            texts: RefCell::new(Texts::new(&delivery.text("texts"))),
            language: RefCell::new(delivery.text("language")),
            loader: page.loader.clone(),
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
        App { stage, loader: page.loader, host: page.host, container: page.container, alarm, held: Cell::new(0) }
    });
    WIDGETS.with_borrow_mut(|widgets| {
        widgets.retain(|widget| widget.strong_count() > 0);
        widgets.push(Rc::downgrade(&app));
    });
    app.step(Input::Opened { link: page.link, pass: page.pass });
    app.show("ready", app.stage.scene.get_untracked().0);
    // A page that opens late is told what those who waited were told.
    let missed = match app.stage.event(|event| event.state.phase) {
        Phase::Live => Happening::Live,
        Phase::Ended => Happening::Ended,
        Phase::Cancelled => Happening::Cancelled,
        Phase::Scheduled => return app,
    };
    app.tell(missed, app.stage.scene.get_untracked().0);
    app
}

/// A screen among others.
fn bit(screen: Screen) -> u32 {
    1 << screen as u32
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
    pub fn step(self: &Rc<Self>, input: Input) {
        let now = clock::now();
        let chosen = matches!(input, Input::Choose(_));
        let Some((commands, scene, wait, trouble)) = self.stage.journey.try_update(|journey| {
            let before = journey.trouble();
            let commands = journey.step(input, now);
            // Where the page takes people to the room itself, nobody is told that they will be taken there.
            if self.holds(Screen::Room) {
                // Nothing is asked for: all that was due has been done.
                let _ = journey.step(Input::Stay, now);
            }
            let trouble = journey.trouble().filter(|trouble| before != Some(*trouble));
            (commands, (journey.screen(), journey.edition()), journey.wakes_after(now), trouble)
        }) else {
            return;
        };
        for command in commands {
            self.obey(command, scene.0);
        }
        if let Some(trouble) = trouble {
            self.dispatch("error", Some(("code", trouble.name())), false);
        }
        // A millisecond more, since the browser's clock is cut to whole ones here.
        self.alarm.ring_after(wait.num_milliseconds() + 1);
        let Some(shown) = self.stage.scene.try_get_untracked() else { return };
        if shown == scene || self.holds(scene.0) {
            return;
        }
        self.stage.scene.set(scene);
        if shown.1 == UNSEEN {
            return;
        }
        let same = shown.0 == scene.0;
        if chosen {
            focus::later(&self.container, &field_selector(DATES));
        } else {
            self.loader.attend(same);
        }
        if !same {
            self.show("view", scene.0);
        }
    }

    fn holds(&self, screen: Screen) -> bool {
        self.held.get() & bit(screen) != 0
    }

    /// Draws the view anew, from the delivery as it is now.
    pub fn redraw(&self) {
        self.stage.read_delivery();
        self.stage.scene.notify();
    }

    fn obey(self: &Rc<Self>, command: Command, screen: Screen) {
        match command {
            Command::Send(request) => {
                let typed = match request {
                    Request::Register(_) | Request::Resend(_) => true,
                    Request::Exchange(..) => matches!(screen, Screen::Enter | Screen::Code),
                    _ => false,
                };
                if typed {
                    self.show("submit", screen);
                }
                spawn_local(self.clone().ask(request));
            }
            Command::Remember(pass) => self.loader.keep(wire::write(&pass)),
            Command::Forget => self.loader.keep(None),
            Command::Refuse(problems) => {
                let first = problems.first().map(|problem| field_selector(&problem.field));
                self.stage.form.update(|form| form.refuse(problems));
                // Another view comes with its own focus, and not at all for somebody who is busy elsewhere on the page.
                if self.stage.scene.get_untracked().0 == screen {
                    focus::later(&self.container, &first.unwrap_or_default());
                }
            }
            Command::GoTo(room) => self.loader.go(&room),
            Command::Tell(happening) => self.tell(happening, screen),
        }
    }

    /// Sends a request. What is learnt of the event's state is for all widgets of the event, so one asks for all.
    async fn ask(self: Rc<Self>, request: Request) {
        let api = self.api();
        let for_all = request == Request::State;
        if for_all {
            if ASKING.with_borrow(|asking| asking.contains(&api)) {
                return;
            }
            ASKING.with_borrow_mut(|asking| asking.push(api.clone()));
        }
        let input = errands::run(&self.loader, request).await;
        if !for_all {
            // What comes of another date than the one that is chosen now is of no interest.
            if self.api() == api {
                self.step(input);
            }
            return;
        }
        ASKING.with_borrow_mut(|asking| asking.retain(|other| *other != api));
        let all = WIDGETS.with_borrow(|widgets| widgets.iter().filter_map(Weak::upgrade).collect::<Vec<_>>());
        for app in all.iter().filter(|app| app.api() == api) {
            app.step(match &input {
                Input::Answered(Reply::State(state, timing)) => Input::Answered(Reply::State(*state, *timing)),
                Input::Failed(errand, failure) => Input::Failed(*errand, failure.clone()),
                _ => continue,
            });
        }
    }

    /// Where programs find the event, or the date that is chosen.
    fn api(&self) -> String {
        self.loader.delivery().text("api")
    }

    /// Tells the page what has happened; where it goes on by itself, the widget does not.
    fn tell(&self, happening: Happening, screen: Screen) {
        let cancelable = matches!(happening, Happening::Registered | Happening::Live);
        if self.dispatch(happening.name(), None, cancelable) {
            let unwanted = match (happening, screen) {
                (Happening::Live, _) => bit(Screen::Room),
                (_, Screen::Registered) => bit(Screen::Registered),
                // The next view at once, where the event lets people in at once.
                _ => bit(Screen::Waiting) | bit(Screen::Room),
            };
            self.held.set(self.held.get() | unwanted);
        }
    }

    /// Tells the page which view something is about.
    fn show(&self, name: &str, screen: Screen) {
        self.dispatch(name, Some(("view", screen.name())), false);
    }

    /// Fires `curtain-up:{name}` at the element; a page never learns an address or a key from it.
    fn dispatch(&self, name: &str, detail: Option<(&str, &str)>, cancelable: bool) -> bool {
        events::dispatch(&self.host, name, detail, cancelable)
    }
}
