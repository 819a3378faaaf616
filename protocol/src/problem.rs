use crate::FieldProblem;
use serde::{Deserialize, Serialize};

/// The body of every answer with a status of 400 or more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// What went wrong.
    pub code: ProblemCode,
    /// The fields it went wrong with, in the order of the form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
}

/// What went wrong. New codes may come; whoever reads them treats an unknown one as "it did not work".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ProblemCode {
    /// 400: the body is not JSON, or not of the shape that this route takes; `fields` names where.
    InvalidRequest,
    /// 422: the fields named were refused.
    InvalidFields,
    /// 401: this address and key let nobody in. Unknown, wrong and locked answer alike.
    AccessRefused,
    /// 401: the pass is missing, forged, expired or for another event.
    PassRefused,
    /// 404: nothing is here.
    NotFound,
    /// 404: no event has this slug.
    EventNotFound,
    /// 405: this address takes other methods.
    MethodNotAllowed,
    /// 409: registration has not opened yet.
    NotYetOpen,
    /// 409: registration has closed, or the event is over or cancelled.
    RegistrationClosed,
    /// 429: one client asks too often; try again after `Retry-After`.
    TooManyRequests,
    /// 413: the body is larger than this route takes.
    TooLarge,
    /// 415: the body must be `application/json`.
    UnsupportedMediaType,
    /// 401: nobody is signed in at the desk, or the token is none.
    NotSignedIn,
    /// 401: this address and password, or this link from a mail, sign nobody in. Unknown, wrong, used and locked answer alike.
    SignInRefused,
    /// 403: who is signed in may not do this.
    NotAllowed,
    /// 403: another site sent this.
    ForeignSite,
    /// 409: somebody else changed it since it was read.
    Stale,
    /// 409: an organisation keeps one host at least.
    LastHost,
    /// 503: try again after `Retry-After`.
    Unavailable,
    /// A code newer than this program.
    #[serde(other)]
    Unknown,
}
