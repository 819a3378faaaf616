//! `curtain-up event words`: what mails say in the host's own words.

use super::{CliError, event::read, event_command::Named, print};
use crate::{
    config::DataConfig,
    event_plan::own_words::{OwnWords, is_editable, problems},
    mail::{letter::Letterhead, words::known_language, words_desk},
    serve,
    store::{
        audit::Actor,
        event::Event,
        outbox::{MailKind, Sample},
    },
};
use clap::{Args, Subcommand};
use curtain_up_protocol::{Email, Timestamp};
use std::{io::Write, path::PathBuf};

/// What can be done with words. Exit codes: 0 done, 1 not done (the reason is said), 2 wrong usage.
#[derive(Subcommand)]
pub enum WordsCommand {
    /// Show the words of your own, or that there are none.
    #[command(after_help = "Example:\n  curtain-up event words show launch")]
    Show(Named),
    /// Save words for a kind of mail. They are checked first.
    #[command(
        after_help = "Kinds: confirmation, resend, waiting_list, reminder, live, moved, cancelled, thank_you, registration_cancelled.\n\nTo be filled in: {first_name}, {last_name}, {title}, {start}, {time}, and in the text of mails that let people in {link} (needed; by itself on a line it is the button) and {key}.\n\nExample:\n  curtain-up event words set launch reminder --subject 'Soon, {first_name}: {title}' --text reminder.txt"
    )]
    Set {
        #[command(flatten)]
        which: Which,
        /// The subject.
        #[arg(long)]
        subject: String,
        /// File with the text; `-` for standard input.
        #[arg(long)]
        text: PathBuf,
    },
    /// Go back to this server's words.
    #[command(after_help = "Example:\n  curtain-up event words reset launch reminder --language de")]
    Reset(Which),
    /// Show a mail as Ada Lovelace would get it, who does not exist.
    #[command(after_help = "Example:\n  curtain-up event words preview launch reminder --html > reminder.html")]
    Preview {
        #[command(flatten)]
        which: Which,
        /// Show its HTML in place of subject and text.
        #[arg(long)]
        html: bool,
        /// The address under which people reach the server.
        #[arg(long, env = "CURTAIN_UP_PUBLIC_URL", default_value = "http://127.0.0.1:3000")]
        public_url: String,
    },
    /// Send such a mail to yourself. The server sends it at once.
    #[command(after_help = "Example:\n  curtain-up event words test launch reminder --to me@example.com")]
    Test {
        #[command(flatten)]
        which: Which,
        /// Where to; the event's host_email where left out.
        #[arg(long)]
        to: Option<String>,
    },
}

/// A kind of mail of an event, in a language.
#[derive(Args)]
pub struct Which {
    #[command(flatten)]
    named: Named,
    /// The kind of mail.
    #[arg(value_parser = kind)]
    kind: MailKind,
    /// The language; the event's own where left out.
    #[arg(long)]
    language: Option<String>,
}

impl Which {
    /// The language by the name that catalogues have: `de` for `de-AT`.
    fn language(&self, event: &Event) -> String {
        let asked = self.language.clone().unwrap_or_else(|| event.plan.language.clone());
        known_language(&asked).map_or(asked, |words| words.tag.to_owned())
    }
}

fn kind(text: &str) -> Result<MailKind, String> {
    let kind: Option<MailKind> = serde_json::from_value(serde_json::Value::from(text)).ok();
    kind.filter(|kind| is_editable(*kind)).ok_or_else(|| {
        "write confirmation, resend, waiting_list, reminder, live, moved, cancelled, thank_you or registration_cancelled".to_owned()
    })
}

pub async fn run(command: WordsCommand, now: Timestamp) -> Result<(), CliError> {
    match command {
        WordsCommand::Show(named) => {
            let (store, _) = serve::open(&named.options.data).await?;
            say(&store.event(&named.slug).await?, &named)
        }
        WordsCommand::Set { which, subject, text } => {
            let (store, _) = serve::open(&which.named.options.data).await?;
            let event = store.event(&which.named.slug).await?;
            let words = OwnWords { kind: which.kind, language: which.language(&event), subject, text: read(&text)? };
            if let Some(problem) = problems(&words).into_iter().next() {
                return Err(problem.into());
            }
            let actor = Actor::command_line(&event.organisation_id);
            say(&store.set_words(&actor, &which.named.slug, words, now).await?, &which.named)
        }
        WordsCommand::Reset(which) => {
            let (store, _) = serve::open(&which.named.options.data).await?;
            let event = store.event(&which.named.slug).await?;
            let actor = Actor::command_line(&event.organisation_id);
            say(&store.reset_words(&actor, &which.named.slug, which.kind, &which.language(&event), now).await?, &which.named)
        }
        WordsCommand::Preview { which, html, public_url } => preview(&which, html, public_url).await,
        WordsCommand::Test { which, to } => {
            let (store, _) = serve::open(&which.named.options.data).await?;
            let event = store.event(&which.named.slug).await?;
            let to = to.or_else(|| event.plan.host_email.clone()).ok_or(CliError::NoAddress)?;
            let to = Email::parse(&to).map_err(|_| CliError::NoAddress)?.as_str().to_owned();
            let sample = Sample { to, language: which.language(&event) };
            let mut write = store.write().await?;
            write.add_sample(&event.id, &sample, which.kind, now).await?;
            Ok(write.commit().await?)
        }
    }
}

async fn preview(which: &Which, html: bool, public_url: String) -> Result<(), CliError> {
    let data: &DataConfig = &which.named.options.data;
    let (store, secrets) = serve::open(data).await?;
    let event = store.event(&which.named.slug).await?;
    let head = Letterhead::of_preview(public_url.trim_end_matches('/'), secrets)?;
    let page = words_desk::preview(&event, which.kind, &which.language(&event), None, &head)?;
    if which.named.options.json {
        return print(&page);
    }
    let mut out = std::io::stdout();
    if html {
        write!(out, "{}", page.html)?
    } else {
        write!(out, "{}\n\n{}", page.subject, page.text)?
    }
    Ok(())
}

fn say(event: &Event, named: &Named) -> Result<(), CliError> {
    let words = &event.plan.settings.words;
    if named.options.json {
        return print(words);
    }
    let mut out = std::io::stdout();
    for own in words {
        let kind = serde_json::to_string(&own.kind)?;
        writeln!(out, "{} ({}): {}\n\n{}\n", kind.trim_matches('"'), own.language, own.subject, own.text.trim())?;
    }
    if words.is_empty() {
        writeln!(out, "mails of {} say what this server says", named.slug)?;
    }
    Ok(())
}
