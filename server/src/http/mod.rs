//! The HTTP interface. This router is its table of contents; a file a noun holds routes' bodies and handlers.

mod body;
mod context;
mod cors;
mod desk;
mod desk_files;
mod door;
mod error;
mod event;
mod guess;
mod health;
mod hosted_page;
mod linked;
mod openapi;
mod opened;
mod pass;
mod presence;
mod registration;
mod resend;
mod room;
mod same_time;
mod series;
mod slug;
mod turns;
mod unsubscribe;
mod webhook;
mod widget_files;

pub use context::Context;
pub use openapi::document as openapi_document;
pub use turns::Turns;
pub use webhook::{Fetch, Sns, by_https};

use axum::{
    Router,
    http::{HeaderName, HeaderValue, Request, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use error::Error;
use std::time::Duration;
use tower::{ServiceBuilder, limit::GlobalConcurrencyLimitLayer, load_shed::LoadShedLayer, timeout::TimeoutLayer};
use tower_http::{set_header::SetResponseHeaderLayer, trace::TraceLayer};

/// How many requests are worked on at once; whoever comes on top is told so at once.
const AT_ONCE: usize = 1024;

/// Everything that this server answers to.
pub fn router(context: Context) -> Router {
    let wrong_method = async || Error::MethodNotAllowed;
    let of_an_event = Router::new()
        .route("/", get(event::document))
        .route("/registrations", get(registration::mail).post(registration::register))
        .route("/resend", post(resend::resend))
        .route("/pass", post(pass::exchange))
        .route("/door", post(door::enter))
        .route("/ticket", post(linked::ticket))
        .route("/presence", post(presence::sign))
        .route("/room", get(room::room));

    let state = Router::new().route("/api/events/{slug}/state.json", get(event::state));

    // A fallback set after a layer would stand outside it and answer preflights in its stead.
    Router::new()
        .nest("/api/events/{slug}", of_an_event)
        .route("/api/series/{slug}", get(series::document))
        .method_not_allowed_fallback(wrong_method)
        .layer(cors::listed_origins(context.clone()))
        .merge(state.method_not_allowed_fallback(wrong_method).layer(cors::anybody()))
        .merge(hosted_page::routes())
        .route("/unsubscribe", get(unsubscribe::ask).post(unsubscribe::stop))
        .route("/opened.gif", get(opened::picture))
        .route("/webhooks/{sender}", post(webhook::take))
        .route("/healthz", get(health::health))
        .merge(desk::routes(&context).method_not_allowed_fallback(wrong_method))
        .merge(desk_files::routes())
        .merge(openapi::routes())
        .merge(crate::dev::routes(&context))
        .fallback(widget_files::file)
        .layer(
            ServiceBuilder::new()
                .layer(axum::error_handling::HandleErrorLayer::new(overloaded))
                .layer(TimeoutLayer::new(Duration::from_secs(20))),
        )
        .merge(desk::long_routes(&context))
        .method_not_allowed_fallback(wrong_method)
        .with_state(context)
        .layer(
            ServiceBuilder::new()
                // The path only: queries of access links hold secrets.
                .layer(TraceLayer::new_for_http().make_span_with(
                    |request: &Request<_>| tracing::info_span!("request", method = %request.method(), path = request.uri().path()),
                ))
                .layer(SetResponseHeaderLayer::if_not_present(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
                .layer(SetResponseHeaderLayer::if_not_present(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")))
                .layer(SetResponseHeaderLayer::if_not_present(
                    HeaderName::from_static("cross-origin-resource-policy"),
                    HeaderValue::from_static("cross-origin"),
                ))
                .layer(axum::error_handling::HandleErrorLayer::new(overloaded))
                .layer(LoadShedLayer::new())
                .layer(GlobalConcurrencyLimitLayer::new(AT_ONCE)),
        )
}

/// Says so to pages of every origin: it is answered before anybody has looked whose event it is, and tells nothing of it.
/// Without the header, a widget on another origin would see a broken network instead of a 503 with its `Retry-After`.
async fn overloaded(_: tower::BoxError) -> Response {
    let readable = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after")),
    ];
    (readable, Error::Unavailable).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_page_of_another_origin_can_read_that_the_server_is_overloaded() {
        let response = overloaded("too much at once".into()).await;
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
        assert_eq!(response.headers()[header::RETRY_AFTER], "5");
    }
}
