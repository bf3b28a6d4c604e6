//! Registers 登记表: forms: what they must hold, who fills them and by when.

pub mod rules;
pub mod steps;

pub use rules::Rules;
