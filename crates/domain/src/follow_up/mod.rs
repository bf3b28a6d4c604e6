//! Follow-up 跟进: what must be followed up, by whom and by when.

pub mod rules;
pub mod steps;

pub use rules::Rules;
