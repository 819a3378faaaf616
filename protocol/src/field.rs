use crate::{Email, country::is_country};
use serde::{Deserialize, Serialize};

/// The longest answer to a one-line field, in characters.
pub const MAX_TEXT: usize = 200;
/// The longest answer to a long text, in characters.
pub const MAX_LONG_TEXT: usize = 5_000;

/// One question of the registration form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Field {
    /// Stable name within the event; answers and problems refer to it.
    pub id: String,
    /// What it asks for.
    pub kind: FieldKind,
    /// The question. Empty for the three fields that every event has: the widget knows their names in every language.
    pub label: String,
    /// A sentence of help, shown below the question.
    #[serde(default)]
    pub help: String,
    /// Whether one cannot register without an answer.
    #[serde(default)]
    pub required: bool,
    /// What one may choose from, for [`FieldKind::Choice`] and [`FieldKind::Choices`].
    #[serde(default)]
    pub choices: Vec<String>,
    /// The smallest number taken, for [`FieldKind::Number`].
    #[serde(default)]
    pub min: Option<i64>,
    /// The largest number taken, for [`FieldKind::Number`].
    #[serde(default)]
    pub max: Option<i64>,
}

/// What a field asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// An e-mail address.
    Email,
    /// One of [`Field::choices`].
    Choice,
    /// Any number of [`Field::choices`].
    Choices,
    /// Yes or nothing. Its answer is `yes`.
    Checkbox,
    /// A telephone number.
    Telephone,
    /// An ISO 3166-1 alpha-2 code.
    Country,
    /// A decimal number.
    Number,
}

/// What is wrong with an answer. New codes may come; whoever reads them treats an unknown one as "look at this field".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FieldCode {
    /// An answer is needed and missing.
    Required,
    /// The answer is longer than the field takes.
    TooLong,
    /// Not an e-mail address.
    InvalidEmail,
    /// Not a telephone number.
    InvalidTelephone,
    /// Not one of the choices.
    NotAChoice,
    /// Not a number.
    NotANumber,
    /// A number below the field's minimum or above its maximum.
    OutOfRange,
    /// The consent is needed, or its text has changed since it was shown.
    ConsentNeeded,
    /// The event has no field of this name, or the field was answered twice.
    UnknownField,
    /// A value that this server does not take.
    InvalidValue,
    /// Mail to this address came back.
    Undeliverable,
    /// Something in braces that is not filled in there.
    UnknownPlaceholder,
    /// Something in braces that has to be there.
    MissingPlaceholder,
    /// Somebody or something else has it already.
    Taken,
    /// The clocks skip this civil time; one before or after is needed.
    ImpossibleTime,
    /// The clocks show this civil time twice; it must be said which one is meant.
    AmbiguousTime,
    /// A code newer than this program.
    #[serde(other)]
    Unknown,
}

/// An answer that was refused, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// [`Field::id`], or `consent:{id}` for a consent.
    pub field: String,
    /// What is wrong.
    pub code: FieldCode,
}

impl Field {
    /// A required field with nothing but a name and a kind.
    pub fn plain(id: &str, kind: FieldKind) -> Self {
        Self {
            id: id.to_owned(),
            kind,
            label: String::new(),
            help: String::new(),
            required: true,
            choices: Vec::new(),
            min: None,
            max: None,
        }
    }

    /// Checks the answers to this field: at most one, but for [`FieldKind::Choices`].
    ///
    /// # Errors
    /// The first rule that an answer breaks.
    pub fn check<S: AsRef<str>>(&self, answers: &[S]) -> Result<(), FieldCode> {
        let mut given = answers.iter().map(|answer| answer.as_ref().trim()).filter(|answer| !answer.is_empty()).peekable();
        if given.peek().is_none() {
            return if self.required { Err(FieldCode::Required) } else { Ok(()) };
        }
        if answers.len() > 1 && self.kind != FieldKind::Choices {
            return Err(FieldCode::InvalidValue);
        }
        given.try_for_each(|answer| self.check_one(answer))
    }

    fn check_one(&self, answer: &str) -> Result<(), FieldCode> {
        let longest = if self.kind == FieldKind::LongText { MAX_LONG_TEXT } else { MAX_TEXT };
        if answer.chars().count() > longest {
            return Err(FieldCode::TooLong);
        }
        let holds = |good: bool, code: FieldCode| if good { Ok(()) } else { Err(code) };
        match self.kind {
            FieldKind::Text => holds(!answer.contains(char::is_control), FieldCode::InvalidValue),
            FieldKind::LongText => holds(!answer.contains('\0'), FieldCode::InvalidValue),
            FieldKind::Email => Email::parse(answer).map(drop),
            FieldKind::Choice | FieldKind::Choices => holds(self.choices.iter().any(|choice| choice == answer), FieldCode::NotAChoice),
            FieldKind::Checkbox => holds(answer == "yes", FieldCode::InvalidValue),
            FieldKind::Telephone => holds(is_telephone(answer), FieldCode::InvalidTelephone),
            FieldKind::Country => holds(is_country(answer), FieldCode::NotAChoice),
            FieldKind::Number => self.check_number(answer),
        }
    }

