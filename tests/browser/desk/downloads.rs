//! Exports that are downloaded at once, as files.

use super::host::AtTheDesk;
use crate::stage::play;
use curtain_up_protocol::{Field, FieldKind};
use curtain_up_server::event_plan::EventPlan;
use serde_json::Value;
use std::{path::Path, time::Duration};

/// Waits until a whole file with this ending is in the folder.
async fn file_in(folder: &Path, ending: &str) -> String {
    for _ in 0..300 {
        let files = std::fs::read_dir(folder).expect("a folder").filter_map(|entry| Some(entry.ok()?.path()));
        if let Some(file) = files.into_iter().find(|file| file.to_string_lossy().ends_with(ending)) {
            return std::fs::read_to_string(file).expect("a file");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no file {ending} came: {:?}", std::fs::read_dir(folder).expect("a folder").collect::<Vec<_>>());
}

impl AtTheDesk<'_> {
    async fn downloads(&self, choices: &[&str]) {
        self.browser().clicks("Export").await;
        for choice in choices {
            self.browser().clicks(choice).await;
        }
        self.browser().clicks("Download now").await;
        self.browser().clicks("Run the export").await;
        self.browser().until("no dialog", "!document.querySelector('dialog[open]')").await;
    }
}

#[test]
fn an_export_is_downloaded_at_once_as_csv_and_as_json_lines() {
    play(
        |_| (),
        async |stage| {
            let link = stage.link_of_somebody_registered("ada@example.com").await;
            stage.registers_people(2).await;
            let folder = tempfile::tempdir().expect("a folder");
            stage.browser.saves_files_in(folder.path()).await;
            let host = stage.host_at_the_people().await;
            let browser = host.browser();
            browser.sees("Ada Lovelace").await;

            host.downloads(&["All columns"]).await;
            let csv = file_in(folder.path(), ".csv").await;
            assert!(csv.starts_with('\u{feff}'), "a byte order mark, for Excel");
            assert_eq!(csv.lines().count(), 3, "{csv}");
            assert!(csv.contains(&link), "{csv}");

            host.downloads(&["JSON Lines, for programs"]).await;
            let lines = file_in(folder.path(), ".jsonl").await;
            let people: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
            assert_eq!(people.len(), 2);
            assert!(people.iter().any(|person| person["email"] == "alan@example.com"), "{lines}");
            assert!(!lines.contains("/live?"), "the active columns hold no link");

            browser.fills("Search", "turing").await;
            browser.until("one person", "everything.some(e => words(e) === '1 person')").await;
            std::fs::remove_file(
                std::fs::read_dir(folder.path())
                    .expect("a folder")
                    .filter_map(Result::ok)
                    .find(|file| file.file_name().to_string_lossy().ends_with(".csv"))
                    .expect("the first file")
                    .path(),
            )
            .expect("gone");
            host.downloads(&[]).await;
            let filtered = file_in(folder.path(), ".csv").await;
            assert!(filtered.contains("alan@example.com") && !filtered.contains("ada@example.com"), "{filtered}");
            assert!(browser.address().await.contains("/desk#"), "the desk stays where it was");
        },
    );
}

#[test]
fn columns_of_another_events_fields_are_left_out_of_an_export_and_stay_chosen_there() {
    play(
        |plan| plan.fields.push(Field { label: "Company".into(), ..Field::plain("company", FieldKind::Text) }),
        async |stage| {
            let event = stage.store.event("launch").await.expect("an event");
            let other = EventPlan { slug: "relaunch".into(), title: "The relaunch".into(), fields: Vec::new(), ..event.plan };
            stage.store.add_event(&other, stage.clock.now()).await.expect("another event");
            stage.somebody_registers_for("relaunch", "ada@example.com").await;
            let folder = tempfile::tempdir().expect("a folder");
            stage.browser.saves_files_in(folder.path()).await;
            let host = stage.host().await;
            let browser = host.browser();
            let company = "everything.some(e => e.localName === 'th' && words(e) === 'Company')";
            host.goes_to_the_people_dashboard().await;
            browser.clicks("Active columns").await;
            browser.clicks("Company").await;
            browser.clicks("Close").await;
            browser.until("the column", company).await;
            let kept = "window.kept = false;
                 (async () => {
                     while (!(await (await fetch('api/desk/columns')).text()).includes('field:company')) {
                         await new Promise(done => setTimeout(done, 50));
                     }
                     window.kept = true;
                 })()";
            browser.script(kept).await;
            browser.until("the choice at the server", "window.kept").await;

            host.goes_to("#/events/relaunch/people").await;
            browser.sees("Ada Lovelace").await;
            host.downloads(&[]).await;
            let csv = file_in(folder.path(), ".csv").await;
            assert_eq!(csv.lines().next().unwrap_or_default(), "\u{feff}firstname,lastname,email,registered_at,mail_status,attended_at");
            assert!(browser.address().await.contains("/desk#"), "the desk stays where it was");

            browser.clicks("Active columns").await;
            browser.clicks("External id").await;
            browser.clicks("Close").await;
            browser.until("another column", "everything.some(e => e.localName === 'th' && words(e) === 'External id')").await;

            host.goes_to("#/events/launch/people").await;
            browser.until("the column of its field", company).await;
        },
    );
}

#[test]
fn an_export_that_is_refused_leaves_the_desk_where_it_is() {
    play(
        |_| (),
        async |stage| {
            stage.registers_people(1).await;
            let host = stage.host_at_the_people().await;
            let browser = host.browser();
            browser.sees("Ada Lovelace").await;
            let signs_out = "window.gone = false;
                 fetch('api/desk/session', { method: 'DELETE', headers: { 'curtain-up-desk': '1' } }).then(answer => window.gone = answer.ok)";
            browser.script(signs_out).await;
            browser.until("signed out", "window.gone").await;
            host.downloads(&[]).await;
            // What is asked next says that nobody is signed in.
            browser.clicks("Mails").await;
            browser.sees("Mail me a link instead").await;
            assert!(browser.address().await.contains("/desk#"));
        },
    );
}
