//! Codes that carry: lists that hosts upload, the door, links between rooms, links that platforms sign.

mod anonymous;
mod carry;
mod corpus;
mod door;
mod fuzz;
pub mod meeting;
mod presence;
mod seats;
mod signed;
mod signed_seats;
mod upload;
mod volume;

pub use signed::{Portal, signed};
