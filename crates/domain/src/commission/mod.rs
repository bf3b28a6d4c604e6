//! Commission 佣金: who shares a deal, and in which parts.

pub mod rules;
pub mod steps;

pub use rules::Rules;
