//! Whole journeys in a few lines each, on a server and with clocks that exist in these tests alone.

mod arriving;
mod asking;
mod changes;
mod door;
mod saying;
mod start;
mod time;

use super::*;
use crate::core::countdown::countdown;
use curtain_up_protocol::{
    AccessLink, DoorRequest, FieldCode, FieldProblem, KeyFormat, ProblemCode, RegistrationAnswer, RegistrationRequest, RoomAnswer,
    StateDocument,
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
        language: "en".into(),
        zone: "Europe/Berlin".into(),
        permalink: "https://events.example/e/launch".into(),
        state: state(1, Phase::Scheduled, NOON + 10 * MINUTE, NOON),
        admission: Admission::Open,
        door: Door::Registration,
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

fn link() -> Way {
    Way::Link(AccessLink { email: "ada@example.com".into(), key: "9999".into(), sig: None })
}

fn room(kind: RoomKind) -> RoomAnswer {
    RoomAnswer { phase: Phase::Live, room: Some(Room { kind, address: "https://room.example/1".into() }), ..nothing(Phase::Live) }
}

fn nothing(phase: Phase) -> RoomAnswer {
    RoomAnswer { phase, room: None, replay: None, materials: Vec::new(), rooms: Vec::new() }
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
    said: Vec<Saying>,
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
        Self { journey, time: 0, wall_error, chance: 0.5, server, asked: vec![], told: vec![], gone_to: None, said: vec![] }
    }

    fn opened(event: EventDocument, link: Option<Way>, pass: Option<PassAnswer>) -> Self {
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
        self.said.extend(self.journey.said().filter(|said| self.said.last() != Some(said)));
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
