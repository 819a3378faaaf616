//! Whole journeys in a few lines each, on a server and with clocks that exist in these tests alone.

use super::*;
use crate::core::countdown::countdown;
use curtain_up_protocol::{
    FieldCode, FieldProblem, KeyFormat, ProblemCode, RegistrationAnswer, RegistrationRequest, RoomAnswer, StateDocument,
};

const NOON: i64 = 1_790_000_000_000;
const MINUTE: i64 = 60_000;
const DAY: i64 = 1_440 * MINUTE;

/// An event that starts ten minutes after [`NOON`] and takes an hour.
pub(crate) fn document() -> EventDocument {
    EventDocument {
        slug: "launch".into(),
        title: "Launch".into(),
        description: String::new(),
        zone: "Europe/Berlin".into(),
        permalink: "https://events.example/e/launch".into(),
        state: state(1, Phase::Scheduled, NOON + 10 * MINUTE, NOON),
        admission: Admission::Open,
        opens_at: None,
        key_format: KeyFormat::FourDigits,
        fields: Vec::new(),
        consents: Vec::new(),
    }
}

fn state(version: i64, phase: Phase, starts_at: i64, now: i64) -> StateDocument {
    StateDocument { version, phase, starts_at: Timestamp(starts_at), ends_at: Timestamp(starts_at + 60 * MINUTE), now: Timestamp(now) }
}

fn pass() -> PassAnswer {
    PassAnswer { pass: "token".into(), expires_at: Timestamp(NOON + DAY), first_name: "Ada".into() }
}

fn link() -> AccessLink {
    AccessLink { email: "ada@example.com".into(), key: "9999".into(), sig: None }
}

fn room(kind: RoomKind) -> RoomAnswer {
    RoomAnswer { phase: Phase::Live, room: Some(Room { kind, address: "https://room.example/1".into() }), replay: None }
}

fn refused(code: ProblemCode) -> Failure {
    Failure::Refused { code, fields: Vec::new(), later: false, retry_after: None }
}

/// A browser and its server. Time passes in both alike, whatever the browser's wall clock says.
struct Sim {
    journey: Journey,
    /// Milliseconds since the page began, which was at [`NOON`] by the server's clock.
    time: i64,
    wall_error: i64,
    chance: f64,
    server: StateDocument,
    asked: Vec<Request>,
    told: Vec<Happening>,
    gone_to: Option<String>,
}

impl Sim {
    fn new(event: EventDocument) -> Self {
        Self::with_wall_error(event, 0)
    }

    fn with_wall_error(event: EventDocument, wall_error: i64) -> Self {
        let now = Now { monotonic: Monotonic(0), wall: Timestamp(NOON + wall_error), chance: 0.5 };
        let timing = Timing { sent: Monotonic(0), received: Monotonic(0), age: None };
        let server = event.state;
        let journey = Journey::new(event, timing, now);
        Self { journey, time: 0, wall_error, chance: 0.5, server, asked: vec![], told: vec![], gone_to: None }
    }

    fn opened(event: EventDocument, link: Option<AccessLink>, pass: Option<PassAnswer>) -> Self {
        let mut sim = Self::new(event);
        sim.step(Input::Opened { link, pass });
        sim
    }

    /// Somebody with a pass on the waiting page.
    fn waiting() -> Self {
        Self::opened(document(), None, Some(pass()))
    }

    fn now(&self) -> Now {
        Now { monotonic: Monotonic(self.time), wall: Timestamp(NOON + self.time + self.wall_error), chance: self.chance }
    }

    fn step(&mut self, input: Input) {
        let now = self.now();
        for command in self.journey.step(input, now) {
            match command {
                Command::Send(request) => self.asked.push(request),
                Command::Tell(happening) => self.told.push(happening),
                Command::GoTo(address) => self.gone_to = Some(address),
                Command::Remember(_) | Command::Forget | Command::Refuse(_) => {}
            }
        }
    }

    fn timing(&self) -> Timing {
        Timing { sent: Monotonic(self.time), received: Monotonic(self.time), age: None }
    }

