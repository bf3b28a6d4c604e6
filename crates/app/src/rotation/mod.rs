//! Rotation 轮排: commands to a floor, and what people read of it.

mod board;
mod carry_out;
mod fairness;
mod happened;
mod held;
mod latest;
mod open;
mod ownership;
mod permit;
mod person;
mod preview;
mod replay;
mod ring;
mod saved;
mod state;
mod turn_rows;
mod undo;
mod visit_rows;
mod waiting;
mod why;

pub use board::{Board, MakeUpOwed, Place, RingBoard, StandingSlot, board};
pub use carry_out::{Carried, carry_out, carry_out_because};
pub use domain::rotation::{Command, Outcome};
pub use fairness::{Fairness, FairnessRow, PersonTurns, fairness};
pub use happened::{Asked, Happened};
pub(crate) use held::{Held, Step};
pub use latest::{Told, latest};
pub use open::{OpenVisit, open_visits, visit};
pub use person::{Absence, MyTurn, MyVisit, PersonView, person};
pub use preview::{facts, preview};
pub use replay::{Replayed, replay};
pub(crate) use saved::set_zone;
pub use state::{Doing, PersonState};
pub use undo::{Undone, undo};
pub use waiting::{WaitingVisit, waiting};
pub use why::{ClauseText, Why, why};
