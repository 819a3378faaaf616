//! The host's desk in a real browser.

mod article;
mod crowd;
mod getting_in;
mod helping;
mod host;
mod hostile;
mod keyboard;
mod mails;
mod pages;
mod planning;
mod together;
