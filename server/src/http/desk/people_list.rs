//! Uploading lists: the answer tells how far it is, line by line. Whoever breaks it off has changed nothing.

use super::guard::Who;
use crate::{
    http::{
        body::{is_kind, read},
        context::Context,
        error::Error,
        slug::Slug,
        turns::Turn,
    },
    people_list::{LARGEST_FILE, ListError, PeopleList, TEMPLATE},
    store::{StoreError, people_list::Upload},
};
use axum::{
    Json,
    extract::{Query, Request, State, rejection::QueryRejection},
    http::{
        HeaderName,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use curtain_up_protocol::{
    FieldCode, FieldProblem, ProblemCode,
    desk::{CodesDocument, DeskProblem, Scope, UploadAnswer, UploadKind, UploadLine, UploadProgress},
};
use serde::Deserialize;
use std::time::Duration;
use tokio::{sync::watch, task::JoinSet};

/// How long a file may take to come.
const TO_COME: Duration = Duration::from_secs(600);
/// How often it is told how far an upload is. Writing is also how the server learns that nobody reads any longer.
const TELLS: Duration = Duration::from_millis(250);

/// Tells nginx to pass lines on as they come
/// (<https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering>).
const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// What an upload is to do, and where else than at the event in the path.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UploadQuery {
    #[serde(default)]
    upload: UploadKind,
    #[serde(default)]
    with: String,
}

/// A list to fill in.
#[utoipa::path(get, path = "/api/desk/people-list-template", tag = "desk: codes", security(("session" = []), ("token" = ["read"])),
    responses((status = 200, content_type = "text/csv", body = String)))]
pub async fn template(_: Who) -> Response {
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8; header=present"), (CONTENT_DISPOSITION, "attachment; filename=\"people.csv\"")];
    (headers, TEMPLATE).into_response()
}

/// How an event's codes stand.
#[utoipa::path(get, path = "/api/desk/events/{slug}/codes", tag = "desk: codes", security(("session" = []), ("token" = ["read"])),
    params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 200, body = CodesDocument), (status = 404, body = DeskProblem, description = "event_not_found")))]
pub async fn codes(State(context): State<Context>, who: Who, Slug(slug): Slug) -> Result<Json<CodesDocument>, Error> {
    let event = who.event(&context, &slug).await?;
    Ok(Json(context.store.codes(&event.id).await?))
}

/// Uploads a list, or says what it would do. The answer is JSON Lines: progress, and at last a report.
#[utoipa::path(post, path = "/api/desk/events/{slug}/people-list", tag = "desk: codes", security(("session" = []), ("token" = ["write", "keys"])),
    params(("slug" = String, Path, description = "The event's slug"),
        ("upload" = Option<UploadKind>, Query, description = "What to do; a dry run where left out"),
        ("with" = Option<String>, Query, description = "Slugs of further events that get the same list, separated by commas")),
    request_body(content_type = "text/csv", content = String, description = "The file, 64 MB at the most"),
    responses((status = 200, content_type = "application/jsonl", body = UploadLine, description = "One value a line"),
        (status = 404, body = DeskProblem, description = "event_not_found"), (status = 413, body = DeskProblem, description = "too_large"),
        (status = 415, body = DeskProblem, description = "unsupported_media_type"),
        (status = 422, body = DeskProblem, description = "invalid_fields: file, or the columns that are missing (required) or there twice (taken); with"),
        (status = 503, body = DeskProblem, description = "unavailable: the organisation uploads one already, or several others do")))]
