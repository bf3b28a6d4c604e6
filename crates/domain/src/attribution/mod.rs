//! Attribution 客户归属: whose client a client is.

pub mod command;
pub mod decide;
pub mod events;
pub mod rules;
pub mod state;
pub mod steps;

use serde::{Deserialize, Serialize};

pub use command::{Command, Outcome};
pub use decide::decide;
pub use events::Event;
pub use rules::Rules;
pub use state::Client;

use crate::people::PersonId;

/// Whose client somebody is at the moment, as other kinds of rule take it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ownership {
    /// The owner.
    pub owner: PersonId,
    /// Whether a deal with the client is closed.
    pub closed: bool,
}
