//! Follow-up 跟进: what must be followed up, by whom and by when.

pub mod callback;
pub mod command;
pub mod decide;
pub mod events;
pub mod figures;
pub mod list;
pub mod rules;
pub mod state;
pub mod steps;

pub use command::{Circumstances, Command, Outcome};
pub use decide::decide;
pub use events::Event;
pub use rules::Rules;
pub use state::Tracking;
