use curtain_up_protocol::desk::RefusalReason as Reason;

/// Why a row is refused, for whoever mends it: in the file of refused rows, and on a terminal.
pub fn reason_in_words(reason: &Reason) -> String {
    match reason {
        Reason::NoEmail => "the address is missing".to_owned(),
        Reason::InvalidEmail => "this is no e-mail address".to_owned(),
        Reason::NoFirstName => "the first name is missing".to_owned(),
        Reason::Erased => "this person was erased; only they themselves can come back, by registering".to_owned(),
        Reason::InvalidCode => "a code has 1 to 64 letters or digits".to_owned(),
        Reason::TooLong { column, longest } => format!("{column} is longer than {longest} characters"),
        Reason::NoText { column } => format!("{column} has a character in it that is no text"),
        Reason::TooManyCells => "the row has more cells than the first row; is a quotation mark or a separator missing?".to_owned(),
        Reason::OpenQuote => "a quotation mark is not closed; everything below it was read as this row".to_owned(),
        Reason::SameEmail { first } => format!("row {first} has the same address"),
        Reason::SameCode { first } => format!("row {first} has the same code"),
        Reason::SameExternalId { first } => format!("row {first} has the same external id"),
        Reason::CodeTaken { event } => format!("somebody else on the list of {event} has this code"),
        Reason::ExternalIdTaken { event } => format!("somebody else on the list of {event} has this external id"),
        Reason::TwoPeople { event } => format!("at {event}, the address is one person's and the external id another's"),
    }
}
