//! What people see: one component a file, none of which owns a rule.

mod blocks;
mod calendar;
mod check_mail;
mod countdown;
mod counting;
mod curtain;
mod dates;
mod enter;
mod field;
mod form;
mod lost_link;
mod notice;
mod piece;
mod registration;
mod room;
mod stage;
mod waiting;

pub use curtain::curtain;
pub use dates::DATES;
pub use field::field_selector;
pub use stage::{Scene, Script, Stage};
