//! Visits: the register of a day, and what is done with one visit.

pub mod panel;
mod register;
mod steps;

pub use register::{page, print};
pub use steps::{chosen, step, undone};
