//! Codes that carry: lists that hosts upload, the door, links between rooms, links that platforms sign.

mod corpus;
mod fuzz;
mod upload;
mod volume;
