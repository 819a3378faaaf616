//! What mails say, in the host's own words: read, changed, seen and tried before anybody gets them.

use super::guard::Who;
use crate::{
    event_plan::own_words::{IN_SUBJECT, in_text, is_editable, problems},
    http::{body::Body, context::Context, error::Error, slug::Slug},
    mail::{letter::Letterhead, words::known_language, words_desk},
    store::{event::Event, outbox::Sample},
    trust::rate::TEST_MAILS,
};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
};
use curtain_up_protocol::{
    FieldCode,
    desk::{DeskProblem, MailKind, OwnWords, WordsAnswer, WordsLine, WordsPreview, WordsTest},
};
use serde::Deserialize;

/// In which language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InLanguage {
    #[serde(default)]
    language: String,
}

/// Which words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Which {
    kind: MailKind,
    language: String,
}

/// What all kinds of mail say in a language, in the host's words or this server's.
#[utoipa::path(get, path = "/api/desk/events/{slug}/words", tag = "desk: words", security(("session" = []), ("token" = ["read"])),
    params(("slug" = String, Path, description = "The event's slug"), ("language" = Option<String>, Query, description = "BCP 47; the event's where left out")),
    responses((status = 200, body = WordsAnswer), (status = 404, body = DeskProblem, description = "event_not_found")))]
pub async fn list(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    asked: Result<Query<InLanguage>, QueryRejection>,
) -> Result<Json<WordsAnswer>, Error> {
    let Query(asked) = asked.map_err(|_| Error::InvalidRequest("language".to_owned()))?;
    let event = who.event(&context, &slug).await?;
    Ok(Json(answer(&event, &asked.language)))
}

/// Saves the words of a kind of mail in a language, if all that stands in braces can be filled in.
#[utoipa::path(put, path = "/api/desk/events/{slug}/words", tag = "desk: words", security(("session" = []), ("token" = ["write"])),
    request_body = OwnWords, params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 200, body = WordsAnswer), (status = 404, body = DeskProblem, description = "event_not_found"),
        (status = 422, body = DeskProblem, description = "invalid_fields: kind, language, subject, text; unknown_placeholder, missing_placeholder")))]
pub async fn save(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    Body(own): Body<OwnWords>,
) -> Result<Json<WordsAnswer>, Error> {
    check(&own)?;
    let language = own.language.clone();
    let event = context.store.set_words(&who.actor, &slug, own, context.clock.now()).await?;
    Ok(Json(answer(&event, &language)))
}

/// Goes back to this server's words.
#[utoipa::path(delete, path = "/api/desk/events/{slug}/words", tag = "desk: words", security(("session" = []), ("token" = ["write"])),
    params(("slug" = String, Path, description = "The event's slug"), ("kind" = MailKind, Query, description = "The kind of mail"),
        ("language" = String, Query, description = "BCP 47")),
    responses((status = 200, body = WordsAnswer), (status = 404, body = DeskProblem, description = "event_not_found")))]
pub async fn reset(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Json<WordsAnswer>, Error> {
    let Query(which) = which.map_err(|_| Error::InvalidRequest("kind".to_owned()))?;
    let event = context.store.reset_words(&who.actor, &slug, which.kind, &which.language, context.clock.now()).await?;
    Ok(Json(answer(&event, &which.language)))
}

/// Shows a mail in these words, which are not saved, as somebody would get it who does not exist.
#[utoipa::path(post, path = "/api/desk/events/{slug}/words/preview", tag = "desk: words", security(("session" = []), ("token" = ["write"])),
    request_body = OwnWords, params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 200, body = WordsPreview), (status = 404, body = DeskProblem, description = "event_not_found"),
        (status = 422, body = DeskProblem, description = "invalid_fields, as for saving")))]
pub async fn preview(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    Body(own): Body<OwnWords>,
) -> Result<Json<WordsPreview>, Error> {
    let event = who.event(&context, &slug).await?;
    check(&own)?;
    let (kind, language) = (own.kind, own.language.clone());
    let seen = Letterhead::of_preview(&context.config.public_url, context.secrets.clone())
        .and_then(|head| words_desk::preview(&event, kind, &language, Some(own), &head));
    seen.map(Json).map_err(|error| {
        tracing::error!(%error, "a mail cannot be shown");
        Error::Unavailable
    })
}

/// Sends the host who asks a mail as it stands; a script has it sent to the event's `host_email`.
#[utoipa::path(post, path = "/api/desk/events/{slug}/words/test", tag = "desk: words", security(("session" = []), ("token" = ["write"])),
    request_body = WordsTest, params(("slug" = String, Path, description = "The event's slug")),
    responses((status = 202, description = "It is on its way"), (status = 404, body = DeskProblem, description = "event_not_found"),
        (status = 422, body = DeskProblem, description = "invalid_fields: kind, language; host_email where the event has none")))]
pub async fn test(
    State(context): State<Context>,
    who: Who,
    Slug(slug): Slug,
    Body(asked): Body<WordsTest>,
) -> Result<(StatusCode, Json<serde_json::Value>), Error> {
    let event = who.event(&context, &slug).await?;
    if !is_editable(asked.kind) {
        return Err(Error::field("kind", FieldCode::InvalidValue));
    }
    let own_address = who.session.as_deref().map(|session| session.host.email.clone());
    let to = own_address.or_else(|| event.plan.host_email.clone()).ok_or_else(|| Error::field("host_email", FieldCode::Required))?;
    context.count("test-mails", &to, TEST_MAILS).await?;
    let mut write = context.store.write().await?;
    let sample = Sample { to, language: language(&event, &asked.language) };
    write.add_sample(&event.id, &sample, asked.kind, context.clock.now()).await?;
    write.commit().await?;
    context.bell.notify_one();
    Ok((StatusCode::ACCEPTED, Json(serde_json::json!({}))))
}

fn check(own: &OwnWords) -> Result<(), Error> {
    let problems = problems(own);
    if problems.is_empty() { Ok(()) } else { Err(Error::InvalidFields(problems.iter().map(|problem| problem.problem()).collect())) }
}

/// The language by the name that catalogues have: `de` for `de-AT`.
fn language(event: &Event, asked: &str) -> String {
    let asked = if asked.is_empty() { &event.plan.language } else { asked };
    known_language(asked).map_or("en", |words| words.tag).to_owned()
}

fn answer(event: &Event, asked: &str) -> WordsAnswer {
    let language = language(event, asked);
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let line = |kind: MailKind| {
        let own = event.plan.settings.words.iter().find(|own| own.kind == kind && own.language == language);
        let words = own.cloned().unwrap_or_else(|| words_desk::built_in(kind, &language));
        WordsLine { own: own.is_some(), words, in_subject: names(&IN_SUBJECT), in_text: names(&in_text(kind)) }
    };
    WordsAnswer { version: event.version, words: words_desk::EDITABLE.into_iter().map(line).collect() }
}
