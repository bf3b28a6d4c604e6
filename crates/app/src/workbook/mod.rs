//! Workbooks 表格: xlsx and CSV files that people fill in, read with the place of every mistake.

mod cell;
pub mod day;
mod register;
mod replay;
mod table;
mod template;

use std::fmt;

use serde::Serialize;

pub use cell::{clock, flag, whole};
pub use register::REGISTER;
pub use replay::REPLAY;
pub(crate) use table::text_of;
pub use table::{Row, Sheet, read};
pub use template::{Layout, write_csv, write_xlsx};

/// A mistake in a workbook, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// The sheet's name; the file's for CSV.
    pub sheet: String,
    /// The row as the program that wrote it counts, from 1; 0 for the whole sheet.
    pub row: u32,
    /// The column's heading; empty for the whole row.
    pub column: String,
    /// What is wrong, with what was written in backticks.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.sheet)?;
        if self.row > 0 {
            write!(f, ":{}", self.row)?;
        }
        if !self.column.is_empty() {
            write!(f, " {}", self.column)?;
        }
        write!(f, ": {}", self.message)?;
        if !self.hint.is_empty() {
            write!(f, "\n  hint: {}", self.hint)?;
        }
        Ok(())
    }
}

/// A column: its key, its headings in Chinese and English, and what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The name in code.
    pub key: &'static str,
    /// The heading in Chinese.
    pub zh: &'static str,
    /// The heading in English.
    pub en: &'static str,
    /// What to write there, in Chinese and English.
    pub note: [&'static str; 2],
}

/// A sheet: its names and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetLayout {
    /// The name in code.
    pub key: &'static str,
    /// Its name in Chinese.
    pub zh: &'static str,
    /// Its name in English.
    pub en: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
}

impl SheetLayout {
    /// The column whose heading is `heading`, in either language or by key.
    #[must_use]
    pub fn column(&self, heading: &str) -> Option<&'static Column> {
        let heading = heading.trim();
        self.columns.iter().find(|column| {
            column.zh == heading
                || column.en.eq_ignore_ascii_case(heading)
                || column.key.eq_ignore_ascii_case(heading)
        })
    }

    /// Whether `name` is this sheet's.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        let name = name.trim();
        name == self.zh || name.eq_ignore_ascii_case(self.en) || name.eq_ignore_ascii_case(self.key)
    }
}
