//! The command line: what a hand does, a script can do.

use crate::harness::Program;
use clap::{CommandFactory, Parser};
use curtain_up_server::cli::Cli;
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;

fn launch() -> Value {
    json!({ "slug": "launch", "title": "Launch", "start": "2027-03-10T18:00", "zone": "Europe/Berlin", "duration_minutes": 60, "capacity": 1 })
}

fn moved(start: &str) -> Value {
    let mut plan = launch();
    plan["start"] = start.into();
    plan
}

#[test]
fn an_event_is_added_shown_started_ended_moved_and_cancelled() {
    let program = Program::new();
    let event = program.add(&launch()).event();
    let expected = json!({ "slug": "launch", "title": "Launch", "phase": "scheduled", "start": "2027-03-10T18:00:00", "zone": "Europe/Berlin", "version": 1 });
    assert_eq!(event, expected);
    assert_eq!(program.run(&["event", "list", "--json"]).event(), expected);

    for (command, phase, version) in [("start", "live", 2), ("start", "live", 2), ("end", "ended", 3), ("cancel", "cancelled", 4)] {
        let event = program.run(&["event", command, "launch", "--json"]).event();
        assert_eq!((&event["phase"], &event["version"]), (&json!(phase), &json!(version)), "{command}");
    }
    let event = program.run(&["event", "move", "launch", "--start", "2097-03-11T19:30", "--zone", "Asia/Tokyo", "--json"]).event();
    assert_eq!(
        (&event["start"], &event["zone"], &event["phase"]),
        (&json!("2097-03-11T19:30:00"), &json!("Asia/Tokyo"), &json!("scheduled"))
    );
    let event = program.run(&["event", "move", "launch", "--start", "2097-03-12T19:30", "--json"]).event();
    assert_eq!(event["zone"], "Asia/Tokyo", "the event's own zone where none is named");

    assert_eq!(program.run(&["event", "capacity", "launch", "--seats", "500", "--json"]).event()["version"], 7);
    assert_eq!(program.run(&["event", "capacity", "launch", "--unlimited", "--json"]).event()["version"], 8);
    let shown: Value = serde_json::from_str(&program.run(&["event", "show", "launch", "--json"]).out).expect("JSON");
    assert_eq!(
        (&shown["slug"], &shown["registered"], &shown["waiting_list"], &shown["failed_guesses"], &shown["mails"]),
        (&json!("launch"), &json!(0), &json!(0), &json!(0), &json!({}))
    );
}

#[test]
fn without_json_the_answer_is_a_line_for_a_person() {
    let program = Program::new();
    program.add(&launch());
    let list = program.run(&["event", "list"]);
    assert_eq!(list.out, "launch                   scheduled  2027-03-10T18:00:00 Europe/Berlin  Launch\n");
    assert!(program.run(&["event", "show", "launch"]).out.contains("registered: 0, waiting list: 0, failed guesses: 0"));
}

#[test]
fn a_mistyped_folder_is_said_to_hold_nothing_and_stays_empty() {
    let program = Program::new();
    for arguments in [&["event", "list"][..], &["event", "start", "launch"], &["people", "list", "launch"], &["host", "list"]] {
        let run = program.run(arguments);
        assert_eq!(run.code, 1, "{arguments:?}");
        assert!(run.error.contains("holds no data") && run.error.contains("--data"), "{}", run.error);
    }
    let left: Vec<_> = std::fs::read_dir(program.folder()).expect("a folder").collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn what_is_not_done_ends_with_1_and_says_why_and_what_to_do() {
    let program = Program::new();
    program.add(&launch());
    for (arguments, words) in [
        (&["event", "show", "none"][..], "no event has the slug “none”"),
        (&["event", "start", "none"], "curtain-up event list"),
        (&["event", "capacity", "none", "--seats", "1"], "no event has the slug “none”"),
        (&["event", "add", "missing.json"], "missing.json cannot be read"),
        (&["event", "list", "--database", "mysql://x"], "must begin with sqlite: or postgres://"),
        (&["event", "move", "launch", "--start", "2027-03-28T02:30"], "does not exist in Europe/Berlin: the clocks go forward over it"),
        (&["event", "move", "launch", "--start", "2027-10-31T02:30"], "comes twice in Europe/Berlin: the clocks go back over it"),
        (
            &["event", "move", "launch", "--start", "2026-03-10T18:00"],
            "2026-03-10 18:00:00 is over in Europe/Berlin; choose a time to come",
        ),
        (&["event", "move", "launch", "--start", "tomorrow"], "“tomorrow” is no civil time; write one like"),
        (&["event", "move", "launch", "--start", "2027-03-10T18:00", "--zone", "Mars/Olympus"], "“Mars/Olympus” is no IANA time zone"),
        (&["serve", "--listen", "127.0.0.1:0", "--smtp", "carrier pigeon"], "--smtp is no address of a mail server"),
    ] {
        let run = program.run(arguments);
        assert_eq!(run.code, 1, "{arguments:?}");
        assert!(run.error.starts_with("curtain-up: ") && run.error.contains(words), "{arguments:?}: {}", run.error);
        assert!(run.out.is_empty(), "{arguments:?}: {}", run.out);
    }
    assert_eq!(program.run(&["event", "show", "launch", "--json"]).out.matches("2027-03-10T18:00:00").count(), 1, "nothing was changed");
}

#[test]
fn a_plan_that_breaks_a_rule_is_refused_in_words_and_nothing_is_added() {
    let program = Program::new();
    let mut nameless = launch();
    nameless["title"] = "".into();
    let mut unsafe_room = launch();
    unsafe_room["room"] = json!({ "kind": "frame", "address": "http://room.example.com" });
    for (plan, words) in [
        (moved("2027-03-28T02:30"), "does not exist in Europe/Berlin"),
        (moved("2027-10-31T02:30"), "comes twice in Europe/Berlin"),
        (nameless, "title: write 1 to 200 characters"),
        (unsafe_room, "room: write an https: address"),
        (json!("no plan"), "not of the shape that an event has"),
    ] {
        let run = program.add(&plan);
        assert_eq!(run.code, 1, "{plan}");
        assert!(run.error.contains(words), "{plan}: {}", run.error);
    }
    assert!(program.run(&["event", "list"]).error.contains("holds no data"));
    program.add(&launch());
    assert!(program.add(&launch()).error.contains("choose another slug"));
}

#[test]
fn wrong_usage_ends_with_2() {
    let program = Program::new();
    for arguments in [
        &[][..],
        &["event"],
        &["event", "explode", "launch"],
        &["event", "show"],
        &["event", "capacity", "launch"],
        &["event", "capacity", "launch", "--seats", "0"],
        &["event", "capacity", "launch", "--seats", "1", "--unlimited"],
        &["event", "list", "--colour"],
        &["serve", "--public-url", "events.example.com"],
        &["serve", "--listen", "everywhere"],
    ] {
        let run = program.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.error);
        assert!(!run.error.is_empty(), "{arguments:?}");
    }
}

