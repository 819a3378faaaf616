//! The words that stand on the wire for what the protocol enumerates. Its own derived readers weigh ten times as much;
//! a test holds these tables against them.

use curtain_up_protocol::{Admission, FieldCode, FieldKind, KeyFormat, Phase, ProblemCode, RoomKind};

/// Where an event stands.
pub const PHASES: [(&str, Phase); 4] =
    [("scheduled", Phase::Scheduled), ("live", Phase::Live), ("ended", Phase::Ended), ("cancelled", Phase::Cancelled)];

/// Whether one can register.
pub const ADMISSIONS: [(&str, Admission); 4] =
    [("not_yet_open", Admission::NotYetOpen), ("open", Admission::Open), ("full", Admission::Full), ("closed", Admission::Closed)];

/// What a field asks for.
pub const FIELD_KINDS: [(&str, FieldKind); 9] = [
    ("text", FieldKind::Text),
    ("long_text", FieldKind::LongText),
    ("email", FieldKind::Email),
    ("choice", FieldKind::Choice),
    ("choices", FieldKind::Choices),
    ("checkbox", FieldKind::Checkbox),
    ("telephone", FieldKind::Telephone),
    ("country", FieldKind::Country),
    ("number", FieldKind::Number),
];

/// What is wrong with an answer, as far as the widget tells one from the other.
pub const FIELD_CODES: [(&str, FieldCode); 9] = [
    ("required", FieldCode::Required),
    ("too_long", FieldCode::TooLong),
    ("invalid_email", FieldCode::InvalidEmail),
    ("invalid_telephone", FieldCode::InvalidTelephone),
    ("not_a_choice", FieldCode::NotAChoice),
    ("not_a_number", FieldCode::NotANumber),
    ("out_of_range", FieldCode::OutOfRange),
    ("consent_needed", FieldCode::ConsentNeeded),
    ("undeliverable", FieldCode::Undeliverable),
];

/// What went wrong with a request, as far as the widget tells one from the other.
pub const PROBLEM_CODES: [(&str, ProblemCode); 6] = [
    ("invalid_request", ProblemCode::InvalidRequest),
    ("invalid_fields", ProblemCode::InvalidFields),
    ("access_refused", ProblemCode::AccessRefused),
    ("pass_refused", ProblemCode::PassRefused),
    ("not_yet_open", ProblemCode::NotYetOpen),
    ("registration_closed", ProblemCode::RegistrationClosed),
];

/// The shape of an access key.
pub const KEY_FORMATS: [(&str, KeyFormat); 3] =
    [("four_digits", KeyFormat::FourDigits), ("six_digits", KeyFormat::SixDigits), ("eight_base32", KeyFormat::EightBase32)];

/// How a room is shown.
pub const ROOM_KINDS: [(&str, RoomKind); 2] = [("address", RoomKind::Address), ("frame", RoomKind::Frame)];

/// What a word stands for.
pub fn meaning<T: Copy>(words: &[(&str, T)], word: &str) -> Option<T> {
    words.iter().find(|(known, _)| *known == word).map(|(_, meaning)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::DeserializeOwned;

    /// What the protocol itself reads in each word.
    fn read<T: DeserializeOwned + Copy>(words: &[(&str, T)]) -> Vec<Option<T>> {
        words.iter().map(|(word, _)| serde_json::from_value(serde_json::Value::from(*word)).ok()).collect()
    }

    fn known<T: Copy>(words: &[(&str, T)]) -> Vec<Option<T>> {
        words.iter().map(|(_, meaning)| Some(*meaning)).collect()
    }

    #[test]
    fn every_word_means_what_the_protocol_says_it_means() {
        assert_eq!(read(&PHASES), known(&PHASES));
        assert_eq!(read(&ADMISSIONS), known(&ADMISSIONS));
        assert_eq!(read(&FIELD_KINDS), known(&FIELD_KINDS));
        assert_eq!(read(&FIELD_CODES), known(&FIELD_CODES));
        assert_eq!(read(&PROBLEM_CODES), known(&PROBLEM_CODES));
        assert_eq!(read(&KEY_FORMATS), known(&KEY_FORMATS));
        assert_eq!(read(&ROOM_KINDS), known(&ROOM_KINDS));
    }

    #[test]
    fn a_word_that_is_not_known_means_nothing() {
        assert_eq!(meaning(&PHASES, "postponed"), None);
        assert_eq!(meaning(&PHASES, "ended"), Some(Phase::Ended));
    }
}
