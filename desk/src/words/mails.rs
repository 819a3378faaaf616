pub const MAILS: &str = "Mails";
pub const MAILS_HEADING: &str = "What mails say";
pub const MAILS_TEXT: &str = "Your words stand above the event’s title and time. Empty lines part paragraphs; {link}, where it is filled in, is a button on a line of its own.";
pub const MAIL_KIND: &str = "Mail";
pub const MAIL_LANGUAGE: &str = "Language";
pub const MAIL_SUBJECT: &str = "Subject";
pub const MAIL_WORDS: &str = "Text";
pub const MAIL_WORDS_OWN: &str = "Your own words";
pub const MAIL_WORDS_BUILT_IN: &str = "The built-in words";
pub const MAIL_WORDS_SAVED: &str = "Saved. Mails that leave from now on say it.";
pub const BUILT_IN_AGAIN: &str = "Back to the built-in words";
pub const BUILT_IN_TITLE: &str = "Go back to the built-in words?";
pub const BUILT_IN_TEXT: &str = "Your own words for this mail in this language are gone then.";
pub const BUILT_IN_DONE: &str = "Mails say the built-in words again.";
pub const TEST_MAIL: &str = "Send me a test";
pub const TEST_MAIL_SENT: &str = "A test mail is on its way to your address.";
pub const TEST_MAIL_SAVE_FIRST: &str = "A test mail carries what is saved. Save first.";
pub const MAIL_PREVIEW: &str = "Preview";
pub const MAIL_PREVIEW_TEXT: &str = "The mail as somebody gets it who does not exist, in the words of the form. Nothing is sent.";
pub const SHOW_MAIL_PREVIEW: &str = "Show the preview";

/// The languages that mails are written in, by their tags.
pub const MAIL_LANGUAGES: [(&str, &str); 10] = [
    ("ar", "Arabic"),
    ("nl", "Dutch"),
    ("en", "English"),
    ("fr", "French"),
    ("de", "German"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("es", "Spanish"),
];

/// What may stand in braces in a field.
pub fn placeholders(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("{{{name}}}")).collect();
    format!("Filled in here: {}", names.join(", "))
}
