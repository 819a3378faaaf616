//! The command line: `serve` and the chores of a host. What a hand does, a script can do.

mod event;
mod event_command;

use crate::{
    clock::Clock,
    config::ServeConfig,
    serve::{ServeError, Server},
};
use clap::{Parser, Subcommand};
use event_command::EventCommand;

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
    /// The time is none.
    #[error(transparent)]
    Time(#[from] crate::civil_time::CivilTimeError),
    /// A file cannot be read.
    #[error("{0} cannot be read: {1}")]
    Read(String, std::io::Error),
    /// An answer cannot be written.
    #[error("the answer cannot be written: {0}")]
    Write(#[from] std::io::Error),
    /// An answer is no JSON.
    #[error("the answer is no JSON: {0}")]
    Json(#[from] serde_json::Error),
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
