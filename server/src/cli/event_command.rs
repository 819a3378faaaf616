use super::dates::Dates;
use super::host::Organisation;
use super::series::SeriesCommand;
use super::words::WordsCommand;
use crate::config::DataConfig;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// What can be done with events. Exit codes: 0 done, 1 not done (the reason is said), 2 wrong usage.
#[derive(Subcommand)]
pub enum EventCommand {
    /// Add an event from its plan in JSON.
    #[command(
        after_help = "Example:\n  curtain-up event add launch.json\n\nThe shortest plan:\n  {\"slug\": \"launch\", \"title\": \"Launch\", \"start\": \"2027-03-10T18:00\", \"zone\": \"Europe/Berlin\",\n   \"duration_minutes\": 60, \"room\": {\"kind\": \"address\", \"address\": \"https://meet.example.com/launch\"}}"
    )]
    Add {
        /// File with the plan; `-` for standard input.
        plan: PathBuf,
        #[command(flatten)]
        of: Organisation,
        #[command(flatten)]
        options: Options,
    },
    /// Replace an event's plan with another; where its start changes, everybody is told by mail.
    #[command(
        after_help = "Example:\n  curtain-up event edit launch launch.json\n\nThe plan as it is:\n  curtain-up event plan launch > launch.json"
    )]
    Edit {
        #[command(flatten)]
        named: Named,
        /// File with the whole plan; `-` for standard input.
        plan: PathBuf,
        /// The version that was edited; refused where the event was changed since.
        #[arg(long)]
        version: Option<i64>,
    },
    /// Print an event's plan in JSON, as `event add` and `event edit` take it.
    #[command(after_help = "Example:\n  curtain-up event plan launch > launch.json")]
    Plan(Named),
    /// Make another event from this one, such as another date.
    #[command(after_help = "Example:\n  curtain-up event duplicate launch launch-2 --start 2027-04-10T18:00 --series launch")]
    Duplicate {
        #[command(flatten)]
        named: Named,
        /// The new event's slug.
        to: String,
        /// Its start, as civil time in the event's zone.
        #[arg(long)]
        start: String,
        /// Its title; the same where left out.
        #[arg(long)]
        title: Option<String>,
        /// The series that both are dates of from now on.
        #[arg(long)]
        series: Option<String>,
    },
    /// Make other dates of this event, all of them or none; all are dates of one series then.
    #[command(
        after_help = "Example:\n  curtain-up event dates launch --every week --times 5 --dry-run\n  curtain-up event dates launch --on 2027-03-17T18:00 --on 2027-03-19T09:00"
    )]
    Dates(Dates),
    /// Put an event away, out of the desk's list; links work as before.
    #[command(after_help = "Example:\n  curtain-up event archive launch\n  curtain-up event archive launch --restore")]
    Archive {
        #[command(flatten)]
        named: Named,
        /// Take it out again.
        #[arg(long)]
        restore: bool,
    },
    /// Add the three events of the demonstration: one starts in two minutes, one is live, one has ended.
    #[command(after_help = "Example:\n  curtain-up event demo --data target/demo")]
    Demo(Options),
    /// List all events.
    #[command(after_help = "Example:\n  curtain-up event list --json")]
    List(Options),
    /// Show an event, its people by number, and its mails by state.
    #[command(after_help = "Example:\n  curtain-up event show launch")]
    Show(Named),
    /// Say that an event is live: everybody who waits is let in, everybody else gets a mail, reminders that are left are not sent.
    #[command(after_help = "Example:\n  curtain-up event start launch")]
    Start(Named),
    /// Say that an event is over; people are thanked by mail, with the replay where there is one.
    #[command(after_help = "Example:\n  curtain-up event end launch")]
    End(Named),
    /// Say that an event will not take place; people are told by mail, and their calendars too.
    #[command(after_help = "Example:\n  curtain-up event cancel launch")]
    Cancel(Named),
    /// Move an event to another time; every countdown and every reminder follows, and people are told by mail.
    #[command(after_help = "Example:\n  curtain-up event move launch --start 2027-03-11T18:00")]
    Move {
        #[command(flatten)]
        named: Named,
        /// The new start, as civil time: 2027-03-11T18:00.
        #[arg(long)]
        start: String,
        /// IANA zone of the new start; the event's own where left out.
        #[arg(long)]
        zone: Option<String>,
    },
    /// See or change an event's settings.
    #[command(after_help = "Example:\n  curtain-up event settings meeting1 --require-codes on --anonymize off")]
    Settings {
        #[command(flatten)]
        named: Named,
        /// Require custom access codes: `on`, only people on the list come in, by their codes; `off`, people enter without a code as "Anonymous"; `register`, people register.
        #[arg(long)]
        require_codes: Option<Codes>,
        /// Nobody is known by name in the event.
        #[arg(long)]
        anonymize: Option<Switch>,
        /// A code lets in on one device at a time.
        #[arg(long)]
        one_device: Option<Switch>,
    },
    /// Change how many people fit in; who has waited longest gets a freed seat and a mail.
    #[command(after_help = "Example:\n  curtain-up event capacity launch --seats 500\n  curtain-up event capacity launch --unlimited")]
    Capacity {
        #[command(flatten)]
        named: Named,
        /// How many people fit in.
        #[arg(long, required_unless_present = "unlimited", value_parser = clap::value_parser!(i64).range(1..))]
        seats: Option<i64>,
        /// Everybody fits in.
        #[arg(long, conflicts_with = "seats")]
        unlimited: bool,
    },
    /// Change when people are reminded: these times, and no others any more. What was sent is sent.
    #[command(after_help = "Example:\n  curtain-up event reminders launch --minutes 1440,60,5\n  curtain-up event reminders launch --none")]
    Reminders {
        #[command(flatten)]
        named: Named,
        /// Minutes before the start, up to five numbers from 1 to 43200.
        #[arg(long, value_delimiter = ',', required_unless_present = "none")]
        minutes: Vec<i64>,
        /// Remind nobody.
        #[arg(long, conflicts_with = "minutes")]
        none: bool,
    },
    /// Say mails in words of your own, look at them, and send yourself one.
    #[command(
        subcommand,
        after_help = "Example:\n  curtain-up event words set launch reminder --subject 'Soon, {first_name}: {title}' --text reminder.txt\n  curtain-up event words preview launch reminder"
    )]
    Words(WordsCommand),
    /// Add and list series: several events that are dates of the same thing, of which people choose one in the form.
    #[command(
        subcommand,
        after_help = "Example:\n  curtain-up event series add canopy --title 'Meet Canopy'\n  curtain-up event series put canopy-march --into canopy"
    )]
    Series(SeriesCommand),
}

/// Options of every command.
#[derive(Args)]
pub struct Options {
    /// Where the data is.
    #[command(flatten)]
    pub data: DataConfig,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// One event.
#[derive(Args)]
pub struct Named {
    /// The event's slug.
    pub slug: String,
    /// Options of every command.
    #[command(flatten)]
    pub options: Options,
}

/// On or off.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// On.
    On,
    /// Off.
    Off,
}

/// How people come in who have no link.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Codes {
    /// By their codes.
    On,
    /// Without a code.
    Off,
    /// They register.
    Register,
}
