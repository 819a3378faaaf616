//! What can go wrong with a request, as status and [`DeskProblem`], which is a `Problem` to all but the desk: codes and fields, never prose.

use crate::{event_plan::EventPlanError, store::StoreError};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use curtain_up_protocol::{FieldCode, FieldProblem, ProblemCode, desk::DeskProblem};

/// Why a request was not done.
#[derive(Debug)]
pub enum Error {
    /// The body is not JSON or not of the route's shape; the field names where.
    InvalidRequest(String),
    /// Fields were refused.
    InvalidFields(Vec<FieldProblem>),
    /// This address and key let nobody in.
    AccessRefused,
    /// The pass is no pass for this event.
    PassRefused,
    /// Nothing is here.
    NotFound,
    /// No event has this slug.
    EventNotFound,
    /// This address takes other methods.
    MethodNotAllowed,
    /// Registration has not opened.
    NotYetOpen,
    /// Registration has closed.
    RegistrationClosed,
    /// The body is too large.
    TooLarge,
    /// The body is not `application/json`.
    UnsupportedMediaType,
    /// A plain form that another site has sent.
    ForeignForm,
    /// Nobody is signed in.
    NotSignedIn,
    /// This signs nobody in.
    SignInRefused,
    /// Who is signed in may not do this.
    NotAllowed,
    /// Another site sent this.
    ForeignSite,
    /// Somebody else changed it since; the version as it is now.
    Stale(i64),
    /// An organisation keeps one host.
    LastHost,
    /// One client asks too often.
    TooManyRequests,
    /// Too much at once.
    Unavailable,
    /// The store failed; the log says how.
    Store(StoreError),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NoSuchEvent(_) => Self::EventNotFound,
            StoreError::NoSuchHost | StoreError::NoSuchPerson | StoreError::NoSuchJob | StoreError::NoSuchMaterial(_) => Self::NotFound,
            StoreError::NoLink => Self::RegistrationClosed,
            StoreError::TooSoon => Self::TooManyRequests,
            StoreError::SlugTaken(_) => Self::field("slug", FieldCode::Taken),
            // A plan that names a series makes it, so one that cannot be had is somebody else's.
            StoreError::NoSuchSeries(_) => Self::field("series", FieldCode::Taken),
            StoreError::HostKnown | StoreError::AddressTaken => Self::field("email", FieldCode::Taken),
            StoreError::OtherMaterials => Self::field("ids", FieldCode::InvalidValue),
            StoreError::LeadsNowhere(_) => Self::field("target", FieldCode::InvalidValue),
            StoreError::LastHost => Self::LastHost,
            StoreError::Stale(version) => Self::Stale(version),
            error => Self::Store(error),
        }
    }
}

impl From<EventPlanError> for Error {
    fn from(error: EventPlanError) -> Self {
        let (field, code) = error.field();
        Self::field(&field, code)
    }
}

impl Error {
    /// One field was refused.
    pub fn field(field: &str, code: FieldCode) -> Self {
        Self::InvalidFields(vec![FieldProblem { field: field.to_owned(), code }])
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Self::Store(error) = &self {
            tracing::error!(%error, "a request was answered with 503");
        }
        let (status, code) = match &self {
            Self::InvalidRequest(_) => (StatusCode::BAD_REQUEST, ProblemCode::InvalidRequest),
            Self::InvalidFields(_) => (StatusCode::UNPROCESSABLE_ENTITY, ProblemCode::InvalidFields),
            Self::AccessRefused => (StatusCode::UNAUTHORIZED, ProblemCode::AccessRefused),
            Self::PassRefused => (StatusCode::UNAUTHORIZED, ProblemCode::PassRefused),
            Self::NotFound => (StatusCode::NOT_FOUND, ProblemCode::NotFound),
            Self::EventNotFound => (StatusCode::NOT_FOUND, ProblemCode::EventNotFound),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, ProblemCode::MethodNotAllowed),
            Self::NotYetOpen => (StatusCode::CONFLICT, ProblemCode::NotYetOpen),
            Self::RegistrationClosed => (StatusCode::CONFLICT, ProblemCode::RegistrationClosed),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, ProblemCode::TooLarge),
            Self::UnsupportedMediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, ProblemCode::UnsupportedMediaType),
            Self::ForeignForm => (StatusCode::FORBIDDEN, ProblemCode::InvalidRequest),
            Self::NotSignedIn => (StatusCode::UNAUTHORIZED, ProblemCode::NotSignedIn),
            Self::SignInRefused => (StatusCode::UNAUTHORIZED, ProblemCode::SignInRefused),
            Self::NotAllowed => (StatusCode::FORBIDDEN, ProblemCode::NotAllowed),
            Self::ForeignSite => (StatusCode::FORBIDDEN, ProblemCode::ForeignSite),
            Self::Stale(_) => (StatusCode::CONFLICT, ProblemCode::Stale),
            Self::LastHost => (StatusCode::CONFLICT, ProblemCode::LastHost),
            Self::TooManyRequests => (StatusCode::TOO_MANY_REQUESTS, ProblemCode::TooManyRequests),
            Self::Unavailable | Self::Store(_) => (StatusCode::SERVICE_UNAVAILABLE, ProblemCode::Unavailable),
        };
        let version = if let Self::Stale(version) = &self { Some(*version) } else { None };
        let fields = match self {
            Self::InvalidFields(fields) => fields,
            Self::InvalidRequest(field) if !field.is_empty() => vec![FieldProblem { field, code: FieldCode::InvalidValue }],
            _ => Vec::new(),
        };
        let mut response = (status, Json(DeskProblem { code, fields, version })).into_response();
        let wait = match status {
            StatusCode::SERVICE_UNAVAILABLE => Some("5"),
            StatusCode::TOO_MANY_REQUESTS => Some("600"),
            _ => None,
        };
        if let Some(seconds) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}
