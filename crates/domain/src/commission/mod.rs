//! Commission 佣金: who shares a deal, and in which parts.

pub mod command;
pub mod decide;
pub mod divide;
pub mod events;
pub mod ledger;
pub mod rules;
pub mod share;
pub mod state;
pub mod steps;

pub use command::{Command, Outcome};
pub use decide::decide;
pub use divide::divide;
pub use events::{Entry, Event};
pub use ledger::Ledger;
pub use rules::Rules;
pub use share::{Fraction, PersonShare, Split};
pub use state::{Circumstances, Deal, DealId};
