//! What the server's answers, and their absence, do to a journey.

use super::*;
use crate::core::polling::{backoff, look_after_mail};
use curtain_up_protocol::{FieldCode, FieldProblem, ProblemCode, RoomAnswer, StateDocument};

impl Journey {
    pub(super) fn answered(&mut self, reply: Reply, now: Now, commands: &mut Vec<Command>) {
        self.offline = false;
        self.unsay(Saying::Offline);
        self.failures = 0;
        if self.trouble == Some(Trouble::Unreachable) {
            self.trouble = None;
        }
        match reply {
            Reply::State(state, timing) => {
                self.learn(state, timing, now, commands);
                self.set(Chore::AskState, Some(now.monotonic + interval(self.pace(now), now.chance)));
            }
            Reply::Event(event, timing) => self.learn_event(*event, timing, now, commands),
            Reply::Registered(answer) => {
                self.busy = false;
                self.place = Place::Registered;
                commands.push(Command::Tell(Happening::Registered));
                let since = now.monotonic;
                (self.claim, self.claimed_at, self.bounced) = (answer.claim, since, false);
                match answer.pass {
                    Some(pass) => self.take_pass(pass, now, commands),
                    None => {
                        self.set(Chore::AskState, Some(since + interval(self.pace(now), now.chance)));
                        self.set(Chore::AskMail, look_after_mail(TimeDelta::zero()).map(|wait| since + wait));
                    }
                }
            }
            Reply::Resent => {
                self.busy = false;
                self.place = Place::Resent;
                commands.push(Command::Tell(Happening::Resent));
            }
            Reply::Pass(pass) => {
                self.busy = false;
                self.take_pass(pass, now, commands);
            }
            Reply::Room(answer) => self.reach_room(answer, now),
            Reply::Mail(bounced) => self.hear_of_mail(bounced, now, commands),
        }
    }

    pub(super) fn failed(&mut self, errand: Errand, failure: Failure, now: Now, commands: &mut Vec<Command>) {
        self.failures = self.failures.saturating_add(1);
        let (code, retry_after) = match &failure {
            Failure::Network => (None, None),
            Failure::Refused { code, retry_after, .. } => (Some(*code), *retry_after),
        };
        let offline = failure == Failure::Network;
        if offline && !self.offline && self.herald.tells_trouble(now.monotonic) {
            self.said = Some(Saying::Offline);
        }
        self.offline = offline;
        let again = Some(now.monotonic + backoff(self.failures, retry_after, now.chance));
        match errand {
            Errand::State => self.set(Chore::AskState, again),
            Errand::Event => self.set(Chore::AskEvent, again),
            Errand::Room if code == Some(ProblemCode::PassRefused) => {
                self.pass = None;
                self.room = None;
                self.set(Chore::Go, None);
                self.place = Place::Enter;
                self.trouble = Some(Trouble::PassRefused);
                commands.push(Command::Forget);
            }
            Errand::Room => self.set(Chore::AskRoom, again),
            // What is not known may still come.
            Errand::Mail => self.hear_of_mail(false, now, commands),
            Errand::Exchange => self.fail_to_enter(failure, again, now, commands),
            Errand::Register | Errand::Resend => {
                self.busy = false;
                self.trouble = Some(trouble(&failure));
                self.refuse(failure, now, commands);
            }
        }
        if self.offline && errand != Errand::State {
            // The banner says that trying goes on, and goes away by itself: the state is what is tried.
            self.hasten(Chore::AskState, now.monotonic + backoff(self.failures, None, now.chance));
        }
    }

    /// Takes in the newest state, unless a newer one is known: caches answer out of order.
    fn learn(&mut self, state: StateDocument, timing: Timing, now: Now, commands: &mut Vec<Command>) {
        let known = self.event.state;
        if state.version < known.version {
            return;
        }
        self.clock.observe(state.now, timing);
        self.event.state = state;
        let soon = now.monotonic + entry_spread(now.chance);
        if state.phase != known.phase {
            self.edition += 1;
            self.room = None;
            self.approach_room(soon);
            commands.extend(match state.phase {
                Phase::Scheduled => None,
                Phase::Live => Some(Command::Tell(Happening::Live)),
                Phase::Ended => Some(Command::Tell(Happening::Ended)),
                Phase::Cancelled => Some(Command::Tell(Happening::Cancelled)),
            });
        }
        if state.version > known.version {
            if state.phase == Phase::Scheduled && state.starts_at != known.starts_at {
                self.moved = true;
                commands.push(Command::Tell(Happening::Moved));
            }
            if self.pass.is_none() && self.place != Place::Registered {
                self.set(Chore::AskEvent, Some(soon));
            } else if state.phase == known.phase && !self.is_going() {
                self.approach_room(soon);
            }
        }
    }

