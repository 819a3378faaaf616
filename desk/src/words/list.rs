use super::number;
use crate::api::NoReport;
use crate::rules::row_ranges;
use curtain_up_protocol::desk::{Encoding, RefusalReason, UploadProgress};
use curtain_up_protocol::{FieldCode, FieldProblem, ProblemCode};

pub const LIST: &str = "List";
pub const CODES_NOW: &str = "Codes now";
pub const NO_CODES: &str = "Nobody has a code yet.";
pub const PEOPLE_WITH_CODE: &str = "People with a code";
pub const LIST_UPLOADED_AT: &str = "List uploaded last";
pub const GUESSES: &str = "Guesses that hit one";
pub const CODES_NOT_REQUIRED: &str = "This event does not ask for codes: “Require custom access codes” is not ON.";
pub const TO_THE_SETTINGS: &str = "To its settings";

pub const PREPARE: &str = "Prepare the list";
pub const PREPARE_COLUMNS: &str = "A CSV file whose first row names the columns: code, email and firstname at least. lastname and externalid may follow; any other column becomes a field of the event.";
pub const PREPARE_CODES: &str = "Codes are text: 0042 stays 0042. Blank codes are made, strong ones.";
pub const PREPARE_EXTERNAL_ID: &str =
    "externalid is what your own system calls the person. Write the same one in the lists of all linked events, or leave it empty in all.";
pub const TEMPLATE: &str = "Download a template";

pub const UPLOAD_LIST: &str = "Upload a list";
pub const CHOOSE_FILE: &str = "Choose a CSV file, or drop it here";
pub const FILE_HELP: &str = "Comma, semicolon or tab; up to 64 MB";
pub const FILE_UNREADABLE: &str = "This file cannot be read. Choose it again.";
pub const FILE_TOO_LARGE: &str =
    "The list is too large: it may have 64 MB and 250,000 rows. Split it, and leave out columns that nobody needs.";
pub const ALSO_FOR: &str = "Further events that get the same list";
pub const ALSO_FOR_HELP: &str = "All of them get it, or none does.";
pub const CHECK_LIST: &str = "Check the list";
pub const CHECK_LIST_HELP: &str = "Nothing is changed by checking.";
pub const CHOOSE_FIRST: &str = "Choose a file first.";
pub const CHECKING: &str = "Checking the list …";
pub const UPLOADING: &str = "Uploading the list …";
pub const STOPPED: &str = "Stopped. Nothing was changed.";
pub const LEAVE_UPLOAD_TITLE: &str = "Leave while the list is on its way?";
pub const LEAVE_UPLOAD_TEXT: &str = "The upload is stopped then, and nothing is changed.";
pub const LEAVE_UPLOAD: &str = "Stop it and leave";

pub const WOULD_HAPPEN: &str = "What the upload would do";
pub const WAS_DONE: &str = "What the upload did";
pub const NOTHING_DONE: &str = "Nothing was changed";
pub const DONE: &str = "The list is uploaded.";
pub const NOTHING_DIFFERS: &str = "Nothing differs from what is there: there is nothing to upload.";
pub const LOOK_AT_ACCENTS: &str =
    "Old Western encoding (Windows-1252) was guessed. Look at the accents: if they are wrong, save the file as “CSV UTF-8”.";
pub const IN_THE_FILE: &str = "In the file";
pub const ADDED: &str = "Added";
pub const CHANGED: &str = "Changed";
pub const UNCHANGED: &str = "Unchanged";
pub const CODES_MADE: &str = "Codes made";
pub const NEW_FIELDS: &str = "New fields";
pub const REFUSED: &str = "Refused";
pub const ROWS: &str = "Rows";
pub const REASON: &str = "Why";
pub const REFUSED_HELP: &str = "Mend these rows and check the list again, or upload the others without them.";
pub const LEFT_OUT_HELP: &str = "Everything else is uploaded. Mend these rows and upload their file.";
pub const DOWNLOAD_REFUSED: &str = "Download the refused rows";
pub const REFUSED_FILE: &str = "refused-rows.csv";
pub const UPLOAD: &str = "Upload";
pub const WITHOUT_REFUSED: &str = "Upload without the refused rows";
pub const WITHOUT_REFUSED_TITLE: &str = "Upload without the refused rows?";
pub const SEE_PEOPLE: &str = "See the people";

/// How many ranges of rows are written out.
const RANGES: usize = 8;

/// Rows as a spreadsheet numbers them: `rows 2–4, 7`.
pub fn rows(rows: &[u64]) -> String {
    let ranges = row_ranges(rows);
    let written = ranges.iter().take(RANGES).map(|range| match (range.start(), range.end()) {
        (start, end) if start == end => number(*start as i64),
        (start, end) => format!("{}–{}", number(*start as i64), number(*end as i64)),
    });
    let noun = if rows.len() == 1 { "row" } else { "rows" };
    let more: u64 = ranges.iter().skip(RANGES).map(|range| range.end() - range.start() + 1).sum();
    let more = if more == 0 { String::new() } else { format!(" and {} more", number(more as i64)) };
    format!("{noun} {}{more}", written.collect::<Vec<_>>().join(", "))
}

/// Rows that change, with their columns.
pub fn changed_rows(columns: &[String], in_rows: &[u64]) -> String {
    format!("{} in {}", columns.join(", "), rows(in_rows))
}