pub async fn upload(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    query: Result<Query<UploadQuery>, QueryRejection>,
    request: Request,
) -> Result<Response, Error> {
    let Query(query) = query.map_err(|_| Error::InvalidRequest("upload".to_owned()))?;
    who.event(&context, &slug).await?;
    // Whether a code is taken, a dry run tells too.
    who.needs(Scope::Keys)?;
    let mut slugs = vec![slug];
    for slug in query.with.split(',').filter(|slug| !slug.is_empty()) {
        who.event(&context, slug).await.map_err(|error| match error {
            Error::EventNotFound => Error::field("with", FieldCode::InvalidValue),
            error => error,
        })?;
        slugs.push(slug.to_owned());
    }
    let turn = context.uploads.turn(&who.actor.organisation).ok_or(Error::Unavailable)?;
    let (parts, body) = request.into_parts();
    is_kind(&parts, "text/csv")?;
    let file = tokio::time::timeout(TO_COME, read(body, LARGEST_FILE)).await.map_err(|_| Error::Unavailable)??;
    let list = tokio::task::spawn_blocking(move || PeopleList::read(&file)).await.map_err(|error| {
        tracing::error!(%error, "a list could not be read");
        Error::Unavailable
    })?;
    let under_way = UnderWay::begin(&context, &who, list.map_err(refused)?, slugs, query.upload, turn);
    let lines = futures_util::stream::unfold(Some(under_way), async |under_way| {
        let (line, rest) = under_way?.next().await;
        Some((serde_json::to_string(&line).map(|text| text + "\n"), rest))
    });
    let headers = [(CONTENT_TYPE, "application/jsonl; charset=utf-8"), (UNBUFFERED, "no")];
    Ok((headers, axum::body::Body::from_stream(lines)).into_response())
}

/// An upload that goes on. Dropped, it is aborted, and its transaction with it.
struct UnderWay {
    task: JoinSet<Result<UploadAnswer, StoreError>>,
    progress: watch::Receiver<UploadProgress>,
    _turn: Turn,
}

impl UnderWay {
    fn begin(context: &Context, who: &Who, list: PeopleList, slugs: Vec<String>, kind: UploadKind, turn: Turn) -> Self {
        let (told, progress) = watch::channel(UploadProgress { done: 0, total: list.entries.len() * slugs.len() });
        let (store, secrets, now, actor) = (context.store.clone(), context.secrets.clone(), context.clock.now(), who.actor.clone());
        let mut task = JoinSet::new();
        task.spawn(async move {
            let upload = Upload { list: &list, slugs: &slugs, kind };
            let tell = |progress| {
                told.send_replace(progress);
            };
            let report = store.upload_people(&actor, &upload, &secrets, now, &tell).await?;
            let refused = if report.refused.is_empty() { Vec::new() } else { list.refused_rows(&report.refused) };
            let refused_file = String::from_utf8_lossy(&refused).into_owned();
            Ok(UploadAnswer { encoding: list.encoding, separator: list.separator(), left_out: list.left_out(), report, refused_file })
        });
        Self { task, progress, _turn: turn }
    }

    /// What is told next, and what goes on after it.
    async fn next(mut self) -> (UploadLine, Option<Self>) {
        match tokio::time::timeout(TELLS, self.task.join_next()).await {
            Err(_) => {
                let progress = *self.progress.borrow_and_update();
                (UploadLine::Progress(progress), Some(self))
            }
            Ok(Some(Ok(Ok(answer)))) => (UploadLine::Report(Box::new(answer)), None),
            Ok(Some(Ok(Err(StoreError::NoSuchEvent(_) | StoreError::OtherOrganisation(_))))) => {
                (UploadLine::Failed(ProblemCode::EventNotFound), None)
            }
            Ok(failed) => {
                match failed {
                    Some(Ok(Err(error))) => tracing::error!(%error, "an upload was given up"),
                    Some(Err(error)) => tracing::error!(%error, "an upload was given up"),
                    Some(Ok(Ok(_))) | None => tracing::error!("an upload ended without an answer"),
                }
                (UploadLine::Failed(ProblemCode::Unavailable), None)
            }
        }
    }
}

/// Why a file is no list, by its columns.
fn refused(error: ListError) -> Error {
    let problem = |field: &str, code| FieldProblem { field: field.to_owned(), code };
    match error {
        ListError::Empty => Error::field("file", FieldCode::Required),
        ListError::NoText => Error::field("file", FieldCode::InvalidValue),
        ListError::TooLarge | ListError::TooLong | ListError::TooWide => Error::TooLarge,
        ListError::Missing(columns) => Error::InvalidFields(columns.iter().map(|column| problem(column, FieldCode::Required)).collect()),
        ListError::TwoColumns(one, other) => Error::InvalidFields([one, other].map(|column| problem(&column, FieldCode::Taken)).to_vec()),
    }
}
