//! What the desk and the server say to each other: wire types of everything below `/api/desk`, a file a noun.

mod audit;
mod bulk;
mod civil_time;
mod event;
mod event_plan;
mod export;
mod mail;
mod member;
mod own_words;
mod people;
mod people_query;
mod person;
mod problem;
mod session;
mod settings;
mod token;
mod words;

pub use audit::{AuditEntry, AuditPage, AuditPerson};
pub use bulk::{BulkAnswer, BulkKind, BulkRequest, BulkTo, JobDocument, JobState};
pub use civil_time::{CivilTimeAnswer, CivilTimeChoice, CivilTimeKind, CivilTimeRequest, TimeChoice};
pub use event::{
    ArchiveRequest, ChangeKind, ChangeRequest, DeskEvent, DuplicateRequest, EditRequest, EventLine, EventList, EventNumbers, MailCounts,
};
pub use event_plan::EventPlanDocument;
pub use export::{ExportAnswer, ExportFormat, ExportRequest};
pub use mail::{MailKind, MailState};
pub use member::{MemberChange, MemberDocument, MemberRequest};
pub use own_words::OwnWords;
pub use people::{PeopleList, Person, Revealed};
pub use people_query::{PeopleFilter, PeopleQuery, Sort};
pub use person::{CorrectRequest, GivenConsent, MailStatus, Mailto, MoveRequest, PersonDocument, Seat, SentMail};
pub use problem::DeskProblem;
pub use session::{Columns, HostDocument, OrganisationDocument, PasswordRequest, Role, SessionDocument, SignIn, SignInByMail, SignInToken};
pub use settings::{EventSettings, LinkStyle};
pub use token::{NewToken, Scope, TokenDocument, TokenRequest};
pub use words::{WordsAnswer, WordsLine, WordsPreview, WordsTest};
