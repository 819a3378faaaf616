//! `curtain-up link-secret`: what an organisation's own system signs its links with.

use super::{CliError, event_command::Options, host::Organisation, print};
use crate::{clock::Clock, serve, store::StoreError, trust::signed_links::LinkSecret};
use clap::Args;
use std::io::Write;

/// The secret for signed links.
#[derive(Args)]
pub struct LinkSecretCommand {
    /// Make a new secret: links that the former one signed let nobody in any longer.
    #[arg(long)]
    renew: bool,
    #[command(flatten)]
    of: Organisation,
    #[command(flatten)]
    options: Options,
}

pub async fn run(command: LinkSecretCommand, clock: &Clock) -> Result<(), CliError> {
    let (store, secrets) = serve::open(&command.options.data).await?;
    let actor = command.of.actor(&store).await?;
    let organisation = &actor.organisation;
    let new = LinkSecret::random().seal(&secrets, organisation);
    let stored = if command.renew {
        store.renew_link_secret(&actor, &new, clock.now()).await?
    } else {
        store.show_link_secret(&actor, &new, clock.now()).await?
    };
    let secret = LinkSecret::open(&stored.sealed, &secrets, organisation).ok_or(StoreError::Corrupt("secret for links"))?;
    if command.options.json {
        return print(&serde_json::json!({ "secret": secret.reveal() }));
    }
    Ok(writeln!(std::io::stdout(), "{}", secret.reveal())?)
}
