//! Registers 登记表: forms and client files: what they must hold, who fills them and by when.

pub mod command;
pub mod decide;
pub mod events;
pub mod look;
pub mod rules;
pub mod state;
pub mod steps;

pub use command::{Command, Outcome};
pub use decide::decide;
pub use events::Event;
pub use rules::Rules;
pub use state::Book;
