//! The host's desk in a real browser.

mod getting_in;
mod host;
mod pages;
