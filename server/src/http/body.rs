use super::error::Error;
use axum::{
    extract::{FromRequest, Request},
    http::{header, request::Parts},
};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// The largest body that any route takes, in bytes: a registration with its longest answers fits.
const LARGEST: usize = 256 * 1024;
/// How long a body may be silent.
const PATIENCE: Duration = Duration::from_secs(20);
/// How much is read of a body that is too large. A client that is still writing would not see the answer.
const LARGEST_READ: usize = 16 * 1024 * 1024;

/// A JSON body. Whatever is wrong with it is answered with a code and the field it is wrong in.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let (parts, body) = request.into_parts();
        let bytes = read(body, LARGEST).await?;
        is_kind(&parts, "application/json")?;
        let mut json = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut json).map_err(|error| Error::InvalidRequest(place(&error)))?;
        json.end().map_err(|_| Error::InvalidRequest(String::new()))?;
        Ok(Self(value))
    }
}

/// What a plain form sends (<https://url.spec.whatwg.org/#application/x-www-form-urlencoded>): names with their values,
/// in their order. Lines end with a line feed, as in JSON, not with the two characters that browsers send.
pub struct FormBody(pub Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for FormBody {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let (parts, body) = request.into_parts();
        let bytes = read(body, LARGEST).await?;
        is_kind(&parts, "application/x-www-form-urlencoded")?;
        let pairs = url::form_urlencoded::parse(&bytes).map(|(name, value)| (name.into_owned(), value.replace("\r\n", "\n")));
        Ok(Self(pairs.collect()))
    }
}

impl FormBody {
    /// The first value of this name; empty where there is none.
    pub fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// Goes on only with a body of this kind.
pub fn is_kind(parts: &Parts, wanted: &str) -> Result<(), Error> {
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is = kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(wanted);
    if is { Ok(()) } else { Err(Error::UnsupportedMediaType) }
}

/// Where a body is wrong, as in `answers[0].values`; empty where it is no JSON at all. A field that is missing has no
/// place of its own, and one that came twice or is unknown is on no path, so their names are read from serde's words.
fn place(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let words = error.inner().to_string();
    let named = ["missing field `", "unknown field `", "duplicate field `"].iter().find_map(|kind| words.strip_prefix(kind));
    let name = named.and_then(|rest| rest.split('`').next());
    let path = error.path().to_string();
    let parent = path.trim_start_matches(['.', '?']);
    match name {
        Some(name) if parent.is_empty() || parent == name => name.to_owned(),
        Some(name) if parent.rsplit('.').next() == Some(name) => parent.to_owned(),
        Some(name) => format!("{parent}.{name}"),
        None => parent.to_owned(),
    }
}

/// The whole body, where it is no larger than `largest`, in bytes.
pub async fn read(mut body: axum::body::Body, largest: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(frame) = tokio::time::timeout(PATIENCE, body.frame()).await.map_err(|_| Error::InvalidRequest(String::new()))? {
        let Ok(data) = frame.map_err(|_| Error::InvalidRequest(String::new()))?.into_data() else { continue };
        length += data.len();
        if length <= largest {
            bytes.extend_from_slice(&data);
        } else if length > largest.saturating_add(LARGEST_READ) {
            break;
        }
    }
    if length <= largest { Ok(bytes) } else { Err(Error::TooLarge) }
}
