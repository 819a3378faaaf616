//! `curtain-up material`: links beside the room.

use super::{
    CliError,
    event_command::{Named, Options},
    print,
};
use crate::{
    event_plan::MaterialPlan,
    serve,
    store::{
        Store,
        audit::Actor,
        event::Event,
        material::{MaterialsChange, StoredMaterial},
    },
};
use clap::{Args, Subcommand};
use curtain_up_protocol::{
    Timestamp,
    desk::{MaterialDocument, MaterialTarget},
};
use serde::Serialize;
use std::io::Write;

/// What can be done with materials. Exit codes: 0 done, 1 not done (the reason is said), 2 wrong usage.
#[derive(Subcommand)]
pub enum MaterialCommand {
    /// Add a link, or a way into another event.
    #[command(
        after_help = "Example:\n  curtain-up material add meeting1 --title 'Breakout 2' --event meeting2\n  curtain-up material add meeting1 --title Slides --address https://example.com/slides.pdf --visible-from 2027-03-10T18:00"
    )]
    Add(Box<Add>),
    /// List an event's links in their order.
    #[command(after_help = "Example:\n  curtain-up material list meeting1")]
    List(Named),
    /// Take a link away.
    #[command(after_help = "Example:\n  curtain-up material remove meeting1 --id 0197…")]
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
    #[serde(flatten)]
    material: MaterialDocument,
}

pub async fn run(command: MaterialCommand, now: Timestamp) -> Result<(), CliError> {
    match command {
        MaterialCommand::Add(add) => {
            let Add { named, title, description, address, event, position, visible_from, visible_to } = *add;
            // One of the two is there: the arguments were read so.
            let target = event.map(MaterialTarget::Event).unwrap_or_else(|| MaterialTarget::Address(address.unwrap_or_default()));
            let (visible_from_choice, visible_to_choice) = (None, None);
            let document =
                MaterialDocument { title, description, target, visible_from, visible_from_choice, visible_to, visible_to_choice };
            let (store, _) = serve::open(&named.options.data).await?;
            let event = store.event(&named.slug).await?;
            let plan = MaterialPlan::of(document, event.plan.start.zone)?;
            change(&store, &event, MaterialsChange::Add(&plan, position), &named, now).await
        }
        MaterialCommand::List(named) => {
            let (store, _) = serve::open(&named.options.data).await?;
            let event = store.event(&named.slug).await?;
            say(&event, store.materials(&event.id).await?, &named.options)
        }
        MaterialCommand::Remove { named, id } => {
            let (store, _) = serve::open(&named.options.data).await?;
            let event = store.event(&named.slug).await?;
            change(&store, &event, MaterialsChange::Remove(&id), &named, now).await
        }
    }
}

async fn change(store: &Store, event: &Event, change: MaterialsChange<'_>, named: &Named, now: Timestamp) -> Result<(), CliError> {
    let actor = Actor::command_line(&event.organisation_id);
    let (event, materials) = store.change_materials(&actor, &named.slug, event.version, change, now).await?;
    say(&event, materials, &named.options)
}

fn say(event: &Event, materials: Vec<StoredMaterial>, options: &Options) -> Result<(), CliError> {
    let zone = event.plan.start.zone;
    let line = |stored: StoredMaterial| Line { id: stored.id, position: stored.position, material: stored.plan.document(zone) };
    let lines: Vec<Line> = materials.into_iter().map(line).collect();
    if options.json {
        return print(&lines);
    }
    let mut out = std::io::stdout();
    for Line { id, position, material } in lines {
        let target = match material.target {
            MaterialTarget::Address(address) => address,
            MaterialTarget::Event(slug) => format!("event {slug}"),
        };
        writeln!(out, "{id} {position:3} {}  {target}", material.title)?;
    }
    Ok(())
}