    /// The server answers the last question for the state.
    fn answer_state(&mut self) {
        self.server.now = Timestamp(NOON + self.time);
        let (state, timing) = (self.server, self.timing());
        self.asked.retain(|request| *request != Request::State);
        self.step(Input::Answered(Reply::State(state, timing)));
    }

    /// Time passes, in the steps that the journey's own timer makes; the server answers whatever is asked about the state.
    fn pass_time(&mut self, milliseconds: i64) {
        let end = self.time + milliseconds;
        loop {
            let wait = self.journey.wakes_after(self.now()).num_milliseconds();
            if self.time + wait > end {
                self.time = end;
                return;
            }
            self.time += wait;
            self.step(Input::Tick);
            if self.asked.contains(&Request::State) {
                self.answer_state();
            }
        }
    }

    fn change(&mut self, phase: Phase, starts_at: i64) {
        self.server = state(self.server.version + 1, phase, starts_at, self.server.now.0);
    }

    fn screen(&self) -> Screen {
        self.journey.screen()
    }

    fn seconds_left(&self) -> Option<i64> {
        let until = self.journey.event().state.starts_at - self.journey.server_time(self.now());
        countdown(until).map(|left| ((left.days * 24 + left.hours) * 60 + left.minutes) * 60 + left.seconds)
    }

    fn has_asked_for_room(&self) -> bool {
        self.asked.iter().any(|request| matches!(request, Request::Room(token) if token == "token"))
    }
}

#[test]
fn without_a_link_one_sees_the_form_or_what_stands_in_its_stead() {
    for (phase, admission, expected) in [
        (Phase::Scheduled, Admission::Open, Screen::Form),
        (Phase::Scheduled, Admission::Full, Screen::Form),
        (Phase::Scheduled, Admission::NotYetOpen, Screen::NotYetOpen),
        (Phase::Scheduled, Admission::Closed, Screen::Closed),
        (Phase::Live, Admission::Open, Screen::Form),
        (Phase::Live, Admission::Closed, Screen::Closed),
        (Phase::Ended, Admission::Closed, Screen::Ended),
        (Phase::Cancelled, Admission::Open, Screen::Cancelled),
    ] {
        let event = EventDocument { admission, state: state(1, phase, NOON, NOON), ..document() };
        assert_eq!(Sim::opened(event, None, None).screen(), expected, "{phase:?} {admission:?}");
    }
}

#[test]
fn a_link_leads_to_where_the_event_stands() {
    for (phase, first, expected) in [
        (Phase::Scheduled, Screen::Entering, Screen::Waiting),
        (Phase::Live, Screen::Entering, Screen::Room),
        (Phase::Ended, Screen::Entering, Screen::Ended),
        (Phase::Cancelled, Screen::Cancelled, Screen::Cancelled),
    ] {
        let event = EventDocument { state: state(1, phase, NOON, NOON), ..document() };
        let mut sim = Sim::opened(event, Some(link()), None);
        assert_eq!(sim.screen(), first, "{phase:?}");
        assert!(sim.asked == [Request::Exchange(link().into())]);
        sim.step(Input::Answered(Reply::Pass(pass())));
        let replay = (phase == Phase::Ended).then(|| "https://replay.example/1".to_owned());
        assert_eq!(sim.has_asked_for_room(), matches!(phase, Phase::Live | Phase::Ended), "nobody who is late is held back");
        sim.step(Input::Answered(Reply::Room(RoomAnswer { replay: replay.clone(), ..room(RoomKind::Frame) })));
        assert_eq!((sim.screen(), sim.journey.replay()), (expected, replay.as_deref()), "{phase:?}");
    }
}

#[test]
fn a_refused_link_leads_to_the_view_for_typing_it_with_its_address_filled_in() {
    let mut sim = Sim::opened(document(), Some(link()), None);
    sim.step(Input::Failed(Errand::Exchange, refused(ProblemCode::AccessRefused)));
    assert_eq!((sim.screen(), sim.journey.trouble()), (Screen::Enter, Some(Trouble::AccessRefused)));
    assert_eq!(sim.journey.email(), "ada@example.com");
    sim.step(Input::Show(Place::LostLink));
    assert_eq!((sim.screen(), sim.journey.trouble()), (Screen::LostLink, None));
}

