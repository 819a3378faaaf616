//! The desk's interface. A route that is not listed here in a group does not exist, and each group has its guard; the
//! OpenAPI description is made from the same list.

mod bulk;
mod changes;
mod dates;
mod events;
mod exports;
mod guard;
mod link_secret;
mod materials;
mod members;
mod own;
mod people;
mod people_list;
mod person;
mod session;
mod snippet;
mod tokens;
mod trail;
mod words;

pub use guard::COOKIE;

use super::context::Context;
use axum::{
    Router,
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::from_fn_with_state,
};
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa_axum::{router::OpenApiRouter, routes};

/// For whoever wants to get in.
fn for_anybody() -> OpenApiRouter<Context> {
    OpenApiRouter::default().routes(routes!(session::sign_in_by_mail)).routes(routes!(session::sign_in_by_token))
}

/// For whoever is signed in, about nothing but themselves.
fn for_oneself() -> OpenApiRouter<Context> {
    // Signing in stands here for the sake of its path; it is let through by its guard.
    OpenApiRouter::default()
        .routes(routes!(session::session, session::sign_in, session::sign_out))
        .routes(routes!(own::set_password))
        .routes(routes!(own::columns, own::set_columns))
}

/// For hosts who are signed in: who else may what. Scripts make no tokens for themselves.
fn for_managers() -> OpenApiRouter<Context> {
    OpenApiRouter::default()
        .routes(routes!(members::list, members::add))
        .routes(routes!(members::change, members::remove))
        .routes(routes!(tokens::list, tokens::add))
        .routes(routes!(tokens::remove))
        .routes(routes!(trail::trail))
        .routes(routes!(link_secret::reveal))
        .routes(routes!(link_secret::renew))
}

/// For hosts, viewers and scripts: GET for all of them, everything else for whoever may write.
fn for_all() -> OpenApiRouter<Context> {
    OpenApiRouter::default()
        .routes(routes!(events::list, events::add))
        .routes(routes!(events::event, events::edit))
        .routes(routes!(events::numbers))
        .routes(routes!(events::duplicate))
        .routes(routes!(dates::add))
        .routes(routes!(events::archive))
        .routes(routes!(events::civil_time))
        .routes(routes!(changes::change))
        .routes(routes!(words::list, words::save, words::reset))
        .routes(routes!(words::preview))
        .routes(routes!(words::test))
        .routes(routes!(people_list::template))
        .routes(routes!(people_list::codes))
        .routes(routes!(materials::list, materials::add))
        .routes(routes!(materials::order))
        .routes(routes!(materials::rewrite, materials::remove))
        .routes(routes!(people::list))
        .routes(routes!(person::person, person::correct, person::erase))
        .routes(routes!(person::reveal))
        .routes(routes!(person::resend))
        .routes(routes!(person::replace_key))
        .routes(routes!(person::move_to))
        .routes(routes!(person::cancel))
        .routes(routes!(bulk::begin))
        .routes(routes!(bulk::running))
        .routes(routes!(bulk::job, bulk::stop))
        .routes(routes!(exports::export))
        .routes(routes!(exports::promise))
        .routes(routes!(exports::fetch))
}

/// As [`for_all`], for what takes longer than other requests may.
fn for_all_with_time() -> OpenApiRouter<Context> {
    OpenApiRouter::default().routes(routes!(people_list::upload))
}

/// The routes of the desk that take their time.
pub fn long_routes(context: &Context) -> Router<Context> {
    private(Router::from(for_all_with_time()).route_layer(from_fn_with_state(context.clone(), guard::all)))
}

/// All other routes of the desk.
pub fn routes(context: &Context) -> Router<Context> {
    let state = || context.clone();
    private(
        Router::new()
            .merge(Router::from(for_anybody()).route_layer(from_fn_with_state(state(), guard::from_here)))
            .merge(Router::from(for_oneself()).route_layer(from_fn_with_state(state(), guard::oneself)))
            .merge(Router::from(for_managers()).route_layer(from_fn_with_state(state(), guard::managers)))
            .merge(Router::from(for_all()).route_layer(from_fn_with_state(state(), guard::all))),
    )
}

/// What the desk answers is kept by no cache and read by no other site.
fn private(routes: Router<Context>) -> Router<Context> {
    routes.layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))).layer(
        SetResponseHeaderLayer::overriding(
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        ),
    )
}

/// The description of all routes of the desk.
pub fn description() -> utoipa::openapi::OpenApi {
    let all = for_anybody().merge(for_oneself()).merge(for_managers()).merge(for_all()).merge(for_all_with_time());
    all.into_openapi()
}

/// Whether a request is one that changes nothing.
fn only_reads(request: &Request) -> bool {
    request.method().is_safe()
}
