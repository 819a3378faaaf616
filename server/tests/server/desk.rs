//! The desk, as hosts, viewers, scripts and strangers meet it.

mod cancelled;
mod command_line;
mod corrected;
mod events;
mod export;
mod lists;
mod materials;
mod page;
mod people;
mod sign_in;
mod volume;
mod walls;
