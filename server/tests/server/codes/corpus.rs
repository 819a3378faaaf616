//! Files as spreadsheets, exports and people's hands leave them.

use curtain_up_server::people_list::{ListError, PeopleList};

/// What is read of a file: each person as `row code|email|first|last|external|own=answer`, each refusal as `row reason`.
fn read(bytes: &[u8]) -> Result<Vec<String>, ListError> {
    let list = PeopleList::read(bytes)?;
    let person = |entry: &curtain_up_server::people_list::Entry| {
        let code = entry.code.as_ref().map_or("-", |code| code.reveal());
        let (last, id) = (entry.last_name.as_deref().unwrap_or("-"), entry.external_id.as_deref().unwrap_or("-"));
        let own = list.own_columns();
        let own: String = own.iter().map(|(column, field)| format!("|{field}={}", entry.answer(*column))).collect();
        format!("{} {code}|{}|{}|{last}|{id}{own}", entry.row, entry.email.as_str(), entry.first_name)
    };
    let mut lines: Vec<String> = list.entries.iter().map(person).collect();
    lines.extend(list.refused.iter().map(|refusal| {
        let reason = serde_json::to_value(&refusal.reason).expect("JSON");
        let detail = ["column", "first"].iter().map(|name| reason[*name].to_string().trim_matches('"').to_owned());
        let detail: Vec<String> = detail.filter(|detail| detail != "null").collect();
        format!("{} {} {}", refusal.row, reason["reason"].as_str().unwrap_or_default(), detail.join(" ")).trim_end().to_owned()
    }));
    Ok(lines)
}

const ADA: &str = "2 0042|ada@example.com|Ada|-|-";

fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let text = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
    text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

/// A list with one person, whose row is this.
fn row(row: &str) -> Vec<u8> {
    format!("code,email,firstname\n{row}\n").into_bytes()
}

#[test]
fn encodings_are_found_out() {
    let list = "code,email,firstname\n0042,ada@example.com,Zoë\n";
    let read_so = ["2 0042|ada@example.com|Zoë|-|-"];
    for (name, bytes) in [
        ("UTF-8", list.as_bytes().to_vec()),
        ("UTF-8 with its mark", format!("\u{feff}{list}").into_bytes()),
        ("UTF-16, low byte first", utf16(list, false, true)),
        ("UTF-16, high byte first", utf16(list, true, true)),
        ("UTF-16, low byte first, without a mark", utf16(list, false, false)),
        ("UTF-16, high byte first, without a mark", utf16(list, true, false)),
        ("Windows-1252", list.chars().map(|c| c as u32 as u8).collect()),
    ] {
        assert_eq!(read(&bytes).expect(name), read_so, "{name}");
    }
}

