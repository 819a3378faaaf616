//! Codes that carry: lists that hosts upload, the door, links between rooms, links that platforms sign.

mod carry;
mod corpus;
mod door;
mod fuzz;
pub mod meeting;
mod presence;
mod signed;
mod upload;
mod volume;
