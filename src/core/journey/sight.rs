//! What views may see of a journey.

use super::*;

impl Journey {
    /// The event, in its newest state.
    pub fn event(&self) -> &EventDocument {
        &self.event
    }

    /// What was told last to those who listen.
    pub fn said(&self) -> Option<Saying> {
        self.said
    }

    /// Grows when a view that is shown must be built anew: other texts, fields or seats, another phase, room or replay.
    pub fn edition(&self) -> u32 {
        self.edition
    }

    /// What the server's clock shows.
    pub fn server_time(&self, now: Now) -> Timestamp {
        self.clock.at(now.monotonic)
    }

    /// The person's pass.
    pub fn pass(&self) -> Option<&PassAnswer> {
        self.pass.as_ref()
    }

    /// The room, once it is open to this person.
    pub fn room(&self) -> Option<&Room> {
        self.room.as_ref()
    }

    /// Where the replay is.
    pub fn replay(&self) -> Option<&str> {
        self.replay.as_deref()
    }

    /// The address that was last typed, or stood in the link.
    pub fn email(&self) -> &str {
        &self.email
    }

    /// Whether something that the person sent has not been answered yet.
    pub fn is_busy(&self) -> bool {
        self.busy
    }

    /// Whether the server was out of reach when last asked.
    pub fn is_offline(&self) -> bool {
        self.offline
    }

    /// Whether the start has moved while the person looked on, and is still ahead.
    pub fn has_moved(&self) -> bool {
        self.moved && self.event.state.phase == Phase::Scheduled
    }

    /// Whether the person will be taken to the room by itself.
    pub fn is_going(&self) -> bool {
        self.due[Chore::Go as usize].is_some()
    }

    /// Whether the person may choose another date of a series: not once they have one.
    pub fn may_choose(&self) -> bool {
        let has_one = matches!(self.place, Place::Registered | Place::Resent);
        self.pass.is_none() && !has_one && self.screen() != Screen::Entering
    }

    /// What went wrong with what the person did last.
    pub fn trouble(&self) -> Option<Trouble> {
        self.trouble
    }
}
