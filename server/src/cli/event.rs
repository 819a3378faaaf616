use super::{
    CliError, dates,
    event_command::{Codes, EventCommand, Named, Options, Switch},
    print, series, words,
};
use crate::{
    civil_time::CivilTime,
    clock::Clock,
    dev::demo,
    event_plan::{EventPlan, Settings, in_order},
    serve,
    store::{Store, address::AddressState, audit::Actor, change::Change, event::Event, registrant::Seat},
    trust::secrets::Secrets,
};
use curtain_up_protocol::{Phase, Timestamp, desk::DuplicateRequest};
use serde::Serialize;
use std::{
    collections::BTreeMap,
    io::{Read, Write},
    path::Path,
};

pub async fn run(command: EventCommand, clock: &Clock) -> Result<(), CliError> {
    let now = clock.now();
    match command {
        EventCommand::Add { plan, of, options } => {
            let plan = EventPlan::parse(&read(&plan)?)?;
            let (store, _) = serve::open_or_make(&options.data).await?;
            let actor = of.made(&store, now).await?;
            say(&[store.plan_event(&actor, &plan, now).await?], &options)
        }
        EventCommand::Edit { named, plan, version } => {
            let plan = EventPlan::parse(&read(&plan)?)?;
            if plan.slug != named.slug {
                return Err(CliError::OtherSlug(plan.slug));
            }
            let (store, secrets) = serve::open(&named.options.data).await?;
            let event = store.event(&named.slug).await?;
            let version = version.unwrap_or(event.version);
            plan.may_replace(&event.plan, now)?;
            say(&[store.edit_event(&actor(&event), &plan, version, &secrets, now).await?], &named.options)
        }
        EventCommand::Plan(named) => {
            let (store, _) = serve::open(&named.options.data).await?;
            print(&store.event(&named.slug).await?.plan.document())
        }
        EventCommand::Duplicate { named, to, start, title, series } => {
            let (store, _) = serve::open(&named.options.data).await?;
            let event = store.event(&named.slug).await?;
            let plan = event.plan.copied(DuplicateRequest { slug: to, title, start, choice: None, series })?;
            say(&[store.duplicate_event(&actor(&event), &named.slug, &plan, now).await?], &named.options)
        }
        EventCommand::Dates(asked) => dates::run(asked, clock).await,
        EventCommand::Archive { named, restore } => {
            let (store, _) = serve::open(&named.options.data).await?;
            let event = store.event(&named.slug).await?;
            say(&[store.archive_event(&actor(&event), &named.slug, !restore, now).await?], &named.options)
        }
        EventCommand::Demo(options) => {
            let (store, _) = serve::open_or_make(&options.data).await?;
            say(&demo::add_events(&store, now).await?, &options)
        }
        EventCommand::List(options) => {
            let (store, _) = serve::open(&options.data).await?;
            say(&store.events().await?, &options)
        }
        EventCommand::Show(named) => {
            let (store, secrets) = serve::open(&named.options.data).await?;
            show(&store, &secrets, &named).await
        }
        EventCommand::Start(named) => change(&named, &Change::Start, now).await,
        EventCommand::End(named) => change(&named, &Change::End, now).await,
        EventCommand::Cancel(named) => change(&named, &Change::Cancel, now).await,
        EventCommand::Move { named, start, zone } => {
            let (store, _) = serve::open(&named.options.data).await?;
            let zone = match zone {
                Some(zone) => zone,
                None => store.event(&named.slug).await?.plan.start.zone.name().to_owned(),
            };
            change(&named, &Change::Move(CivilTime::parse(&start, &zone)?.to_come(now)?), now).await
        }
        EventCommand::Settings { named, require_codes, anonymize, one_device } => {
            let (store, secrets) = serve::open(&named.options.data).await?;
            let actor = actor(&store.event(&named.slug).await?);
            let change = |settings: &mut Settings| {
                if let Some(codes) = require_codes {
                    settings.require_codes = (codes != Codes::Register).then_some(codes == Codes::On);
                }
                settings.anonymize = anonymize.map_or(settings.anonymize, |switch| switch == Switch::On);
                settings.one_device = one_device.map_or(settings.one_device, |switch| switch == Switch::On);
            };
            print(&store.change_settings(&actor, &named.slug, change, &secrets, now).await?.plan.settings)
        }
        EventCommand::Series(command) => series::run(command, clock).await,
        EventCommand::Capacity { named, seats, unlimited: _ } => {
            let (store, _) = serve::open(&named.options.data).await?;
            let (event, seated) = store.set_capacity(&named.slug, seats, now).await?;
            say(&[event], &named.options)?;
            if seated > 0 && !named.options.json {
                writeln!(std::io::stdout(), "{seated} from the waiting list have a seat now; their mails are in the outbox")?;
            }
            Ok(())
        }
        EventCommand::Reminders { named, minutes, none: _ } => {
            let (store, _) = serve::open(&named.options.data).await?;
            let event = store.set_reminders(&named.slug, &in_order(minutes)?, now).await?;
            say(&[event], &named.options)
        }
        EventCommand::Words(command) => words::run(command, now).await,
    }
}

