//! The journey from the form to the room: one state machine for all views, whatever comes from people, server and clock.

mod answers;
mod messages;
mod sight;
#[cfg(test)]
pub(crate) mod tests;

pub use messages::*;

use crate::core::herald::{self, Herald};
use crate::core::polling::{LONGEST_TIMER, Pace, entry_spread, interval};
use crate::core::server_clock::{ServerClock, Timing};
use crate::core::{Monotonic, Now};
use chrono::TimeDelta;
use curtain_up_protocol::{Admission, Door, EventDocument, PassAnswer, Phase, Room, RoomKind, Timestamp};

/// How long somebody can read that they will be taken to the room before it happens. Every catalogue says so in words.
pub const GOES_AFTER: TimeDelta = TimeDelta::seconds(10);
/// The clocks of browser and system may differ so much between two looks before one of them must have been set, or slept.
const JUMP: i64 = 2_000;

/// Things to do at a set time.
#[derive(Clone, Copy)]
enum Chore {
    AskState,
    AskEvent,
    AskRoom,
    Exchange,
    Go,
    Speak,
    AskMail,
}

const CHORES: [Chore; 7] = [Chore::AskState, Chore::AskEvent, Chore::AskRoom, Chore::Exchange, Chore::Go, Chore::Speak, Chore::AskMail];

/// Where one person stands with one event.
pub struct Journey {
    event: EventDocument,
    clock: ServerClock,
    place: Place,
    /// What is being exchanged, and whether the page was opened by it.
    link: Option<(Way, bool)>,
    pass: Option<PassAnswer>,
    /// The pass that the tab had kept when it was opened by something else.
    kept: Option<PassAnswer>,
    room: Option<Room>,
    replay: Option<String>,
    /// What the last registration in this tab has given the right to, and when.
    claim: String,
    claimed_at: Monotonic,
    /// Whether mail to its address came back: the next registration corrects it.
    bounced: bool,
    email: String,
    busy: bool,
    trouble: Option<Trouble>,
    offline: bool,
    moved: bool,
    herald: Herald,
    said: Option<Saying>,
    edition: u32,
    failures: u32,
    due: [Option<Monotonic>; CHORES.len()],
    seen: Now,
}

impl Journey {
    /// The journey of somebody who sees `event` for the first time.
    pub fn new(event: EventDocument, timing: Timing, now: Now) -> Self {
        Self {
            clock: ServerClock::new(event.state.now, timing),
            event,
            place: Place::Form,
            link: None,
            pass: None,
            kept: None,
            room: None,
            replay: None,
            claim: String::new(),
            claimed_at: now.monotonic,
            bounced: false,
            email: String::new(),
            busy: false,
            trouble: None,
            offline: false,
            moved: false,
            herald: Herald::default(),
            said: None,
            edition: 0,
            failures: 0,
            due: [None; CHORES.len()],
            seen: now,
        }
    }

    /// Takes in what happens and says what is to be done about it.
    pub fn step(&mut self, input: Input, now: Now) -> Vec<Command> {
        let mut commands = Vec::new();
        self.notice_jump(now);
        match input {
            Input::Opened { link, pass } => self.open(link, pass, now, &mut commands),
            Input::Show(place) => {
                self.place = place;
                self.trouble = None;
            }
            Input::Choose(date) => self.choose(*date, now),
            // A second click does nothing while the first is under way.
            Input::Register(_) | Input::Resend(_) | Input::Enter(_) if self.busy => {}
            Input::Register(mut request) => {
                if self.bounced {
                    request.claim.clone_from(&self.claim);
                }
                self.email = request.answer_to("email").to_owned();
                self.send(Request::Register(request), &mut commands);
            }
            Input::Resend(email) => {
                self.email.clone_from(&email);
                self.send(Request::Resend(email), &mut commands);
            }
            Input::Enter(way) => {
                self.take(way.clone(), false);
                self.send(Request::Exchange(way, None), &mut commands);
            }
            Input::Stay => {
                self.set(Chore::Go, None);
                self.unsay(Saying::Going);
            }
            Input::Answered(reply) => self.answered(reply, now, &mut commands),
            Input::Failed(errand, failure) => self.failed(errand, failure, now, &mut commands),
            Input::Tick => {}
            Input::Woke => self.wake(now),
        }
        self.do_what_is_due(now, &mut commands);
        self.speak_of(&commands, now);
        commands
    }