#[test]
fn lists_are_read_however_they_are_written() {
    let euro = b"code,email,firstname\n0042,ada@example.com,\x80uro \x93x\x94\n".to_vec();
    let giant = format!("code,email,firstname,note\n0042,ada@example.com,Ada,{}\n0043,alan@example.com,Alan,x\n", "x".repeat(1 << 20));
    for (name, bytes, expected) in [
        ("the article's", row("0042,ada@example.com,Ada"), vec![ADA]),
        ("semicolons", b"code;email;firstname\n0042;ada@example.com;Ada\n".to_vec(), vec![ADA]),
        ("tabs", b"code\temail\tfirstname\n0042\tada@example.com\tAda\n".to_vec(), vec![ADA]),
        (
            "tabs in UTF-16, as Excel's Unicode text",
            utf16("code\temail\tfirstname\r\n0042\tada@example.com\tAda\r\n", false, true),
            vec![ADA],
        ),
        ("Windows line ends", b"code,email,firstname\r\n0042,ada@example.com,Ada\r\n".to_vec(), vec![ADA]),
        ("old Mac line ends", b"code,email,firstname\r0042,ada@example.com,Ada\r".to_vec(), vec![ADA]),
        ("no line end at the end", b"code,email,firstname\n0042,ada@example.com,Ada".to_vec(), vec![ADA]),
        (
            "a line that names the separator",
            b"sep=;\r\ncode;email;firstname\r\n0042;ada@example.com;Ada\r\n".to_vec(),
            vec!["3 0042|ada@example.com|Ada|-|-"],
        ),
        (
            "commas in a header with semicolons",
            b"code;email;firstname;\"Town, country\"\n0042;ada@example.com;Ada;x\n".to_vec(),
            vec!["2 0042|ada@example.com|Ada|-|-|town_country=x"],
        ),
        ("capitals", b"CODE,EMAIL,FIRSTNAME\n0042,ada@example.com,Ada\n".to_vec(), vec![ADA]),
        ("blanks and underscores in headers", b"Access Code , E-Mail ,First_Name\n0042,ada@example.com,Ada\n".to_vec(), vec![ADA]),
        (
            "German headers",
            "Zugangscode;E-Mail-Adresse;Vorname;Nachname\n0042;ada@example.com;Ada;Lovelace\n".into(),
            vec!["2 0042|ada@example.com|Ada|Lovelace|-"],
        ),
        (
            "French headers",
            "Code;Courriel;Prénom;Nom\n0042;ada@example.com;Ada;Lovelace\n".into(),
            vec!["2 0042|ada@example.com|Ada|Lovelace|-"],
        ),
        (
            "another order",
            b"firstname,externalid,email,lastname,code\nAda,7,ada@example.com,Lovelace,0042\n".to_vec(),
            vec!["2 0042|ada@example.com|Ada|Lovelace|7"],
        ),
        (
            "own fields",
            b"code,email,firstname,Team size,Company\n0042,ada@example.com,Ada,5,Analytical\n".to_vec(),
            vec!["2 0042|ada@example.com|Ada|-|-|team_size=5|company=Analytical"],
        ),
        ("columns without a name", b"code,email,firstname,,\n0042,ada@example.com,Ada,x,y\n".to_vec(), vec![ADA]),
        ("blank cells at the end", row("0042,ada@example.com,Ada,,,"), vec![ADA]),
        ("blanks around cells", row(" 0042 ,\u{a0}ada@example.com , Ada "), vec![ADA]),
        ("quoted cells", row("\"0042\",\"ada@example.com\",\"Ada\""), vec![ADA]),
        (
            "quoted quotation marks",
            row("0042,ada@example.com,\"Ada \"\"the\"\" Great\""),
            vec!["2 0042|ada@example.com|Ada \"the\" Great|-|-"],
        ),
        ("a quoted comma", row("0042,ada@example.com,\"Ada, Countess\""), vec!["2 0042|ada@example.com|Ada, Countess|-|-"]),
        (
            "a quoted line break",
            row("0042,ada@example.com,\"Ada\nKing\"\n0043,alan@example.com,Alan"),
            vec!["2 0042|ada@example.com|Ada King|-|-", "3 0043|alan@example.com|Alan|-|-"],
        ),
        (
            "a quoted line break in an own field",
            b"code,email,firstname,note\n0042,ada@example.com,Ada,\"a\nb\"\n".to_vec(),
            vec!["2 0042|ada@example.com|Ada|-|-|note=a\nb"],
        ),
        (
            "empty lines, which count",
            b"code,email,firstname\n\n\n0042,ada@example.com,Ada\n\n0043,alan@example.com,Alan\n".to_vec(),
            vec!["4 0042|ada@example.com|Ada|-|-", "6 0043|alan@example.com|Alan|-|-"],
        ),
        (
            "rows of blank cells, which count",
            b"code,email,firstname\n,,\n , ,\n0042,ada@example.com,Ada\n".to_vec(),
            vec!["4 0042|ada@example.com|Ada|-|-"],
        ),
        ("leading zeros", row("0000,ada@example.com,Ada"), vec!["2 0000|ada@example.com|Ada|-|-"]),
        ("a code that looks like a number", row("1E5,ada@example.com,Ada"), vec!["2 1E5|ada@example.com|Ada|-|-"]),
        ("a blank code", row(",ada@example.com,Ada"), vec!["2 -|ada@example.com|Ada|-|-"]),
        ("a code of other digits", row("٠٠٤٢,ada@example.com,Ada"), vec!["2 ٠٠٤٢|ada@example.com|Ada|-|-"]),
        ("a name from right to left", row("0042,ada@example.com,آدا"), vec!["2 0042|ada@example.com|آدا|-|-"]),
        ("a name in Japanese", row("0042,ada@example.com,愛田"), vec!["2 0042|ada@example.com|愛田|-|-"]),
        ("a name with a joined emoji", row("0042,ada@example.com,👩‍💻"), vec!["2 0042|ada@example.com|👩‍💻|-|-"]),
        ("an address in another script", row("0042,пример@почта.рф,Ada"), vec!["2 0042|пример@почта.рф|Ada|-|-"]),
        ("a formula as a name", row("0042,ada@example.com,=1+1"), vec!["2 0042|ada@example.com|=1+1|-|-"]),
        ("a formula that an export made harmless", row("0042,ada@example.com,'=1+1"), vec!["2 0042|ada@example.com|=1+1|-|-"]),
        ("a name that begins with an apostrophe", row("0042,ada@example.com,'t Hooft"), vec!["2 0042|ada@example.com|'t Hooft|-|-"]),
        ("letters of Windows-1252", euro, vec!["2 0042|ada@example.com|€uro “x”|-|-"]),
        ("a mark in the middle", row("\u{feff}0042,ada@example.com,Ada"), vec![ADA]),
        (
            "markup, which is text",
            row("0042,ada@example.com,<script>alert(1)</script>"),
            vec!["2 0042|ada@example.com|<script>alert(1)</script>|-|-"],
        ),
        ("a quotation mark that is never closed", row("0042,ada@example.com,\"Ada\n0043,alan@example.com,Alan"), vec!["2 open_quote"]),
        (
            "what an export wrote besides",
            b"code,email,firstname,seat,registered_at,problem\n0042,ada@example.com,Ada,confirmed,2027,x\n".to_vec(),
            vec![ADA],
        ),
        ("a cell of 1 MB", giant.into_bytes(), vec!["3 0043|alan@example.com|Alan|-|-|note=x", "2 too_long note"]),
    ] {
        assert_eq!(read(&bytes).expect(name), expected, "{name}");
    }
}