#[test]
fn a_link_opened_offline_is_tried_until_the_server_is_back() {
    let mut sim = Sim::opened(document(), Some(link()), None);
    sim.asked.clear();
    for _ in 0..9 {
        sim.step(Input::Failed(Errand::Exchange, Failure::Network));
        assert!(sim.screen() == Screen::Entering && sim.journey.is_offline());
        sim.pass_time(MINUTE);
        assert!(sim.asked.iter().any(|request| matches!(request, Request::Exchange(_))));
        sim.asked.clear();
    }
    sim.step(Input::Answered(Reply::Pass(pass())));
    assert!(sim.screen() == Screen::Waiting && !sim.journey.is_offline());
}

#[test]
fn a_pass_from_before_a_reload_keeps_the_seat_unless_it_has_expired() {
    for (expires_at, expected) in [(NOON + 1, Screen::Waiting), (NOON, Screen::Form), (0, Screen::Form)] {
        let kept = PassAnswer { expires_at: Timestamp(expires_at), ..pass() };
        assert_eq!(Sim::opened(document(), None, Some(kept)).screen(), expected, "{expires_at}");
    }
}

#[test]
fn a_pass_that_the_server_refuses_is_forgotten() {
    let event = EventDocument { state: state(1, Phase::Live, NOON, NOON), ..document() };
    let mut sim = Sim::opened(event, None, Some(pass()));
    sim.step(Input::Failed(Errand::Room, refused(ProblemCode::PassRefused)));
    assert_eq!((sim.screen(), sim.journey.trouble()), (Screen::Enter, Some(Trouble::PassRefused)));
    assert!(sim.journey.pass().is_none());
}

#[test]
fn the_countdown_shows_the_same_whatever_the_local_clock_says() {
    for wall_error in [0, DAY, -DAY, 365 * DAY] {
        let mut sim = Sim::with_wall_error(document(), wall_error);
        sim.step(Input::Opened { link: None, pass: Some(pass()) });
        assert_eq!(sim.seconds_left(), Some(600));
        sim.pass_time(4 * MINUTE);
        assert_eq!(sim.seconds_left(), Some(360), "{wall_error}");
    }
}

#[test]
fn a_clock_that_is_set_shows_nothing_and_makes_the_journey_ask_at_once() {
    for step in [DAY, -DAY, 3_000, -3_000] {
        let mut sim = Sim::waiting();
        sim.time += 1_000;
        sim.wall_error = step;
        sim.step(Input::Tick);
        assert_eq!(sim.seconds_left(), Some(599));
        assert!(sim.asked.contains(&Request::State), "{step}");
    }
}

#[test]
fn after_a_sleep_the_first_answer_puts_the_countdown_right() {
    let mut sim = Sim::waiting();
    // Five minutes pass in the world, and none on the clock that stands still in sleep.
    sim.wall_error = 5 * MINUTE;
    sim.step(Input::Woke);
    assert!(sim.asked.contains(&Request::State));
    let timing = sim.timing();
    let slept = state(1, Phase::Scheduled, NOON + 10 * MINUTE, NOON + 5 * MINUTE);
    sim.step(Input::Answered(Reply::State(slept, timing)));
    assert_eq!(sim.seconds_left(), Some(300));
}

#[test]
fn a_month_of_waiting_ends_on_time_and_no_timer_is_longer_than_an_hour() {
    let start = NOON + 30 * DAY;
    let event = EventDocument { state: state(1, Phase::Scheduled, start, NOON), ..document() };
    let month = PassAnswer { expires_at: Timestamp(start + DAY), ..pass() };
    let mut sim = Sim::opened(event, None, Some(month));
    assert_eq!(sim.seconds_left(), Some(30 * 86_400));
    sim.pass_time(30 * DAY - 1_000);
    assert_eq!(sim.seconds_left(), Some(1));
    sim.change(Phase::Live, start);
    sim.pass_time(7_000);
    assert!(sim.told.contains(&Happening::Live));
    assert!(sim.journey.wakes_after(sim.now()) <= LONGEST_TIMER);
}

