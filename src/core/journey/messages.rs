//! What a journey is told, what it asks for, and what it shows.

use crate::core::server_clock::Timing;
use curtain_up_protocol::{
    AccessLink, DoorRequest, EventDocument, FieldProblem, PassAnswer, ProblemCode, RegistrationAnswer, RegistrationRequest, RoomAnswer,
    StateDocument,
};

/// What somebody comes in by.
#[derive(Clone, PartialEq, Eq)]
pub enum Way {
    /// An access link, or an address with its key.
    Link(AccessLink),
    /// A code, a ticket, a signed link, or an open door.
    Door(DoorRequest),
}

/// Something that happens to a journey.
pub enum Input {
    /// The page has opened, with a link in its address or a pass from before a reload.
    Opened {
        /// What the page was opened by.
        link: Option<Way>,
        /// The pass that this tab kept.
        pass: Option<PassAnswer>,
    },
    /// Somebody goes to another view.
    Show(Place),
    /// Somebody chooses another date of the series.
    Choose(Box<EventDocument>),
    /// Somebody submits the registration form.
    Register(RegistrationRequest),
    /// Somebody asks for their access link again, by this address.
    Resend(String),
    /// Somebody types or pastes a link or a code, or goes through the open door.
    Enter(Way),
    /// Somebody does not want to be taken to the room by itself.
    Stay,
    /// The server has answered.
    Answered(Reply),
    /// A request has failed.
    Failed(Errand, Failure),
    /// Time has passed.
    Tick,
    /// The page is looked at again, or the network is back.
    Woke,
}

/// Where somebody without a pass has gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// To the registration form, or what stands in its stead.
    Form,
    /// To "I already have a link".
    Enter,
    /// To "Lost your access link?".
    LostLink,
    /// The link was asked for: they look into their mail.
    Resent,
    /// They have registered: they look into their mail and wait.
    Registered,
    /// To the countdown, which is all that some pages want to show at first.
    Countdown,
}

impl Place {
    /// The place that a page names to be shown first; the form where it names none.
    pub fn named(name: &str) -> Self {
        match name {
            "resend" => Self::LostLink,
            "enter" => Self::Enter,
            "countdown" => Self::Countdown,
            _ => Self::Form,
        }
    }
}

/// What is asked of the server.
#[derive(Clone, PartialEq, Eq)]
pub enum Request {
    /// The event document.
    Event,
    /// The state document.
    State,
    /// A registration.
    Register(RegistrationRequest),
    /// An access link by mail.
    Resend(String),
    /// A pass, with the one that the tab has kept: a ticket is for nobody else.
    Exchange(Way, Option<String>),
    /// The room, with a pass.
    Room(String),
    /// Whether mail to the address came back that a registration had, with its claim.
    Mail(String),
}

/// The kind of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    /// [`Request::Event`]
    Event,
    /// [`Request::State`]
    State,
    /// [`Request::Register`]
    Register,
    /// [`Request::Resend`]
    Resend,
    /// [`Request::Exchange`]
    Exchange,
    /// [`Request::Room`]
    Room,
    /// [`Request::Mail`]
    Mail,
}

/// A good answer.
pub enum Reply {
    /// To [`Request::Event`].
    Event(Box<EventDocument>, Timing),
    /// To [`Request::State`].
    State(StateDocument, Timing),
    /// To [`Request::Register`].
    Registered(RegistrationAnswer),
    /// To [`Request::Resend`].
    Resent,
    /// To [`Request::Exchange`].
    Pass(PassAnswer),
    /// To [`Request::Room`].
    Room(RoomAnswer),
    /// To [`Request::Mail`]: whether it came back.
    Mail(bool),
}

/// Why a request failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer came, or one that this server does not give.
    Network,
    /// The server said no.
    Refused {
        /// Why.
        code: ProblemCode,
        /// Which answers it refused.
        fields: Vec<FieldProblem>,
        /// Whether it is overwhelmed (429 or 503): the same may succeed later.
        later: bool,
        /// After how many seconds to come back.
        retry_after: Option<i64>,
    },
}

/// What a journey wants done.
#[derive(Clone, PartialEq, Eq)]
pub enum Command {
    /// Send this to the server.
    Send(Request),
    /// Keep the pass for a reload of this tab.
    Remember(PassAnswer),
    /// Forget the pass that was kept.
    Forget,
    /// Show at their fields that the server refused these answers.
    Refuse(Vec<FieldProblem>),
    /// Leave the page for the room.
    GoTo(String),
    /// Tell the person and the page what has happened.
    Tell(Happening),
}

/// What a page, and somebody who does not see it, is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A registration was taken.
    Registered,
    /// A mail was asked for.
    Resent,
    /// A pass was given.
    Entered,
    /// The event is live.
    Live,
    /// The start has moved.
    Moved,
    /// The event is over.
    Ended,
    /// The event will not take place.
    Cancelled,
}

/// What is told to those who listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saying {
    /// Something has changed.
    Change(Happening),
    /// The event starts in so many seconds.
    Soon(i64),
    /// They are taken to the room in a moment.
    Going,
    /// The server is out of reach.
    Offline,
}

/// What went wrong with what somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The server was not reached; what was typed is still there.
    Unreachable,
    /// The server has too much to do; seconds to wait, where it said so.
    Busy(Option<i64>),
    /// The server refused some answers.
    Fields,
    /// The key or code lets nobody in.
    AccessRefused,
    /// Nor does the link that the page was opened by.
    LinkRefused,
    /// The pass is no longer good.
    PassRefused,
    /// Anything else.
    Other,
}

impl Trouble {
    /// What a page calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Busy(_) => "busy",
            Self::Fields => "fields",
            Self::AccessRefused | Self::LinkRefused => "access_refused",
            Self::PassRefused => "pass_refused",
            Self::Other => "other",
        }
    }
}

/// The view to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The registration form; joining the waiting list where the event is full.
    Form,
    /// Registration opens later.
    NotYetOpen,
    /// Registration has closed.
    Closed,
    /// Address and key, or a pasted link.
    Enter,
    /// The access code; where the door is open, nothing.
    Code,
    /// The address to send the link to.
    LostLink,
    /// "Look into your mail": the link was asked for.
    Resent,
    /// "Look into your mail": registered, with the countdown.
    Registered,
    /// The countdown of somebody who has not registered.
    Countdown,
    /// A link is being exchanged for a pass.
    Entering,
    /// The countdown of somebody with a pass; at its end, the door.
    Waiting,
    /// The room.
    Room,
    /// Over.
    Ended,
    /// Will not take place.
    Cancelled,
}

impl Screen {
    /// The view's name for pages and style sheets.
    pub fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::NotYetOpen => "not-yet-open",
            Self::Closed => "closed",
            Self::Enter => "enter",
            Self::Code => "code",
            Self::LostLink => "lost-link",
            Self::Resent => "resent",
            Self::Registered => "registered",
            Self::Countdown => "countdown",
            Self::Entering => "entering",
            Self::Waiting => "waiting",
            Self::Room => "room",
            Self::Ended => "ended",
            Self::Cancelled => "cancelled",
        }
    }
}

impl Happening {
    /// What a page calls it: `curtain-up:{name}`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Resent => "resent",
            Self::Entered => "entered",
            Self::Live => "live",
            Self::Moved => "moved",
            Self::Ended => "ended",
            Self::Cancelled => "cancelled",
        }
    }
}
