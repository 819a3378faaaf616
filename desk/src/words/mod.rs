//! Everything that the desk says, in one place. Codes from the server become words here and nowhere else.

mod codes;
mod dates;
mod event;
mod list;
mod mails;
mod materials;
mod people;
mod plan;
mod settings;

pub use codes::*;
pub use dates::*;
pub use event::*;
pub use list::*;
pub use mails::*;
pub use materials::*;
pub use people::*;
pub use plan::*;
pub use settings::*;

pub const BRAND: &str = "Curtain Up";
pub const TO_CONTENT: &str = "Skip to the content";
pub const MAIN_MENU: &str = "Desk";
pub const EVENTS: &str = "Events";
pub const SETTINGS: &str = "Settings";
pub const SIGN_OUT: &str = "Sign out";
pub const VIEWER: &str = "viewer";

pub const LOADING: &str = "Loading …";
pub const CLOSE: &str = "Close";
pub const NO: &str = "No, go back";
pub const SAVE: &str = "Save";
pub const ADD: &str = "Add";
pub const REMOVE: &str = "Remove";
pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied.";
pub const NOT_COPIED: &str = "Your browser did not allow copying. Select the text and copy it yourself.";
pub const NONE: &str = "–";
pub const MORE: &str = "Show more";
pub const NO_PAGE: &str = "There is no page at this address.";
pub const NOT_FOR_VIEWERS: &str = "Your role does not allow this. Ask a host of your organisation.";
pub const TO_EVENTS: &str = "To all events";
pub const LEAVE_UNSAVED_TITLE: &str = "Leave without saving?";
pub const LEAVE_UNSAVED_TEXT: &str = "What you have written on this page is not saved, and is lost then.";
pub const LEAVE_UNSAVED: &str = "Leave without saving";

pub const SIGN_IN: &str = "Sign in";
pub const BY_LINK: &str = "The link from your mail signs you in, once.";
pub const NOT_BY_LINK: &str = "No, go back";
pub const SIGN_IN_TO: &str = "Sign in to the desk";
pub const EMAIL: &str = "Email";
pub const PASSWORD: &str = "Password";
pub const MAIL_ME: &str = "Mail me a link instead";
pub const USE_PASSWORD: &str = "Use my password";
pub const SEND_LINK: &str = "Send the link";
pub const LINK_SENT: &str = "If this address belongs to a host, a link is on its way to it. It works once, for 15 minutes.";
pub const LINK_REFUSED: &str = "This link signs nobody in: it was used already, or is too old. Ask for another one.";
pub const SIGNED_OUT: &str = "You are signed out.";

pub const EXPORT_HERE: &str = "Your export";
pub const EXPORT_READY: &str = "It works for signed-in hosts of your organisation, for 24 hours after it was asked for.";
pub const DOWNLOAD: &str = "Download the file";

/// The name of a page, in the browser's tab.
pub fn page_name(page: &str) -> String {
    if page.is_empty() { BRAND.to_owned() } else { format!("{page} · {BRAND}") }
}

/// What a ••• button is for.
pub fn more_about(about: &str) -> String {
    format!("More for {about}")
}

/// Asked of whoever is signed in already and opens a link that signs in.
pub fn instead_of(email: &str) -> String {
    format!("You are signed in as {email}. The link from the mail signs you in as whom it was sent to, instead.")
}
