//! The command line: `serve` and the chores of a host. What a hand does, a script can do.

mod bounce;
mod dates;
mod event;
mod event_command;
mod host;
mod link_secret;
mod material;
mod people;
mod people_command;
mod people_import;
mod series;
mod token;
mod words;

use crate::{
    clock::Clock,
    config::ServeConfig,
    serve::{ServeError, Server},
};
use bounce::BounceCommand;
use clap::{Parser, Subcommand};
use event_command::EventCommand;
use host::HostCommand;
use link_secret::LinkSecretCommand;
use material::MaterialCommand;
use people_command::PeopleCommand;
use token::TokenCommand;

/// Curtain Up: registration, access links, countdown and room of webinars.
#[derive(Parser)]
#[command(
    name = "curtain-up",
    version,
    about,
    after_help = "Example:\n  curtain-up serve --public-url https://events.example.com --smtp 'smtp://user:password@mail.example.com:587?tls=required'"
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the widget, the interface and the hosted pages, and send the mail.
    #[command(
        after_help = "Exit codes: 0 stopped by a signal, 1 could not serve, 2 wrong usage.\n\nExample:\n  curtain-up serve --data /var/lib/curtain-up --public-url https://events.example.com"
    )]
    Serve(Box<ServeConfig>),
    /// Add, list, start, move, end and cancel events.
    #[command(subcommand, after_help = "Example:\n  curtain-up event add launch.json\n  curtain-up event start launch")]
    Event(EventCommand),
    /// See who is on an event's list, upload people with their codes, send links again, export and erase.
    #[command(subcommand, after_help = "Example:\n  curtain-up people list launch")]
    People(PeopleCommand),
    /// Add, list and remove links beside the room; a link may lead to another event.
    #[command(subcommand, after_help = "Example:\n  curtain-up material add meeting1 --title 'Breakout 2' --event meeting2")]
    #[command(visible_alias = "materials")]
    Material(MaterialCommand),
    /// Show the secret that your own system signs links with; make it where there is none. See docs/codes.md.
    #[command(after_help = "Example:\n  curtain-up link-secret")]
    LinkSecret(LinkSecretCommand),
    /// Say who may sign in to the desk.
    #[command(subcommand, after_help = "Example:\n  curtain-up host add ada@example.com")]
    Host(HostCommand),
    /// Make tokens for scripts that use the interface.
    #[command(subcommand, after_help = "Example:\n  curtain-up token add nightly-export --scope read --scope keys")]
    Token(TokenCommand),
    /// Take in a mail that came back, on standard input, from the mail server.
    #[command(
        after_help = "Exit codes, as mail servers know them (sysexits): 0 taken, 67 not to a Return-Path of this server, 75 try again later.\n\nExample:\n  curtain-up bounce --to \"$RECIPIENT\" < mail\n\nIn Postfix's master.cf, for the domain that --bounce-domain names:\n  curtain-up unix - n n - - pipe user=curtain-up argv=/usr/bin/curtain-up bounce --data /var/lib/curtain-up --to ${original_recipient}"
    )]
    Bounce(BounceCommand),
    /// Print the OpenAPI description of the interface.
    #[command(after_help = "Example:\n  curtain-up openapi > openapi.json")]
    Openapi,
}

/// Why a command was not done.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The server or its data could not be opened.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// The plan is none.
    #[error(transparent)]
    Plan(#[from] crate::event_plan::EventPlanError),
    /// The dates are none.
    #[error(transparent)]
    Dates(#[from] crate::event_plan::DatesError),
    /// The words cannot be sent.
    #[error(transparent)]
    Words(#[from] crate::event_plan::own_words::WordsError),
    /// A mail cannot be written.
    #[error(transparent)]
    Letter(#[from] crate::mail::letter::LetterError),
    /// The plan is another event's.
    #[error("the plan has the slug “{0}”; an event keeps its own, so write that")]
    OtherSlug(String),
    /// The time is none.
    #[error(transparent)]
    Time(#[from] crate::civil_time::CivilTimeError),
    /// A file cannot be read.
    #[error("{0} cannot be read: {1}")]
    Read(String, std::io::Error),
    /// A file cannot be written.
    #[error("{0} cannot be written: {1}")]
    WriteFile(String, std::io::Error),
    /// The file is no list.
    #[error(transparent)]
    List(#[from] crate::people_list::ListError),
    /// Rows were refused, so nothing was done.
    #[error(
        "{0} rows are refused, so nothing was changed; mend them (--refused FILE writes them down), or leave them out with --without-refused"
    )]
    RowsRefused(usize),
    /// An answer cannot be written.
    #[error("the answer cannot be written: {0}")]
    Write(#[from] std::io::Error),
    /// The mail came to no Return-Path of this server.
    #[error("the mail came to no Return-Path of this server; nothing was changed")]
    NoReturnPath,
    /// The address is none.
    #[error("this is no e-mail address; write one like ada@example.com")]
    NoAddress,
    /// The password is none.
    #[error("write a password of 10 to 256 characters")]
    Password,
    /// A name is none.
    #[error("write a name of one line and 200 characters at most")]
    Name,
    /// There is no such organisation.
    #[error("there is no organisation “{0}”; `curtain-up host add … --organisation {0}` makes it")]
    NoSuchOrganisation(String),
    /// The name of an organisation is none.
    #[error("“{0}” is no name of an organisation; write 1 to 64 of a-z, 0-9 and hyphens")]
    Organisation(String),
    /// A column that there is not.
    #[error("there is no column “{0}”; `curtain-up people export … --columns all` shows those there are")]
    NoColumn(String),
    /// No token is meant.
    #[error("no token has this id; `curtain-up token list` shows those there are")]
    NoSuchToken,
    /// It may be done later.
    #[error("{0}; it can be tried again later")]
    Later(Box<CliError>),
    /// An answer is no JSON.
    #[error("the answer is no JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl CliError {
    /// The exit code: 1, but for mail servers what sysexits.h says.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::NoReturnPath => 67,
            Self::Later(_) => 75,
            _ => 1,
        }
    }
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    /// [`CliError`], in words for a person.
    pub async fn run(self) -> Result<(), CliError> {
        match self.command {
            Command::Serve(config) => {
                let server = Server::prepare(*config, Clock::System).await?;
                tracing::info!(listening = %server.address, public = server.context.config.public_url, "curtain-up serves");
                Ok(server.run(stop_signal()).await?)
            }
            Command::Event(command) => event::run(command, &Clock::System).await,
            Command::People(command) => people::run(command, &Clock::System).await,
            Command::Material(command) => material::run(command, Clock::System.now()).await,
            Command::LinkSecret(command) => link_secret::run(command, &Clock::System).await,
            Command::Host(command) => host::run(command, &Clock::System).await,
            Command::Token(command) => token::run(command, &Clock::System).await,
            Command::Bounce(command) => bounce::run(command, &Clock::System).await,
            Command::Openapi => print(&crate::http::openapi_document()),
        }
    }
}

async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

fn print<T: serde::Serialize>(answer: &T) -> Result<(), CliError> {
    use std::io::Write;
    Ok(writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(answer)?)?)
}