    /// When to call [`Journey::step`] with [`Input::Tick`].
    pub fn wakes_after(&self, now: Now) -> TimeDelta {
        let next = self.due.iter().flatten().min();
        next.map_or(LONGEST_TIMER, |at| (*at - now.monotonic).clamp(TimeDelta::zero(), LONGEST_TIMER))
    }

    /// The view to show.
    pub fn screen(&self) -> Screen {
        let phase = self.event.state.phase;
        match (self.place, self.event.admission) {
            _ if phase == Phase::Cancelled => Screen::Cancelled,
            _ if self.pass.is_some() => match phase {
                Phase::Ended => Screen::Ended,
                Phase::Live if self.room.is_some() => Screen::Room,
                _ => Screen::Waiting,
            },
            _ if self.link.as_ref().is_some_and(|(_, opened)| *opened) => Screen::Entering,
            (Place::Enter, _) if self.event.door == Door::Registration => Screen::Enter,
            (Place::LostLink, _) => Screen::LostLink,
            (Place::Resent, _) => Screen::Resent,
            _ if phase == Phase::Ended => Screen::Ended,
            (Place::Registered, _) => Screen::Registered,
            (Place::Countdown, _) => Screen::Countdown,
            _ if self.event.door != Door::Registration => Screen::Code,
            (Place::Enter, _) => Screen::Enter,
            (Place::Form, Admission::NotYetOpen) => Screen::NotYetOpen,
            (Place::Form, Admission::Closed) => Screen::Closed,
            (Place::Form, Admission::Open | Admission::Full) => Screen::Form,
        }
    }

    fn set(&mut self, chore: Chore, at: Option<Monotonic>) {
        self.due[chore as usize] = at;
    }

    fn take(&mut self, way: Way, opened: bool) {
        if let Way::Link(link) = &way {
            self.email.clone_from(&link.email);
        }
        self.link = Some((way, opened));
    }

    fn open(&mut self, link: Option<Way>, pass: Option<PassAnswer>, now: Now, commands: &mut Vec<Command>) {
        self.set(Chore::AskState, Some(now.monotonic + interval(self.pace(now), now.chance)));
        self.await_opening(now);
        if let Some(link) = link {
            self.kept = pass.filter(|pass| pass.expires_at > self.server_time(now));
            self.take(link, true);
            self.set(Chore::Exchange, Some(now.monotonic));
        } else if let Some(pass) = pass {
            if pass.expires_at > self.server_time(now) {
                self.take_pass(pass, now, commands);
            } else {
                commands.push(Command::Forget);
            }
        }
    }

    /// Another date of the series; what was known of it may be as old as the page.
    fn choose(&mut self, date: EventDocument, now: Now) {
        self.event = date;
        self.trouble = None;
        self.moved = false;
        self.edition += 1;
        self.set(Chore::AskEvent, Some(now.monotonic));
        self.set(Chore::AskState, Some(now.monotonic + interval(self.pace(now), now.chance)));
    }

    /// Sends what somebody submitted.
    fn send(&mut self, request: Request, commands: &mut Vec<Command>) {
        self.busy = true;
        self.trouble = None;
        commands.push(Command::Send(request));
    }

    fn take_pass(&mut self, pass: PassAnswer, now: Now, commands: &mut Vec<Command>) {
        self.link = None;
        self.trouble = None;
        self.pass = Some(pass.clone());
        commands.extend([Command::Remember(pass), Command::Tell(Happening::Entered)]);
        self.approach_room(now.monotonic);
        self.set(Chore::AskState, Some(now.monotonic + interval(self.pace(now), now.chance)));
    }

    /// Goes for the room, or for the replay, once there may be one.
    fn approach_room(&mut self, at: Monotonic) {
        let open = self.pass.is_some() && matches!(self.event.state.phase, Phase::Live | Phase::Ended);
        self.set(Chore::AskRoom, open.then_some(at));
        self.set(Chore::Go, None);
    }

    /// Looks again when registration opens.
    fn await_opening(&mut self, now: Now) {
        let shut = self.event.admission == Admission::NotYetOpen;
        let until =
            self.event.opens_at.map(|opens_at| self.clock.until(opens_at, now.monotonic)).filter(|until| *until > TimeDelta::zero());
        let wait = until.map_or_else(|| interval(Pace::Watching, now.chance), |until| until + entry_spread(now.chance));
        self.set(Chore::AskEvent, shut.then(|| now.monotonic + wait));
    }

