//! What the desk and the server say to each other: wire types of everything below `/api/desk`, a file a noun.

mod audit;
mod bulk;
mod civil_time;
mod dates;
mod event;
mod event_plan;
mod export;
mod link_secret;
mod mail;
mod material;
mod member;
mod own_words;
mod people;
mod people_query;
mod person;
mod problem;
mod rhythm;
mod session;
mod settings;
mod token;
mod upload;
mod words;

pub use audit::{AuditEntry, AuditPage, AuditPerson};
pub use bulk::{BulkAnswer, BulkKind, BulkRequest, BulkTo, JobDocument, JobState};
pub use civil_time::{CivilTimeAnswer, CivilTimeChoice, CivilTimeKind, CivilTimeRequest, TimeChoice};
pub use dates::{DatesAnswer, DatesRequest, MOST_DATES, NewDate, SeriesPage};
pub use event::{
    ArchiveRequest, ChangeKind, ChangeRequest, DeskEvent, DuplicateRequest, EditRequest, EventLine, EventList, EventNumbers, MailCounts,
};
pub use event_plan::EventPlanDocument;
pub use export::{ExportAnswer, ExportFormat, ExportRequest};
pub use link_secret::LinkSecretAnswer;
pub use mail::{MailKind, MailState};
pub use material::{MaterialDocument, MaterialLine, MaterialOrder, MaterialRequest, MaterialTarget, MaterialsAnswer};
pub use member::{MemberChange, MemberDocument, MemberRequest};
pub use own_words::OwnWords;
pub use people::{PeopleList, Person, Revealed};
pub use people_query::{PeopleFilter, PeopleQuery, Sort};
pub use person::{CorrectRequest, GivenConsent, MailStatus, Mailto, MoveRequest, PersonDocument, Seat, SentMail};
pub use problem::DeskProblem;
pub use rhythm::{Rhythm, slugs_of_dates};
pub use session::{Columns, HostDocument, OrganisationDocument, PasswordRequest, Role, SessionDocument, SignIn, SignInByMail, SignInToken};
pub use settings::{EventSettings, LinkStyle};
pub use token::{NewToken, Scope, TokenDocument, TokenRequest};
pub use upload::{
    ChangedRow, CodesDocument, Encoding, EventReport, Refusal, RefusalReason, UploadAnswer, UploadKind, UploadLine, UploadProgress,
    UploadReport,
};
pub use words::{WordsAnswer, WordsLine, WordsPreview, WordsTest};
