//! The host's desk in a real browser.

mod article;
mod getting_in;
mod host;
mod pages;