    fn pace(&self, now: Now) -> Pace {
        let state = &self.event.state;
        match state.phase {
            Phase::Ended | Phase::Cancelled => Pace::Over,
            Phase::Live => Pace::Watching,
            Phase::Scheduled if self.pass.is_some() || matches!(self.place, Place::Registered | Place::Countdown) => {
                Pace::Waiting(self.clock.until(state.starts_at, now.monotonic))
            }
            Phase::Scheduled => Pace::Watching,
        }
    }

    /// A clock that was set, or a computer that slept: the server must say what time it is.
    fn notice_jump(&mut self, now: Now) {
        let by_wall = now.wall - self.seen.wall;
        let by_monotonic = now.monotonic - self.seen.monotonic;
        if (by_wall - by_monotonic).num_milliseconds().abs() > JUMP {
            self.hasten(Chore::AskState, now.monotonic);
        }
        self.seen = now;
    }

    fn wake(&mut self, now: Now) {
        self.hasten(Chore::AskState, now.monotonic);
        if self.offline {
            self.hasten(Chore::AskRoom, now.monotonic);
            self.hasten(Chore::Exchange, now.monotonic);
        }
    }

    /// Does sooner what would be done later; what is under way, or not planned at all, is left alone.
    fn hasten(&mut self, chore: Chore, at: Monotonic) {
        if let Some(planned) = &mut self.due[chore as usize] {
            *planned = at.min(*planned);
        }
    }

    /// Whether a countdown is shown.
    fn is_counting(&self) -> bool {
        self.event.state.phase == Phase::Scheduled && matches!(self.screen(), Screen::Waiting | Screen::Registered | Screen::Countdown)
    }

    /// Tells those who listen what has changed, and plans when to tell them how long it will be.
    fn speak_of(&mut self, commands: &[Command], now: Now) {
        for command in commands {
            if let Command::Tell(change @ (Happening::Live | Happening::Moved | Happening::Ended | Happening::Cancelled)) = command
                && self.herald.tells_change(now.monotonic)
            {
                self.said = Some(Saying::Change(*change));
            }
        }
        let until = self.clock.until(self.event.state.starts_at, now.monotonic);
        let next = herald::next(until).filter(|_| self.is_counting());
        self.set(Chore::Speak, next.map(|wait| now.monotonic + wait));
    }

    /// What has been said, and is so no longer, is not found by those who look for it, and may be said again.
    fn unsay(&mut self, saying: Saying) {
        if self.said == Some(saying) {
            self.said = None;
        }
    }

    /// Tells those who listen how long it is until the start.
    fn speak(&mut self, now: Now) {
        let until = self.clock.until(self.event.state.starts_at, now.monotonic);
        if self.is_counting()
            && let Some(seconds) = self.herald.tells_mark(until, now.monotonic)
        {
            self.said = Some(Saying::Soon(seconds));
        }
    }

    fn do_what_is_due(&mut self, now: Now, commands: &mut Vec<Command>) {
        for chore in CHORES {
            if self.due[chore as usize].is_none_or(|at| at > now.monotonic) {
                continue;
            }
            self.set(chore, None);
            commands.extend(match chore {
                Chore::AskState => Some(Command::Send(Request::State)),
                Chore::AskEvent => Some(Command::Send(Request::Event)),
                Chore::AskRoom => self.pass.as_ref().map(|pass| Command::Send(Request::Room(pass.pass.clone()))),
                Chore::Exchange => self
                    .link
                    .as_ref()
                    .map(|(way, _)| Command::Send(Request::Exchange(way.clone(), self.kept.as_ref().map(|pass| pass.pass.clone())))),
                Chore::Speak => {
                    self.speak(now);
                    None
                }
                Chore::AskMail => Some(Command::Send(Request::Mail(self.claim.clone()))),
                Chore::Go => self.room.as_ref().map(|room| Command::GoTo(room.address.clone())),
            });
        }
    }
}

/// Whether one may be sent to an address that came from the server: checked when saved there, and again when followed.
fn is_safe(address: &str) -> bool {
    address.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"))
}
