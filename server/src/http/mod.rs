//! The HTTP interface. This router is its table of contents; a file a noun holds routes' bodies and handlers.

mod body;
mod context;
mod cors;
mod desk;
mod desk_files;
mod error;
mod event;
mod health;
mod hosted_page;
mod openapi;
mod pass;
mod registration;
mod resend;
mod room;
mod same_time;
mod slug;
mod unsubscribe;
mod webhook;
mod widget_files;

pub use context::Context;
pub use openapi::document as openapi_document;

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
        .route("/registrations", post(registration::register))
        .route("/resend", post(resend::resend))
        .route("/pass", post(pass::exchange))
        .route("/room", get(room::room));

    let state = Router::new().route("/api/events/{slug}/state.json", get(event::state));

    // A fallback set after a layer would stand outside it and answer preflights in its stead.
    Router::new()
        .nest("/api/events/{slug}", of_an_event)
        .method_not_allowed_fallback(wrong_method)
        .layer(cors::listed_origins(context.clone()))
        .merge(state.method_not_allowed_fallback(wrong_method).layer(cors::anybody()))
        .merge(hosted_page::routes())
        .route("/unsubscribe", get(unsubscribe::ask).post(unsubscribe::stop))
        .route("/webhooks/{sender}", post(webhook::take))
        .route("/healthz", get(health::health))
        .merge(desk::routes(&context).method_not_allowed_fallback(wrong_method))
        .merge(desk_files::routes())
        .merge(openapi::routes())
        .merge(crate::dev::routes(&context))
        .fallback(widget_files::file)
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
                .layer(GlobalConcurrencyLimitLayer::new(AT_ONCE))
                .layer(TimeoutLayer::new(Duration::from_secs(20))),
        )
}

async fn overloaded(_: tower::BoxError) -> Response {
    Error::Unavailable.into_response()
}