#[test]
fn a_countdown_at_zero_waits_for_the_host_and_asks_often() {
    let mut sim = Sim::waiting();
    sim.pass_time(40 * MINUTE);
    assert_eq!((sim.screen(), sim.seconds_left()), (Screen::Waiting, None));
    assert!(!sim.has_asked_for_room());
    assert!(sim.journey.wakes_after(sim.now()) <= TimeDelta::seconds(6));
}

#[test]
fn early_or_late_the_start_lets_people_in_over_five_seconds() {
    for after in [MINUTE, 10 * MINUTE, 25 * MINUTE] {
        for (chance, held_back) in [(0.0, 0), (0.5, 2_500), (0.99, 4_950)] {
            let mut sim = Sim::waiting();
            sim.pass_time(after);
            sim.change(Phase::Live, NOON + 10 * MINUTE);
            sim.chance = chance;
            sim.answer_state();
            assert_eq!(sim.told.last(), Some(&Happening::Live));
            sim.pass_time(held_back - 1);
            assert_eq!(sim.has_asked_for_room(), held_back == 0, "{after} {chance}");
            sim.pass_time(1);
            assert!(sim.has_asked_for_room(), "{after} {chance}");
        }
    }
}

#[test]
fn to_a_room_elsewhere_one_is_taken_after_a_while_unless_one_stays() {
    for (kind, stays, gone) in [(RoomKind::Address, false, true), (RoomKind::Address, true, false), (RoomKind::Frame, false, false)] {
        let event = EventDocument { state: state(1, Phase::Live, NOON, NOON), ..document() };
        let mut sim = Sim::opened(event, None, Some(pass()));
        sim.step(Input::Answered(Reply::Room(room(kind))));
        assert_eq!((sim.screen(), sim.journey.is_going()), (Screen::Room, kind == RoomKind::Address));
        if stays {
            sim.step(Input::Stay);
        }
        sim.pass_time(GOES_AFTER.num_milliseconds() - 1);
        assert_eq!(sim.gone_to, None);
        sim.pass_time(10 * MINUTE);
        assert_eq!(sim.gone_to.is_some(), gone, "{kind:?} {stays}");
        assert_eq!(sim.screen(), Screen::Room);
    }
}

#[test]
fn nobody_is_sent_to_an_address_that_is_not_https() {
    for address in ["http://room.example", "javascript:alert(1)", "//room.example", "", "https:", "HTTP://x", "ħttps://x"] {
        let event = EventDocument { state: state(1, Phase::Live, NOON, NOON), ..document() };
        let mut sim = Sim::opened(event, None, Some(pass()));
        let unsafe_room = Room { kind: RoomKind::Address, address: address.into() };
        let answer = RoomAnswer { phase: Phase::Live, room: Some(unsafe_room), replay: Some(address.into()) };
        sim.step(Input::Answered(Reply::Room(answer)));
        sim.pass_time(MINUTE);
        assert_eq!((sim.screen(), sim.gone_to.as_deref(), sim.journey.replay()), (Screen::Waiting, None, None), "{address}");
    }
    assert!(is_safe("HTTPS://room.example"));
}

#[test]
fn a_room_that_has_not_heard_of_the_start_yet_is_asked_again() {
    let mut sim = Sim::waiting();
    sim.change(Phase::Live, NOON + 10 * MINUTE);
    sim.answer_state();
    sim.pass_time(5_000);
    sim.asked.clear();
    sim.step(Input::Answered(Reply::Room(RoomAnswer { phase: Phase::Scheduled, room: None, replay: None })));
    sim.pass_time(6_000);
    assert!(sim.has_asked_for_room());
}

