//! The mail with an access link that a host sends from their own mail program.

use super::{letter::words_for, when::when, words::fill};
use crate::store::{event::Event, registrant::Registrant};
use curtain_up_protocol::desk::Mailto;

/// The mail, in the words of its reader.
pub fn mailto(event: &Event, person: &Registrant, link: &str, key: &str) -> Mailto {
    let words = words_for(event, Some(person));
    let when = when(&event.plan.start, person.zone.as_deref(), words);
    let values = [("title", event.plan.title.as_str()), ("time", when.hour.as_str())];
    let greeting = fill(words.hello, &[("name", &person.first_name)]);
    let sentence = fill(words.resend.sentence, &values);
    let body = format!(
        "{greeting}\n\n{sentence}\n\n{} {}\n\n{}\n{link}\n\n{}\n\n{} {key}\n{}\n",
        words.when, when.yours, words.your_link, words.how_it_works, words.your_key, words.key_use
    );
    Mailto { to: person.email.clone(), subject: fill(words.resend.subject, &values), body }
}