    /// Compares digits, not floating-point numbers: their parser alone weighs several kilobytes in the widget.
    fn check_number(&self, answer: &str) -> Result<(), FieldCode> {
        let (negative, digits) = answer.strip_prefix('-').map_or((false, answer), |digits| (true, digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |text: &str| (1..=15).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return Err(FieldCode::NotANumber);
        }
        let whole = whole.parse::<i64>().map_err(|_| FieldCode::NotANumber)?;
        let has_fraction = fraction.bytes().any(|b| b != b'0');
        // The whole numbers on either side of the answer: below and above are equal where there is no fraction.
        let (below, above) = match negative {
            false => (whole, whole + i64::from(has_fraction)),
            true => (-whole - i64::from(has_fraction), -whole),
        };
        if self.min.is_some_and(|min| below < min) || self.max.is_some_and(|max| above > max) {
            return Err(FieldCode::OutOfRange);
        }
        Ok(())
    }
}

/// Digits with the marks people put between them; 5 to 20 digits (E.164 allows 15; extensions are added).
fn is_telephone(answer: &str) -> bool {
    let digits = answer.bytes().filter(u8::is_ascii_digit).count();
    (5..=20).contains(&digits)
        && answer.bytes().all(|b| matches!(b, b'0'..=b'9' | b' ' | b'+' | b'-' | b'.' | b'/' | b'(' | b')' | b'x' | b'#'))
}

#[cfg(test)]
mod tests {
    use super::{FieldCode::*, FieldKind::*, *};

    fn check(kind: FieldKind, answers: &[&str]) -> Result<(), FieldCode> {
        Field { choices: vec!["red".into(), "blue".into()], min: Some(0), max: Some(10), ..Field::plain("f", kind) }.check(answers)
    }

    #[test]
    fn each_kind_takes_its_answers_and_names_what_is_wrong_with_others() {
        let long = "ä".repeat(MAX_TEXT + 1);
        let longer = "ä".repeat(MAX_LONG_TEXT + 1);
        for (kind, answer, expected) in [
            (Text, "Ada", Ok(())),
            (Text, " ", Err(Required)),
            (Text, &long, Err(TooLong)),
            (Text, "a\u{7}b", Err(InvalidValue)),
            (LongText, &long, Ok(())),
            (LongText, &longer, Err(TooLong)),
            (LongText, "two\nlines", Ok(())),
            (Email, "a@b.de", Ok(())),
            (Email, "a@b", Err(InvalidEmail)),
            (Choice, "red", Ok(())),
            (Choice, "green", Err(NotAChoice)),
            (Checkbox, "yes", Ok(())),
            (Checkbox, "no", Err(InvalidValue)),
            (Telephone, "+49 (0)30 123-456", Ok(())),
            (Telephone, "1234", Err(InvalidTelephone)),
            (Telephone, "call me 123456", Err(InvalidTelephone)),
            (Country, "FR", Ok(())),
            (Country, "XX", Err(NotAChoice)),
            (Number, "10", Ok(())),
            (Number, "9.99", Ok(())),
            (Number, "10.0", Ok(())),
            (Number, "10.01", Err(OutOfRange)),
            (Number, "-0.5", Err(OutOfRange)),
            (Number, "-0", Ok(())),
            (Number, "1e3", Err(NotANumber)),
            (Number, "1,5", Err(NotANumber)),
            (Number, "9999999999999999999999", Err(NotANumber)),
        ] {
            assert_eq!(check(kind, &[answer]), expected, "{kind:?} {answer}");
        }
    }

    #[test]
    fn only_a_field_of_several_choices_takes_several_answers() {
        assert_eq!(check(Choices, &["red", "blue"]), Ok(()));
        assert_eq!(check(Choices, &["red", "green"]), Err(NotAChoice));
        assert_eq!(check(Text, &["a", "b"]), Err(InvalidValue));
    }

    #[test]
    fn a_field_that_is_not_required_may_stay_empty() {
        let field = Field { required: false, ..Field::plain("f", Number) };
        assert_eq!(field.check(&[""]), Ok(()));
        assert_eq!(field.check::<&str>(&[]), Ok(()));
    }

    #[test]
    fn a_code_that_this_program_does_not_know_is_still_read() {
        let problem: FieldProblem = serde_json::from_str(r#"{"field":"email","code":"from_the_future"}"#).expect("valid");
        assert_eq!(problem.code, Unknown);
    }
}