#[test]
fn rows_that_will_not_do_are_refused_with_their_number_and_reason() {
    for (name, rows, expected) in [
        ("no address", "0042,,Ada", "2 no_email"),
        ("a word for an address", "0042,ada,Ada", "2 invalid_email"),
        ("two addresses", "0042,\"ada@example.com, eve@example.com\",Ada", "2 invalid_email"),
        ("an address that would add a header", "0042,\"ada@example.com\nBcc: eve@example.com\",Ada", "2 invalid_email"),
        ("no first name", "0042,ada@example.com,", "2 no_first_name"),
        ("too few cells", "0042,ada@example.com", "2 no_first_name"),
        ("one cell", "0042", "2 no_email"),
        ("too many cells", "0042,ada@example.com,Ada,Lovelace", "2 too_many_cells"),
        ("a code of hyphens", "--,ada@example.com,Ada", "2 invalid_code"),
        ("NUL in a name", "0042,ada@example.com,A\0da", "2 no_text firstname"),
        ("NUL in a code", "00\x0042,ada@example.com,Ada", "2 no_text code"),
        ("a bell in a name", "0042,ada@example.com,A\x07da", "2 no_text firstname"),
    ] {
        assert_eq!(read(&row(rows)).expect(name), [expected], "{name}");
    }
    let long = "x".repeat(201);
    for (name, rows, expected) in [
        ("a long name", format!("0042,ada@example.com,{long}"), "2 too_long firstname"),
        ("a long code", format!("{},ada@example.com,Ada", "1".repeat(65)), "2 invalid_code"),
        ("an endless code", format!("{long},ada@example.com,Ada"), "2 too_long code"),
    ] {
        assert_eq!(read(&row(&rows)).expect(name), [expected], "{name}");
    }
}

