//! The workbook of a day: sign-in sheet, outings, visitor register, and what else happened.

mod layout;
mod parse;
mod words;

use domain::rotation::day::Day;

use super::{Mistake, Sheet};

pub use layout::LAYOUT;
pub(crate) use words::{came, channel, purpose};

/// Reads the `sheets` of a day; every mistake is named.
pub fn read(sheets: &[Sheet]) -> Result<Day, Vec<Mistake>> {
    parse::day(sheets)
}
