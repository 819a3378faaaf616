//! The host's desk in a real browser.

mod article;
mod codes_article;
mod crowd;
mod getting_in;
mod helping;
mod host;
mod hostile;
mod keyboard;
mod links;
mod list;
mod mails;
mod materials;
mod pages;
mod planning;
mod together;
