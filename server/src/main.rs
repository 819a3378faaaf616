//! `curtain-up`: the companion server and its chores.

use clap::Parser;
use std::{io::IsTerminal, process::ExitCode};

#[tokio::main]
async fn main() -> ExitCode {
    let cli = curtain_up_server::cli::Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("CURTAIN_UP_LOG").unwrap_or_else(|_| "warn,curtain_up_server=info".into()),
        )
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    match cli.run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("curtain-up: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}
