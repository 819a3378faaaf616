//! `curtain-up bounce`: the mail server pipes in what came to a Return-Path. Exit codes are those that mail servers know (sysexits).

use super::CliError;
use crate::{
    clock::Clock,
    config::DataConfig,
    mail::bounce::{lmtp, notification::Finding},
    serve,
};
use clap::Args;
use std::io::Read;

/// What a bounce is read with.
#[derive(Args)]
pub struct BounceCommand {
    /// The address that the mail came to, as the mail server has it; without it, the mail's own headers tell.
    #[arg(long)]
    to: Option<String>,
    /// Where the data is.
    #[command(flatten)]
    data: DataConfig,
}

/// The largest mail that is read.
const LARGEST: u64 = 16 * 1024 * 1024;

pub async fn run(command: BounceCommand, clock: &Clock) -> Result<(), CliError> {
    let later = |error: CliError| CliError::Later(Box::new(error));
    let mut mail = Vec::new();
    let read = std::io::stdin().take(LARGEST).read_to_end(&mut mail);
    read.map_err(|error| later(CliError::Read("the mail".to_owned(), error)))?;
    let (store, secrets) = serve::open(&command.data).await.map_err(|error| later(error.into()))?;
    let finding = lmtp::take(&store, &secrets, &mail, command.to.as_deref(), clock).await;
    match finding.map_err(|error| later(error.into()))? {
        Finding::Forged => Err(CliError::NoReturnPath),
        Finding::Bounce(_) | Finding::NoBounce => Ok(()),
    }
}
