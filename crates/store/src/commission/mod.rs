//! Deals and the lines of commission ledgers, as lists, sheets and reports read them.

mod deals;
mod lines;

pub use deals::{Deal, due, get, of_client, of_site, put};
pub use lines::{Line, add, of_person, of_site_days};
