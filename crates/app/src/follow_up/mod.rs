//! Follow-up 跟进: tasks, records, lists of the day; a contact is entered once for follow-up and attribution.

mod carry_out;
mod day;
mod held;
mod lists;

pub use carry_out::{Carried, carry_out};
pub(crate) use day::{OPEN_DAY, open_day};
pub(crate) use held::{Told, hear};
pub use lists::{Listed, Lists, Seen, lists, seen};
