//! For development only, off by default: a mailbox that one reads in the browser, and the demonstration page.

pub mod demo;
pub mod mailbox;
mod page;
pub mod smtp_sink;

use crate::http::Context;
use axum::{Router, routing::get};

/// The development routes that are switched on.
pub fn routes(context: &Context) -> Router<Context> {
    let mut routes = Router::new();
    if context.mailbox.is_some() {
        routes = routes
            .route("/dev/mailbox", get(mailbox::list))
            .route("/dev/mailbox/{number}", get(mailbox::mail))
            .route("/dev/mailbox/{number}/html", get(mailbox::html));
    }
    if context.config.dev_page.is_some() {
        routes = routes.route("/dev/page", get(page::page));
    }
    routes
}
