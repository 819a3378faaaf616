//! Entering by the plain page: an access link's parts, or an address and its key, are exchanged for a pass, which the
//! browser keeps in a cookie for the event's hosted pages alone. A pass in an address would be a secret in a log.

use super::{
    form::Control,
    page::{Page, see_other, send, send_problem, trouble},
    sent_from_here::SentFromHere,
    words::Words,
};
use crate::{
    event_plan::is_slug,
    http::{
        body::FormBody,
        context::Context,
        door::open,
        error::Error,
        pass::{admit, issue},
        slug::Slug,
    },
    store::event::Event,
    trust::pass::Pass,
};
use askama::Template;
use axum::{
    extract::{ConnectInfo, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use curtain_up_protocol::{AccessLink, Door, DoorRequest, PassAnswer, PassRequest};
use std::net::SocketAddr;

/// The cookie's name.
const COOKIE: &str = "curtain_up_pass";
/// What a link is called in an address that a portal has signed.
const SIGNED: &str = "i";
/// What a ticket is called there.
const TICKET: &str = "ticket";
/// How long a browser keeps it, in seconds: an evening. The access link works again after it.
const KEPT: u32 = 12 * 3600;

#[derive(Template)]
#[template(path = "hosted_page/entry.html")]
struct Entry {
    page: Page,
    door: Door,
    controls: Vec<Control>,
    trouble: String,
}

impl Entry {
    fn new(context: &Context, event: &Event, email: &str) -> Self {
        let page = Page::of(context, event);
        let door = event.plan.settings.door();
        let controls = asked(door, &page.words, email);
        Self { page, door, controls, trouble: String::new() }
    }
}

/// The form for an address and its key.
pub async fn form(State(context): State<Context>, Slug(slug): Slug) -> Result<Response, Error> {
    let event = context.event(&slug).await?;
    send(&Entry::new(&context, &event, ""), StatusCode::OK)
}

/// Lets somebody in, or refuses them: unknown, wrong and locked alike.
pub async fn enter(
    State(context): State<Context>,
    Slug(slug): Slug,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    form: Result<SentFromHere, Error>,
) -> Result<Response, Error> {
    let event = context.event(&slug).await?;
    let client = context.client(peer, &headers).to_string();
    let mut typed = String::new();
    let mut by_link = false;
    let admitted = match form {
        Ok(SentFromHere(body)) => {
            let request = request(&body);
            typed.clone_from(&request.email);
            let door = event.plan.settings.door();
            let kept = kept_pass(&headers).and_then(|token| Pass::check(token, &context.secrets, context.clock.now()));
            let at_door = async |request: &DoorRequest| open(&context, &event, &client, request, kept).await;
            let carried = carried(&body);
            by_link = carried.is_some() || door == Door::Registration || (!request.email.is_empty() && !request.key.is_empty());
            match (carried, door) {
                (Some(carried), _) => at_door(&carried).await,
                (None, _) if by_link => by_access_link(&context, &event, &client, &request).await,
                (None, Door::Open) => at_door(&DoorRequest::Anonymous).await,
                (None, _) => at_door(&DoorRequest::Code(body.value("code").to_owned())).await,
            }
        }
        Err(error) => Err(error),
    };
    match admitted {
        Ok(answer) => enters(&context, &slug, &answer.pass),
        Err(error) if by_link => refused_saying(&context, &event, &typed, error, trouble),
        Err(error) => refused(&context, &event, &typed, error),
    }
}

/// Leads to the waiting page of an event with this pass.
pub fn enters(context: &Context, slug: &str, pass: &str) -> Result<Response, Error> {
    let mut response = see_other(&format!("/e/{slug}/waiting"))?;
    response.headers_mut().insert(header::SET_COOKIE, cookie(context, slug, pass)?);
    Ok(response)
}

/// What an event asks of those who come in: the same on its own page and on the form's.
pub fn asked(door: Door, words: &Words, email: &str) -> Vec<Control> {
    match door {
        Door::Registration => vec![Control::email(words, email, None), Control::key(words)],
        Door::Code => vec![Control::code(words)],
        Door::Open => Vec::new(),
    }
}

async fn by_access_link(context: &Context, event: &Event, client: &str, request: &PassRequest) -> Result<PassAnswer, Error> {
    let registrant = admit(context, event, client, request).await?;
    issue(context, event, &registrant, None).await
}

/// The form again, with what went wrong.
pub fn refused(context: &Context, event: &Event, email: &str, error: Error) -> Result<Response, Error> {
    let by_code = event.plan.settings.door() == Door::Code;
    refused_saying(context, event, email, error, |words, error| match error {
        Error::AccessRefused if by_code => words.say("trouble_code").to_owned(),
        _ => trouble(words, error),
    })
}

fn refused_saying(
    context: &Context,
    event: &Event,
    email: &str,
    error: Error,
    says: impl FnOnce(&Words, &Error) -> String,
) -> Result<Response, Error> {
    let entry = Entry::new(context, event, email);
    let trouble = says(&entry.page.words, &error);
    send_problem(&Entry { trouble, ..entry }, error)
}

/// What a page was opened by and lets somebody in, as the hidden inputs that carry it: an access link, a link that a portal
/// signed, a ticket.
pub fn pairs(query: &str) -> Vec<(&'static str, String)> {
    if let Some(link) = AccessLink::parse(query) {
        let sig = link.sig.map(|sig| ("sig", sig));
        return [("email", link.email), ("key", link.key)].into_iter().chain(sig).collect();
    }
    let named = |name: &str| url::form_urlencoded::parse(query.as_bytes()).find(|(known, value)| known == name && has_shape(name, value));
    [SIGNED, TICKET].into_iter().filter_map(|name| Some((name, named(name)?.1.into_owned()))).take(1).collect()
}

/// Whether a value looks like what a portal signed, or like a ticket: hosts may call something of their own so in an address.
fn has_shape(name: &str, value: &str) -> bool {
    let Some((first, last)) = value.split_once('.') else { return false };
    match last.trim_end_matches('=').len() {
        43 => name == SIGNED && first.len() >= 40,
        22 => name == TICKET && is_slug(first),
        _ => false,
    }
}

/// What those inputs carry that is no access link.
fn carried(body: &FormBody) -> Option<DoorRequest> {
    match [SIGNED, TICKET].map(|name| body.value(name)) {
        ["", ""] => None,
        ["", ticket] => Some(DoorRequest::Ticket(ticket.to_owned())),
        [signed, _] => Some(DoorRequest::Signed(signed.to_owned())),
    }
}

/// The pass that the browser keeps for this event.
pub fn kept_pass(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    cookies.filter_map(|cookie| cookie.trim().split_once('=')).find(|(name, _)| *name == COOKIE).map(|(_, pass)| pass)
}

/// Address and key as they were typed, or as a whole link that was pasted into either field.
fn request(body: &FormBody) -> PassRequest {
    let [email, key, sig] = ["email", "key", "sig"].map(|name| body.value(name).to_owned());
    match AccessLink::parse(&key).or_else(|| AccessLink::parse(&email)).or_else(|| AccessLink::parse(body.value("code"))) {
        Some(link) => link.into(),
        None => PassRequest { email, key, sig: Some(sig).filter(|sig| !sig.is_empty()) },
    }
}

/// No script reads it, no other site's link or form carries it, no other event's page is sent it.
fn cookie(context: &Context, slug: &str, pass: &str) -> Result<HeaderValue, Error> {
    let secure = if context.config.public_url.starts_with("https://") { "; Secure" } else { "" };
    let mut value = HeaderValue::from_str(&format!("{COOKIE}={pass}; Path=/e/{slug}; Max-Age={KEPT}; HttpOnly; SameSite=Strict{secure}"))
        .map_err(|_| Error::Unavailable)?;
    value.set_sensitive(true);
    Ok(value)
}