    fn learn_event(&mut self, event: EventDocument, timing: Timing, now: Now, commands: &mut Vec<Command>) {
        if event.state.version >= self.event.state.version {
            let state = event.state;
            // What the form shows is compared, so that nobody's form is built anew under their hands for nothing.
            let same = event.fields == self.event.fields
                && event.door == self.event.door
                && event.consents == self.event.consents
                && event.title == self.event.title
                && event.description == self.event.description
                && event.admission == self.event.admission;
            let known = std::mem::replace(&mut self.event, event);
            self.event.state = known.state;
            self.edition += u32::from(!same);
            self.learn(state, timing, now, commands);
        }
        self.await_opening(now);
    }

    fn reach_room(&mut self, answer: RoomAnswer, now: Now) {
        let live = self.event.state.phase == Phase::Live;
        let replay = answer.replay.filter(|address| is_safe(address));
        let room = answer.room.filter(|room| live && is_safe(&room.address));
        if live && room.is_none() {
            // The server that was asked has not heard of the start yet, or no room was given: it will come.
            self.set(Chore::AskRoom, Some(now.monotonic + interval(Pace::Waiting(TimeDelta::zero()), now.chance)));
        }
        if (&room, &replay) == (&self.room, &self.replay) {
            return;
        }
        let elsewhere = room.as_ref().is_some_and(|room| room.kind == RoomKind::Address);
        self.set(Chore::Go, elsewhere.then(|| now.monotonic + GOES_AFTER));
        if elsewhere {
            // However much was said before: nobody is taken away unheard.
            self.said = Some(Saying::Going);
        }
        self.room = room;
        self.replay = replay;
        self.edition += 1;
    }

    /// The address came back: whoever still waits for the mail is led to where they correct it. Who fills in the form
    /// for somebody else by now is left alone.
    fn hear_of_mail(&mut self, bounced: bool, now: Now, commands: &mut Vec<Command>) {
        if !bounced {
            self.set(Chore::AskMail, look_after_mail(now.monotonic - self.claimed_at).map(|wait| now.monotonic + wait));
        } else if self.place != Place::Form && self.pass.is_none() {
            self.bounced = true;
            self.place = Place::Form;
            self.trouble = Some(Trouble::Fields);
            commands.push(Command::Refuse(vec![FieldProblem { field: "email".to_owned(), code: FieldCode::Undeliverable }]));
        }
    }

    fn fail_to_enter(&mut self, failure: Failure, again: Option<Monotonic>, now: Now, commands: &mut Vec<Command>) {
        self.busy = false;
        let opened = self.link.as_ref().is_some_and(|(_, opened)| *opened);
        let may_succeed = matches!(failure, Failure::Network | Failure::Refused { later: true, .. });
        self.trouble = Some(trouble(&failure));
        if opened && may_succeed {
            self.set(Chore::Exchange, again);
            return;
        }
        self.link = None;
        self.place = Place::Enter;
        if opened && self.trouble == Some(Trouble::AccessRefused) {
            self.trouble = Some(Trouble::LinkRefused);
            // Whoever is in already stays in: a ticket is for one use, and people go back and forth.
            if let Some(pass) = self.kept.take() {
                self.take_pass(pass, now, commands);
            }
        }
    }

    /// What a refusal tells of the event itself: the form is no longer what it was.
    fn refuse(&mut self, failure: Failure, now: Now, commands: &mut Vec<Command>) {
        let Failure::Refused { code, fields, .. } = failure else { return };
        match code {
            ProblemCode::InvalidFields | ProblemCode::InvalidRequest if !fields.is_empty() => commands.push(Command::Refuse(fields)),
            ProblemCode::NotYetOpen => self.event.admission = Admission::NotYetOpen,
            ProblemCode::RegistrationClosed => self.event.admission = Admission::Closed,
            _ => return,
        }
        self.set(Chore::AskEvent, Some(now.monotonic + entry_spread(now.chance)));
    }
}

fn trouble(failure: &Failure) -> Trouble {
    match failure {
        Failure::Network => Trouble::Unreachable,
        Failure::Refused { later: true, retry_after, .. } => Trouble::Busy(*retry_after),
        // What no field of the form can show is said in general words.
        Failure::Refused { code: ProblemCode::InvalidFields, fields, .. }
            if fields.iter().any(|problem| problem.code != FieldCode::UnknownField) =>
        {
            Trouble::Fields
        }
        Failure::Refused { code: ProblemCode::AccessRefused, .. } => Trouble::AccessRefused,
        Failure::Refused { .. } => Trouble::Other,
    }
}
