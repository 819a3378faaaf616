//! CSV (RFC 4180): fields that need it in double quotes, lines that end with CR LF.

use super::{Column, ExportedPerson, cell::neutralised};

/// By which spreadsheets know that a file is UTF-8.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The first line.
pub fn header(columns: &[Column]) -> String {
    csv_line(columns.iter().map(Column::name))
}

/// The line of a person. Where several were chosen, each stands on a line of its own within the field.
pub fn record(columns: &[Column], person: &ExportedPerson) -> String {
    csv_line(columns.iter().map(|column| column.values(person).join("\n")))
}

/// A line of cells; none of them runs in a spreadsheet.
pub fn csv_line(cells: impl Iterator<Item = String>) -> String {
    let quoted: Vec<String> = cells.map(|cell| quoted(&neutralised(&cell))).collect();
    quoted.join(",") + "\r\n"
}

fn quoted(cell: &str) -> String {
    // An apostrophe at the beginning is kept by some readers only within quotes; blanks at the edges too.
    let is_plain = !cell.contains([',', '"', '\r', '\n', ';', '\t', '\'']) && cell.trim() == cell;
    if is_plain { cell.to_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_would_be_read_as_more_than_one() {
        for (cell, expected) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            (" edge", "\" edge\""),
            ("", ""),
            ("0042", "0042"),
        ] {
            assert_eq!(quoted(cell), expected, "{cell:?}");
        }
        assert_eq!(csv_line(["=1".to_owned(), "b".to_owned()].into_iter()), "\"'=1\",b\r\n");
    }
}