#[test]
fn the_countdown_moves_with_the_start_to_later_and_to_earlier() {
    for starts_at in [NOON + 60 * MINUTE, NOON + 7 * MINUTE, NOON + 5 * MINUTE] {
        let mut sim = Sim::waiting();
        sim.pass_time(5 * MINUTE);
        sim.change(Phase::Scheduled, starts_at);
        sim.answer_state();
        let left = (starts_at - NOON) / 1_000 - 300;
        assert_eq!((sim.screen(), sim.seconds_left()), (Screen::Waiting, (left > 0).then_some(left)));
        assert!(sim.journey.has_moved() && sim.told.contains(&Happening::Moved));
    }
}

#[test]
fn an_older_version_never_wins_over_a_newer_one() {
    let mut sim = Sim::waiting();
    let old = sim.server;
    sim.change(Phase::Live, NOON + 10 * MINUTE);
    sim.answer_state();
    let timing = sim.timing();
    sim.step(Input::Answered(Reply::State(old, timing)));
    assert_eq!(sim.journey.event().state.phase, Phase::Live);
    sim.step(Input::Answered(Reply::Event(Box::new(document()), timing)));
    assert_eq!(sim.journey.event().state.phase, Phase::Live);
}

#[test]
fn a_cancelled_event_says_so_wherever_one_is_and_may_come_back() {
    for place in [Place::Form, Place::Enter, Place::LostLink, Place::Resent, Place::Registered] {
        for pass in [None, Some(pass())] {
            let mut sim = Sim::opened(document(), None, pass);
            sim.step(Input::Show(place));
            let before = sim.screen();
            sim.change(Phase::Cancelled, NOON + 10 * MINUTE);
            sim.answer_state();
            assert_eq!((sim.screen(), sim.told.last()), (Screen::Cancelled, Some(&Happening::Cancelled)));
            sim.change(Phase::Scheduled, NOON + 20 * MINUTE);
            sim.pass_time(7 * MINUTE);
            assert_eq!(sim.screen(), before);
        }
    }
}

#[test]
fn the_end_closes_the_room_and_asks_for_the_replay() {
    let event = EventDocument { state: state(1, Phase::Live, NOON, NOON), ..document() };
    let mut sim = Sim::opened(event, None, Some(pass()));
    sim.step(Input::Answered(Reply::Room(room(RoomKind::Frame))));
    sim.asked.clear();
    sim.change(Phase::Ended, NOON);
    sim.pass_time(2 * MINUTE);
    assert_eq!((sim.screen(), sim.has_asked_for_room()), (Screen::Ended, true));
}

#[test]
fn registering_leads_to_the_mail_and_with_instant_entry_to_the_seat() {
    for (instant, expected) in [(None, Screen::Registered), (Some(pass()), Screen::Waiting)] {
        let mut sim = Sim::opened(document(), None, None);
        sim.step(Input::Register(RegistrationRequest::default()));
        sim.step(Input::Register(RegistrationRequest::default()));
        assert!(sim.journey.is_busy() && sim.asked.len() == 1, "a second click does nothing");
        sim.step(Input::Answered(Reply::Registered(RegistrationAnswer { pass: instant })));
        assert_eq!((sim.screen(), sim.journey.is_busy()), (expected, false));
        assert!(sim.told.contains(&Happening::Registered));
    }
}

#[test]
fn a_registration_that_failed_says_why_and_can_be_sent_again() {
    let busy = Failure::Refused { code: ProblemCode::Unavailable, fields: vec![], later: true, retry_after: Some(30) };
    let fields = vec![FieldProblem { field: "email".into(), code: FieldCode::InvalidEmail }];
    let invalid = Failure::Refused { code: ProblemCode::InvalidFields, fields, later: false, retry_after: None };
    for (failure, trouble, screen) in [
        (Failure::Network, Trouble::Unreachable, Screen::Form),
        (busy, Trouble::Busy(Some(30)), Screen::Form),
        (invalid, Trouble::Fields, Screen::Form),
        (refused(ProblemCode::RegistrationClosed), Trouble::Other, Screen::Closed),
        (refused(ProblemCode::NotYetOpen), Trouble::Other, Screen::NotYetOpen),
        (refused(ProblemCode::Unknown), Trouble::Other, Screen::Form),
    ] {
        let mut sim = Sim::opened(document(), None, None);
        sim.step(Input::Register(RegistrationRequest::default()));
        sim.step(Input::Failed(Errand::Register, failure));
        assert_eq!((sim.screen(), sim.journey.trouble(), sim.journey.is_busy()), (screen, Some(trouble), false));
        sim.step(Input::Register(RegistrationRequest::default()));
        assert_eq!(sim.asked.iter().filter(|request| matches!(request, Request::Register(_))).count(), 2);
    }
}

