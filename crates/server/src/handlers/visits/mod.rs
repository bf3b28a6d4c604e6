//! Visits: the register of a day, and what is done with one visit.

mod export;
pub mod panel;
mod register;
mod steps;

pub use export::export;
pub use register::{page, print};
pub use steps::{chosen, step, undone};
