//! Cells that a spreadsheet would run: a text that begins like a formula gets an apostrophe before it, by which
//! spreadsheets know text (OWASP, CSV Injection). It can be taken off again, so that nothing is lost.

/// With what formulas begin, in the width that Japanese keyboards write too, and what spreadsheets skip before them.
const TRIGGERS: [char; 11] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];

/// The text as it may stand in a cell.
pub fn neutralised(text: &str) -> String {
    if is_triggered(text) && !is_number(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text that was meant, of a cell that was neutralised or not.
pub fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_triggered(rest) && !is_number(rest)).unwrap_or(cell)
}

/// Apostrophes and blanks before the formula count too: what is neutralised is so once more, and can be told apart.
fn is_triggered(text: &str) -> bool {
    text.trim_start_matches(['\'', ' ', '\u{a0}', '\u{feff}']).starts_with(TRIGGERS)
}

/// A negative number is no formula.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.len() < 16 && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && !digits.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_text_and_can_be_read_back() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+49 30 1234", "'+49 30 1234"),
            ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
            ("@SUM(1)", "'@SUM(1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            (" =1", "' =1"),
            ("\u{feff}=1", "'\u{feff}=1"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("''=1", "'''=1"),
            ("=HYPERLINK(\"https://evil.example\")", "'=HYPERLINK(\"https://evil.example\")"),
            ("-5", "-5"),
            ("-5.25", "-5.25"),
            ("-", "'-"),
            ("0042", "0042"),
            ("O'Neil", "O'Neil"),
            ("'tis", "'tis"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(neutralised(text), cell, "{text:?}");
            assert_eq!(plain(&neutralised(text)), text, "{text:?}");
            assert_eq!(plain(text).is_empty(), text.is_empty(), "{text:?}");
        }
    }
}