#[test]
fn the_banner_comes_with_a_lost_network_and_goes_with_the_next_answer() {
    let mut sim = Sim::opened(document(), None, None);
    sim.step(Input::Register(RegistrationRequest::default()));
    sim.step(Input::Failed(Errand::Register, Failure::Network));
    assert!(sim.journey.is_offline());
    sim.pass_time(4_000);
    assert_eq!((sim.journey.is_offline(), sim.journey.trouble()), (false, None));
}

#[test]
fn being_back_online_asks_at_once_for_all_that_was_waiting() {
    let event = EventDocument { state: state(1, Phase::Live, NOON, NOON), ..document() };
    let mut sim = Sim::opened(event, None, Some(pass()));
    sim.asked.clear();
    sim.chance = 0.99;
    for _ in 0..8 {
        sim.step(Input::Failed(Errand::Room, Failure::Network));
    }
    sim.step(Input::Woke);
    assert!(sim.has_asked_for_room() && sim.asked.contains(&Request::State));
}

#[test]
fn registration_that_opens_later_is_looked_at_again_when_it_opens() {
    let event = EventDocument { admission: Admission::NotYetOpen, opens_at: Some(Timestamp(NOON + 5 * MINUTE)), ..document() };
    let mut sim = Sim::opened(event, None, None);
    sim.pass_time(5 * MINUTE - 1);
    assert!(!sim.asked.contains(&Request::Event));
    sim.pass_time(5_000);
    assert!(sim.asked.contains(&Request::Event));
    let timing = sim.timing();
    sim.step(Input::Answered(Reply::Event(Box::new(document()), timing)));
    assert_eq!(sim.screen(), Screen::Form);
}

#[test]
fn a_form_is_built_anew_only_when_what_it_shows_has_changed() {
    for (title, edition) in [("Launch", 0), ("Launch, moved", 1)] {
        let mut sim = Sim::opened(document(), None, None);
        sim.change(Phase::Scheduled, NOON + 20 * MINUTE);
        sim.answer_state();
        sim.pass_time(5_000);
        assert!(sim.asked.contains(&Request::Event));
        let timing = sim.timing();
        let newer = EventDocument { title: title.into(), state: sim.server, ..document() };
        sim.step(Input::Answered(Reply::Event(Box::new(newer), timing)));
        assert_eq!(sim.journey.edition(), edition);
    }
}

#[test]
fn asking_for_a_lost_link_ends_at_the_mail_and_a_typed_link_at_the_seat() {
    let mut sim = Sim::opened(document(), None, None);
    sim.step(Input::Show(Place::LostLink));
    sim.step(Input::Resend("ada@example.com".into()));
    sim.step(Input::Answered(Reply::Resent));
    assert_eq!((sim.screen(), sim.journey.email()), (Screen::Resent, "ada@example.com"));
    sim.step(Input::Show(Place::Enter));
    sim.step(Input::Enter(link()));
    assert_eq!(sim.screen(), Screen::Enter, "what was typed stays in sight until it is answered");
    sim.step(Input::Failed(Errand::Exchange, Failure::Network));
    assert_eq!((sim.screen(), sim.journey.trouble()), (Screen::Enter, Some(Trouble::Unreachable)));
    sim.step(Input::Enter(link()));
    sim.step(Input::Answered(Reply::Pass(pass())));
    assert_eq!(sim.screen(), Screen::Waiting);
}
