//! `curtain-up host`: who may sign in to the desk.

use super::{CliError, event_command::Options, print};
use crate::{
    clock::Clock,
    event_plan::is_slug,
    serve,
    store::{
        Store,
        audit::Actor,
        event::DEFAULT_ORGANISATION,
        host::{Host, NewHost},
    },
    trust::{password, token::Token},
};
use chrono::TimeDelta;
use clap::{Args, Subcommand, ValueEnum};
use curtain_up_protocol::{Email, Timestamp, desk::Role};
use serde::Serialize;
use std::io::{BufRead, Write};

/// What can be done with hosts. Exit codes: 0 done, 1 not done (the reason is said), 2 wrong usage.
#[derive(Subcommand)]
pub enum HostCommand {
    /// Add a host, and print a link that signs them in once, within a day.
    #[command(
        after_help = "Example:\n  curtain-up host add ada@example.com --public-url https://events.example.com\n  echo 'a long password' | curtain-up host add ada@example.com --password-stdin\n  curtain-up host add eve@example.com --role viewer --organisation acme"
    )]
    Add {
        /// Their address.
        email: String,
        /// Their name.
        #[arg(long, default_value = "")]
        name: String,
        /// What they may do.
        #[arg(long, default_value = "host")]
        role: RoleName,
        /// Read their password from standard input.
        #[arg(long)]
        password_stdin: bool,
        #[command(flatten)]
        of: Organisation,
        #[command(flatten)]
        link: LinkTo,
        #[command(flatten)]
        options: Options,
    },
    /// Print a link that signs a host in once, within a day, where no mail can be sent.
    #[command(after_help = "Example:\n  curtain-up host link ada@example.com --public-url https://events.example.com")]
    Link {
        /// Their address.
        email: String,
        #[command(flatten)]
        link: LinkTo,
        #[command(flatten)]
        options: Options,
    },
    /// List the hosts of an organisation.
    #[command(after_help = "Example:\n  curtain-up host list --json")]
    List {
        #[command(flatten)]
        of: Organisation,
        #[command(flatten)]
        options: Options,
    },
    /// Remove a host; their sessions end.
    #[command(after_help = "Example:\n  curtain-up host remove ada@example.com")]
    Remove {
        /// Their address.
        email: String,
        #[command(flatten)]
        options: Options,
    },
}

/// What a host may do, on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub enum RoleName {
    /// Everything.
    Host,
    /// Look, but neither at keys nor at links.
    Viewer,
}

/// Of which organisation.
#[derive(Args)]
pub struct Organisation {
    /// The organisation. `host add` and `event add` make it where there is none of this name.
    #[arg(long, default_value = DEFAULT_ORGANISATION)]
    pub organisation: String,
}

/// Where links lead.
#[derive(Args)]
pub struct LinkTo {
    /// The address under which people reach the server.
    #[arg(long, env = "CURTAIN_UP_PUBLIC_URL", default_value = "http://127.0.0.1:3000")]
    pub public_url: String,
}

/// A host in an answer.
#[derive(Serialize)]
struct HostLine {
    email: String,
    name: String,
    role: Role,
    organisation: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

/// How long a link lasts that stands on a screen and in no mail.
const LINK_LASTS: TimeDelta = TimeDelta::days(1);

pub async fn run(command: HostCommand, clock: &Clock) -> Result<(), CliError> {
    let now = clock.now();
    match command {
        HostCommand::Add { email, name, role, password_stdin, of, link, options } => {
            let email = Email::parse(&email).map_err(|_| CliError::NoAddress)?;
            let hash = if password_stdin { Some(read_password().await?) } else { None };
            let name = crate::name::name(&name).ok_or(CliError::Name)?;
            let (store, _) = serve::open_or_make(&options.data).await?;
            let actor = of.made(&store, now).await?;
            let role = match role {
                RoleName::Host => Role::Host,
                RoleName::Viewer => Role::Viewer,
            };
            let host = store.add_host(&actor, &NewHost { email: &email, name, role }, now).await?;
            if let Some(hash) = hash {
                store.set_password(&host, &hash, "", now).await?;
            }
            let token = store.make_sign_in_link(&host.id, LINK_LASTS, now).await?;
            say_link(&host, &token, &link, &options)
        }
        HostCommand::Link { email, link, options } => {
            let (store, _) = serve::open(&options.data).await?;
            let host = known(&store, &email).await?;
            let token = store.show_sign_in_link(&Actor::command_line(&host.organisation_id), &host, LINK_LASTS, now).await?;
            say_link(&host, &token, &link, &options)
        }
        HostCommand::List { of, options } => {
            let (store, _) = serve::open(&options.data).await?;
            let lines: Vec<HostLine> =
                store.hosts(&of.actor(&store).await?.organisation).await?.iter().map(|host| line(host, None)).collect();
            if options.json {
                return print(&lines);
            }
            lines.iter().try_for_each(say)
        }
        HostCommand::Remove { email, options } => {
            let (store, _) = serve::open(&options.data).await?;
            let host = known(&store, &email).await?;
            store.remove_host(&Actor::command_line(&host.organisation_id), &host.id, now).await?;
            if options.json { print(&line(&host, None)) } else { Ok(writeln!(std::io::stdout(), "removed")?) }
        }
    }
}

impl Organisation {
    /// Who acts on the command line, for an organisation that there is.
    pub async fn actor(&self, store: &Store) -> Result<Actor, CliError> {
        if !store.has_organisation(&self.organisation).await? {
            return Err(CliError::NoSuchOrganisation(self.organisation.clone()));
        }
        Ok(Actor::command_line(&self.organisation))
    }

    /// The same, for an organisation that there is from now on.
    pub async fn made(&self, store: &Store, now: Timestamp) -> Result<Actor, CliError> {
        if !is_slug(&self.organisation) {
            return Err(CliError::Organisation(self.organisation.clone()));
        }
        store.add_organisation(&self.organisation, &self.organisation, now).await?;
        Ok(Actor::command_line(&self.organisation))
    }
}

async fn known(store: &Store, email: &str) -> Result<Host, CliError> {
    let email = Email::parse(email).map_err(|_| CliError::NoAddress)?;
    Ok(store.host_by_email(&email).await?.ok_or(crate::store::StoreError::NoSuchHost)?)
}

async fn read_password() -> Result<String, CliError> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|error| CliError::Read("the password".to_owned(), error))?;
    let typed = line.trim_end_matches(['\r', '\n']);
    if !password::is_acceptable(typed) {
        return Err(CliError::Password);
    }
    password::hash(typed).await.ok_or(CliError::Password)
}

fn say_link(host: &Host, token: &Token, to: &LinkTo, options: &Options) -> Result<(), CliError> {
    let link = format!("{}/desk#sign-in={}", to.public_url.trim_end_matches('/'), token.reveal());
    if options.json {
        return print(&line(host, Some(link)));
    }
    say(&line(host, None))?;
    Ok(writeln!(std::io::stdout(), "signs in once, within a day: {link}")?)
}

fn line(host: &Host, link: Option<String>) -> HostLine {
    HostLine { email: host.email.clone(), name: host.name.clone(), role: host.role, organisation: host.organisation_id.clone(), link }
}

fn say(line: &HostLine) -> Result<(), CliError> {
    let role = serde_json::to_string(&line.role)?;
    Ok(writeln!(std::io::stdout(), "{:32} {:8} {:16} {}", line.email, role.trim_matches('"'), line.organisation, line.name)?)
}
