//! Uploading a list: a request that takes as long as it takes, answers line by line, and can be stopped.

use super::{Failure, refusal, request};
use crate::rules::JsonLines;
use curtain_up_protocol::desk::{UploadAnswer, UploadLine, UploadProgress};
use curtain_up_protocol::{Problem, ProblemCode};
use gloo_net::http::{Method, Response};
use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, ReadableStreamDefaultReader};

/// Why an upload has no report.
#[derive(Clone, Debug, PartialEq)]
pub enum NoReport {
    /// It was stopped.
    Stopped,
    /// Its answer ended before its end.
    BrokeOff,
    /// The server said no, or cannot be reached.
    Failed(Failure),
}

/// Uploads a list; says how far it is, and at last what was done.
pub async fn upload(
    path: &str,
    list: &ArrayBuffer,
    stop: &AbortSignal,
    progress: impl Fn(UploadProgress),
) -> Result<UploadAnswer, NoReport> {
    let or_stopped = |otherwise: NoReport| if stop.aborted() { NoReport::Stopped } else { otherwise };
    let request = request(Method::POST, path).header("Content-Type", "text/csv").abort_signal(Some(stop)).body(list.clone());
    let unreachable = |_| or_stopped(NoReport::Failed(Failure::Unreachable));
    let answer = request.map_err(unreachable)?.send().await.map_err(unreachable)?;
    if !answer.ok() {
        return Err(or_stopped(NoReport::Failed(refusal(answer).await)));
    }
    follow(&answer, progress).await.map_err(or_stopped)
}

/// Reads the answer as it comes.
async fn follow(answer: &Response, progress: impl Fn(UploadProgress)) -> Result<UploadAnswer, NoReport> {
    let reader = answer.body().and_then(|body| body.get_reader().dyn_into::<ReadableStreamDefaultReader>().ok());
    let reader = reader.ok_or(NoReport::BrokeOff)?;
    let mut lines = JsonLines::default();
    while let Some(piece) = next(&reader).await.map_err(|_| NoReport::BrokeOff)? {
        for line in lines.take(&piece) {
            if let Some(ended) = end(line, &progress) {
                return ended;
            }
        }
    }
    lines.end().and_then(|line| end(line, &progress)).unwrap_or(Err(NoReport::BrokeOff))
}

/// The next piece of an answer; none at its end.
async fn next(reader: &ReadableStreamDefaultReader) -> Result<Option<Vec<u8>>, JsValue> {
    let read = JsFuture::from(reader.read()).await?;
    if Reflect::get(&read, &"done".into())?.is_truthy() {
        return Ok(None);
    }
    Ok(Some(Uint8Array::new(&Reflect::get(&read, &"value".into())?).to_vec()))
}

/// How it ended, where this line says so.
fn end(line: UploadLine, progress: &impl Fn(UploadProgress)) -> Option<Result<UploadAnswer, NoReport>> {
    match line {
        UploadLine::Progress(far) => {
            progress(far);
            None
        }
        UploadLine::Report(answer) => Some(Ok(*answer)),
        UploadLine::Failed(code) => Some(Err(NoReport::Failed(failure(code)))),
    }
}

fn failure(code: ProblemCode) -> Failure {
    Failure::Refused { problem: Problem { code, fields: Vec::new() }, body: String::new(), retry_after: None }
}
