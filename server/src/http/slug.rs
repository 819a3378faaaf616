use super::error::Error;
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

/// The slug in a path. What is no text names no event.
pub struct Slug(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Slug {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(slug)) => Ok(Self(slug)),
            Err(_) => Err(Error::EventNotFound),
        }
    }
}
