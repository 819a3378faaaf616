//! `curtain-up material`: links beside the room.

use super::{
    CliError,
    event_command::{Named, Options},
    print,
};
use crate::{
    civil_time::CivilTime,
    event_plan::{EventPlanError, is_https},
    serve,
    store::material::{MaterialPlan, StoredMaterial, Target},
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::io::Write;

/// What can be done with materials. Exit codes: 0 done, 1 not done (the reason is said), 2 wrong usage.
#[derive(Subcommand)]
pub enum MaterialCommand {
    /// Add a link, or a way into another event.
    #[command(
        after_help = "Examples:\n  curtain-up material add meeting1 --title 'Breakout 2' --event meeting2\n  curtain-up material add meeting1 --title Slides --address https://example.com/slides.pdf --visible-from 2027-03-10T18:00"
    )]
    Add(Box<Add>),
    /// List an event's links in their order.
    #[command(after_help = "Example:\n  curtain-up material list meeting1")]
    List(Named),
    /// Take a link away.
    #[command(after_help = "Example:\n  curtain-up material remove meeting1 0197…")]
    Remove {
        #[command(flatten)]
        named: Named,
        /// The link's id, as the list tells it.
        #[arg(long)]
        id: String,
    },
}

/// A link to add.
#[derive(Args)]
pub struct Add {
    #[command(flatten)]
    named: Named,
    /// What it is called.
    #[arg(long)]
    title: String,
    /// What it is.
    #[arg(long, default_value = "")]
    description: String,
    /// The https: address that it leads to.
    #[arg(long, required_unless_present = "event")]
    address: Option<String>,
    /// The slug of the event that it leads to.
    #[arg(long, conflicts_with = "address")]
    event: Option<String>,
    /// Its place among the others; behind them where left out.
    #[arg(long)]
    position: Option<i64>,
    /// When it appears, as civil time in the event's zone.
    #[arg(long)]
    visible_from: Option<String>,
    /// When it goes away, as civil time in the event's zone.
    #[arg(long)]
    visible_to: Option<String>,
}

#[derive(Serialize)]
struct Line {
    id: String,
    position: i64,
    title: String,
    description: String,
    address: Option<String>,
    event: Option<String>,
    visible_from: Option<curtain_up_protocol::Timestamp>,
    visible_to: Option<curtain_up_protocol::Timestamp>,
}

pub async fn run(command: MaterialCommand) -> Result<(), CliError> {
    match command {
        MaterialCommand::Add(add) => add_one(*add).await,
        MaterialCommand::List(named) => list(&named).await,
        MaterialCommand::Remove { named, id } => {
            let (store, _) = serve::open(&named.options.data).await?;
            let removed = store.remove_material(&named.slug, &id).await?;
            if removed { list(&named).await } else { Err(CliError::NoSuchMaterial(named.slug)) }
        }
    }
}

async fn add_one(add: Add) -> Result<(), CliError> {
    let (store, _) = serve::open(&add.named.options.data).await?;
    let event = store.event(&add.named.slug).await?;
    let zone = event.plan.start.zone.name().to_owned();
    let time = |civil: Option<String>| civil.map(|civil| CivilTime::parse(&civil, &zone)).transpose();
    let target = match (add.event, add.address) {
        (Some(slug), _) => Target::Event(slug),
        (None, Some(address)) if is_https(&address) => Target::Address(address),
        (None, _) => return Err(EventPlanError::Address("address").into()),
    };
    if !(1..=200).contains(&add.title.trim().chars().count()) {
        return Err(EventPlanError::Text("title", 200).into());
    }
    if add.description.chars().count() > 2_000 {
        return Err(EventPlanError::Text("description", 2_000).into());
    }
    let plan = MaterialPlan {
        title: add.title.trim().to_owned(),
        description: add.description,
        target,
        visible_from: time(add.visible_from)?.map(|time| time.at),
        visible_to: time(add.visible_to)?.map(|time| time.at),
    };
    store.add_material(&add.named.slug, &plan, add.position).await?;
    list(&add.named).await
}

async fn list(Named { slug, options }: &Named) -> Result<(), CliError> {
    let (store, _) = serve::open(&options.data).await?;
    let event = store.event(slug).await?;
    say(store.materials(&event.id).await?, options)
}

fn say(materials: Vec<StoredMaterial>, options: &Options) -> Result<(), CliError> {
    let lines = materials.into_iter().map(|StoredMaterial { id, position, plan }| {
        let (address, event) = match plan.target {
            Target::Address(address) => (Some(address), None),
            Target::Event(slug) => (None, Some(slug)),
        };
        let MaterialPlan { title, description, visible_from, visible_to, .. } = plan;
        Line { id, position, title, description, address, event, visible_from, visible_to }
    });
    let lines: Vec<Line> = lines.collect();
    if options.json {
        return print(&lines);
    }
    let mut out = std::io::stdout();
    for line in lines {
        let target = line.address.or(line.event.map(|slug| format!("event {slug}"))).unwrap_or_default();
        writeln!(out, "{} {:3} {}  {target}", line.id, line.position, line.title)?;
    }
    Ok(())
}
