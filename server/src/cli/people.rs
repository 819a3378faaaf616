//! `curtain-up people`: who is on an event's list, how they come onto it, and what the desk does for them.

use super::{CliError, host::LinkTo, people_command::*, people_import, print};
use crate::{
    clock::Clock,
    export::{Pages, wanted},
    serve,
    store::{
        Store, StoreError,
        address::AddressState,
        audit::{Actor, Deed},
        event::Event,
        people::{ListedPerson, PeopleRequest},
        person::Whom,
        registrant::Seat,
    },
    trust::secrets::Secrets,
};
use curtain_up_protocol::{
    Email, Timestamp,
    desk::{BulkTo, ExportFormat, ExportRequest, JobDocument, JobState, MailStatus, PeopleFilter, Sort},
};
use serde::Serialize;
use std::{collections::HashMap, fs::File, io::Write, path::Path};

/// Somebody in an answer.
#[derive(Serialize)]
struct PersonLine {
    id: String,
    email: String,
    first_name: String,
    last_name: String,
    seat: Seat,
    mail: MailStatus,
    reminders: bool,
    address: Option<AddressState>,
}

pub async fn run(command: PeopleCommand, clock: &Clock) -> Result<(), CliError> {
    let now = clock.now();
    match command {
        PeopleCommand::Import(import) => people_import::import(import, clock).await,
        PeopleCommand::Template => people_import::template(),
        PeopleCommand::List { named, bounced, filter } => {
            let (store, _) = serve::open(&named.options.data).await?;
            list(&store, &store.event(&named.slug).await?, bounced, &filter.filter(), named.options.json).await
        }
        PeopleCommand::Resend { named, to } => {
            let (store, secrets) = serve::open(&named.options.data).await?;
            let event = store.event(&named.slug).await?;
            resend(&store, &secrets, &event, &to, named.options.json, now).await
        }
        PeopleCommand::Export { named, columns, format, bom, output, filter, link } => {
            let (store, secrets) = serve::open(&named.options.data).await?;
            let event = store.event(&named.slug).await?;
            let filter = filter.filter();
            let PeopleFilter { search, mail, attended, source, seat } = filter;
            let format = if named.options.json { ExportFormat::Jsonl } else { format.into() };
            let request = ExportRequest { format, columns, bom, search, mail, attended, source, seat };
            export(&store, &secrets, link.address(), event, &request, output.as_deref(), now).await
        }
        PeopleCommand::Erase { named, email } => {
            let (store, secrets) = serve::open(&named.options.data).await?;
            let event = store.event(&named.slug).await?;
            let id = find(&store, &event, &email).await?;
            store.erase_person(&actor(&event), &named.slug, &id, &secrets, now).await?;
            done(named.options.json, "erased", 1)
        }
        PeopleCommand::MailAgain { email, options } => {
            let (store, _) = serve::open(&options.data).await?;
            let canonical = Email::parse(&email).map_err(|_| CliError::NoAddress)?.canonical();
            let was_known = store.forget_bounces(&canonical, clock.now()).await?;
            if options.json {
                return print(&serde_json::json!({ "changed": was_known }));
            }
            Ok(writeln!(std::io::stdout(), "{}", if was_known { "mail is sent there again" } else { "mail was sent there all along" })?)
        }
    }
}

async fn list(store: &Store, event: &Event, only_bounced: bool, filter: &PeopleFilter, json: bool) -> Result<(), CliError> {
    let states: HashMap<String, AddressState> = store.address_states(&event.id).await?.into_iter().collect();
    let takes_no_mail = |line: &PersonLine| matches!(line.address, Some(AddressState::Bounced | AddressState::Complained));
    let line = |listed: ListedPerson| PersonLine {
        address: states.get(&listed.registrant.canonical_email).copied(),
        id: listed.registrant.id,
        email: listed.registrant.email,
        first_name: listed.registrant.first_name,
        last_name: listed.registrant.last_name,
        seat: listed.registrant.seat,
        mail: listed.mail,
        reminders: !listed.registrant.reminders_off,
    };
    let (mut lines, mut after) = (Vec::new(), None);
    loop {
        let request = PeopleRequest { event: &event.id, filter, sort: Sort::RegisteredAt, descending: false, after, limit: 500 };
        let page = store.people(&request).await?;
        lines.extend(page.people.into_iter().map(line).filter(|line| !only_bounced || takes_no_mail(line)));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    if json {
        return print(&lines);
    }
    lines.iter().try_for_each(say)
}

fn say(line: &PersonLine) -> Result<(), CliError> {
    let address = line.address.map(|state| serde_json::to_string(&state)).transpose()?.unwrap_or_default();
    let seat = serde_json::to_string(&line.seat)?;
    let (seat, address) = (seat.trim_matches('"'), address.trim_matches('"'));
    let mail = line.mail.name();
    Ok(writeln!(std::io::stdout(), "{:32} {seat:12} {mail:12} {address:10} {} {}", line.email, line.first_name, line.last_name)?)
}

async fn resend(store: &Store, secrets: &Secrets, event: &Event, to: &ResendTo, json: bool, now: Timestamp) -> Result<(), CliError> {
    let (actor, slug) = (actor(event), event.plan.slug.as_str());
    if let Some(email) = &to.email {
        let id = find(store, event, email).await?;
        store.resend_link(Whom { actor: &actor, slug, id: &id }, secrets, now).await?;
        return done(json, "promised", 1);
    }
    let whom = if to.bounced { BulkTo::Bounced } else { BulkTo::NeverOpened };
    let job = store.begin_resending(&actor, slug, &whom, now).await?;
    // A server that runs takes part; both write each mail once.
    let job = loop {
        store.work_on_job(now).await?;
        let job: JobDocument = store.job(&actor.organisation, &job).await?;
        if job.state != JobState::Running {
            break job;
        }
    };
    done(json, "promised", job.done)
}

async fn export(
    store: &Store,
    secrets: &Secrets,
    public_url: &str,
    event: Event,
    request: &ExportRequest,
    output: Option<&Path>,
    now: Timestamp,
) -> Result<(), CliError> {
    let columns = wanted(&event.plan, &request.columns).map_err(CliError::NoColumn)?;
    let detail = format!("columns: {}", request.columns);
    store.note(&actor(&event), &Deed { detail: &detail, ..Deed::at("exported", &event.plan.slug) }, now).await?;
    let mut out: Box<dyn Write + Send> = match output {
        Some(path) => Box::new(File::create(path)?),
        None => Box::new(std::io::stdout()),
    };
    let mut pages = Pages::new(store, secrets, public_url, event, columns, request);
    while let Some(text) = pages.next().await? {
        out.write_all(text.as_bytes())?;
    }
    Ok(out.flush()?)
}

async fn find(store: &Store, event: &Event, email: &str) -> Result<String, CliError> {
    let email = Email::parse(email).map_err(|_| CliError::NoAddress)?;
    let found = store.registrant_by_email(&event.id, &email.canonical()).await?;
    Ok(found.ok_or(StoreError::NoSuchPerson)?.id)
}

fn actor(event: &Event) -> Actor {
    Actor::command_line(&event.organisation_id)
}

fn done(json: bool, what: &str, count: i64) -> Result<(), CliError> {
    if json { print(&serde_json::json!({ what: count })) } else { Ok(writeln!(std::io::stdout(), "{what}: {count}")?) }
}

impl LinkTo {
    fn address(&self) -> &str {
        self.public_url.trim_end_matches('/')
    }
}
