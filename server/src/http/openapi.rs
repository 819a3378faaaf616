//! The OpenAPI description, made from the handlers, and a page to read it.

use super::{context::Context, desk, event, health, pass, registration, resend, room, series};
use axum::Router;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_swagger_ui::SwaggerUi;

#[derive(OpenApi)]
#[openapi(
    info(title = "Curtain Up", description = "Registration, access links, countdown and room of webinars. Errors are codes with their fields, never prose."),
    paths(event::document, event::state, series::document, registration::register, registration::mail, resend::resend, pass::exchange, room::room, health::health),
    modifiers(&Passes)
)]
struct Api;

struct Passes;

impl Modify for Passes {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        for (name, description) in [("pass", "A pass, from /pass"), ("claim", "A claim, from /registrations")] {
            let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(description));
            api.components.get_or_insert_default().add_security_scheme(name, SecurityScheme::Http(scheme.build()));
        }
        let components = api.components.get_or_insert_default();
        let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("An API token, from POST /api/desk/tokens: `cu_…`"));
        components.add_security_scheme("token", SecurityScheme::Http(token.build()));
        let cookie = ApiKeyValue::with_description(
            desk::COOKIE,
            "A session. Requests that are not GET carry `Curtain-Up-Desk: 1` beside it, which no other site can make a browser send.",
        );
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}

/// The description itself.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut api = Api::openapi();
    api.merge(desk::description());
    api
}

pub(super) fn routes() -> Router<Context> {
    SwaggerUi::new("/api/docs").url("/api/openapi.json", document()).into()
}
