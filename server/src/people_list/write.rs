//! Lists that are written: the template, and everybody on an event's list with their codes.

use crate::export::neutralised;

/// What a host fills in.
pub const TEMPLATE: &str = "code,email,firstname,lastname,externalid\n0042,ada@example.com,Ada,Lovelace,\n,alan@example.com,Alan,Turing,\n";

/// Somebody on a written list.
pub struct Line {
    /// The access code.
    pub code: String,
    /// The address.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// External id.
    pub external_id: String,
    /// The answers, in the order of the fields.
    pub answers: Vec<String>,
}

/// A list as CSV in UTF-8 with its mark, which Excel asks for. Uploaded again, it changes nothing.
pub fn written(fields: &[String], lines: impl Iterator<Item = Line>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::from("\u{feff}"));
    let known = ["code", "email", "firstname", "lastname", "externalid"];
    let mut done = writer.write_record(known.into_iter().chain(fields.iter().map(String::as_str)));
    for line in lines {
        let cells = [&line.code, &line.email, &line.first_name, &line.last_name, &line.external_id];
        let cells = cells.into_iter().chain(&line.answers).map(|cell| neutralised(cell));
        done = done.and_then(|()| writer.write_record(cells));
    }
    // Nothing fails that is written to memory.
    done.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default()
}
