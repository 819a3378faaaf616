//! Uploading lists by the command line: dry run, all or nothing, again, to several events.

use crate::harness::{Program, program::Run};
use serde_json::{Value, json};

/// Two meetings, as in the article.
fn meetings() -> Program {
    let program = Program::new();
    for slug in ["meeting1", "meeting2"] {
        let plan = json!({ "slug": slug, "title": slug, "start": "2027-03-10T18:00", "zone": "Europe/Berlin", "duration_minutes": 60, "settings": { "require_codes": true } });
        program.add(&plan).event();
    }
    program
}

fn import(program: &Program, list: &str, arguments: &[&str]) -> (Run, Value) {
    let run = program.pipe(&[&["people", "import", "-"], arguments, &["--json"]].concat(), list.as_bytes());
    let answer = serde_json::from_str(&run.out).unwrap_or_default();
    (run, answer)
}

/// `added, changed, unchanged, refused` of the first event.
fn counts(answer: &Value) -> [usize; 4] {
    let event = &answer["events"][0];
    let count = |list: &Value| list.as_array().map_or(99, Vec::len);
    [count(&event["added"]), count(&event["changed"]), count(&event["unchanged"]), count(&answer["refused"])]
}

fn people(program: &Program, slug: &str) -> usize {
    let list: Value = serde_json::from_str(&program.run(&["people", "list", slug, "--json"]).out).expect("JSON");
    list.as_array().expect("a list").len()
}

fn export(program: &Program, slug: &str) -> String {
    let columns = "code,email,firstname,lastname,externalid";
    let run = program.run(&["people", "export", slug, "--columns", columns]);
    assert_eq!(run.code, 0, "{}", run.error);
    run.out.replace("\r\n", "\n")
}

const LIST: &str = "code,email,firstname,lastname,externalid\n0042,ada@example.com,Ada,Lovelace,7\n0043,alan@example.com,Alan,Turing,8\n";

#[test]
fn a_dry_run_changes_nothing_an_upload_everything_and_the_same_again_nothing() {
    let program = meetings();
    let (_, answer) = import(&program, LIST, &["meeting1", "--dry-run"]);
    assert_eq!((counts(&answer), &answer["done"]), ([2, 0, 0, 0], &json!(false)));
    assert_eq!(people(&program, "meeting1"), 0);
    let (run, answer) = import(&program, LIST, &["meeting1"]);
    assert_eq!((run.code, counts(&answer), &answer["done"]), (0, [2, 0, 0, 0], &json!(true)));
    let (_, answer) = import(&program, LIST, &["meeting1"]);
    assert_eq!(counts(&answer), [0, 0, 2, 0]);

    let changed = LIST.replace("Turing", "M. Turing").replace("0042", "0099") + "0044,eve@example.com,Eve,,\n";
    let (_, answer) = import(&program, &changed, &["meeting1"]);
    assert_eq!(counts(&answer), [1, 2, 0, 0]);
    assert_eq!(answer["events"][0]["changed"], json!([{ "row": 2, "columns": ["code"] }, { "row": 3, "columns": ["lastname"] }]));
    assert_eq!(people(&program, "meeting1"), 3);
    let exported = export(&program, "meeting1");
    for line in ["0099,ada@example.com,Ada,Lovelace,7", "0043,alan@example.com,Alan,M. Turing,8", "0044,eve@example.com,Eve,,"] {
        assert!(exported.lines().any(|exported| exported == line), "{line}: {exported}");
    }
}

#[test]
fn a_refused_row_lets_nothing_happen_unless_the_rest_is_wanted() {
    let program = meetings();
    let list = format!("{LIST}0043,eve@example.com,Eve,,\n0045,nobody,Nobody,,\n");
    let (run, answer) = import(&program, &list, &["meeting1", "--refused", "refused.csv"]);
    assert_eq!((run.code, counts(&answer), people(&program, "meeting1")), (1, [2, 0, 0, 2], 0));
    assert!(run.error.contains("2 rows are refused") && run.error.contains("--without-refused"), "{}", run.error);
    let refused = std::fs::read_to_string(program.folder().join("refused.csv")).expect("a file");
    assert!(refused.contains("0043,eve@example.com,Eve,,,row 3 has the same code"), "{refused}");
    let (run, answer) = import(&program, &list, &["meeting1", "--without-refused"]);
    assert_eq!((run.code, counts(&answer), people(&program, "meeting1")), (0, [2, 0, 0, 2], 2));
    let mended = refused.replace("0043", "0046").replace("nobody", "nobody@example.com");
    assert_eq!(counts(&import(&program, &mended, &["meeting1"]).1), [2, 0, 0, 0], "the mended file is uploaded as it is");
}

