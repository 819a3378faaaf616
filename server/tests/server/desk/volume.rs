//! A hundred thousand people on one list, and the real program in a process of its own.

use crate::harness::{crowd, running::Running};
use curtain_up_protocol::{Email, desk::Role};
use curtain_up_server::{
    clock::Clock,
    event_plan::EventPlan,
    store::{Store, audit::Actor, event::DEFAULT_ORGANISATION, host::NewHost},
    trust::secrets::Secrets,
};
use std::path::Path;

const PEOPLE: usize = 100_000;

#[tokio::test(flavor = "multi_thread")]
async fn an_export_of_a_hundred_thousand_streams_with_less_than_64_mb() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = format!("sqlite:{}?mode=rwc", folder.path().join("curtain-up.db").display());
    let session = crowded(folder.path(), &database).await;
    let server = Running::start(Path::new(env!("CARGO_BIN_EXE_curtain-up")), folder.path(), &database);
    let address = format!("http://{}/api/desk/events/crowd/export?columns=all", server.address());
    let request = reqwest::Client::new().get(address).header("cookie", format!("curtain_up_desk={session}"));
    let mut answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    let (mut lines, mut bytes) = (0, 0);
    while let Some(chunk) = answer.chunk().await.expect("a chunk") {
        lines += chunk.iter().filter(|byte| **byte == b'\n').count();
        bytes += chunk.len();
    }
    assert_eq!(lines, PEOPLE + 1, "everybody, and a line of names");
    let peak = server.peak_of_memory();
    assert!(peak < 64.0, "the server took {peak} MB for {bytes} bytes");
}

/// Writes a crowd into a new database, and has a host signed in. Returns the session's secret.
async fn crowded(folder: &Path, database: &str) -> String {
    let secrets = Secrets::read_or_make(&folder.join("secret")).expect("a secret");
    let store = Store::open(database).await.expect("a database");
    let now = Clock::System.now();
    let event = store.add_event(&EventPlan { slug: "crowd".into(), ..EventPlan::default() }, now).await.expect("an event");
    crowd::gather(database, &secrets, &event, PEOPLE).await;
    assert_eq!(store.restate_all_mail().await.expect("a count"), 0, "the crowd's statuses are true");
    let email = Email::parse("grace@example.org").expect("an address");
    let new = NewHost { email: &email, name: "Grace", role: Role::Host };
    let host = store.add_host(&Actor::command_line(DEFAULT_ORGANISATION), &new, now).await.expect("a host");
    store.begin_session(&host.id, false, now).await.expect("a session").reveal().to_owned()
}
