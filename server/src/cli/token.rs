//! `curtain-up token`: what scripts ask the interface with.

use super::{CliError, event_command::Options, host::Organisation, print};
use crate::{clock::Clock, name::given_name, serve};
use clap::{Subcommand, ValueEnum};
use curtain_up_protocol::desk::{NewToken, Scope, TokenDocument};
use std::io::Write;

/// What can be done with tokens. Exit codes: 0 done, 1 not done (the reason is said), 2 wrong usage.
#[derive(Subcommand)]
pub enum TokenCommand {
    /// Make a token and print it: it is never shown again.
    #[command(after_help = "Example:\n  curtain-up token add nightly-export --scope read --scope keys")]
    Add {
        /// What it is for.
        name: String,
        /// What it is good for.
        #[arg(long = "scope", required = true)]
        scopes: Vec<ScopeName>,
        #[command(flatten)]
        of: Organisation,
        #[command(flatten)]
        options: Options,
    },
    /// List the tokens of an organisation, without their secrets.
    #[command(after_help = "Example:\n  curtain-up token list --json")]
    List {
        #[command(flatten)]
        of: Organisation,
        #[command(flatten)]
        options: Options,
    },
    /// Take a token back.
    #[command(after_help = "Example:\n  curtain-up token remove 01957ab0-0000-7000-8000-0000000000ff")]
    Remove {
        /// Its id.
        id: String,
        #[command(flatten)]
        of: Organisation,
        #[command(flatten)]
        options: Options,
    },
}

/// What a token is good for, on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub enum ScopeName {
    /// Read all but keys and links.
    Read,
    /// Change events and people, resend links.
    Write,
    /// Read keys, links and codes, and export them.
    Keys,
}

pub async fn run(command: TokenCommand, clock: &Clock) -> Result<(), CliError> {
    let now = clock.now();
    match command {
        TokenCommand::Add { name, scopes, of, options } => {
            let name = given_name(&name).ok_or(CliError::Name)?;
            let (store, _) = serve::open(&options.data).await?;
            let scopes: Vec<Scope> = scopes.into_iter().map(Scope::from).collect();
            let (token, secret) = store.add_token(&of.actor(&store).await?, name, &scopes, now).await?;
            let secret = secret.reveal().to_owned();
            if options.json { print(&NewToken { token, secret }) } else { Ok(writeln!(std::io::stdout(), "{secret}")?) }
        }
        TokenCommand::List { of, options } => {
            let (store, _) = serve::open(&options.data).await?;
            let tokens = store.tokens(&of.actor(&store).await?.organisation).await?;
            if options.json { print(&tokens) } else { tokens.iter().try_for_each(say) }
        }
        TokenCommand::Remove { id, of, options } => {
            let (store, _) = serve::open(&options.data).await?;
            if !store.remove_token(&of.actor(&store).await?, &id, now).await? {
                return Err(CliError::NoSuchToken);
            }
            if options.json { print(&serde_json::json!({ "removed": id })) } else { Ok(writeln!(std::io::stdout(), "removed")?) }
        }
    }
}

fn say(token: &TokenDocument) -> Result<(), CliError> {
    let scopes: Vec<String> = token.scopes.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    Ok(writeln!(std::io::stdout(), "{}  {:24} {}", token.id, token.name, scopes.join(" ").replace('"', ""))?)
}

impl From<ScopeName> for Scope {
    fn from(name: ScopeName) -> Self {
        match name {
            ScopeName::Read => Self::Read,
            ScopeName::Write => Self::Write,
            ScopeName::Keys => Self::Keys,
        }
    }
}
