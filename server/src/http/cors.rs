//! Which pages may speak to an event: those of the origins on its list, any where the list is empty.

use super::{context::Context, error::Error};
use axum::http::{HeaderValue, Method, header, request::Parts};
use std::time::Duration;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

/// For `state.json`: the same answer for everybody, so that any cache can carry the crowd.
pub fn anybody() -> CorsLayer {
    CorsLayer::new().allow_origin(Any).allow_methods([Method::GET]).expose_headers([header::AGE, header::RETRY_AFTER]).vary([])
}

/// For everything else below `/api/events/{slug}`, and for `/api/series/{slug}`.
pub fn listed_origins(context: Context) -> CorsLayer {
    let may_embed = AllowOrigin::async_predicate(move |origin: HeaderValue, parts: &Parts| {
        let path = parts.uri.path().to_owned();
        async move { may_embed(&context, &origin, &path).await }
    });
    CorsLayer::new()
        .allow_origin(may_embed)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION])
        .expose_headers([header::AGE, header::RETRY_AFTER])
        .max_age(Duration::from_secs(600))
}

async fn may_embed(context: &Context, origin: &HeaderValue, path: &str) -> bool {
    let mut parts = path.trim_start_matches("/api/").split('/');
    let (kind, slug) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    // The path is as it was sent: an escaped slug would be looked up here by another name than behind this layer.
    if slug.contains('%') {
        return false;
    }
    let events = match kind {
        // A series is told as a whole, so every date must allow it.
        "series" => context.series(slug).await.map(|(_, dates)| dates),
        _ => context.event(slug).await.map(|event| vec![event]),
    };
    match events {
        Ok(events) => events.iter().map(|event| &event.plan.origins).all(|listed| {
            listed.is_empty() || origin == context.config.public_url.as_str() || listed.iter().any(|allowed| origin == allowed.as_str())
        }),
        // No event, no list: the page may read the 404.
        Err(Error::EventNotFound) => true,
        // Which origins are listed is not known now, and the answer may well come through.
        Err(_) => false,
    }
}
