//! What the desk takes with a hundred thousand people on one list: times of pages, searches and filters, and how long an
//! export takes and how much memory. The server is the real program in a process of its own; who seeds and asks is this one.
//! Figures for people to read; no test hangs on them.
//!
//! `cargo build -p curtain-up-server && cargo run -p curtain-up-server --example desk_bench -- [--people N] [--postgres]`
#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)]

#[path = "../../tests/server/harness/crowd.rs"]
mod crowd;
mod desk;
#[path = "../../tests/server/harness/postgres.rs"]
mod postgres;
#[path = "../../tests/server/harness/running.rs"]
mod running;

use clap::Parser;
use curtain_up_protocol::{Email, desk::Role};
use curtain_up_server::{
    clock::Clock,
    event_plan::EventPlan,
    store::{Store, audit::Actor, event::DEFAULT_ORGANISATION, host::NewHost},
    trust::secrets::Secrets,
};
use desk::{Desk, ms};
use running::Running;
use std::{path::PathBuf, time::Instant};

#[derive(Parser)]
struct Options {
    /// How many people are on the list.
    #[arg(long, default_value_t = 100_000)]
    people: usize,
    /// PostgreSQL in a cluster of its own, instead of SQLite.
    #[arg(long)]
    postgres: bool,
    /// Nothing but the exports.
    #[arg(long)]
    only_exports: bool,
}

#[tokio::main]
async fn main() {
    let options = Options::parse();
    let folder = tempfile::tempdir().expect("a folder");
    let database = match options.postgres {
        true => postgres::fresh_database().await,
        false => format!("sqlite:{}?mode=rwc", folder.path().join("curtain-up.db").display()),
    };
    let secrets = Secrets::read_or_make(&folder.path().join("secret")).expect("a secret");
    let store = Store::open(&database).await.expect("a database");
    let now = Clock::System.now();
    let event = store.add_event(&EventPlan { slug: "bench".into(), ..EventPlan::default() }, now).await.expect("an event");
    let begun = Instant::now();
    crowd::gather(&database, &secrets, &event, options.people).await;
    println!("{} people and {} mails written in {:.1} s", options.people, options.people * 2, begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    assert_eq!(store.restate_all_mail().await.expect("a count"), 0, "the crowd's statuses are true");
    let worked_out = begun.elapsed();

    let email = Email::parse("grace@example.org").expect("an address");
    let new = NewHost { email: &email, name: "Grace", role: Role::Host };
    let host = store.add_host(&Actor::command_line(DEFAULT_ORGANISATION), &new, now).await.expect("a host");
    let session = store.begin_session(&host.id, false, now).await.expect("a session");
    let server = Running::start(&program(), folder.path(), &database);
    let desk = Desk::new(server.address(), "bench", session.reveal()).await;

    if !options.only_exports {
        let first = desk.time("first page", "/people", 200).await;
        for (what, path) in [
            ("first page, last first", "/people?descending=true"),
            ("first page by name", "/people?sort=name"),
            ("first page by address", "/people?sort=email"),
            ("first page with keys and links", "/people?reveal=key,link"),
            ("numbers", "/numbers"),
            ("the event", ""),
        ] {
            desk.time(what, path, 200).await;
        }
        for (what, path) in [
            ("search of one address", "/people?search=p77777@"),
            ("search of nobody", "/people?search=nobody-at-all"),
            ("search of a common name", "/people?search=lovelace"),
            ("search of two words, by name", "/people?search=ada%20turing&sort=name"),
            ("filter by source", "/people?source=news"),
            ("filter by source, by name", "/people?source=news&sort=name"),
            ("filter by attendance", "/people?attended=true"),
            ("filter by source and attendance, by address", "/people?source=news&attended=true&sort=email"),
        ] {
            desk.time(what, path, 300).await;
        }
        for (what, path) in [
            ("filter by mail: bounced", "/people?mail=bounced"),
            ("filter by mail: delivered", "/people?mail=delivered"),
            ("filter by mail: delivered, last first", "/people?mail=delivered&descending=true"),
            ("filter by mail: delivered, by name", "/people?mail=delivered&sort=name"),
            ("filter by mail: bounced, by name", "/people?mail=bounced&sort=name"),
            ("filter by mail: delivered, by address", "/people?mail=delivered&sort=email"),
            ("filter by mail: dropped, which nobody's is", "/people?mail=dropped&sort=email"),
            ("filter by mail and search", "/people?mail=delivered&search=lovelace"),
            ("filter by mail and search of nobody", "/people?mail=delivered&search=nobody-at-all"),
            ("filter by mail and source", "/people?mail=clicked&source=news"),
        ] {
            let took = desk.time(what, path, 300).await;
            println!("{:>38.3} of working everybody's status out, as before ({:.0} ms)", ms(took) / ms(worked_out), ms(worked_out));
        }
        let deep = desk.page_in_the_middle().await;
        println!("{:>8.1} ms  a page in the middle of the list ({:.1} of the first)", ms(deep), ms(deep) / ms(first));
    }
    for path in ["/export?columns=all", "/export?columns=all&format=jsonl", "/export?columns=all&mail=delivered"] {
        desk.export(path, &server, folder.path()).await;
    }
}

/// The server that cargo has built beside this program.
fn program() -> PathBuf {
    let here = std::env::current_exe().expect("this program");
    let program = here.ancestors().nth(2).expect("the folder of the profile").join("curtain-up");
    assert!(program.exists(), "build the server first: cargo build -p curtain-up-server");
    program
}