/// How a file was read.
pub fn read_as(encoding: Encoding, separator: char) -> String {
    let encoding = match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        Encoding::Windows1252 => "Windows-1252",
    };
    let separator = match separator {
        ',' => "commas".to_owned(),
        ';' => "semicolons".to_owned(),
        '\t' => "tabs".to_owned(),
        other => format!("“{other}”"),
    };
    format!("Read as {encoding}, with {separator} between the cells.")
}

/// Which columns nothing is done with.
pub fn left_out(columns: &[String]) -> String {
    format!("Columns that are left out: {}.", columns.join(", "))
}

/// How many guesses hit a code.
pub fn guesses(guesses: u64) -> String {
    const MANY: u64 = 1_000_000_000;
    if guesses >= MANY { "over a billion".to_owned() } else { number(guesses as i64) }
}

/// How many more there are.
pub fn and_more(count: usize) -> String {
    format!("… and {} more", number(count as i64))
}

/// That codes can be guessed.
pub fn weak_codes(guesses: u64) -> String {
    let guesses = number(guesses as i64);
    format!("Weak codes: about {guesses} guesses hit one of them. Choose longer ones, or leave them blank to have strong ones made.")
}

/// How far an upload is.
pub fn rows_done(progress: UploadProgress) -> String {
    format!("{} of {} rows", number(progress.done as i64), number(progress.total as i64))
}

/// How many rows are refused.
pub fn refused_rows(count: usize) -> String {
    match count {
        1 => "1 row is refused.".to_owned(),
        count => format!("{} rows are refused.", number(count as i64)),
    }
}

/// What stays out where somebody uploads the rest.
pub fn stays_out(count: usize) -> String {
    format!("{} Everybody else on the list is uploaded.", refused_rows(count))
}

/// How many further reasons there are that are not shown.
pub fn more_reasons(count: usize) -> String {
    format!("… and {} more. The file of the refused rows holds them all.", number(count as i64))
}

/// What was chosen to be uploaded.
pub fn chosen_file(name: &str, bytes: f64) -> String {
    let size = match bytes {
        bytes if bytes < 1_000.0 => format!("{bytes:.0} bytes"),
        bytes if bytes < 1_000_000.0 => format!("{:.1} KB", bytes / 1_000.0),
        bytes => format!("{:.1} MB", bytes / 1_000_000.0),
    };
    format!("{name} · {size}")
}

/// Why a row is refused.
pub fn refusal(reason: &RefusalReason) -> String {
    match reason {
        RefusalReason::NoEmail => "The address is missing.".to_owned(),
        RefusalReason::InvalidEmail => "This is no email address.".to_owned(),
        RefusalReason::NoFirstName => "The first name is missing.".to_owned(),
        RefusalReason::Erased => "This person was erased. Only they themselves can come back, by registering.".to_owned(),
        RefusalReason::InvalidCode => "A code has 1 to 64 letters or digits.".to_owned(),
        RefusalReason::TooLong { column, longest } => format!("“{column}” is longer than {longest} characters."),
        RefusalReason::NoText { column } => format!("“{column}” has a character in it that is no text."),
        RefusalReason::TooManyCells => {
            "There are more cells than the first row has. Is a quotation mark or a separator missing?".to_owned()
        }
        RefusalReason::OpenQuote => "A quotation mark is not closed. Everything below it was read as this row.".to_owned(),
        RefusalReason::SameEmail { first } => format!("Row {first} has the same address."),
        RefusalReason::SameCode { first } => format!("Row {first} has the same code."),
        RefusalReason::SameExternalId { first } => format!("Row {first} has the same external id."),
        RefusalReason::CodeTaken { event } => format!("Somebody else on the list of “{event}” has this code."),
        RefusalReason::ExternalIdTaken { event } => format!("Somebody else on the list of “{event}” has this external id."),
        RefusalReason::TwoPeople { event } => {
            format!("At “{event}”, the address is one person’s and the external id another’s.")
        }
    }
}

/// Why an upload has no report.
pub fn no_report(why: &NoReport) -> Vec<String> {
    match why {
        NoReport::Stopped => vec![STOPPED.to_owned()],
        NoReport::BrokeOff => {
            vec!["The connection broke off. Nothing is half done: check the list again to see how it stands.".to_owned()]
        }
        NoReport::Failed(failure) if failure.code() == Some(ProblemCode::TooLarge) => {
            vec![FILE_TOO_LARGE.to_owned()]
        }
        NoReport::Failed(failure) if failure.code() == Some(ProblemCode::InvalidFields) => no_list(failure.fields()),
        NoReport::Failed(failure) => vec![super::failure(failure)],
    }
}

/// Why a file is no list at all.
fn no_list(problems: &[FieldProblem]) -> Vec<String> {
    let with = |code: FieldCode| problems.iter().filter(move |problem| problem.code == code).map(|problem| problem.field.as_str());
    let mut said: Vec<String> = Vec::new();
    for field in with(FieldCode::Required) {
        said.push(match field {
            "file" => "The file is empty. Its first row names the columns: code, email, firstname.".to_owned(),
            column => format!("The column “{}” is missing in the first row.", column.replace("first_name", "firstname")),
        });
    }
    let twice: Vec<String> = with(FieldCode::Taken).map(|header| format!("“{header}”")).collect();
    if !twice.is_empty() {
        said.push(format!("The columns {} hold the same. Keep one of them.", twice.join(" and ")));
    }
    if with(FieldCode::InvalidValue).any(|field| field == "file") {
        said.push("The file is no CSV. In your spreadsheet, save it as “CSV UTF-8”.".to_owned());
    }
    if said.is_empty() {
        said.push("This file cannot be read as a list.".to_owned());
    }
    said
}
