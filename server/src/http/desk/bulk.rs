//! Doing something for many: a job that goes on by itself, is looked at, and stopped.

use super::guard::Who;
use crate::{
    http::{body::Body, context::Context, error::Error, slug::Slug},
    trust::rate::BULK_RESENDS,
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use curtain_up_protocol::desk::{BulkAnswer, BulkKind, BulkRequest, DeskProblem, JobDocument};

/// Begins to send links again, to many.
#[utoipa::path(post, path = "/api/desk/events/{slug}/bulk", tag = "desk: people", security(("session" = []), ("token" = ["write"])),
    params(("slug" = String, Path, description = "The event's slug")), request_body = BulkRequest,
    responses((status = 202, body = BulkAnswer), (status = 404, body = DeskProblem, description = "event_not_found")))]
pub async fn begin(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    Body(request): Body<BulkRequest>,
) -> Result<(StatusCode, Json<BulkAnswer>), Error> {
    who.event(&context, &slug).await?;
    context.count("bulk-resends", &who.actor.organisation, BULK_RESENDS).await?;
    let job = match request.kind {
        BulkKind::Resend => context.store.begin_resending(&who.actor, &slug, &request.to, context.clock.now()).await?,
    };
    context.job_bell.notify_one();
    Ok((StatusCode::ACCEPTED, Json(BulkAnswer { job })))
}

/// The jobs of an event that run, the newest first: a page that is loaded again finds them here.
#[utoipa::path(get, path = "/api/desk/events/{slug}/jobs", tag = "desk: people", security(("session" = []), ("token" = ["read"])),
    params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 200, body = Vec<JobDocument>), (status = 404, body = DeskProblem, description = "event_not_found")))]
pub async fn running(State(context): State<Context>, who: Who, Slug(slug): Slug) -> Result<Json<Vec<JobDocument>>, Error> {
    let event = who.event(&context, &slug).await?;
    Ok(Json(context.store.running_jobs(&event.id).await?))
}

/// How far a job is.
#[utoipa::path(get, path = "/api/desk/jobs/{id}", tag = "desk: people", security(("session" = []), ("token" = ["read"])),
    params(("id" = String, Path, description = "The job's id")),
    responses((status = 200, body = JobDocument), (status = 404, body = DeskProblem, description = "not_found")))]
pub async fn job(State(context): State<Context>, who: Who, Path(id): Path<String>) -> Result<Json<JobDocument>, Error> {
    Ok(Json(context.store.job(&who.actor.organisation, &id).await?))
}

/// Stops a job; what was done is done.
#[utoipa::path(delete, path = "/api/desk/jobs/{id}", tag = "desk: people", security(("session" = []), ("token" = ["write"])),
    params(("id" = String, Path, description = "The job's id")),
    responses((status = 200, body = JobDocument), (status = 404, body = DeskProblem, description = "not_found")))]
pub async fn stop(State(context): State<Context>, who: Who, Path(id): Path<String>) -> Result<Json<JobDocument>, Error> {
    Ok(Json(context.store.stop_job(&who.actor, &id, context.clock.now()).await?))
}