/// An event in an answer.
#[derive(Serialize)]
struct EventLine {
    slug: String,
    title: String,
    phase: Phase,
    start: String,
    zone: String,
    version: i64,
}

impl From<&Event> for EventLine {
    fn from(event: &Event) -> Self {
        Self {
            slug: event.plan.slug.clone(),
            title: event.plan.title.clone(),
            phase: event.phase,
            start: event.plan.start.text(),
            zone: event.plan.start.zone.name().to_owned(),
            version: event.version,
        }
    }
}

#[derive(Serialize)]
struct EventSummary {
    #[serde(flatten)]
    event: EventLine,
    registered: usize,
    waiting_list: usize,
    failed_guesses: i64,
    bounced_addresses: usize,
    mails: BTreeMap<String, usize>,
}

pub(super) fn actor(event: &Event) -> Actor {
    Actor::command_line(&event.organisation_id)
}

async fn change(named: &Named, change: &Change, now: Timestamp) -> Result<(), CliError> {
    let (store, _) = serve::open(&named.options.data).await?;
    say(&[store.change_event(&named.slug, change, now).await?], &named.options)
}

async fn show(store: &Store, secrets: &Secrets, named: &Named) -> Result<(), CliError> {
    let event = store.event(&named.slug).await?;
    let people = store.registrants(&event.id).await?;
    let mut mails = BTreeMap::new();
    for mail in store.outbox(&event.id).await? {
        *mails.entry(serde_json::to_string(&mail.state)?.trim_matches('"').to_owned()).or_default() += 1;
    }
    let waiting_list = people.iter().filter(|person| person.seat == Seat::WaitingList).count();
    let failed_guesses = store.failed_guesses(&event.id, secrets).await?;
    let takes_no_mail = |(_, state): &(String, AddressState)| *state != AddressState::Failing;
    let bounced_addresses = store.address_states(&event.id).await?.iter().filter(|known| takes_no_mail(known)).count();
    let registered = people.iter().filter(|person| person.seat == Seat::Confirmed).count();
    let summary = EventSummary { event: (&event).into(), registered, waiting_list, failed_guesses, bounced_addresses, mails };
    if named.options.json {
        return print(&summary);
    }
    say(&[event], &named.options)?;
    let mut out = std::io::stdout();
    writeln!(out, "registered: {}, waiting list: {}, failed guesses: {}", summary.registered, waiting_list, failed_guesses)?;
    if bounced_addresses > 0 {
        writeln!(out, "addresses that take no mail: {bounced_addresses} (curtain-up people list {} --bounced)", named.slug)?;
    }
    for (state, count) in summary.mails {
        writeln!(out, "mails {state}: {count}")?;
    }
    Ok(())
}

pub(super) fn say(events: &[Event], options: &Options) -> Result<(), CliError> {
    let lines: Vec<EventLine> = events.iter().map(EventLine::from).collect();
    if options.json {
        return print(&lines);
    }
    let mut out = std::io::stdout();
    for line in lines {
        let phase = serde_json::to_string(&line.phase)?;
        writeln!(out, "{:24} {:10} {} {}  {}", line.slug, phase.trim_matches('"'), line.start, line.zone, line.title)?;
    }
    Ok(())
}

pub(super) fn read(path: &Path) -> Result<String, CliError> {
    let failed = |error| CliError::Read(path.display().to_string(), error);
    if path.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(failed)?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(failed)
}