#[test]
fn the_help_of_every_command_has_an_example_that_works_as_it_is_written() {
    let mut commands = Vec::new();
    walk(&Cli::command(), Vec::new(), &mut commands);
    assert!(commands.len() > 50, "{} commands", commands.len());
    for (path, help) in commands {
        let below = help.lines().skip_while(|line| *line != "Example:").skip(1);
        let examples: Vec<&str> = below.take_while(|line| line.starts_with("  ")).collect();
        let understood = examples.iter().map(|example| words_in_a_shell(example));
        assert!(understood.filter(|words| words.starts_with(&path)).count() > 0, "{path:?} has no example of its own");
        for example in examples {
            let parsed = Cli::try_parse_from([vec!["curtain-up".to_owned()], words_in_a_shell(example)].concat());
            assert!(parsed.is_ok(), "{example}: {}", parsed.err().map(|error| error.to_string()).unwrap_or_default());
        }
    }
}

/// Every command below this one, as it is called, and the end of its help.
fn walk(command: &clap::Command, path: Vec<String>, commands: &mut Vec<(Vec<String>, String)>) {
    let help = command.get_after_long_help().or_else(|| command.get_after_help()).map(ToString::to_string).unwrap_or_default();
    for below in command.get_subcommands() {
        walk(below, [path.clone(), vec![below.get_name().to_owned()]].concat(), commands);
    }
    commands.push((path, help));
}

/// What a shell makes of a line: the words that `curtain-up` is called with.
fn words_in_a_shell(line: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("curtain-up");
    std::fs::write(&program, "#!/bin/sh\nprintf '%s\\n' \"$@\" > words\n").expect("written");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("a program");
    std::fs::write(folder.path().join("mail"), "").expect("written");
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let ran = std::process::Command::new("sh").args(["-c", line]).current_dir(&folder).env("PATH", path).status();
    assert!(ran.expect("a shell").success(), "{line}");
    std::fs::read_to_string(folder.path().join("words")).expect("words").lines().map(str::to_owned).collect()
}

#[test]
fn the_openapi_description_names_every_route_of_the_interface() {
    let description: Value = serde_json::from_str(&Program::new().run(&["openapi"]).out).expect("JSON");
    // Those of the desk are made from its router itself: desk/walls.rs walks them all.
    let of_the_desk = |path: &&str| path.starts_with("/api/desk/");
    let paths = description["paths"].as_object().expect("paths").keys().map(String::as_str);
    let mut paths: Vec<&str> = paths.filter(|path| !of_the_desk(path)).collect();
    paths.sort_unstable();
    let nouns = ["", "/door", "/pass", "/presence", "/registrations", "/resend", "/room", "/state.json", "/ticket"];
    let of_an_event = nouns.map(|noun| format!("/api/events/{{slug}}{noun}"));
    assert_eq!(paths, [&of_an_event[..], &["/api/series/{slug}".to_owned(), "/healthz".to_owned()]].concat());
}

#[test]
fn no_error_repeats_a_password() {
    let program = Program::new();
    for arguments in [
        &["serve", "--listen", "127.0.0.1:0", "--smtp", "smtp://user:hunter2@mail.example:port"][..],
        &["serve", "--listen", "127.0.0.1:0", "--smtp", "post://user:hunter2@mail.example"],
        &["event", "list", "--database", "postgres://user:hunter2@127.0.0.1:1/none"],
        &["event", "list", "--database", "postgres://user:hunter2@127.0.0.1:port/none"],
        &["event", "list", "--database", "mysql://user:hunter2@127.0.0.1/none"],
    ] {
        let run = program.run(arguments);
        assert_eq!(run.code, 1, "{arguments:?}");
        assert!(!run.error.is_empty() && !(run.error + &run.out).contains("hunter2"), "{arguments:?}");
    }
}
