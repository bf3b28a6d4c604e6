//! Rotation 轮排: who receives the next visitor.

pub mod command;
pub mod day;
pub mod decide;
pub mod events;
mod evolve;
pub mod fairness;
pub mod rules;
pub mod state;
pub mod steps;

pub use command::{Command, Outcome};
pub use decide::decide;
pub use events::{Event, Prompt};
pub use rules::Rules;
pub use state::Floor;