#[test]
fn one_upload_serves_several_events_or_none_of_them() {
    let program = meetings();
    let (run, answer) = import(&program, LIST, &["meeting1", "meeting2"]);
    assert_eq!((run.code, answer["events"].as_array().map(Vec::len)), (0, Some(2)));
    assert_eq!(export(&program, "meeting1"), export(&program, "meeting2"));

    // At the second event the code is somebody else's.
    import(&program, "code,email,firstname\n7777,grace@example.com,Grace\n", &["meeting2"]);
    let (run, answer) = import(&program, "code,email,firstname\n7777,eve@example.com,Eve\n", &["meeting1", "meeting2"]);
    assert_eq!((run.code, &answer["refused"]), (1, &json!([{ "row": 2, "reason": "code_taken", "event": "meeting2" }])));
    assert_eq!((people(&program, "meeting1"), people(&program, "meeting2")), (2, 3));
    let run = import(&program, LIST, &["meeting1", "none"]).0;
    assert!(run.code == 1 && run.error.contains("no event has the slug “none”"), "{}", run.error);
}

#[test]
fn blank_codes_are_made_the_same_for_a_person_at_every_event_and_stay() {
    let program = meetings();
    let blank = "code,email,firstname\n,ada@example.com,Ada\n,alan@example.com,Alan\n";
    let (_, answer) = import(&program, blank, &["meeting1"]);
    assert_eq!(answer["events"][0]["codes_made"], 2);
    import(&program, blank, &["meeting2"]);
    let first = export(&program, "meeting1");
    assert_eq!(first, export(&program, "meeting2"), "one code, many rooms, although they were uploaded apart");
    let codes: Vec<&str> = first.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert!(codes.iter().all(|code| code.len() == 8) && codes[0] != codes[1], "{codes:?}");
    assert_eq!(counts(&import(&program, blank, &["meeting1"]).1), [0, 0, 2, 0], "a blank code keeps the one there is");
    let chosen = "code,email,firstname\nMINE1,ada@example.com,Ada\n,alan@example.com,Alan\n";
    import(&program, chosen, &["meeting1"]);
    import(&program, blank, &["meeting1", "meeting2"]);
    assert!(export(&program, "meeting1").contains("MINE1"), "and so does one that the host chose");
}

#[test]
fn codes_may_be_exchanged_and_people_may_move_to_another_address() {
    let program = meetings();
    import(&program, LIST, &["meeting1"]);
    let exchanged =
        "code,email,firstname,lastname,externalid\n0043,ada@example.com,Ada,Lovelace,7\n0042,alan@new.example.com,Alan,Turing,8\n";
    let (run, answer) = import(&program, exchanged, &["meeting1"]);
    assert_eq!((run.code, counts(&answer)), (0, [0, 2, 0, 0]), "{}", run.error);
    assert!(export(&program, "meeting1").ends_with("0043,ada@example.com,Ada,Lovelace,7\n0042,alan@new.example.com,Alan,Turing,8\n"));
    let (_, answer) = import(&program, "code,email,firstname,externalid\n1,ada@example.com,Ada,8\n", &["meeting1", "--dry-run"]);
    assert_eq!(answer["refused"], json!([{ "row": 2, "reason": "two_people", "event": "meeting1" }]));
    // Ada's row is refused, so her code is not free for Eve.
    let list = "code,email,firstname,externalid\n0099,ada@example.com,Ada,8\n0043,eve@example.com,Eve,9\n";
    let (_, answer) = import(&program, list, &["meeting1", "--dry-run"]);
    assert_eq!(answer["refused"][1], json!({ "row": 3, "reason": "code_taken", "event": "meeting1" }));
}

#[test]
fn an_export_uploaded_again_changes_nothing_whatever_stands_in_it() {
    let program = meetings();
    let list = "code,email,firstname,lastname,externalid,Note,Größe\n0042,ada@example.com,=1+1,\"O'Hara, \"\"x\"\"\",+7,\"a\nb\",@x\n,alan@example.com,'t,-x,,,\n";
    assert_eq!(counts(&import(&program, list, &["meeting1"]).1), [2, 0, 0, 0]);
    let whole = |slug: &str| program.run(&["people", "export", slug, "--columns", "all", "--bom"]).out;
    let exported = whole("meeting1");
    assert!(exported.contains("'=1+1") && exported.contains("'+7") && exported.contains("'@x"), "no spreadsheet runs it: {exported}");
    assert_eq!(counts(&import(&program, &exported, &["meeting1"]).1), [0, 0, 2, 0]);
    assert_eq!(counts(&import(&program, &exported, &["meeting2"]).1), [2, 0, 0, 0]);
    assert_eq!(export(&program, "meeting2"), export(&program, "meeting1"));
    assert_eq!(counts(&import(&program, &whole("meeting2"), &["meeting1", "meeting2"]).1), [0, 0, 2, 0]);
}

