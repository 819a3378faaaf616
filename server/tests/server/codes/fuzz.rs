//! Files that nobody wrote: bytes at random never bring the reader down, and whatever is written is read again.

use curtain_up_server::{export::csv_line, people_list::PeopleList};
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};

/// Pieces that readers stumble over.
const PIECES: &[&str] = &[
    "code",
    "email",
    "firstname",
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\"",
    "\"\"",
    "'",
    "=",
    "@",
    "a@b.de",
    "\0",
    "\u{feff}",
    "Zoë",
    "آدا",
    "sep=;\n",
    "0042",
    "-",
    " ",
];

fn bytes(random: &mut StdRng) -> Vec<u8> {
    let mut bytes = Vec::new();
    if random.random_bool(0.7) {
        bytes.extend(b"code,email,firstname\n");
    }
    for _ in 0..random.random_range(0..200) {
        match random.random_range(0..20) {
            0 => bytes.push(random.random()),
            _ => bytes.extend(PIECES[random.random_range(0..PIECES.len())].bytes()),
        }
    }
    if random.random_bool(0.2) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        bytes = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    }
    bytes
}

#[test]
fn no_bytes_bring_the_reader_down_and_every_row_is_a_person_or_a_refusal() {
    let seed: u64 = rand::rng().next_u64();
    let mut random = StdRng::seed_from_u64(seed);
    for round in 0..20_000 {
        let bytes = bytes(&mut random);
        if let Ok(list) = PeopleList::read(&bytes) {
            let mut rows: Vec<u64> =
                list.entries.iter().map(|entry| entry.row).chain(list.refused.iter().map(|refusal| refusal.row)).collect();
            let all = rows.len();
            rows.sort_unstable();
            rows.dedup();
            assert_eq!(rows.len(), all, "a row twice: seed {seed}, round {round}");
            let again = PeopleList::read(&list.refused_rows(&list.refused)).map(|again| again.entries.len() + again.refused.len());
            assert_eq!(again.ok(), Some(list.refused.len()), "the file to mend has other rows: seed {seed}, round {round}");
        }
    }
}

#[test]
fn whatever_is_written_is_read_again() {
    let seed: u64 = rand::rng().next_u64();
    let mut random = StdRng::seed_from_u64(seed);
    let letters: Vec<char> = "aZ0 ëß愛آ,;'\"=+-@👩\n".chars().collect();
    for round in 0..500 {
        let mut word = |least: usize, line_breaks: bool| {
            let length = random.random_range(least..12);
            let word: String = (0..length).map(|_| letters[random.random_range(0..letters.len() - usize::from(!line_breaks))]).collect();
            // Blanks at the ends, and in a row, are nobody's; an apostrophe before a formula is the export's.
            let word = word.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            word.trim().trim_start_matches(|c: char| c == '\'' || c.is_whitespace()).to_owned()
        };
        let lines: Vec<[String; 4]> =
            (0..20).map(|n| [format!("c{n}x"), format!("x{}", word(1, false)), word(0, false), word(0, true)]).collect();
        let header = ["code", "email", "firstname", "lastname", "note"].map(str::to_owned);
        let rows = lines
            .iter()
            .enumerate()
            .map(|(n, [code, first, last, note])| [code.clone(), format!("p{n}@example.com"), first.clone(), last.clone(), note.clone()]);
        let file: String = [header].into_iter().chain(rows).map(|cells| csv_line(cells.into_iter())).collect();
        let list = PeopleList::read(file.as_bytes()).expect("a list");
        assert!(list.refused.is_empty(), "seed {seed}, round {round}: {:?}", list.refused);
        for (entry, [code, first, last, note]) in list.entries.iter().zip(&lines) {
            let said = (entry.code.as_ref().map(|code| code.reveal()), &entry.first_name, entry.last_name.as_ref(), entry.answer(4));
            assert_eq!(said, (Some(code.as_str()), first, Some(last), note.as_str()), "seed {seed}, round {round}");
        }
    }
}
