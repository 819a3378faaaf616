//! The host's desk in a real browser.

mod article;
mod bulk;
mod by_keyboard;
mod codes_article;
mod crowd;
mod dates;
mod downloads;
mod engines;
mod getting_in;
mod helping;
mod host;
mod hostile;
mod hostile_fields;
mod keyboard;
mod links;
mod list;
mod mails;
mod materials;
mod moving;
mod pages;
mod planning;
mod selecting;
mod settings;
mod together;
mod unsaved;
