//! Who asks, and whether they may. Every route of the desk stands behind one of these guards.

use super::only_reads;
use crate::{
    http::{context::Context, error::Error, hosted_page::sent_from_here::is_from_here},
    store::{
        audit::{Actor, Deed},
        event::Event,
        session::Session,
    },
    trust::token,
};
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::Response,
};
use curtain_up_protocol::desk::{Role, Scope};
use std::sync::Arc;

/// The cookie that holds a session's token.
pub const COOKIE: &str = "curtain_up_desk";
/// A header that no form and no other site can make a browser send (OWASP, Cross-Site Request Forgery Prevention).
const OWN_HEADER: &str = "curtain-up-desk";

/// Who asks.
#[derive(Clone)]
pub struct Who {
    /// Their name in the trail, and their organisation.
    pub actor: Actor,
    /// What they may do.
    scopes: Arc<[Scope]>,
    /// Their session, where it is no script.
    pub session: Option<Arc<Session>>,
}

impl Who {
    /// Goes on only for those who may do this.
    pub fn needs(&self, scope: Scope) -> Result<(), Error> {
        if self.scopes.contains(&scope) { Ok(()) } else { Err(Error::NotAllowed) }
    }

    /// The session, for routes that scripts have no business with.
    pub fn session(&self) -> Result<&Session, Error> {
        self.session.as_deref().ok_or(Error::NotAllowed)
    }

    /// An event of their organisation. Another's is not there.
    pub async fn event(&self, context: &Context, slug: &str) -> Result<Event, Error> {
        let event = context.event(slug).await?;
        if event.organisation_id == self.actor.organisation { Ok(event) } else { Err(Error::EventNotFound) }
    }

    /// Notes what they did, where nothing else is written.
    pub async fn note(&self, context: &Context, deed: &Deed<'_>) -> Result<(), Error> {
        Ok(context.store.note(&self.actor, deed, context.clock.now()).await?)
    }
}

/// Where no guard stood, nobody is signed in.
impl<S: Send + Sync> FromRequestParts<S> for Who {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        parts.extensions.get::<Self>().cloned().ok_or(Error::NotSignedIn)
    }
}

/// Lets through what was sent from the desk itself.
pub async fn from_here(State(context): State<Context>, request: Request, next: Next) -> Result<Response, Error> {
    check_origin(&context, &request)?;
    Ok(next.run(request).await)
}

/// Lets through whoever is signed in, and whoever signs in.
pub async fn oneself(State(context): State<Context>, mut request: Request, next: Next) -> Result<Response, Error> {
    check_origin(&context, &request)?;
    let signs_in = request.method() == axum::http::Method::POST;
    if !signs_in {
        let who = by_session(&context, request.headers()).await?;
        request.extensions_mut().insert(who);
    }
    Ok(next.run(request).await)
}

/// Lets through hosts who are signed in.
pub async fn managers(State(context): State<Context>, mut request: Request, next: Next) -> Result<Response, Error> {
    if bearer(request.headers()).is_some() {
        by_token(&context, request.headers()).await?;
        return Err(Error::NotAllowed);
    }
    check_origin(&context, &request)?;
    let who = by_session(&context, request.headers()).await?;
    who.needs(Scope::Write)?;
    request.extensions_mut().insert(who);
    Ok(next.run(request).await)
}

/// Lets through whoever is signed in and every script, and to all but GET only those who may write.
pub async fn all(State(context): State<Context>, mut request: Request, next: Next) -> Result<Response, Error> {
    let who = if bearer(request.headers()).is_some() {
        by_token(&context, request.headers()).await?
    } else {
        check_origin(&context, &request)?;
        by_session(&context, request.headers()).await?
    };
    who.needs(if only_reads(&request) { Scope::Read } else { Scope::Write })?;
    request.extensions_mut().insert(who);
    Ok(next.run(request).await)
}

/// A cookie goes along with whatever a browser sends, so what changes something must prove that the desk sent it.
fn check_origin(context: &Context, request: &Request) -> Result<(), Error> {
    let has_header = request.headers().get(OWN_HEADER).is_some_and(|value| value == "1");
    let is_ours = only_reads(request) || (has_header && is_from_here(request.headers(), &context.config.public_url));
    if is_ours { Ok(()) } else { Err(Error::ForeignSite) }
}

async fn by_session(context: &Context, headers: &HeaderMap) -> Result<Who, Error> {
    let token = cookie(headers).ok_or(Error::NotSignedIn)?;
    let session = context.store.session(&token::hash(token), context.clock.now()).await?.ok_or(Error::NotSignedIn)?;
    let scopes: &[Scope] = match session.host.role {
        Role::Host => &[Scope::Read, Scope::Write, Scope::Keys],
        Role::Viewer => &[Scope::Read],
    };
    Ok(Who { actor: session.host.actor(), scopes: scopes.into(), session: Some(Arc::new(session)) })
}

async fn by_token(context: &Context, headers: &HeaderMap) -> Result<Who, Error> {
    let token = bearer(headers).ok_or(Error::NotSignedIn)?;
    let token = context.store.token(&token::hash(token), context.clock.now()).await?.ok_or(Error::NotSignedIn)?;
    let name = format!("token {}", token.document.name);
    Ok(Who { actor: Actor { organisation: token.organisation_id, name }, scopes: token.document.scopes.into(), session: None })
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}

/// The session's token (RFC 6265, 5.4: pairs with a semicolon and a blank between them).
fn cookie(headers: &HeaderMap) -> Option<&str> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}
