//! Links beside the room. Every change says which version of the event it was made at.

use super::guard::Who;
use crate::{
    event_plan::MaterialPlan,
    http::{body::Body, context::Context, error::Error, slug::Slug},
    store::{
        event::Event,
        material::{MaterialsChange, StoredMaterial},
    },
};
use axum::{
    Json,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::StatusCode,
};
use curtain_up_protocol::{
    Timestamp,
    desk::{DeskProblem, MaterialDocument, MaterialLine, MaterialOrder, MaterialRequest, MaterialsAnswer},
};
use serde::Deserialize;

/// At which version something is taken away.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AtVersion {
    version: i64,
}

/// The materials of an event, in their order, with those that are not to be seen now.
#[utoipa::path(get, path = "/api/desk/events/{slug}/materials", tag = "desk: codes", security(("session" = []), ("token" = ["read"])),
    params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 200, body = MaterialsAnswer), (status = 404, body = DeskProblem, description = "event_not_found")))]
pub async fn list(State(context): State<Context>, who: Who, Slug(slug): Slug) -> Result<Json<MaterialsAnswer>, Error> {
    let event = who.event(&context, &slug).await?;
    let materials = context.store.materials(&event.id).await?;
    Ok(Json(answer(&event, materials, context.clock.now())))
}

/// Adds a material behind the others.
#[utoipa::path(post, path = "/api/desk/events/{slug}/materials", tag = "desk: codes", security(("session" = []), ("token" = ["write"])),
    request_body = MaterialRequest, params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 201, body = MaterialsAnswer), (status = 404, body = DeskProblem, description = "event_not_found"),
        (status = 409, body = DeskProblem, description = "stale"),
        (status = 422, body = DeskProblem, description = "invalid_fields: title, description, target, visible_from, visible_to")))]
pub async fn add(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    Body(request): Body<MaterialRequest>,
) -> Result<(StatusCode, Json<MaterialsAnswer>), Error> {
    let plan = planned(&who.event(&context, &slug).await?, request.material)?;
    let answer = change(&context, &who, &slug, request.version, MaterialsChange::Add(&plan, None)).await?;
    Ok((StatusCode::CREATED, answer))
}

/// Writes a material anew; it stays where it is.
#[utoipa::path(put, path = "/api/desk/events/{slug}/materials/{id}", tag = "desk: codes", security(("session" = []), ("token" = ["write"])),
    request_body = MaterialRequest,
    params(("slug" = String, Path, description = "The event's slug"), ("id" = String, Path, description = "The material's id")),
    responses((status = 200, body = MaterialsAnswer), (status = 404, body = DeskProblem, description = "event_not_found, not_found"),
        (status = 409, body = DeskProblem, description = "stale"), (status = 422, body = DeskProblem, description = "invalid_fields, as for adding")))]
pub async fn rewrite(
    State(context): State<Context>,
    who: Who,
    Path((slug, id)): Path<(String, String)>,
    Body(request): Body<MaterialRequest>,
) -> Result<Json<MaterialsAnswer>, Error> {
    let plan = planned(&who.event(&context, &slug).await?, request.material)?;
    change(&context, &who, &slug, request.version, MaterialsChange::Rewrite(&id, &plan)).await
}

/// Takes a material away.
#[utoipa::path(delete, path = "/api/desk/events/{slug}/materials/{id}", tag = "desk: codes", security(("session" = []), ("token" = ["write"])),
    params(("slug" = String, Path, description = "The event's slug"), ("id" = String, Path, description = "The material's id"),
        ("version" = i64, Query, description = "The version that was looked at")),
    responses((status = 200, body = MaterialsAnswer), (status = 404, body = DeskProblem, description = "event_not_found, not_found"),
        (status = 409, body = DeskProblem, description = "stale")))]
pub async fn remove(
    State(context): State<Context>,
    who: Who,
    Path((slug, id)): Path<(String, String)>,
    at: Result<Query<AtVersion>, QueryRejection>,
) -> Result<Json<MaterialsAnswer>, Error> {
    let Query(AtVersion { version }) = at.map_err(|_| Error::InvalidRequest("version".to_owned()))?;
    who.event(&context, &slug).await?;
    change(&context, &who, &slug, version, MaterialsChange::Remove(&id)).await
}

/// Puts all materials into another order.
#[utoipa::path(put, path = "/api/desk/events/{slug}/materials/order", tag = "desk: codes", security(("session" = []), ("token" = ["write"])),
    request_body = MaterialOrder, params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 200, body = MaterialsAnswer), (status = 404, body = DeskProblem, description = "event_not_found"),
        (status = 409, body = DeskProblem, description = "stale"), (status = 422, body = DeskProblem, description = "invalid_fields: ids")))]
pub async fn order(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    Body(request): Body<MaterialOrder>,
) -> Result<Json<MaterialsAnswer>, Error> {
    who.event(&context, &slug).await?;
    change(&context, &who, &slug, request.version, MaterialsChange::Order(&request.ids)).await
}

async fn change(
    context: &Context,
    who: &Who,
    slug: &str,
    version: i64,
    change: MaterialsChange<'_>,
) -> Result<Json<MaterialsAnswer>, Error> {
    let now = context.clock.now();
    let (event, materials) = context.store.change_materials(&who.actor, slug, version, change, now).await?;
    Ok(Json(answer(&event, materials, now)))
}

fn planned(event: &Event, document: MaterialDocument) -> Result<MaterialPlan, Error> {
    Ok(MaterialPlan::of(document, event.plan.start.zone)?)
}

fn answer(event: &Event, materials: Vec<StoredMaterial>, now: Timestamp) -> MaterialsAnswer {
    let zone = event.plan.start.zone;
    let line = |StoredMaterial { id, plan, .. }| MaterialLine { id, material: plan.document(zone), is_visible: plan.is_visible(now) };
    MaterialsAnswer { version: event.version, materials: materials.into_iter().map(line).collect() }
}
