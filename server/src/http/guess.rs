//! Guesses of keys and codes, evaluated under their counters.

use super::{context::Context, error::Error};
use crate::{
    store::{event::Event, guess::GuessScopes, outbox::MailKind},
    trust::guessing::{after_failure, may_guess},
};

/// A guess.
pub struct Guess {
    /// Under which names it is counted.
    pub scopes: GuessScopes,
    /// How many wrong ones the event takes.
    pub limit: i64,
    /// Whether it is right.
    pub is_right: bool,
    /// Whether the host is told when it is one too many: not where hardly anybody could be meant.
    pub is_serious: bool,
}

/// Whether a guess lets in: `false` where it is wrong and where it is one too many, right or not.
pub async fn evaluate(context: &Context, event: &Event, guess: Guess) -> Result<bool, Error> {
    let now = context.clock.now();
    let mut write = context.store.write().await?;
    let counts = write.lock_guess_counts(&guess.scopes, now).await?;
    if !may_guess(&counts, guess.limit, now) {
        return Ok(false);
    }
    if guess.is_right {
        return Ok(true);
    }
    let counts = after_failure(&counts, now);
    write.save_guess_counts(&guess.scopes, &counts, now).await?;
    if counts.event.total == guess.limit {
        tracing::warn!(slug = event.plan.slug, "too many wrong guesses: only mailed links let people in now");
        if guess.is_serious && event.plan.host_email.is_some() {
            write.add_mail(&event.id, None, MailKind::GuessingAlarm, now).await?;
        }
    }
    write.commit().await?;
    Ok(false)
}
