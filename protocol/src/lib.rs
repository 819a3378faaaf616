//! The words that the widget and the server both speak: wire types, the access link, the rules for fields.
//!
//! Everything here is pure. Times cross the wire as epoch milliseconds ([`Timestamp`]), errors as codes with the
//! field they belong to ([`Problem`]), never as prose: the widget says them in its reader's language.

mod access_key;
mod access_link;
mod country;
pub mod desk;
mod email;
mod event;
mod field;
mod pass;
mod problem;
mod registration;
mod series;
mod state;
mod timestamp;

pub use access_key::KeyFormat;
pub use access_link::{AccessLink, Permalink, percent_encode};
pub use country::COUNTRIES;
pub use email::Email;
pub use event::{Admission, Consent, EventDocument};
pub use field::{Field, FieldCode, FieldKind, FieldProblem, MAX_LONG_TEXT, MAX_TEXT};
pub use pass::{PassAnswer, PassRequest, Room, RoomAnswer, RoomKind};
pub use problem::{Problem, ProblemCode};
pub use registration::{Agreement, Answer, MailAnswer, RegistrationAnswer, RegistrationRequest, ResendRequest, Source, Utm};
pub use series::SeriesDocument;
pub use state::{Phase, StateDocument};
pub use timestamp::Timestamp;
