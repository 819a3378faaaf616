//! What the organisation's own system signs its links with. Showing it is a deed: it stands in the trail.

use super::guard::Who;
use crate::{
    http::{context::Context, error::Error},
    store::{StoreError, link_secret::StoredLinkSecret},
    trust::signed_links::LinkSecret,
};
use axum::{Json, extract::State};
use curtain_up_protocol::desk::{DeskProblem, LinkSecretAnswer};

/// Shows the secret; the first time, it is made.
#[utoipa::path(post, path = "/api/desk/link-secret/reveal", tag = "desk: codes", security(("session" = [])),
    responses((status = 200, body = LinkSecretAnswer), (status = 403, body = DeskProblem, description = "not_allowed")))]
pub async fn reveal(State(context): State<Context>, who: Who) -> Result<Json<LinkSecretAnswer>, Error> {
    let stored = context.store.show_link_secret(&who.actor, &new(&context, &who), context.clock.now()).await?;
    opened(&context, &who, &stored)
}

/// Makes another secret; links that the former one signed let nobody in any longer.
#[utoipa::path(post, path = "/api/desk/link-secret/renew", tag = "desk: codes", security(("session" = [])),
    responses((status = 200, body = LinkSecretAnswer), (status = 403, body = DeskProblem, description = "not_allowed")))]
pub async fn renew(State(context): State<Context>, who: Who) -> Result<Json<LinkSecretAnswer>, Error> {
    let stored = context.store.renew_link_secret(&who.actor, &new(&context, &who), context.clock.now()).await?;
    opened(&context, &who, &stored)
}

fn new(context: &Context, who: &Who) -> String {
    LinkSecret::random().seal(&context.secrets, &who.actor.organisation)
}

fn opened(context: &Context, who: &Who, stored: &StoredLinkSecret) -> Result<Json<LinkSecretAnswer>, Error> {
    let secret = LinkSecret::open(&stored.sealed, &context.secrets, &who.actor.organisation);
    let secret = secret.ok_or(StoreError::Corrupt("secret for links"))?;
    Ok(Json(LinkSecretAnswer { secret: secret.reveal().to_owned(), made_at: stored.made_at }))
}
