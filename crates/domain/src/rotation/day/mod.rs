//! A day as a floor keeps it on paper: signed in, stepped out, visited; dealt again by the rules.

mod replay;
mod sheet;

pub use replay::{Dealt, Replayed, replay};
pub use sheet::{Answer, Day, Found, Instruction, Outing, SignIn, Step, Visit};
