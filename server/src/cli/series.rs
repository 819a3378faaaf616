use super::{CliError, event::say, event_command::Options, print};
use crate::{clock::Clock, event_plan::SeriesPlan, serve, store::Store, store::series::Series};
use clap::{Args, Subcommand};
use curtain_up_protocol::Timestamp;
use serde::Serialize;
use std::io::Write;

/// What can be done with series: several events that are dates of the same thing.
#[derive(Subcommand)]
pub enum SeriesCommand {
    /// Add a series. Its dates are events: name it in their plans by "series", or put them in.
    #[command(after_help = "Example:\n  curtain-up event series add canopy --title 'Meet Canopy'")]
    Add {
        /// Its name in addresses: a-z, 0-9 and hyphens.
        slug: String,
        /// Its title.
        #[arg(long)]
        title: String,
        /// What it is about.
        #[arg(long, default_value = "")]
        description: String,
        /// BCP 47 tag of the language it is described in.
        #[arg(long, default_value = "en")]
        language: String,
        #[command(flatten)]
        options: Options,
    },
    /// List all series.
    #[command(after_help = "Example:\n  curtain-up event series list --json")]
    List(Options),
    /// Show the dates of a series.
    #[command(after_help = "Example:\n  curtain-up event series show canopy")]
    Show {
        /// The series' slug.
        slug: String,
        #[command(flatten)]
        options: Options,
    },
    /// Make an event a date of a series.
    #[command(after_help = "Example:\n  curtain-up event series put canopy-march --into canopy")]
    Put {
        /// The event's slug.
        event: String,
        /// The series' slug.
        #[arg(long)]
        into: String,
        #[command(flatten)]
        options: Options,
    },
    /// Make an event a date of no series.
    #[command(after_help = "Example:\n  curtain-up event series take-out canopy-march")]
    TakeOut(TakeOut),
}

/// One event.
#[derive(Args)]
pub struct TakeOut {
    /// The event's slug.
    event: String,
    #[command(flatten)]
    options: Options,
}

#[derive(Serialize)]
struct SeriesLine {
    slug: String,
    title: String,
    dates: Vec<String>,
}

pub async fn run(command: SeriesCommand, clock: &Clock) -> Result<(), CliError> {
    match command {
        SeriesCommand::Add { slug, title, description, language, options } => {
            let plan = SeriesPlan::new(&slug, &title, &description, &language)?;
            let (store, _) = serve::open_or_make(&options.data).await?;
            let added = store.add_series(&plan, clock.now()).await?;
            list(&store, vec![added], &options).await
        }
        SeriesCommand::List(options) => {
            let (store, _) = serve::open(&options.data).await?;
            let all = store.all_series().await?;
            list(&store, all, &options).await
        }
        SeriesCommand::Show { slug, options } => {
            let (store, _) = serve::open(&options.data).await?;
            store.series(&slug).await?;
            say(&store.dates(&slug).await?, &options)
        }
        SeriesCommand::Put { event, into, options } => put(&event, Some(&into), &options, clock.now()).await,
        SeriesCommand::TakeOut(TakeOut { event, options }) => put(&event, None, &options, clock.now()).await,
    }
}

async fn put(event: &str, series: Option<&str>, options: &Options, now: Timestamp) -> Result<(), CliError> {
    let (store, _) = serve::open(&options.data).await?;
    say(&[store.set_series(event, series, now).await?], options)
}

async fn list(store: &Store, all: Vec<Series>, options: &Options) -> Result<(), CliError> {
    let mut lines = Vec::with_capacity(all.len());
    for series in all {
        let dates = store.dates(&series.plan.slug).await?.into_iter().map(|date| date.plan.slug).collect();
        lines.push(SeriesLine { slug: series.plan.slug, title: series.plan.title, dates });
    }
    if options.json {
        return print(&lines);
    }
    let mut out = std::io::stdout();
    for line in lines {
        writeln!(out, "{:24} {}  {}", line.slug, line.title, line.dates.join(" "))?;
    }
    Ok(())
}
