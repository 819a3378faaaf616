//! `curtain-up people import` and `template`: lists of people with the codes that their host chose.

use super::{CliError, event_command::Options, print};
use crate::{
    clock::Clock,
    people_list::{PeopleList, TEMPLATE, reason_in_words},
    serve,
    store::{audit::Actor, people_list::Upload},
};
use clap::Args;
use curtain_up_protocol::desk::{Encoding, EventReport, UploadKind, UploadProgress, UploadReport};
use serde::Serialize;
use std::{
    io::{IsTerminal, Read, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

/// What is uploaded, and where to.
#[derive(Args)]
pub struct Import {
    /// The list as CSV; `-` for standard input.
    list: PathBuf,
    /// The slugs of the events; all of them get the list, or none does.
    #[arg(required = true)]
    slugs: Vec<String>,
    /// Only say what would happen.
    #[arg(long)]
    dry_run: bool,
    /// Upload the rest where rows are refused; otherwise nothing is changed then.
    #[arg(long, conflicts_with = "dry_run")]
    without_refused: bool,
    /// Write the refused rows into this file, to mend them.
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

#[derive(Serialize)]
struct Answer<'a> {
    encoding: Encoding,
    separator: char,
    left_out: Vec<String>,
    #[serde(flatten)]
    report: &'a UploadReport,
}

pub async fn import(import: Import, clock: &Clock) -> Result<(), CliError> {
    let list = PeopleList::read(&read(&import.list)?)?;
    let (store, secrets) = serve::open(&import.options.data).await?;
    let kind = match (import.dry_run, import.without_refused) {
        (true, _) => UploadKind::DryRun,
        (_, true) => UploadKind::WithoutRefused,
        _ => UploadKind::AllOrNothing,
    };
    let mut organisation = String::new();
    if let Some(slug) = import.slugs.first() {
        organisation = store.event(slug).await?.organisation_id;
    }
    let upload = Upload { list: &list, slugs: &import.slugs, kind };
    let report = store.upload_people(&Actor::command_line(&organisation), &upload, &secrets, clock.now(), &show_progress()).await?;
    if let Some(path) = &import.refused {
        let failed = |error| CliError::WriteFile(path.display().to_string(), error);
        std::fs::write(path, list.refused_rows(&report.refused)).map_err(failed)?;
    }
    if import.options.json {
        print(&Answer { encoding: list.encoding, separator: list.separator(), left_out: list.left_out(), report: &report })?;
    } else {
        say(&list, &report)?;
    }
    let in_vain = kind == UploadKind::AllOrNothing && !report.done;
    if in_vain { Err(CliError::RowsRefused(report.refused.len())) } else { Ok(()) }
}

/// Says on a terminal how far it is, a hundred times at the most.
fn show_progress() -> impl Fn(UploadProgress) + Send + Sync {
    let said = AtomicUsize::new(0);
    move |progress| {
        let percent = progress.done * 100 / progress.total.max(1);
        if std::io::stderr().is_terminal() && said.swap(percent, Ordering::Relaxed) != percent {
            let end = if percent == 100 { "\n" } else { "" };
            // Nobody reads it: no reason to stop.
            let _ = write!(std::io::stderr(), "\r{percent} % of {} rows{end}", progress.total);
        }
    }
}

fn say(list: &PeopleList, report: &UploadReport) -> Result<(), CliError> {
    let mut out = std::io::stdout();
    let encoding = serde_json::to_string(&list.encoding)?;
    let separator = if list.separator() == '\t' { "tab".to_owned() } else { format!("“{}”", list.separator()) };
    writeln!(out, "read as {}, separated by {separator}", encoding.trim_matches('"'))?;
    let left_out = list.left_out();
    if !left_out.is_empty() {
        writeln!(out, "columns left out: {}", left_out.join(", "))?;
    }
    for event in &report.events {
        let EventReport { slug, added, changed, unchanged, codes_made, .. } = event;
        writeln!(out, "{slug}: {} added, {} changed, {} unchanged, {codes_made} codes made", added.len(), changed.len(), unchanged.len())?;
        for change in changed.iter().take(20) {
            writeln!(out, "  row {} changes {}", change.row, change.columns.join(", "))?;
        }
        if !event.new_fields.is_empty() {
            writeln!(out, "  new fields: {}", event.new_fields.join(", "))?;
        }
        if let Some(guesses) = event.guesses.filter(|_| event.weak) {
            writeln!(out, "  weak codes: about {guesses} guesses hit one; choose longer ones, or leave them blank and have them made")?;
        }
    }
    for refusal in report.refused.iter().take(100) {
        writeln!(out, "row {} is refused: {}", refusal.row, reason_in_words(&refusal.reason))?;
    }
    if report.refused.len() > 100 {
        writeln!(out, "… and {} more; --refused FILE writes them all", report.refused.len() - 100)?;
    }
    Ok(writeln!(out, "{}", if report.done { "done" } else { "nothing was changed" })?)
}

pub fn template() -> Result<(), CliError> {
    Ok(std::io::stdout().write_all(TEMPLATE.as_bytes())?)
}

fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    let failed = |error| CliError::Read(path.display().to_string(), error);
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(failed)?;
        return Ok(bytes);
    }
    std::fs::read(path).map_err(failed)
}
