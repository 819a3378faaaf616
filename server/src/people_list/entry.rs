//! One row as a person, or as a refusal with its reason.

use super::{ListError, columns::Column, sheet::Row, sheet::Sheet};
use crate::{export, trust::access_codes::AccessCode};
use curtain_up_protocol::{
    Email, MAX_LONG_TEXT, MAX_TEXT,
    desk::{Refusal, RefusalReason as Reason, Seat},
};
use std::collections::HashMap;

/// Somebody on an uploaded list.
pub struct Entry {
    /// The row in the file.
    pub row: u64,
    /// The code; one is made where the cell is blank.
    pub code: Option<AccessCode>,
    /// The address.
    pub email: Email,
    /// First name.
    pub first_name: String,
    /// Last name, where there is a column for it.
    pub last_name: Option<String>,
    /// What the host's own system calls the person, where there is a column for it; empty where the cell is.
    pub external_id: Option<String>,
    /// Whether they have a seat from now on: a list gives one, unless it is an export that says otherwise of somebody who is known.
    pub takes_seat: bool,
    /// What stands in own columns, by their places; blank cells are left out, since a list may be mostly blank.
    answers: Vec<(usize, String)>,
}

impl Entry {
    /// What stands in the own column at this place; empty where the cell is.
    pub fn answer(&self, column: usize) -> &str {
        self.answers.binary_search_by_key(&column, |(at, _)| *at).map_or("", |at| &self.answers[at].1)
    }
}

/// The most rows that a list may have.
const MOST_ROWS: usize = 250_000;
/// The most cells that a list may have something in beside what it needs: they are all kept in memory.
const MOST_ANSWERS: usize = 5_000_000;

/// What the rows of a sheet say.
pub(super) struct Read {
    /// The people on it.
    pub entries: Vec<Entry>,
    /// The rows that say nobody.
    pub refused: Vec<Refusal>,
    /// Whether its column of seats holds what no export says, such as seats in a hall.
    pub has_other_seats: bool,
}

/// Reads all rows. The first row that has an address, a code or an external id keeps it.
///
/// # Errors
/// [`ListError::TooLong`].
pub(super) fn entries(sheet: &Sheet) -> Result<Read, ListError> {
    let mut cells = 0;
    let (mut entries, mut refused) = (Vec::new(), Vec::new());
    let (mut emails, mut codes, mut ids) = (HashMap::new(), HashMap::new(), HashMap::new());
    let seat = sheet.columns.iter().position(|column| *column == Column::Seat);
    let is_nameless = |row: &Row| seat.and_then(|at| row.cells.get(at)).is_some_and(|seat| seat == Seat::Anonymous.name());
    let mut has_other_seats = false;
    for row in sheet.rows().filter(|row| !is_nameless(row)) {
        let says = seat.and_then(|at| row.cells.get(at)).map_or("", plain);
        has_other_seats |= !says.is_empty() && Seat::named(says).is_none();
        let number = row.number;
        let taken = |known: &HashMap<String, u64>, key: Option<String>| key.and_then(|key| known.get(&key).copied());
        let checked = read(&sheet.columns, row).and_then(|entry| {
            let (email, code) = (entry.email.canonical(), entry.code.as_ref().map(AccessCode::normalised));
            let id = entry.external_id.clone().filter(|id| !id.is_empty());
            if let Some(first) = taken(&emails, Some(email.clone())) {
                return Err(Reason::SameEmail { first });
            }
            if let Some(first) = taken(&codes, code.clone()) {
                return Err(Reason::SameCode { first });
            }
            if let Some(first) = taken(&ids, id.clone()) {
                return Err(Reason::SameExternalId { first });
            }
            emails.insert(email, number);
            codes.extend(code.map(|code| (code, number)));
            ids.extend(id.map(|id| (id, number)));
            Ok(entry)
        });
        match checked {
            Ok(entry) => {
                cells += entry.answers.len();
                entries.push(entry);
            }
            Err(reason) => refused.push(Refusal { row: number, reason }),
        }
        if entries.len() + refused.len() > MOST_ROWS || cells > MOST_ANSWERS {
            return Err(ListError::TooLong);
        }
    }
    Ok(Read { entries, refused, has_other_seats })
}

fn read(columns: &[Column], row: Row) -> Result<Entry, Reason> {
    if row.is_open {
        return Err(Reason::OpenQuote);
    }
    if row.cells.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty()) {
        return Err(Reason::TooManyCells);
    }
    let (mut code, mut email, mut first_name, mut last_name, mut external_id) = ("", "", String::new(), None, None);
    let mut answers = Vec::new();
    let mut takes_seat = true;
    for (at, column) in columns.iter().enumerate() {
        let text = plain(row.cells.get(at).unwrap_or_default());
        let name = || column.name().to_owned();
        let longest = if matches!(column, Column::Own { .. }) { MAX_LONG_TEXT } else { MAX_TEXT };
        if !matches!(column, Column::Seat | Column::Ignored) && text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(Reason::NoText { column: name() });
        }
        if !matches!(column, Column::Seat | Column::Ignored) && text.len() > longest && text.chars().count() > longest {
            return Err(Reason::TooLong { column: name(), longest });
        }
        match column {
            Column::Code => code = text,
            Column::Email => email = text,
            Column::FirstName => first_name = one_line(text),
            Column::LastName => last_name = Some(one_line(text)),
            Column::ExternalId => external_id = Some(one_line(text)),
            Column::Own { .. } => answers.extend((!text.is_empty()).then(|| (at, text.to_owned()))),
            Column::Seat => takes_seat = Seat::named(text).is_none_or(Seat::lets_in),
            Column::Ignored => {}
        }
    }
    if email.is_empty() {
        return Err(Reason::NoEmail);
    }
    let email = Email::parse(email).map_err(|_| Reason::InvalidEmail)?;
    if first_name.is_empty() {
        return Err(Reason::NoFirstName);
    }
    let code = if code.is_empty() { None } else { Some(AccessCode::parse(code).ok_or(Reason::InvalidCode)?) };
    Ok(Entry { row: row.number, code, email, first_name, last_name, external_id, takes_seat, answers })
}

/// A cell without what stands around it, and without what an export wrote before a formula.
fn plain(cell: &str) -> &str {
    export::plain(cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')))
}

fn one_line(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}