#[test]
fn what_stands_twice_is_refused_the_second_time() {
    for (name, second, expected) in [
        ("the same code", "0042,alan@example.com,Alan,", "3 same_code 2"),
        ("the same code, written otherwise", "00-42,alan@example.com,Alan,", "3 same_code 2"),
        ("the same address", "0043,ADA@example.com,Ada,", "3 same_email 2"),
        ("the same row", "0042,ada@example.com,Ada,7", "3 same_email 2"),
        ("the same external id", "0043,alan@example.com,Alan,7", "3 same_external_id 2"),
    ] {
        let list = format!("code,email,firstname,externalid\n0042,ada@example.com,Ada,7\n{second}\n");
        let lines = read(list.as_bytes()).expect(name);
        assert_eq!(lines, ["2 0042|ada@example.com|Ada|-|7", expected], "{name}");
    }
    let blank = read(b"code,email,firstname,externalid\n,ada@example.com,Ada,\n,alan@example.com,Alan,\n").expect("a list");
    assert_eq!(blank.len(), 2, "blank codes and blank external ids are nobody's");
}

#[test]
fn what_is_no_list_is_refused_with_what_to_do() {
    for (name, bytes, words) in [
        ("an empty file", b"".to_vec(), "empty"),
        ("nothing but blanks", b" \r\n\t\n".to_vec(), "empty"),
        ("nothing but its mark", b"\xEF\xBB\xBF".to_vec(), "empty"),
        ("nothing but zeros", vec![0; 4096], "empty"),
        ("no header", b"0042,ada@example.com,Ada\n".to_vec(), "code, email, firstname"),
        ("no code", b"email,firstname\n".to_vec(), "code"),
        ("no address", b"code,firstname\n".to_vec(), "email"),
        ("no first name", b"code,email,lastname\n".to_vec(), "firstname"),
        ("two columns of addresses", b"code,email,firstname,E-Mail\n".to_vec(), "“email” and “E-Mail”"),
        ("two columns of one field", b"code,email,firstname,Team,team\n".to_vec(), "“Team” and “team”"),
        ("a spreadsheet, not a CSV", b"PK\x03\x04\x14\x00\x08\x08\x08\x00code,email,firstname".to_vec(), "CSV"),
        ("a PDF", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec(), "code, email, firstname"),
        ("a page", b"<!doctype html><title>Sign in</title>".to_vec(), "code, email, firstname"),
        ("more than 64 MB", vec![b'x'; (64 << 20) + 1], "64 MB"),
    ] {
        let message = read(&bytes).expect_err(name).to_string();
        assert!(message.contains(words), "{name}: {message}");
    }
    assert!(read(b"code,email,firstname\n").expect("a list of nobody").is_empty());
}

#[test]
fn refused_rows_come_back_as_a_file_to_mend() {
    let list =
        PeopleList::read("code;email;firstname;Note\n1;ada@example.com;Ada;x\n2;nobody;=1+1;\"a;b\"\n3;;Eve\n".as_bytes()).expect("a list");
    let file = String::from_utf8(list.refused_rows(&list.refused)).expect("UTF-8");
    assert_eq!(
        file,
        "\u{feff}code;email;firstname;Note;problem\n2;nobody;'=1+1;\"a;b\";this is no e-mail address\n3;;Eve;;the address is missing\n"
    );
    let mended = file.replace("nobody", "alan@example.com").replace("3;;", "3;eve@example.com;");
    assert_eq!(read(mended.as_bytes()).expect("a list"), ["2 2|alan@example.com|=1+1|-|-|note=a;b", "3 3|eve@example.com|Eve|-|-|note="]);
}
