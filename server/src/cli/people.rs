//! `curtain-up people`: who is on an event's list, how they come onto it, and whose address takes no mail.

use super::{
    CliError,
    event_command::{Named, Options},
    people_import::{self, Import},
    print,
};
use crate::{
    clock::Clock,
    serve,
    store::{address::AddressState, registrant::Seat},
};
use clap::Subcommand;
use curtain_up_protocol::Email;
use serde::Serialize;
use std::{collections::HashMap, io::Write};

/// What can be done with people. Exit codes: 0 done, 1 not done (the reason is said), 2 wrong usage.
#[derive(Subcommand)]
pub enum PeopleCommand {
    /// List everybody on an event's list, with what is known of their address.
    #[command(after_help = "Example:\n  curtain-up people list launch\n  curtain-up people list launch --bounced")]
    List {
        #[command(flatten)]
        named: Named,
        /// Only those whose address takes no mail.
        #[arg(long)]
        bounced: bool,
    },
    /// Upload a list of people with their access codes to one event or to several that are linked. Nothing is changed where a
    /// row is refused, and nothing is left half done.
    #[command(
        after_help = "The first row names the columns: code, email and firstname at least; lastname, externalid; others become own fields. Blank codes are made.\n\nExample:\n  curtain-up people import people.csv meeting1 meeting2 --dry-run\n  curtain-up people import people.csv meeting1 meeting2"
    )]
    Import(Import),
    /// Write an event's list with its codes as CSV. Uploaded again, it changes nothing.
    #[command(after_help = "Example:\n  curtain-up people export meeting1 > people.csv")]
    Export(Named),
    /// Write a list to fill in.
    #[command(after_help = "Example:\n  curtain-up people template > people.csv")]
    Template,
    /// Send mail to an address again that bounced or complained.
    #[command(after_help = "Example:\n  curtain-up people mail-again ada@example.com")]
    MailAgain {
        /// The address.
        email: String,
        #[command(flatten)]
        options: Options,
    },
}

/// Somebody in an answer.
#[derive(Serialize)]
struct PersonLine {
    email: String,
    first_name: String,
    last_name: String,
    seat: Seat,
    reminders: bool,
    address: Option<AddressState>,
}

pub async fn run(command: PeopleCommand, clock: &Clock) -> Result<(), CliError> {
    match command {
        PeopleCommand::Import(import) => people_import::import(import, clock).await,
        PeopleCommand::Export(named) => people_import::export(&named).await,
        PeopleCommand::Template => people_import::template(),
        PeopleCommand::List { named, bounced } => list(&named, bounced).await,
        PeopleCommand::MailAgain { email, options } => {
            let (store, _) = serve::open(&options.data).await?;
            let canonical = Email::parse(&email).map_err(|_| CliError::NoAddress)?.canonical();
            let was_known = store.forget_bounces(&canonical).await?;
            if options.json {
                return print(&serde_json::json!({ "changed": was_known }));
            }
            Ok(writeln!(std::io::stdout(), "{}", if was_known { "mail is sent there again" } else { "mail was sent there all along" })?)
        }
    }
}

async fn list(named: &Named, only_bounced: bool) -> Result<(), CliError> {
    let (store, _) = serve::open(&named.options.data).await?;
    let event = store.event(&named.slug).await?;
    let states: HashMap<String, AddressState> = store.address_states(&event.id).await?.into_iter().collect();
    let lines = store.registrants(&event.id).await?.into_iter().map(|person| PersonLine {
        address: states.get(&person.canonical_email).copied(),
        email: person.email,
        first_name: person.first_name,
        last_name: person.last_name,
        seat: person.seat,
        reminders: !person.reminders_off,
    });
    let takes_no_mail = |line: &PersonLine| matches!(line.address, Some(AddressState::Bounced | AddressState::Complained));
    let lines: Vec<PersonLine> = lines.filter(|line| !only_bounced || takes_no_mail(line)).collect();
    if named.options.json {
        return print(&lines);
    }
    let mut out = std::io::stdout();
    for line in lines {
        let address = line.address.map(|state| serde_json::to_string(&state)).transpose()?.unwrap_or_default();
        let seat = serde_json::to_string(&line.seat)?;
        writeln!(
            out,
            "{:32} {:12} {:10} {} {}",
            line.email,
            seat.trim_matches('"'),
            address.trim_matches('"'),
            line.first_name,
            line.last_name
        )?;
    }
    Ok(())
}