#[test]
fn weak_codes_are_pointed_out_with_the_guesses_that_hit_one() {
    let program = meetings();
    let list: String = (0..100).map(|n| format!("{},p{n}@example.com,P\n", 1000 + n * 90)).collect();
    let run = program.pipe(&["people", "import", "-", "meeting1", "--dry-run"], format!("code,email,firstname\n{list}").as_bytes());
    assert!(run.out.contains("weak codes: about 8 guesses hit one"), "{}", run.out);
    let (_, answer) = import(&program, "code,email,firstname\n,ada@example.com,Ada\n", &["meeting1", "--dry-run"]);
    assert_eq!(answer["events"][0]["weak"], false);
}

#[test]
fn the_file_is_told_as_it_was_found() {
    let program = meetings();
    let run = program.pipe(&["people", "import", "-", "meeting1"], b"code;email;firstname\n1234567890AB;zoe@example.com;Zo\xEB\n");
    assert!(run.out.starts_with("read as windows1252, separated by “;”\nmeeting1: 1 added"), "{}{}", run.out, run.error);
    assert!(export(&program, "meeting1").contains("Zoë"));
    let run = program.pipe(&["people", "import", "-", "meeting1"], b"nothing\n");
    assert!(run.code == 1 && run.error.contains("write code, email and firstname at least"), "{}", run.error);
    let template = program.run(&["people", "template"]).out;
    assert_eq!(counts(&import(&program, &template, &["meeting2"]).1), [2, 0, 0, 0]);
}

#[test]
fn own_columns_become_fields_of_the_event() {
    let program = meetings();
    let list = "code,email,firstname,Company\n0042,ada@example.com,Ada,Analytical\n";
    let (_, answer) = import(&program, list, &["meeting1"]);
    assert_eq!(answer["events"][0]["new_fields"], json!(["Company"]));
    let (_, answer) = import(&program, &list.replace("Analytical", ""), &["meeting1"]);
    assert_eq!(answer["events"][0]["changed"][0]["columns"], json!(["company"]), "a blank cell takes the answer away");
    assert!(answer["events"][0]["new_fields"].as_array().is_some_and(Vec::is_empty));
    let whole = program.run(&["people", "export", "meeting1", "--columns", "email,company"]).out;
    assert_eq!(whole, "email,company\r\nada@example.com,\r\n");
}

#[test]
fn own_fields_come_back_from_an_export_whatever_they_are_called() {
    let program = meetings();
    let ids = ["member_id", "name", "code", "source", "language", "zone", "seat", "id", "utm_term", "__x", "company"];
    let header: String = ids.iter().map(|id| format!(",field:{id}")).collect();
    let list = format!("code,email,firstname{header},Last Name?\n0042,ada@example.com,Ada{},Byron\n", ",x".repeat(ids.len()));
    assert_eq!(counts(&import(&program, &list, &["meeting1"]).1), [1, 0, 0, 0]);
    let whole = |slug: &str| program.run(&["people", "export", slug, "--columns", "all"]).out;
    let exported = whole("meeting1");
    assert_eq!(counts(&import(&program, &exported, &["meeting1"]).1), [0, 0, 1, 0], "{exported}");
    assert_eq!(counts(&import(&program, &exported, &["meeting2"]).1), [1, 0, 0, 0]);
    let own = format!("code,{},own_last_name", ids.map(|id| format!("field:{id}")).join(","));
    let answers = |slug: &str| program.run(&["people", "export", slug, "--columns", &own]).out;
    assert_eq!(answers("meeting2"), answers("meeting1"), "an event that had none of the fields has them all");
    assert!(answers("meeting1").ends_with(&format!("0042{},Byron\r\n", ",x".repeat(ids.len()))), "{}", answers("meeting1"));
    // What a list made is a plan that can be saved.
    let plan = program.run(&["event", "plan", "meeting1"]).out;
    let saved = program.pipe(&["event", "edit", "meeting1", "-"], plan.as_bytes());
    assert_eq!(saved.code, 0, "{}", saved.error);
}

#[test]
fn columns_that_nothing_is_done_with_are_named() {
    let program = meetings();
    let list = "code,email,firstname,ID,Language,Seat,,problem\n0042,ada@example.com,Ada,7,English,Row 4,x,\n";
    let (_, answer) = import(&program, list, &["meeting1", "--dry-run"]);
    assert_eq!(answer["left_out"], json!(["ID", "Language", "Seat"]));
    let run = program.pipe(&["people", "import", "-", "meeting1"], list.as_bytes());
    assert!(run.out.contains("columns left out: ID, Language, Seat\n"), "{}", run.out);
    let export = program.run(&["people", "export", "meeting1", "--columns", "code,email,firstname,seat"]).out;
    assert_eq!(import(&program, &export, &["meeting1"]).1["left_out"], json!([]), "a seat as an export says it is read");
}
