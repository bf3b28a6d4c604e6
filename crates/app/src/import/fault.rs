//! What can be wrong with a row, to be said in the reader's language.

use serde::{Deserialize, Serialize};

use crate::workbook::Column;

/// Something wrong with a row or a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The heading of the column, in Chinese and English; empty for the whole row.
    pub heading: [&'static str; 2],
    /// What.
    pub what: What,
    /// What was written there.
    pub given: String,
    /// What to write, in Chinese and English; may be empty.
    pub note: [&'static str; 2],
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Nothing is written where something is needed.
    Missing,
    /// What is written cannot be understood.
    Unreadable,
    /// Nobody at the site has this name.
    Nobody,
    /// Several people at the site have this name.
    Several,
    /// The same stands in a row above.
    Twice,
    /// The login belongs to somebody else.
    Taken,
    /// The time has not come yet.
    Future,
    /// The time lies before the arrival.
    BeforeArrival,
    /// Nobody may give this role away but an administrator.
    NotYours,
    /// The day is not open.
    NotOpen,
    /// No column of the sheet has this heading; it is left out.
    Heading,
    /// What is written is too long.
    TooLong,
    /// The bytes are no text.
    NoText,
    /// A client with this telephone is here already.
    Here,
}

impl Fault {
    /// Something wrong with the cell of `column`.
    pub(super) fn cell(column: &Column, what: What, given: &str) -> Self {
        let heading = [column.zh, column.en];
        Self { heading, what, given: given.to_owned(), note: column.note }
    }

    /// Something wrong with a row as a whole.
    pub(super) fn row(what: What) -> Self {
        Self { heading: [""; 2], what, given: String::new(), note: [""; 2] }
    }

    /// A heading that nobody knows.
    pub(super) fn heading(given: &str) -> Self {
        Self { given: given.to_owned(), ..Self::row(What::Heading) }
    }
}
