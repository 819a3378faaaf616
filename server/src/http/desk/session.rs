//! Getting in and out: by password, by a link from a mail. What is refused is refused alike, after the same time, and
//! tries are counted like those at keys.

use super::guard::{COOKIE, Who};
use crate::{
    http::{body::Body, context::Context, error::Error, same_time::same_time},
    store::{
        audit::{Actor, Deed},
        guess::{GuessScopes, Target},
        host::Host,
        host_mail::HostMailKind,
        session::LASTS,
    },
    trust::{
        guessing::{after_failure, may_guess},
        password,
        rate::{SIGN_IN_MAILS, SIGN_IN_MAILS_BY_CLIENT},
        token::{self, Token},
    },
};
use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
};
use curtain_up_protocol::{
    Email,
    desk::{DeskProblem, OrganisationDocument, SessionDocument, SignIn, SignInByMail, SignInToken},
};
use std::net::SocketAddr;

type WithCookie = (StatusCode, [(HeaderName, String); 1]);

/// Who is signed in.
#[utoipa::path(get, path = "/api/desk/session", tag = "desk: session", security(("session" = [])),
    responses((status = 200, body = SessionDocument), (status = 401, body = DeskProblem, description = "not_signed_in")))]
pub async fn session(who: Who) -> Result<Json<SessionDocument>, Error> {
    let host = &who.session()?.host;
    let organisation = OrganisationDocument { id: host.organisation_id.clone(), name: host.organisation_name.clone() };
    Ok(Json(SessionDocument { host: host.document(), organisation, has_password: host.password.is_some() }))
}

/// Signs in by password.
#[utoipa::path(post, path = "/api/desk/session", tag = "desk: session", request_body = SignIn,
    responses((status = 204, description = "Signed in; the cookie is set"),
        (status = 401, body = DeskProblem, description = "sign_in_refused: wrong, unknown, too many tries: the same bytes after the same time")))]
pub async fn sign_in(
    State(context): State<Context>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Body(request): Body<SignIn>,
) -> Result<WithCookie, Error> {
    let client = context.client(peer, &headers).to_string();
    same_time(sign_in_at_once(&context, &client, &request)).await
}

async fn sign_in_at_once(context: &Context, client: &str, request: &SignIn) -> Result<WithCookie, Error> {
    let host = match Email::parse(&request.email) {
        Ok(email) => context.store.host_by_email(&email).await?,
        Err(_) => None,
    };
    let canonical = request.email.trim().to_ascii_lowercase();
    if !is_password(context, host.as_ref(), &canonical, client, &request.password).await? {
        return Err(Error::SignInRefused);
    }
    let host = host.ok_or(Error::SignInRefused)?;
    begin(context, &host.id, &host.actor(), false).await
}

/// Asks for a link to sign in by. The answer does not tell whether it will come.
#[utoipa::path(post, path = "/api/desk/session/mail", tag = "desk: session", request_body = SignInByMail,
    responses((status = 202, description = "Whoever is a host: the same answer. The link in the mail is good for 15 minutes, once")))]
pub async fn sign_in_by_mail(
    State(context): State<Context>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Body(request): Body<SignInByMail>,
) -> Result<StatusCode, Error> {
    let client = context.client(peer, &headers).to_string();
    same_time(mail_link(&context, &client, &request)).await
}

async fn mail_link(context: &Context, client: &str, request: &SignInByMail) -> Result<StatusCode, Error> {
    let now = context.clock.now();
    let Ok(email) = Email::parse(&request.email) else { return Ok(StatusCode::ACCEPTED) };
    let host = context.store.host_by_email(&email).await?;
    let mut write = context.store.write().await?;
    let client_may = write.count(&context.secrets.scope("sign-in-mails-by-client", &[client]), SIGN_IN_MAILS_BY_CLIENT, now).await?;
    let scope = context.secrets.scope("sign-in-mails", &[&email.canonical()]);
    if let Some(host) = host
        && client_may
        && write.count(&scope, SIGN_IN_MAILS, now).await?
    {
        write.add_host_mail(&host.id, HostMailKind::SignIn, "", now).await?;
    }
    write.commit().await?;
    context.host_bell.notify_one();
    Ok(StatusCode::ACCEPTED)
}

/// Signs in by the token from a mailed link.
#[utoipa::path(post, path = "/api/desk/session/token", tag = "desk: session", request_body = SignInToken,
    responses((status = 204, description = "Signed in; the cookie is set. The link is used up"),
        (status = 401, body = DeskProblem, description = "sign_in_refused: used, over, or none")))]
pub async fn sign_in_by_token(State(context): State<Context>, Body(request): Body<SignInToken>) -> Result<WithCookie, Error> {
    let now = context.clock.now();
    let used = context.store.use_sign_in_link(&token::hash(&request.token), now).await?;
    let (host, email) = used.ok_or(Error::SignInRefused)?;
    // Whoever reads the host's mail is not kept out by somebody who guesses the host's password.
    let mut write = context.store.write().await?;
    write.forget_failures(&context.secrets.scope("sign-ins-at-address", &[&email])).await?;
    write.commit().await?;
    let email = Email::parse(&email).map_err(|_| Error::SignInRefused)?;
    let known = context.store.host_by_email(&email).await?.ok_or(Error::SignInRefused)?;
    begin(&context, &host, &known.actor(), true).await
}

/// Signs out.
#[utoipa::path(delete, path = "/api/desk/session", tag = "desk: session", security(("session" = [])),
    responses((status = 204, description = "Signed out"), (status = 401, body = DeskProblem, description = "not_signed_in")))]
pub async fn sign_out(State(context): State<Context>, who: Who) -> Result<WithCookie, Error> {
    context.store.end_session(&who.session()?.token_hash).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, set_cookie(&context, "", 0))]))
}

/// Whether this is the host's password, counted as a guess: `false` where it is wrong and where it is one too many.
pub async fn is_password(context: &Context, host: Option<&Host>, canonical: &str, client: &str, typed: &str) -> Result<bool, Error> {
    let is_right = password::verify(typed, host.and_then(|host| host.password.as_deref())).await;
    let now = context.clock.now();
    // What counts for all hosts together has no limit: nobody locks out everybody.
    const IN_ALL: i64 = i64::MAX;
    let scopes = GuessScopes {
        target: Target::Address(context.secrets.scope("sign-ins-at-address", &[canonical])),
        client: context.secrets.scope("sign-ins-by-client", &[client]),
        event: context.secrets.scope("sign-ins", &[]),
    };
    let mut write = context.store.write().await?;
    let counts = write.lock_guess_counts(&scopes, now).await?;
    if !may_guess(&counts, IN_ALL, now) {
        return Ok(false);
    }
    if !is_right {
        write.save_guess_counts(&scopes, &after_failure(&counts, now), now).await?;
    }
    write.commit().await?;
    Ok(is_right)
}

async fn begin(context: &Context, host: &str, actor: &Actor, by_mail: bool) -> Result<WithCookie, Error> {
    let now = context.clock.now();
    let token: Token = context.store.begin_session(host, by_mail, now).await?;
    let detail = if by_mail { "by mail" } else { "by password" };
    context.store.note(actor, &Deed { detail, ..Deed::new("signed_in") }, now).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, set_cookie(context, token.reveal(), LASTS.num_seconds()))]))
}

fn set_cookie(context: &Context, token: &str, seconds: i64) -> String {
    let secure = if context.config.public_url.starts_with("https:") { "; Secure" } else { "" };
    format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}
