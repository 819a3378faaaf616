use super::{
    event_command::{Named, Options},
    host::LinkTo,
    people_import::Import,
};
use clap::{Args, Subcommand, ValueEnum};
use curtain_up_protocol::desk::{ExportFormat, MailStatus, PeopleFilter};
use std::path::PathBuf;

/// What can be done with people. Exit codes: 0 done, 1 not done (the reason is said), 2 wrong usage.
#[derive(Subcommand)]
pub enum PeopleCommand {
    /// List everybody on an event's list, with what is known of their mail.
    #[command(
        after_help = "Example:\n  curtain-up people list launch\n  curtain-up people list launch --bounced\n  curtain-up people list launch --search lovelace --mail clicked --json"
    )]
    List {
        #[command(flatten)]
        named: Named,
        /// Only those whose address takes no mail.
        #[arg(long)]
        bounced: bool,
        #[command(flatten)]
        filter: Filter,
    },
    /// Send access links again; they leave as soon as a server runs.
    #[command(
        after_help = "Example:\n  curtain-up people resend launch --email ada@example.com\n  curtain-up people resend launch --bounced\n  curtain-up people resend launch --never-opened"
    )]
    Resend {
        #[command(flatten)]
        named: Named,
        #[command(flatten)]
        to: ResendTo,
    },
    /// Write the list to a file, with access links where they are asked for.
    #[command(
        after_help = "Example:\n  curtain-up people export launch --columns all --output people.csv --public-url https://events.example.com\n  curtain-up people export launch --format jsonl --search lovelace"
    )]
    Export {
        #[command(flatten)]
        named: Named,
        /// `all`, or names of columns, separated by commas; all but key, link and code where left out.
        #[arg(long, default_value = "")]
        columns: String,
        /// The form of the file.
        #[arg(long, default_value = "csv")]
        format: FormatName,
        /// Begin with a byte order mark, by which spreadsheets know UTF-8.
        #[arg(long)]
        bom: bool,
        /// The file; standard output where left out.
        #[arg(long)]
        output: Option<PathBuf>,
        #[command(flatten)]
        filter: Filter,
        #[command(flatten)]
        link: LinkTo,
    },
    /// Erase somebody from the list, the outbox and everything else; a keyed hash of their address stays.
    #[command(after_help = "Example:\n  curtain-up people erase launch ada@example.com")]
    Erase {
        #[command(flatten)]
        named: Named,
        /// Their address.
        email: String,
    },
    /// Upload a list of people with their access codes to one event or to several that are linked. Nothing is changed where a
    /// row is refused, and nothing is left half done.
    #[command(
        after_help = "The first row names the columns: code, email and firstname at least; lastname, externalid; others become own fields. Blank codes are made.\n\nExample:\n  curtain-up people import people.csv meeting1 meeting2 --dry-run\n  curtain-up people import people.csv meeting1 meeting2"
    )]
    Import(Import),
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

/// Which people.
#[derive(Args)]
pub struct Filter {
    /// Words that must all stand in name, address or external id.
    #[arg(long, default_value = "")]
    search: String,
    /// Where their mail stands: delivered, clicked, bounced, not_sent, ….
    #[arg(long, value_parser = status)]
    mail: Option<MailStatus>,
    /// Where they came from.
    #[arg(long)]
    source: Option<String>,
    /// Whether they were in the room.
    #[arg(long)]
    attended: Option<bool>,
}

impl Filter {
    /// The filter.
    pub fn filter(self) -> PeopleFilter {
        PeopleFilter { search: self.search, mail: self.mail, attended: self.attended, source: self.source, seat: None }
    }
}

/// Who gets their link again.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct ResendTo {
    /// One person.
    #[arg(long)]
    pub email: Option<String>,
    /// Everybody whose mail came back.
    #[arg(long)]
    pub bounced: bool,
    /// Everybody who got a mail, and neither opened it nor followed its link nor came.
    #[arg(long)]
    pub never_opened: bool,
}

/// The form of a file, on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub enum FormatName {
    /// RFC 4180.
    Csv,
    /// A line of JSON a person.
    Jsonl,
}

impl From<FormatName> for ExportFormat {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Csv => Self::Csv,
            FormatName::Jsonl => Self::Jsonl,
        }
    }
}

fn status(text: &str) -> Result<MailStatus, String> {
    let names = || MailStatus::ALL.map(MailStatus::name).join(", ");
    MailStatus::ALL.into_iter().find(|status| status.name() == text).ok_or_else(|| format!("write one of {}", names()))
}
