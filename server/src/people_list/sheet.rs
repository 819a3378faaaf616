//! A text as rows of cells, numbered as a spreadsheet numbers them.

use super::{
    ListError,
    columns::{Column, is_of_export},
};
use crate::export::neutralised;
use csv::{ReaderBuilder, StringRecord};

/// The most that is read of a file, in bytes.
pub const LARGEST_FILE: usize = 64 * 1024 * 1024;

/// A sheet whose header is known; its rows are read one by one.
pub struct Sheet {
    text: String,
    /// What stands between cells.
    pub separator: char,
    /// What each column holds.
    pub columns: Vec<Column>,
    header: StringRecord,
    /// How many lines stand before the header.
    skipped: u64,
}

/// One row of a sheet.
pub struct Row {
    /// Its number in the spreadsheet; the header is row 1 where nothing stands before it.
    pub number: u64,
    /// What stands in it.
    pub cells: StringRecord,
    /// Whether it ends with the file, since a quotation mark is not closed: it may have swallowed other rows.
    pub is_open: bool,
}

impl Sheet {
    /// Finds out what separates the cells and what the columns hold.
    ///
    /// # Errors
    /// [`ListError`], where there is no header or it names no columns that a list needs.
    pub fn open(text: String) -> Result<Self, ListError> {
        // Excel writes `sep=;` as a first line of its own.
        let (text, skipped) = match text.split_once('\n') {
            Some((first, rest)) if first.len() < 8 && first.to_ascii_lowercase().starts_with("sep=") => (rest.to_owned(), 1),
            _ => (text, 0),
        };
        if text.trim_matches(|c: char| c.is_whitespace() || c == '\0').is_empty() {
            return Err(ListError::Empty);
        }
        // The separator that makes most sense of the header: names such as `Name, first` must not decide over it.
        let candidates = [',', ';', '\t'].map(|separator| {
            let header = reader(&text, separator).records().next().and_then(Result::ok).unwrap_or_default();
            (Column::known_in(&header), header.len(), separator, header)
        });
        let best = candidates.into_iter().max_by_key(|(known, width, ..)| (*known, *width));
        let Some((_, _, separator, header)) = best else { return Err(ListError::Empty) };
        let columns = Column::all_of(&header)?;
        // So that every row ends a line: see `rows`.
        let text = if text.ends_with(['\n', '\r']) { text } else { text + "\n" };
        Ok(Self { text, separator, columns, header, skipped })
    }

    /// Whether this server has written it, with what it knows of people.
    pub fn is_export(&self) -> bool {
        is_of_export(&self.header)
    }

    /// The header, as it is written.
    pub fn header(&self) -> impl Iterator<Item = &str> {
        self.header.iter()
    }

    /// All rows below the header but those without any text.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        let mut records = reader(&self.text, self.separator).into_records();
        // The reader leaves out empty lines, which a spreadsheet numbers: they are the lines that a record took beyond its own
        // and those within its cells.
        let (mut number, mut end) = (self.skipped, 1);
        let read = std::iter::from_fn(move || {
            // In memory nothing fails but what is no UTF-8, and this is.
            let cells = records.next()?.ok()?;
            let took = records.reader().position().line().saturating_sub(end);
            end = records.reader().position().line();
            let within: usize = cells.iter().map(|cell| cell.matches('\n').count()).sum();
            number += took.saturating_sub(within as u64).max(1);
            let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
            let begin = cells.position().map_or(0, |position| place(position.byte()));
            let is_last = place(records.reader().position().byte()) >= self.text.len();
            let is_open = is_last && self.text.as_bytes().get(begin..).is_some_and(|rest| ends_in_quotes(rest, self.separator as u8));
            Some(Row { number, cells, is_open })
        });
        read.skip(1).filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()))
    }

    /// The rows with these numbers as a file of their own, with what is wrong in a column at the end, to mend and to upload again.
    pub fn only(&self, wrong: impl Fn(u64) -> Option<String>) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new().delimiter(self.separator as u8).flexible(true).from_writer(Vec::from("\u{feff}"));
        let mut written = writer.write_record(self.header.iter().chain([super::columns::PROBLEM]));
        for row in self.rows() {
            if let Some(words) = wrong(row.number) {
                let blank = self.header.len().saturating_sub(row.cells.len());
                let cells = row.cells.iter().map(neutralised);
                let cells = cells.chain(std::iter::repeat_n(String::new(), blank)).chain([words]);
                written = written.and_then(|()| writer.write_record(cells));
            }
        }
        // Nothing fails that is written to memory.
        written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default()
    }
}

/// Whether a text ends within quotation marks, which count where a cell begins (RFC 4180): the reader does not tell.
fn ends_in_quotes(text: &[u8], separator: u8) -> bool {
    enum Place {
        Begin,
        Bare,
        Quoted,
        /// Behind a mark that ends the quotation, unless another follows.
        Mark,
    }
    let end = text.iter().fold(Place::Begin, |place, byte| match (place, *byte) {
        (Place::Quoted, b'"') => Place::Mark,
        (Place::Quoted, _) | (Place::Begin | Place::Mark, b'"') => Place::Quoted,
        (_, b'\r' | b'\n') => Place::Begin,
        (_, byte) if byte == separator => Place::Begin,
        _ => Place::Bare,
    });
    matches!(end, Place::Quoted)
}

fn reader(text: &str, separator: char) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(separator as u8).has_headers(false).flexible(true).from_reader(text.as_bytes())
}
