//! Requests to the server that this page came from: the session's cookie travels by itself.

mod upload;

pub use upload::{NoReport, upload};

use curtain_up_protocol::{FieldProblem, Problem, ProblemCode};
use gloo_net::http::{Method, RequestBuilder, Response};
use serde::{Serialize, de::DeserializeOwned};
use web_sys::{AbortSignal, RequestCache};

/// How long an answer may take, in milliseconds.
const TIMEOUT: u32 = 30_000;

/// What no page of another site can add to a request: the server refuses changes without it.
const OWN: &str = "Curtain-Up-Desk";

/// Why something was not done.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// No whole answer came.
    Unreachable,
    /// The server said no.
    Refused {
        /// What it said.
        problem: Problem,
        /// The answer in full, for problems that tell more.
        body: String,
        /// In how many seconds it may be tried again.
        retry_after: Option<u64>,
    },
}

impl Failure {
    /// What the server said, where it said something.
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Unreachable => None,
            Self::Refused { problem, .. } => Some(problem.code),
        }
    }

    /// In how many seconds the server wants to be asked again.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Unreachable => None,
            Self::Refused { retry_after, .. } => *retry_after,
        }
    }

    /// The fields that were refused.
    pub fn fields(&self) -> &[FieldProblem] {
        match self {
            Self::Unreachable => &[],
            Self::Refused { problem, .. } => &problem.fields,
        }
    }
}

/// Asks for a document.
pub async fn get<T: DeserializeOwned>(path: &str) -> Result<T, Failure> {
    read(&send(Method::GET, path, None).await?)
}

/// Sends a document and reads the answer.
pub async fn send_for<T: DeserializeOwned>(method: Method, path: &str, body: &impl Serialize) -> Result<T, Failure> {
    read(&send(method, path, Some(write(body)?)).await?)
}

/// Sends a document whose answer says no more than that it was taken.
pub async fn tell(method: Method, path: &str, body: &impl Serialize) -> Result<(), Failure> {
    send(method, path, Some(write(body)?)).await.map(drop)
}

/// Asks for something to be done that needs no words.
pub async fn act(method: Method, path: &str) -> Result<(), Failure> {
    send(method, path, None).await.map(drop)
}

/// As [`act`], and reads the answer.
pub async fn act_for<T: DeserializeOwned>(method: Method, path: &str) -> Result<T, Failure> {
    read(&send(method, path, None).await?)
}

/// Where a path of the interface is. Relative, for the server may live below a path of its own.
pub fn address(path: &str) -> String {
    format!("api/desk{path}")
}

async fn send(method: Method, path: &str, body: Option<String>) -> Result<String, Failure> {
    let request = request(method, path).abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT)));
    let request = match body {
        Some(body) => request.header("Content-Type", "application/json").body(body),
        None => request.build(),
    };
    let unreachable = |_| Failure::Unreachable;
    let answer = request.map_err(unreachable)?.send().await.map_err(unreachable)?;
    if !answer.ok() {
        return Err(refusal(answer).await);
    }
    answer.text().await.map_err(unreachable)
}

fn request(method: Method, path: &str) -> RequestBuilder {
    RequestBuilder::new(&address(path)).method(method).header(OWN, "1").cache(RequestCache::NoStore)
}

/// Why the server said no.
async fn refusal(answer: Response) -> Failure {
    let retry_after = answer.headers().get("Retry-After").and_then(|seconds| seconds.parse().ok());
    let Ok(body) = answer.text().await else { return Failure::Unreachable };
    let problem = serde_json::from_str(&body).unwrap_or(Problem { code: ProblemCode::Unknown, fields: Vec::new() });
    Failure::Refused { problem, body, retry_after }
}

/// An answer that this desk cannot read is as good as none.
fn read<T: DeserializeOwned>(body: &str) -> Result<T, Failure> {
    serde_json::from_str(body).map_err(|_| Failure::Unreachable)
}

fn write(body: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(body).map_err(|_| Failure::Unreachable)
}
